"""The review queue: pairs proposed, and what people decide of them. Decided is remembered for ever."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from feidi.domain.parties.enums import IdentifierScheme, PairKind, PairState, RelationKind
from feidi.domain.parties.likeness import SAME_CODE, stored
from feidi.domain.parties.models import (
    Organization,
    OrganizationIdentifier,
    OrganizationPair,
    OrganizationRelation,
    Outpost,
)
from feidi.domain.parties.selectors.duplicates import best_likeness, propose_for
from feidi.domain.parties.selectors.merging import MERGE, first_link, not_linked
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded

KIND = "parties.pair"
_WHOLE = 100
#: How a branch and a subsidiary are told of a pair: which side is the lesser one.
RELATED = (RelationKind.BRANCH_OF, RelationKind.SUBSIDIARY_OF)


def propose_pairs(*, actor: Actor, now: datetime, organization: Organization, outpost: Outpost | None = None) -> int:
    """Put an organization that is new, renamed or numbered into the review queue with those that look like it.

    Pairs that stand there already, decided or not, are left alone. Returns how many are new.
    """
    names = {organization.pk: [organization.name, *organization.aliases.values_list("name", flat=True)]}
    made = 0
    with recorded(actor=actor, now=now) as unit:
        for row in _new_pairs(names, [organization.pk], found_by=actor.label, now=now, outpost=outpost):
            _pair, fresh = OrganizationPair.objects.get_or_create(
                left_id=row.left_id, right_id=row.right_id, defaults=_columns(row)
            )
            if fresh:
                made += 1
                unit.created(_pair, kind=KIND)
    return made


def propose_many(names: Mapping[int, Sequence[str]], *, actor: Actor, now: datetime, outpost: Outpost | None) -> int:
    """Propose pairs for many organizations (id → names) at once, as an import's follow-up does; one audit link."""
    rows = _new_pairs(names, names, found_by=actor.label, now=now, outpost=outpost)
    with recorded(actor=actor, now=now) as unit:
        OrganizationPair.objects.bulk_create(rows, batch_size=500)
        for row in rows:
            unit.created(row, kind=KIND)
    return len(rows)


def _new_pairs(
    names: Mapping[int, Sequence[str]],
    numbered: Collection[int],
    *,
    found_by: str,
    now: datetime,
    outpost: Outpost | None,
) -> list[OrganizationPair]:
    """Return the unsaved pairs of alike names and of equal valid codes that do not stand in the queue yet."""
    found: dict[tuple[int, int], OrganizationPair] = {}
    told = {"found_by": found_by[:160], "found_in": outpost, "created_at": now}
    for left, right in _same_numbers(numbered):
        found[left, right] = OrganizationPair(
            left_id=left, right_id=right, kind=PairKind.NUMBER, score=_WHOLE, reasons=stored([SAME_CODE]), **told
        )
    for each in propose_for(names):
        reasons = stored(each.reasons)
        pair = OrganizationPair(
            left_id=each.left_id, right_id=each.right_id, kind=PairKind.ALIKE, score=each.score, reasons=reasons, **told
        )
        found.setdefault((each.left_id, each.right_id), pair)
    there = OrganizationPair.objects.filter(
        left_id__in={left for left, _right in found}, right_id__in={right for _left, right in found}
    )
    for known in there.values_list("left_id", "right_id"):
        found.pop(known, None)
    return list(found.values())


def _same_numbers(ids: Collection[int]) -> set[tuple[int, int]]:
    """Return the pairs of live organizations, one of them among ``ids``, that hold the same valid credit code."""
    live = OrganizationIdentifier.objects.filter(
        scheme=IdentifierScheme.USCC, valid=True, organization__voided_at__isnull=True
    )
    ours = live.filter(organization_id__in=ids)
    others = live.filter(value__in=ours.values("value")).order_by("value", "organization_id")
    holders: dict[str, list[int]] = {}
    for value, pk in others.values_list("value", "organization_id"):
        holders.setdefault(value, []).append(pk)
    wanted = set(ids)
    return {
        (min(one, other), max(one, other))
        for pks in holders.values()
        for at, one in enumerate(pks)
        for other in pks[at + 1 :]
        if {one, other} & wanted
    }


def _columns(row: OrganizationPair) -> dict[str, object]:
    return {
        name: getattr(row, name) for name in ("kind", "score", "reasons", "found_by", "found_in", "created_at", "uid")
    }


def add_pair(*, actor: Actor, now: datetime, one: Organization, other: Organization) -> OrganizationPair:
    """Put two organizations before oneself that the machine did not pair. A pair decided as related opens again.

    Refused: the same one, a voided one, one that the actor's outposts do not know, “not the same” said before.
    """
    if one.pk == other.pk:
        raise refuse("parties.pair_same", name=one.name)
    if blocks := not_linked(actor, one, other):
        raise refuse("parties.merge_across", *blocks)
    left, right = sorted((one, other), key=lambda each: each.pk)
    score, _relation, reasons = best_likeness([left.name], [right.name])
    with recorded(actor=actor, now=now) as unit:
        pair, fresh = OrganizationPair.objects.get_or_create(
            left=left,
            right=right,
            defaults={
                "kind": PairKind.ALIKE,
                "score": score,
                "reasons": stored(reasons),
                "found_by": actor.label[:160],
                "created_at": now,
            },
        )
        if fresh:
            unit.created(pair, kind=KIND)
        elif pair.state == PairState.NOT_SAME:
            raise refuse("parties.pair_remembered", by=pair.decided_by, left=left.name, right=right.name)
    return pair


def decide_pair(
    *,
    actor: Actor,
    now: datetime,
    pair: OrganizationPair,
    state: PairState,
    note: str = "",
    relation: str = "",
    lesser: Organization | None = None,
) -> OrganizationPair:
    """Say that two are not one: not the same, or related (``lesser`` is a branch or subsidiary of the other).

    Refused: decided before, one that the actor's outposts do not know, an unknown relation.
    """
    if state not in (PairState.NOT_SAME, PairState.RELATED):
        raise refuse("parties.relation_kind", kind=state)
    with recorded(actor=actor, now=now) as unit:
        row = OrganizationPair.objects.select_for_update(of=("self",)).select_related("left", "right").get(pk=pair.pk)
        if row.state != PairState.OPEN:
            raise refuse("parties.pair_decided", by=row.decided_by, state=str(row.get_state_display()))
        require_both(actor, row)
        if state == PairState.RELATED:
            _relate(actor, now, row, relation, lesser)
        before = unit.before(row, KIND)
        row.state, row.decided_by, row.decided_at = state, actor.label[:160], now
        row.decision_note, row.version = note.strip()[:300], row.version + 1
        row.save(update_fields=["state", "decided_by", "decided_at", "decision_note", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.decision_note, action="decided")
    return row


def reopen_pair(*, actor: Actor, now: datetime, pair: OrganizationPair, reason: str) -> OrganizationPair:
    """Take “not the same” or “related” back: it stands in the queue again. A merge is taken back by its undo."""
    if not reason.strip():
        raise refuse("parties.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = OrganizationPair.objects.select_for_update(of=("self",)).select_related("left", "right").get(pk=pair.pk)
        if row.state not in (PairState.NOT_SAME, PairState.RELATED):
            raise refuse("parties.pair_decided", by=row.decided_by, state=str(row.get_state_display()))
        require_both(actor, row)
        before = unit.before(row, KIND)
        row.state, row.decided_by, row.decided_at, row.version = PairState.OPEN, "", None, row.version + 1
        row.save(update_fields=["state", "decided_by", "decided_at", "version"])
        unit.changed(row, kind=KIND, before=before, reason=reason.strip()[:500], action="reopened")
    return row


def require_both(actor: Actor, pair: OrganizationPair) -> None:
    """Refuse unless outposts of the actor know both: nobody decides for another outpost."""
    for each in (pair.left, pair.right):
        if blocks := not_linked(actor, each):
            told = first_link(each)
            raise refuse("parties.pair_hidden", *blocks, outpost=told["outpost"], phone=told["phone"])


def _relate(actor: Actor, now: datetime, pair: OrganizationPair, relation: str, lesser: Organization | None) -> None:
    if relation not in RELATED or lesser is None or lesser.pk not in (pair.left_id, pair.right_id):
        raise refuse("parties.relation_kind", kind=relation)
    greater = pair.right if lesser.pk == pair.left_id else pair.left
    outposts = actor.scopes(MERGE, ScopeKind.OUTPOST)
    first = Outpost.objects.filter(pk__in=outposts, organization_links__organization=lesser).order_by("pk").first()
    if first is None:
        raise refuse("parties.merge_not_yours")
    OrganizationRelation.objects.get_or_create(
        source=lesser,
        target=greater,
        kind=relation,
        outpost=first,
        defaults={"since": now.astimezone(SHANGHAI).date()},
    )


def lock_names(*texts: str) -> None:
    """Make whoever adds an organization of one of these names or numbers at the same moment wait for us.

    On SQLite writers queue anyway. Locks are taken in order and end with the transaction.
    """
    connection = transaction.get_connection()
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for text in sorted({each for each in texts if each}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 17))", [f"organization {text}"])
