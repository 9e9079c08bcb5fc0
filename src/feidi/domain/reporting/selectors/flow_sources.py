"""Which proven events make which flows: the one rule that entering, rebuilding and recounting share.

A source stands when its evidence is accepted and nobody took it back. Of one that stands either entries are due, or a
person must say the direction (``waiting``), or nothing crosses between the two sides. Unknown is never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from feidi.domain.incubation.enums import TenantOutcomeKind
from feidi.domain.incubation.models import TenantOutcome
from feidi.domain.matching.enums import OutcomeKind
from feidi.domain.matching.models import IntroductionOutcome
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import LandingState
from feidi.domain.pipeline.models import LandingCase
from feidi.domain.reporting.enums import FlowDirection, FlowKind, FlowUnit, FlowWaiting
from feidi.domain.reporting.selectors.flow_sides import HOME, HOST, Sides
from feidi.domain.talent.kinds import ARRIVAL, MONTH, PRESENCE, TALENT
from feidi.domain.talent.models import PresenceMonth, Talent
from feidi.engines.money import Money
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.subjects import Subject

LANDING: Final = "pipeline.landing_case"
OUTCOME: Final = "matching.outcome"
RESULT: Final = "incubation.tenant_outcome"
_PROJECT: Final = "pipeline.project"


@dataclass(frozen=True, slots=True)
class Due:
    """An entry that should stand: an amount, or a count of a unit."""

    kind: FlowKind
    direction: FlowDirection
    amount: Money | None = None
    count: int | None = None
    unit: FlowUnit | str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a source makes as of now. ``stands`` False: not proven, or taken back. ``kind``: what would flow."""

    outpost: Outpost
    kind: FlowKind
    on: date | None
    stands: bool
    evidence: tuple[str, ...] = ()
    dues: tuple[Due, ...] = ()
    waiting: FlowWaiting | None = None
    amount: Money | None = None
    unit: FlowUnit | str = ""


Items = dict[str, list[EvidenceItem]]


def standings(subjects: Iterable[Subject]) -> dict[Subject, Standing]:
    """Return how each source stands; of a kind that makes no flows, or of a row that is gone, nothing. Few queries."""
    uids: dict[str, set[str]] = defaultdict(set)
    for each in subjects:
        uids[each.kind].add(each.uid)
    sides = Sides()
    found: dict[Subject, Standing] = {}
    for kind, wanted in uids.items():
        if kind in _READERS:
            rows, read = _READERS[kind]
            found |= read(rows().filter(uid__in=wanted), sides)
    return found


def candidates(outposts: Collection[int]) -> dict[Subject, Standing]:
    """Return how every possible source of some outposts stands, whatever was entered of it."""
    sides = Sides()
    found: dict[Subject, Standing] = {}
    for kind, (rows, read) in _READERS.items():
        found |= read(rows().filter(**{f"{OUTPOST_OF[kind]}__in": outposts}), sides)
    return found


def _accepted(kind: str, uids: Collection[str], purpose: str | None = None) -> Items:
    rows = EvidenceItem.objects.filter(
        requirement__subject_kind=kind,
        requirement__subject_uid__in=uids,
        state=ItemState.ACCEPTED,
        voided_at__isnull=True,
    )
    if purpose is not None:
        rows = rows.filter(requirement__purpose=purpose)
    found: Items = defaultdict(list)
    for item in rows.select_related("requirement").order_by("pk"):
        found[item.requirement.subject_uid].append(item)
    return found


def _landings(rows: QuerySet[LandingCase], sides: Sides) -> dict[Subject, Standing]:
    """Money shown as paid in, per currency, of a verified landing: from the host's side to home, for it came by there."""
    del sides
    cases = list(rows)
    items = _accepted(_PROJECT, {each.project.uid for each in cases}, "landing")
    found = {}
    for each in cases:
        money = [item for item in items.get(each.project.uid, ()) if item.amount_fen]
        sums: dict[str, int] = defaultdict(int)
        for item in money:
            sums[item.currency] += item.amount_fen or 0
        stands = each.state == LandingState.VERIFIED
        found[Subject(LANDING, each.uid)] = Standing(
            each.project.outpost,
            FlowKind.CAPITAL,
            each.verified_on,
            stands,
            tuple(item.uid for item in money),
            tuple(
                Due(FlowKind.CAPITAL, FlowDirection.HOST_TO_HOME, Money(fen, currency))
                for currency, fen in sorted(sums.items())
            )
            if stands
            else (),
            FlowWaiting.AMOUNT if stands and not sums else None,
        )
    return found


def _outcomes(rows: QuerySet[IntroductionOutcome], sides: Sides) -> dict[Subject, Standing]:
    """A technology contract or an investment goes from the side that offers to the side that needs."""
    outcomes = list(rows)
    pairs = [(each.introduction.need, each.introduction.offer) for each in outcomes]
    where = sides.of_profiles({profile.pk: profile for pair in pairs for profile in pair}.values())
    items = _accepted(OUTCOME, {each.uid for each in outcomes})
    found = {}
    for each, (need, offer) in zip(outcomes, pairs, strict=True):
        technology = each.kind == OutcomeKind.TECHNOLOGY_CONTRACT
        fen = each.technology_amount_fen if technology else each.amount_fen
        amount = Money(fen, each.currency) if fen else None
        kind = FlowKind.TECHNOLOGY if technology else FlowKind.CAPITAL
        proof = tuple(item.uid for item in items.get(each.uid, ()))
        stands = bool(proof) and each.voided_at is None
        way, waiting = _between(where[offer.pk], where[need.pk])
        due = _due(kind, way, amount, FlowUnit.CONTRACT if technology else "") if stands and way else None
        if stands and way and due is None:
            waiting = FlowWaiting.AMOUNT
        found[Subject(OUTCOME, each.uid)] = Standing(
            each.introduction.outpost,
            kind,
            each.on,
            stands,
            proof,
            (due,) if due else (),
            waiting if stands else None,
            amount,
            FlowUnit.CONTRACT if technology and amount is None else "",
        )
    return found


def _results(rows: QuerySet[TenantOutcome], sides: Sides) -> dict[Subject, Standing]:
    """Funding of a tenant: a result does not say on which side the investor is, so a person does."""
    del sides
    results = list(rows)
    items = _accepted(RESULT, {each.uid for each in results})
    found = {}
    for each in results:
        proof = tuple(item.uid for item in items.get(each.uid, ()))
        stands = bool(proof) and each.voided_at is None
        found[Subject(RESULT, each.uid)] = Standing(
            each.outpost,
            FlowKind.CAPITAL,
            each.dated_on,
            stands,
            proof,
            waiting=FlowWaiting.INVESTOR if stands else None,
            amount=Money(each.amount_fen, each.currency) if each.amount_fen else None,
        )
    return found


def _talents(rows: QuerySet[Talent], sides: Sides) -> dict[Subject, Standing]:
    """A person who came through the outpost and works at home; of a home firm's person at the host somebody decides."""
    talents = list(rows)
    items = _accepted(TALENT, {each.uid for each in talents}, ARRIVAL)
    found = {}
    for each in talents:
        proof = [item for item in items.get(each.uid, ()) if item.occurred_on is not None]
        stands = bool(proof) and each.voided_at is None
        waiting: FlowWaiting | None = None
        dues: tuple[Due, ...] = ()
        if stands and each.works_at == HOME:
            dues = (Due(FlowKind.TALENT, FlowDirection.HOST_TO_HOME, count=1, unit=FlowUnit.PERSON),)
        elif stands and not each.works_at:
            waiting = FlowWaiting.WORKPLACE
        elif (
            stands
            and each.works_at == HOST
            and each.employer
            and sides.of_place(each.outpost, each.employer.place_id) == HOME
        ):
            waiting = FlowWaiting.SECONDED
        found[Subject(TALENT, each.uid)] = Standing(
            each.outpost,
            FlowKind.TALENT,
            min((item.occurred_on for item in proof if item.occurred_on), default=None),
            stands,
            tuple(item.uid for item in proof),
            dues,
            waiting,
            unit=FlowUnit.PERSON,
        )
    return found


def _months(rows: QuerySet[PresenceMonth], sides: Sides) -> dict[Subject, Standing]:
    """A month in which somebody under a flexible contract was proven to be present at home."""
    del sides
    months = list(rows)
    items = _accepted(MONTH, {each.uid for each in months}, PRESENCE)
    found = {}
    for each in months:
        contract = each.contract
        proof = tuple(item.uid for item in items.get(each.uid, ()))
        taken_back = contract.voided_at is not None or contract.talent.voided_at is not None
        stands = bool(proof) and not taken_back and each.days > 0
        home = stands and contract.works_at == HOME
        due = Due(FlowKind.TALENT, FlowDirection.HOST_TO_HOME, count=1, unit=FlowUnit.MONTH)
        found[Subject(MONTH, each.uid)] = Standing(
            contract.talent.outpost,
            FlowKind.TALENT,
            each.month,
            stands,
            proof,
            (due,) if home else (),
            FlowWaiting.WORKPLACE if stands and not contract.works_at else None,
            unit=FlowUnit.MONTH,
        )
    return found


def _between(giver: Any, taker: Any) -> tuple[FlowDirection | None, FlowWaiting | None]:
    """Return the way from one side to the other, or that a side is unknown; within one side, or elsewhere: neither."""
    if giver is None or taker is None:
        return None, FlowWaiting.SIDE
    if (giver, taker) == (HOST, HOME):
        return FlowDirection.HOST_TO_HOME, None
    if (giver, taker) == (HOME, HOST):
        return FlowDirection.HOME_TO_HOST, None
    return None, None


def _due(kind: FlowKind, way: FlowDirection, amount: Money | None, unit: FlowUnit | str) -> Due | None:
    if amount is not None:
        return Due(kind, way, amount)
    return Due(kind, way, count=1, unit=unit) if unit else None


def _landing_rows() -> QuerySet[LandingCase]:
    return LandingCase.objects.filter(verified_on__isnull=False).select_related("project__outpost")


def _outcome_rows() -> QuerySet[IntroductionOutcome]:
    return IntroductionOutcome.objects.filter(
        kind__in=[OutcomeKind.TECHNOLOGY_CONTRACT, OutcomeKind.INVESTMENT]
    ).select_related(
        "introduction__outpost",
        "introduction__need__outpost",
        "introduction__offer__outpost",
        "introduction__need__person",
        "introduction__offer__person",
    )


def _result_rows() -> QuerySet[TenantOutcome]:
    """Funding noted of incubation itself; what an introduction brought is counted there."""
    return (
        TenantOutcome.objects.filter(kind=TenantOutcomeKind.FUNDING)
        .exclude(source_kind=OUTCOME)
        .select_related("outpost")
    )


def _talent_rows() -> QuerySet[Talent]:
    return Talent.objects.select_related("outpost", "employer")


def _month_rows() -> QuerySet[PresenceMonth]:
    return PresenceMonth.objects.select_related("contract__talent__outpost")


_READERS: Final[dict[str, tuple[Callable[[], QuerySet[Any]], Callable[[Any, Sides], dict[Subject, Standing]]]]] = {
    LANDING: (_landing_rows, _landings),
    OUTCOME: (_outcome_rows, _outcomes),
    RESULT: (_result_rows, _results),
    TALENT: (_talent_rows, _talents),
    MONTH: (_month_rows, _months),
}
#: Kind of source → the way to the outpost whose it is.
OUTPOST_OF: Final = {
    LANDING: "project__outpost",
    OUTCOME: "introduction__outpost",
    RESULT: "outpost",
    TALENT: "outpost",
    MONTH: "contract__talent__outpost",
}
SOURCES: Final = tuple(_READERS)
