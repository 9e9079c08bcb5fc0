"""Commitments: what was promised, what accepted evidence says was met, and what is late.

No accepted evidence is *not known*, which is not "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import CommitmentKind
from feidi.domain.pipeline.models import Commitment, Project
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import RequirementState, states_of_many
from feidi.kernel.subjects import Subject

KIND = "pipeline.commitment"
PURPOSE = "commitment"
EVIDENCE = "met"
#: Kinds of which each item of evidence adds to the others; of the rest the latest item says how far it is.
ADDED_UP = frozenset(
    {CommitmentKind.INVESTMENT, CommitmentKind.PAID_IN, CommitmentKind.RESEARCH, CommitmentKind.SUPPORT}
)


class Fulfilment(StrEnum):
    """How far a promise is met, by accepted evidence."""

    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one commitment stands on a day. ``met_money``/``met_quantity``: what accepted evidence adds up to.

    ``waiting``: items not decided yet. ``overdue``: due and not met; with ``unknown`` nobody has shown anything.
    ``late``: met, but after the due day. ``other_currency``: accepted amounts that could not be counted.
    """

    commitment: Commitment
    state: Fulfilment
    met_money: Money | None
    met_quantity: int | None
    met_on: date | None
    waiting: int
    overdue: bool
    late: bool
    other_currency: int
    evidence: RequirementState | None


def subject_of(commitment: Commitment) -> Subject:
    """Return how the kernel speaks of this commitment."""
    return Subject(KIND, commitment.uid)


def commitments_visible_to(actor: Actor, rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Narrow commitments to those of projects that the actor sees as outpost or home side."""
    return rows.filter(agreement__project__in=visible_in_office(actor, Project.objects.filter(voided_at__isnull=True)))


def get_commitment(actor: Actor, uid: str) -> Commitment:
    """Return one commitment that the actor may open; raises ``Commitment.DoesNotExist`` for every other."""
    rows = Commitment.objects.select_related("agreement__project__outpost__home", "agreement__project__owner")
    return commitments_visible_to(actor, rows).get(uid=uid)


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """What the list shows. Empty means "any". ``due``: overdue | soon (within ``days``) | undated."""

    words: str = ""
    side: str = ""
    kind: str = ""
    due: str = ""
    state: str = ""
    days: int = 90


def list_commitments(actor: Actor, wanted: CommitmentFilter, today: date) -> QuerySet[Commitment]:
    """Return the live commitments of live agreements that the actor may open, soonest due first, undated last."""
    rows = commitments_visible_to(
        actor, Commitment.objects.filter(voided_at__isnull=True, agreement__voided_at__isnull=True)
    )
    if words := wanted.words.strip():
        named = Q(text__icontains=words) | Q(agreement__investor__icontains=words)
        rows = rows.filter(named | Q(agreement__project__name__icontains=words))
    exact = {"side": wanted.side, "kind": wanted.kind}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.due == "soon":
        rows = rows.filter(due_on__gte=today, due_on__lte=today + timedelta(days=wanted.days))
    elif wanted.due == "undated":
        rows = rows.filter(due_on__isnull=True)
    elif wanted.due == "overdue":
        rows = rows.filter(due_on__lt=today)
    if wanted.state or wanted.due == "overdue":
        standing = standings_of(rows.select_related("agreement"), today)
        kept = [
            pk
            for pk, each in standing.items()
            if (not wanted.state or each.state == wanted.state) and (wanted.due != "overdue" or each.overdue)
        ]
        rows = rows.filter(pk__in=kept)
    return rows.select_related("agreement__project__outpost").order_by(F("due_on").asc(nulls_last=True), "id")


def standings_of(rows: Iterable[Commitment], today: date) -> dict[int, Standing]:
    """Return how each commitment stands, by its key. Two queries, however many."""
    given = list(rows)
    states = states_of_many([subject_of(each) for each in given], PURPOSE)
    return {each.pk: _standing(each, states[subject_of(each)], today) for each in given}


def _standing(row: Commitment, states: Sequence[RequirementState], today: date) -> Standing:
    evidence = next((each for each in states if each.requirement.kind == EVIDENCE), None)
    accepted = [item for item in evidence.items if item.state == ItemState.ACCEPTED] if evidence else []
    accepted.sort(key=lambda item: (item.occurred_on or date.min, item.pk))
    counted = [item for item in accepted if item.amount_fen is not None and item.currency == row.amount_currency]
    money = _money(row, counted)
    quantity = _quantity(row, accepted)
    state = _state(row, accepted, money, quantity)
    met_on = accepted[-1].occurred_on if state is Fulfilment.MET else None
    past = row.due_on is not None and row.due_on < today
    return Standing(
        commitment=row,
        state=state,
        met_money=money,
        met_quantity=quantity,
        met_on=met_on,
        waiting=evidence.submitted if evidence else 0,
        overdue=past and state is not Fulfilment.MET,
        late=bool(met_on and row.due_on and met_on > row.due_on),
        other_currency=sum(1 for item in accepted if item.amount_fen is not None and item not in counted),
        evidence=evidence,
    )


def _money(row: Commitment, counted: list[EvidenceItem]) -> Money | None:
    if not counted or not row.amount_currency:
        return None
    fen = sum(item.amount_fen or 0 for item in counted) if row.kind in ADDED_UP else counted[-1].amount_fen or 0
    return Money(fen, row.amount_currency)


def _quantity(row: Commitment, accepted: list[EvidenceItem]) -> int | None:
    if row.quantity is None:
        return None
    told = [item.details["quantity"] for item in accepted if isinstance(item.details.get("quantity"), int)]
    if not told:
        return None
    return sum(told) if row.kind in ADDED_UP else int(told[-1])


def _state(row: Commitment, accepted: list[EvidenceItem], money: Money | None, quantity: int | None) -> Fulfilment:
    if not accepted:
        return Fulfilment.UNKNOWN
    if row.amount_lo_fen is not None:
        # a range is met at its lower end; an amount in another currency says nothing
        return _reached(money.fen, row.amount_lo_fen) if money else _told(accepted)
    if row.quantity is not None:
        return _reached(quantity, row.quantity) if quantity is not None else _told(accepted)
    return _told(accepted) if accepted[-1].details.get("outcome") else Fulfilment.MET


def _reached(have: int, needed: int) -> Fulfilment:
    if have >= needed:
        return Fulfilment.MET
    return Fulfilment.PARTLY if have > 0 else Fulfilment.NOT_YET


def _told(accepted: list[EvidenceItem]) -> Fulfilment:
    """Return what the latest item says in words; one that names no figure where one is asked says nothing."""
    said = str(accepted[-1].details.get("outcome") or "")
    return Fulfilment(said) if said in set(Fulfilment) else Fulfilment.UNKNOWN
