"""要素流动 as figures: what went which way in a period, kind by kind and measure by measure, never added across them.

A counter-entry counts on its own day, so that what was reported for an earlier period stays what it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.access import flow_outposts, visible_to
from feidi.domain.reporting.enums import FlowDirection, FlowKind, FlowUnit
from feidi.domain.reporting.models import FlowEntry, FlowSetAside
from feidi.domain.reporting.selectors.flow_sources import Standing, candidates
from feidi.engines.measures import Period
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.subjects import Subject

OUT, BACK = FlowDirection.HOST_TO_HOME, FlowDirection.HOME_TO_HOST
_KINDS: Final = tuple(FlowKind)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One kind, one measure (a currency or a unit), one way: the sum, and how many entries are left of it.

    ``entries``: originals less counter-entries. ``amount`` or ``count``, never both.
    """

    kind: FlowKind
    measure: str
    direction: FlowDirection
    amount: Money | None
    count: int | None
    entries: int

    @property
    def figure(self) -> int:
        """The sum as a bare number: hundredths, or pieces."""
        return self.amount.fen if self.amount is not None else self.count or 0


@dataclass(frozen=True, slots=True)
class Flows:
    """What flowed in a period, up to the as-of date. Lines in order of kind, measure and way."""

    period: Period
    as_of: date
    lines: tuple[FlowLine, ...]

    def of(self, kind: FlowKind) -> tuple[FlowLine, ...]:
        """Return the lines of one kind."""
        return tuple(each for each in self.lines if each.kind == kind)

    def line(self, kind: FlowKind, measure: str, direction: FlowDirection) -> FlowLine | None:
        """Return one line; None: nothing of it flowed that way."""
        return next(
            (each for each in self.of(kind) if (each.measure, each.direction) == (measure, direction)),
            None,
        )

    def measures(self, kind: FlowKind) -> tuple[str, ...]:
        """Return the currencies and units in which a kind flowed."""
        return tuple(dict.fromkeys(each.measure for each in self.of(kind)))

    def net(self, kind: FlowKind, measure: str) -> int:
        """Return in less out, seen from home, of one kind and one measure: hundredths, or pieces."""
        signs = {OUT: 1, BACK: -1}
        return sum(signs[each.direction] * each.figure for each in self.of(kind) if each.measure == measure)

    def contracts(self, direction: FlowDirection) -> int:
        """Return how many technology contracts went a way, with an amount or without."""
        return sum(each.entries for each in self.of(FlowKind.TECHNOLOGY) if each.direction == direction)


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """One month of one kind, measure and way."""

    month: date
    kind: FlowKind
    measure: str
    direction: FlowDirection
    figure: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proven source that waits for a person's word."""

    source: Subject
    standing: Standing


def list_entries(actor: Actor, outposts: Iterable[Outpost] | None = None) -> QuerySet[FlowEntry]:
    """Return the entries the actor may see, the newest day first."""
    rows = visible_to(actor, FlowEntry.objects.all())
    if outposts is not None:
        rows = rows.filter(outpost_id__in=[each.pk for each in outposts])
    return rows.select_related("outpost__home", "outpost__host").order_by("-occurred_on", "-id")


def outposts_with_flows(actor: Actor) -> QuerySet[Outpost]:
    """Return the outposts whose flows the actor may see."""
    return flow_outposts(actor).select_related("home", "host").order_by("code")


def flows_for(actor: Actor, outposts: Iterable[Outpost], period: Period, as_of: date) -> Flows:
    """Return K36: sums per kind, measure and way over the entries of the period up to the as-of date. One query."""
    rows = _within(list_entries(actor, outposts), period, as_of)
    return Flows(period, as_of, tuple(line for line, _source in _summed(rows)))


def flows_by_source(
    actor: Actor, outposts: Iterable[Outpost], period: Period, as_of: date
) -> list[tuple[FlowLine, str]]:
    """Return the same lines, told apart by the kind of their source: (line, kind of subject). One query."""
    return _summed(_within(list_entries(actor, outposts), period, as_of), "subject_kind")


def months_of(actor: Actor, outposts: Iterable[Outpost], period: Period, as_of: date) -> list[MonthFlow]:
    """Return the same by month. One query."""
    rows = _within(list_entries(actor, outposts), period, as_of).order_by()
    found = (
        rows.annotate(month=TruncMonth("occurred_on"))
        .values("month", "kind", "currency", "unit", "direction")
        .annotate(fen=Sum("amount_fen"), pieces=Sum("count"))
    )
    return sorted(
        (
            MonthFlow(
                each["month"],
                FlowKind(each["kind"]),
                each["currency"] or each["unit"],
                FlowDirection(each["direction"]),
                each["fen"] if each["currency"] else each["pieces"],
            )
            for each in found
        ),
        key=lambda row: (row.month, _KINDS.index(row.kind), row.measure, row.direction),
    )


def list_waiting(outposts: Collection[int]) -> list[Waiting]:
    """Return the proven sources whose direction or amount a person must say, oldest first. For who holds ``flow.edit``."""
    entered = set(
        FlowEntry.objects.filter(outpost_id__in=outposts, live=True).values_list("subject_kind", "subject_uid")
    )
    aside = set(
        FlowSetAside.objects.filter(outpost_id__in=outposts, voided_at__isnull=True).values_list(
            "subject_kind", "subject_uid"
        )
    )
    found = [
        Waiting(source, standing)
        for source, standing in candidates(outposts).items()
        if standing.waiting is not None and (source.kind, source.uid) not in entered | aside
    ]
    return sorted(found, key=lambda each: (each.standing.on or date.max, each.source.uid))


def list_set_aside(outposts: Collection[int]) -> QuerySet[FlowSetAside]:
    """Return the sources judged to be no flow, newest first."""
    return FlowSetAside.objects.filter(outpost_id__in=outposts, voided_at__isnull=True).order_by("-id")


def recount(outposts: Collection[int]) -> dict[tuple[str, str, str], int]:
    """Return (kind, measure, way) → figure as the sources say today: what the live entries must add up to.

    Entered by hand counts as entered, for a person's word is part of it.
    """
    totals: dict[tuple[str, str, str], int] = defaultdict(int)
    by_hand = FlowEntry.objects.filter(outpost_id__in=outposts, live=True, made_how="hand")
    aside = {(each.subject_kind, each.subject_uid) for each in list_set_aside(outposts)}
    settled = set()
    for row in by_hand:
        settled.add((row.subject_kind, row.subject_uid))
        totals[row.kind, row.currency or row.unit, row.direction] += row.amount_fen or row.count or 0
    for source, standing in candidates(outposts).items():
        if (source.kind, source.uid) in settled | aside:
            continue
        for due in standing.dues:
            measure = (due.amount.currency or "") if due.amount else str(due.unit)
            totals[due.kind, measure, due.direction] += due.amount.fen if due.amount else due.count or 0
    return dict(totals)


def live_totals(outposts: Collection[int]) -> dict[tuple[str, str, str], int]:
    """Return (kind, measure, way) → figure of the live entries, to be held against ``recount``."""
    rows = FlowEntry.objects.filter(outpost_id__in=outposts, live=True).values("kind", "currency", "unit", "direction")
    return {
        (each["kind"], each["currency"] or each["unit"], each["direction"]): each["fen"] or each["pieces"] or 0
        for each in rows.annotate(fen=Sum("amount_fen"), pieces=Sum("count"))
    }


def evidence_of(entry: FlowEntry) -> list[EvidenceItem]:
    """Return the items an entry rests on."""
    rows = EvidenceItem.objects.filter(uid__in=entry.evidence).select_related("file", "requirement")
    return list(rows.order_by(F("occurred_on").asc(nulls_last=True), "id"))


def unit_name(measure: str) -> str:
    """Return how a measure is called: a unit's word, or the currency's code."""
    return str(FlowUnit(measure).label) if measure in FlowUnit.values else measure


def _within(rows: QuerySet[FlowEntry], period: Period, as_of: date) -> QuerySet[FlowEntry]:
    return rows.filter(occurred_on__gte=period.start, occurred_on__lt=period.end, occurred_on__lte=as_of)


def _summed(rows: QuerySet[FlowEntry], *also: str) -> list[tuple[FlowLine, str]]:
    found = (
        rows.order_by()
        .values("kind", "currency", "unit", "direction", *also)
        .annotate(
            fen=Sum("amount_fen"),
            pieces=Sum("count"),
            made=Count("id", filter=Q(counter_of__isnull=True)),
            taken=Count("id", filter=Q(counter_of__isnull=False)),
        )
    )
    lines = [
        (
            FlowLine(
                kind=FlowKind(each["kind"]),
                measure=each["currency"] or each["unit"],
                direction=FlowDirection(each["direction"]),
                amount=Money(each["fen"], each["currency"]) if each["currency"] else None,
                count=None if each["currency"] else each["pieces"],
                entries=each["made"] - each["taken"],
            ),
            str(each.get("subject_kind", "")),
        )
        for each in found
    ]
    return sorted(lines, key=lambda pair: (_place(pair[0]), pair[1]))


def _place(line: FlowLine) -> tuple[int, str, str]:
    return _KINDS.index(line.kind), line.measure, line.direction
