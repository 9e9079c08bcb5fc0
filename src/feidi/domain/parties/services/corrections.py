"""Putting right what an organization is called and numbered: with a reason, with what stood before kept in the trail.

An organization is one row for every outpost that knows it, so each of them may correct it, and each sees that it was.
"""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import AliasKind, IdentifierScheme, PairKind, PairState
from feidi.domain.parties.events import OrganizationCorrected
from feidi.domain.parties.likeness import stored
from feidi.domain.parties.models import (
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationPair,
    Outpost,
)
from feidi.domain.parties.selectors.duplicates import best_likeness
from feidi.domain.parties.services.duplicates import lock_names, propose_pairs
from feidi.domain.parties.services.indexing import index_organization
from feidi.domain.parties.services.uscc import clean_uscc, fault_of
from feidi.engines.findings import refuse
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.events import publish

KIND, PAIR, EDIT = "parties.organization", "parties.pair", "party.edit"
_NAME, _NUMBER, _NOTE = 160, 40, 300


def correct_number(
    *, actor: Actor, now: datetime, organization: Organization, scheme: str, value: str, reason: str, was: str = ""
) -> OrganizationIdentifier:
    """Replace the number ``was`` (empty: add one) by ``value``; whoever else holds it goes into the review queue.

    A pair that stood there only because of the wrong number leaves it. Refused: no permission, no reason, a wrong
    check digit (and which), a number that the organization has already or never had, nothing changed.
    """
    outpost = acting_outpost(actor, organization)
    number = _clean(scheme, value)
    if not reason.strip():
        raise refuse("parties.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        lock_names(organization.name_folded, number)
        row = _locked(organization)
        held = row.identifiers.filter(scheme=scheme)
        if held.filter(value=number).exists():
            raise refuse("parties.number_there", value=number)
        old = held.filter(value=was).first() if was else None
        if was and old is None:
            raise refuse("parties.number_gone", value=was)
        if old is None:
            old = OrganizationIdentifier(organization=row, scheme=scheme)
        old.value, old.valid = number, True
        old.save()
        _noted(unit, row, outpost, "number_corrected", reason, scheme=scheme, was=was, now=number)
        _settle_pairs(unit, row)
        propose_pairs(actor=actor, now=now, organization=row, outpost=outpost)
        _follow(row)
    return old


def rename_organization(
    *, actor: Actor, now: datetime, organization: Organization, name: str, reason: str, former: bool
) -> Organization:
    """Call it otherwise. ``former``: it was really called so before (曾用名, kept); else the old name was a slip.

    Refused: no permission, no name, no reason, nothing changed.
    """
    outpost = acting_outpost(actor, organization)
    written, folded = name.strip()[:_NAME], fold_name(name)[:_NAME]
    if not folded:
        raise refuse("parties.name_needed")
    if not reason.strip():
        raise refuse("parties.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        lock_names(folded)
        row = _locked(organization)
        if row.name == written:
            raise refuse("parties.name_same", name=written)
        before, old, old_folded = unit.before(row, KIND), row.name, row.name_folded
        row.name, row.name_folded, row.version = written, folded, row.version + 1
        row.save(update_fields=["name", "name_folded", "version"])
        row.aliases.filter(name_folded=folded).delete()
        if former and old_folded != folded:
            OrganizationAlias.objects.get_or_create(
                organization=row, name_folded=old_folded, defaults={"kind": AliasKind.FORMER, "name": old}
            )
        unit.changed(row, kind=KIND, before=before, reason=reason.strip())
        _noted(unit, row, outpost, "renamed", reason, was=old, now=written)
        propose_pairs(actor=actor, now=now, organization=row, outpost=outpost)
        _follow(row)
    return row


def add_alias(
    *, actor: Actor, now: datetime, organization: Organization, kind: AliasKind, name: str
) -> OrganizationAlias:
    """Write down another name: short, former, English. Refused: no permission, no name, its own name, known already."""
    outpost = acting_outpost(actor, organization)
    written, folded = name.strip()[:_NAME], fold_name(name)[:_NAME]
    if not folded:
        raise refuse("parties.name_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _locked(organization)
        if folded == row.name_folded or row.aliases.filter(name_folded=folded).exists():
            raise refuse("parties.alias_there", name=written)
        alias = OrganizationAlias.objects.create(organization=row, kind=kind, name=written, name_folded=folded)
        _noted(unit, row, outpost, "alias_added", "", was="", now=f"{AliasKind(kind).label}：{written}")
        propose_pairs(actor=actor, now=now, organization=row, outpost=outpost)
        _follow(row)
    return alias


def drop_alias(*, actor: Actor, now: datetime, organization: Organization, name: str, reason: str) -> None:
    """Take another name away that was never the organization's. Refused: no permission, no reason, no such name."""
    outpost = acting_outpost(actor, organization)
    if not reason.strip():
        raise refuse("parties.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _locked(organization)
        alias = row.aliases.filter(name=name).first()
        if alias is None:
            raise refuse("parties.alias_gone", name=name)
        alias.delete()
        _noted(unit, row, outpost, "alias_dropped", reason, was=name, now="")
        _follow(row)


def acting_outpost(actor: Actor, organization: Organization) -> Outpost:
    """Return the outpost for which the actor corrects: one that knows the organization. Refused: none."""
    edits = actor.scopes(EDIT, ScopeKind.OUTPOST)
    found = Outpost.objects.filter(pk__in=edits, organization_links__organization=organization).order_by("pk").first()
    if found is None:
        require(actor, EDIT, *(outpost_scope(pk) for pk in organization.links.values_list("outpost_id", flat=True)))
        raise refuse("parties.correct_not_yours", name=organization.name)
    return found


def _clean(scheme: str, value: str) -> str:
    if scheme == IdentifierScheme.USCC:
        number = clean_uscc(value)
        fault = fault_of(number)
        if fault:
            raise refuse("parties.uscc_invalid", fault, value=value)
        return number
    number = "".join(value.split()).upper()
    if not number or len(number) > _NUMBER or scheme not in IdentifierScheme.values:
        raise refuse("parties.number_malformed", value=value)
    return number


def _locked(organization: Organization) -> Organization:
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if row.voided_at is not None:
        raise refuse("parties.organization_voided", name=row.name, reason=row.void_reason)
    return row


def _noted(unit: Unit, row: Organization, outpost: Outpost, action: str, reason: str, **said: str) -> None:
    unit.acted(action, kind=KIND, uid=row.uid, reason=reason.strip(), outpost=outpost.uid, **said)


def _follow(row: Organization) -> None:
    index_organization(row)
    publish(OrganizationCorrected(row.uid))


def _settle_pairs(unit: Unit, row: Organization) -> None:
    """Open pairs about an equal number that is equal no longer: alike by name, they stay for that; else they are none."""
    mine = set(row.identifiers.values_list("value", flat=True))
    pairs = OrganizationPair.objects.select_for_update(of=("self",)).select_related("left", "right")
    for side in ("left", "right"):
        for pair in pairs.filter(**{side: row}, kind=PairKind.NUMBER, state=PairState.OPEN):
            other = pair.right if side == "left" else pair.left
            if mine & set(other.identifiers.values_list("value", flat=True)):
                continue
            before = unit.before(pair, PAIR)
            score, _relation, reasons = best_likeness([row.name], [other.name])
            if reasons:
                pair.kind, pair.score, pair.reasons = PairKind.ALIKE, score, stored(reasons)
            else:
                pair.state, pair.decided_by, pair.decided_at = PairState.NOT_SAME, unit.actor.label[:160], unit.now
                pair.decision_note = "号码更正后不再相同"[:_NOTE]
            pair.version += 1
            pair.save()
            unit.changed(pair, kind=PAIR, before=before, reason="号码更正")
