"""Taking one organization up in another, and taking that back: every row is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from feidi.domain.parties.enums import AliasKind, PairState
from feidi.domain.parties.events import OrganizationMerged
from feidi.domain.parties.models import (
    Organization,
    OrganizationAlias,
    OrganizationLink,
    OrganizationMerge,
    OrganizationPair,
)
from feidi.domain.parties.selectors.merging import (
    MOVES,
    SUBJECTS,
    Line,
    clashing_codes,
    gather,
    name_of,
    not_linked,
    plan_digest,
)
from feidi.domain.parties.services.indexing import ORGANIZATION, index_organization
from feidi.domain.parties.services.name_keys import forget_keys, write_organization_keys
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, audited_kinds, recorded
from feidi.kernel.events import publish
from feidi.kernel.search.services import remove

MERGE_KIND, PAIR_KIND = "parties.merge", "parties.pair"
#: What the kept one takes over where it has nothing itself.
_FILLED = ("place_id", "place_text", "founded_on")


def merge_organizations(
    *,
    actor: Actor,
    now: datetime,
    kept: Organization,
    gone: Organization,
    reason: str,
    plan: str = "",
    codes_checked: bool = False,
) -> OrganizationMerge:
    """Move everything of ``gone`` to ``kept``; its name becomes another name of ``kept``, its page leads there.

    ``plan`` is the digest of the preview that was seen. Refused: no reason, the same one twice, one voided or merged
    before, one that none of the actor's outposts knows, two different valid credit codes unless ``codes_checked``,
    rows that came since the preview, a relation nobody has classified.
    """
    if not reason.strip():
        raise refuse("parties.merge_needs_reason")
    if kept.pk == gone.pk:
        raise refuse("parties.merge_same", name=kept.name)
    with recorded(actor=actor, now=now) as unit:
        kept, gone = _locked(kept, gone)
        _check(actor, kept, gone, codes_checked=codes_checked)
        lines = gather(kept, gone)
        if plan and plan != plan_digest(kept, gone, lines):
            raise refuse("parties.merge_changed_meanwhile", kept=kept.name, gone=gone.name)
        memory: dict[str, Any] = {"lines": [_move(unit, line, kept) for line in lines]}
        memory["links"] = _earlier_links(lines, kept)
        memory["pairs"] = _settle_pairs(unit, actor, now, kept, gone)
        memory["kept"] = _fill(unit, kept, gone)
        memory["alias"] = _call_also(kept, gone)
        _close(unit, now, kept, gone)
        merge = OrganizationMerge(
            kept=kept,
            gone=gone,
            moved=memory,
            reason=reason.strip()[:300],
            merged_at=now,
            merged_by=actor.label[:160],
            created_at=now,
        )
        merge.save()
        unit.created(merge, kind=MERGE_KIND, reason=merge.reason)
        _derive(kept, gone)
        publish(OrganizationMerged(kept.uid, gone.uid, undone=False))
    return merge


def undo_merge(*, actor: Actor, now: datetime, merge: OrganizationMerge) -> OrganizationMerge:
    """Put every row back as it was before the merge.

    Refused: undone before, the kept one itself merged since, the actor's outposts know it no longer, and with the
    list of them: rows that somebody changed since.
    """
    with recorded(actor=actor, now=now) as unit:
        row = OrganizationMerge.objects.select_for_update().get(pk=merge.pk)
        if row.undone_at is not None:
            raise refuse("parties.merge_undone", by=row.undone_by)
        kept, gone = _locked(row.kept, row.gone)
        if kept.voided_at is not None or gone.merged_into_id != kept.pk:
            raise refuse("parties.merge_kept_gone", name=kept.name)
        if blocks := not_linked(actor, kept):
            raise refuse("parties.merge_not_yours", *blocks)
        if touched := [each for line in row.moved["lines"] for each in _touched(line, kept)]:
            raise refuse("parties.merge_undo_changed", *touched, n=len(touched))
        before = unit.before(row, MERGE_KIND)
        OrganizationAlias.objects.filter(pk=row.moved["alias"]).delete()
        for pk, since, _until in row.moved["links"]:
            OrganizationLink.objects.filter(pk=pk).update(since=since)
        for line in row.moved["lines"]:
            _move_back(unit, line, gone)
        _unsettle_pairs(unit, row.moved["pairs"])
        _reopen(unit, kept, gone, row.moved["kept"])
        row.undone_at, row.undone_by, row.version = now, actor.label[:160], row.version + 1
        row.save(update_fields=["undone_at", "undone_by", "version"])
        unit.changed(row, kind=MERGE_KIND, before=before, action="undone")
        write_organization_keys(gone)
        index_organization(gone)
        write_organization_keys(kept)
        index_organization(kept)
        publish(OrganizationMerged(kept.uid, gone.uid, undone=True))
    return row


def _locked(kept: Organization, gone: Organization) -> tuple[Organization, Organization]:
    """Return both rows as they are now, locked in order of key, so that two merges do not wait for each other."""
    rows = Organization.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {each.pk: each for each in rows}
    return found[kept.pk], found[gone.pk]


def _check(actor: Actor, kept: Organization, gone: Organization, *, codes_checked: bool) -> None:
    for each in (kept, gone):
        if each.voided_at is not None:
            raise refuse("parties.merge_voided", name=each.name, why=each.void_reason)
    if blocks := not_linked(actor, kept, gone):
        raise refuse("parties.merge_across", *blocks)
    codes = clashing_codes(kept, gone)
    if codes and not codes_checked:
        raise refuse("parties.merge_two_codes", kept=codes[0], gone=codes[1])


def _kind_of(row: Model) -> str:
    """Return the audited kind of a row; empty when its changes are told by the merge alone."""
    return next((each.kind for each in audited_kinds() if each.model == row._meta.label), "")


def _set(unit: Unit, row: Model, values: Mapping[str, Any]) -> None:
    """Write columns of a row of any app, count its version up, and put it on record."""
    kind = _kind_of(row)
    before = unit.before(row, kind) if kind else {}
    for name, value in values.items():
        setattr(row, name, value)
    fields = [*values]
    if any(field.name == "version" for field in row._meta.fields):
        row.version += 1  # type: ignore[attr-defined]
        fields.append("version")
    row.save(update_fields=fields)
    if kind:
        unit.changed(row, kind=kind, before=before)


def _hand(line_field: str, organization: Organization) -> dict[str, Any]:
    return {f"{line_field}_id": organization.pk} if line_field else {"subject_uid": organization.uid}


def _move(unit: Unit, line: Line, kept: Organization) -> dict[str, Any]:
    """Move one relation's rows; returns what is remembered of it. Doubles of a subject's rows stay where they are."""
    for row in line.rows:
        _set(unit, row, _hand(line.field, kept))
    dropped = [_values(row) for row in line.doubles] if line.field else []
    if line.field:
        for row in line.doubles:
            type(row)._base_manager.filter(pk=row.pk).delete()
    return {
        "key": line.key,
        "moved": [[row.pk, getattr(row, "version", None)] for row in line.rows],
        "dropped": dropped,
        "stayed": 0 if line.field else len(line.doubles),
    }


def _values(row: Model) -> dict[str, str | None]:
    """Return a row's columns as text, to be read back by ``_made_again``."""
    found = {}
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        found[field.attname] = None if value is None else field.value_to_string(row)
    return found


def _made_again(model: type[Model], values: Mapping[str, str | None]) -> Model:
    row = model()
    for field in model._meta.concrete_fields:
        text = values[field.attname]
        setattr(row, field.attname, None if text is None else field.to_python(text))
    return row


def _earlier_links(lines: Sequence[Line], kept: Organization) -> list[list[Any]]:
    """Where both were known to an outpost, it has known the kept one since the earlier day."""
    changed = []
    for line in lines:
        for double in line.doubles if line.key == "parties.OrganizationLink.organization" else ():
            link = OrganizationLink.objects.get(outpost_id=double.outpost_id, organization=kept)  # type: ignore[attr-defined]
            since = double.since  # type: ignore[attr-defined]
            if since < link.since:
                changed.append([link.pk, link.since.isoformat(), since.isoformat()])
                OrganizationLink.objects.filter(pk=link.pk).update(since=since)
    return changed


def _settle_pairs(
    unit: Unit, actor: Actor, now: datetime, kept: Organization, gone: Organization
) -> list[dict[str, Any]]:
    """Decide the pair of the two, and let what was said of the gone one and others hold for the kept one.

    Where the kept one has a pair with the same other already, that one stands; “not the same” is carried over.
    """
    memory = []
    about = OrganizationPair.objects.filter(Q(left=gone) | Q(right=gone)).order_by("pk")
    for pair in about.select_for_update():
        other = pair.left_id if pair.right_id == gone.pk else pair.right_id
        if other == kept.pk:
            memory.append(_pair_set(unit, pair, _decided(PairState.MERGED, actor, now)))
            continue
        left, right = sorted((kept.pk, other))
        there = OrganizationPair.objects.filter(left_id=left, right_id=right).first()
        if there is None:
            memory.append(_pair_set(unit, pair, {"left_id": left, "right_id": right}))
        elif pair.state == PairState.NOT_SAME and there.state == PairState.OPEN:
            told = {name: getattr(pair, name) for name in ("state", "decided_by", "decided_at", "decision_note")}
            memory.append(_pair_set(unit, there, told))
    return memory


def _decided(state: PairState, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"state": state, "decided_by": actor.label[:160], "decided_at": now}


def _pair_set(unit: Unit, pair: OrganizationPair, values: Mapping[str, Any]) -> dict[str, Any]:
    was = {key: text for key, text in _values(pair).items() if key in values}
    _set(unit, pair, values)
    return {"pk": pair.pk, "was": was}


def _unsettle_pairs(unit: Unit, memory: Sequence[Mapping[str, Any]]) -> None:
    for each in memory:
        pair = OrganizationPair.objects.select_for_update().get(pk=each["pk"])
        fields = {field.attname: field for field in pair._meta.concrete_fields}
        was = {name: None if text is None else fields[name].to_python(text) for name, text in each["was"].items()}
        _set(unit, pair, was)


def _fill(unit: Unit, kept: Organization, gone: Organization) -> dict[str, list[Any]]:
    """Let the kept one take over where it is registered and founded, as far as it says nothing itself."""
    filled = {name: getattr(gone, name) for name in _FILLED if not getattr(kept, name) and getattr(gone, name)}
    was = {name: [_values(kept)[name], str(value)] for name, value in filled.items()}
    if filled:
        _set(unit, kept, filled)
    return was


def _call_also(kept: Organization, gone: Organization) -> int | None:
    """Make the gone one's name another name of the kept one; returns the alias that was made for it."""
    if gone.name_folded == kept.name_folded or kept.aliases.filter(name_folded=gone.name_folded).exists():
        return None
    alias = OrganizationAlias.objects.create(
        organization=kept, kind=AliasKind.AS_WRITTEN, name=gone.name, name_folded=gone.name_folded
    )
    return alias.pk


def _close(unit: Unit, now: datetime, kept: Organization, gone: Organization) -> None:
    before = unit.before(gone, ORGANIZATION)
    gone.voided_at, gone.void_reason, gone.merged_into = now, f"→ {kept.name}"[:500], kept
    gone.version += 1
    gone.save(update_fields=["voided_at", "void_reason", "merged_into", "version"])
    unit.changed(gone, kind=ORGANIZATION, before=before, action="merged")


def _reopen(unit: Unit, kept: Organization, gone: Organization, filled: Mapping[str, Sequence[Any]]) -> None:
    """Let the gone one stand again; what the kept one had taken over goes back unless it was changed since."""
    before = unit.before(gone, ORGANIZATION)
    gone.voided_at, gone.void_reason, gone.merged_into = None, "", None
    gone.version += 1
    gone.save(update_fields=["voided_at", "void_reason", "merged_into", "version"])
    unit.changed(gone, kind=ORGANIZATION, before=before, action="merge_undone")
    fields = {field.attname: field for field in kept._meta.concrete_fields}
    back = {
        name: None if was is None else fields[name].to_python(was)
        for name, (was, became) in filled.items()
        if str(getattr(kept, name)) == became
    }
    if back:
        _set(unit, kept, back)


def _derive(kept: Organization, gone: Organization) -> None:
    """Bring search and name keys up to date: the gone one is found no more, the kept one also by its name."""
    remove(kind=ORGANIZATION, uid=gone.uid)
    forget_keys(ORGANIZATION, [gone.uid])
    write_organization_keys(kept)
    index_organization(kept)


def _model_of(key: str) -> tuple[type[Model], str]:
    app, name, *field = key.split(".")
    return apps.get_model(app, name), field[0] if field else ""


def _touched(line: Mapping[str, Any], kept: Organization) -> list[Finding]:
    """Return the moved rows of one relation that are not as the merge left them."""
    model, field = _model_of(line["key"])
    rows = {row.pk: row for row in model._base_manager.filter(pk__in=[pk for pk, _version in line["moved"]])}
    rule = MOVES.get(line["key"]) or SUBJECTS[line["key"]]
    found = []
    for pk, version in line["moved"]:
        row = rows.get(pk)
        ours = row is not None and all(getattr(row, name) == value for name, value in _hand(field, kept).items())
        if row is None or not ours or (version is not None and getattr(row, "version", None) != version):
            params = {"what": str(rule.label), "name": name_of(row) if row is not None else "—"}
            found.append(Finding(Level.PROBLEM, "parties.merge_row_changed", params))
    return found


def _move_back(unit: Unit, line: Mapping[str, Any], gone: Organization) -> None:
    model, field = _model_of(line["key"])
    for row in model._base_manager.filter(pk__in=[pk for pk, _version in line["moved"]]).order_by("pk"):
        _set(unit, row, _hand(field, gone))
    for values in line["dropped"]:
        _made_again(model, values).save(force_insert=True)
