"""Questions about green-channel cases: which, and how the one visible clock of each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.talent.access import DECIDE, VIEW_HOME, cases_visible_to
from feidi.domain.talent.enums import CaseState
from feidi.domain.talent.models import GreenCase, GreenItem
from feidi.domain.talent.selectors.clocks import ClockState, Pause, Reading, read_clock
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.calendar.almanac import Almanac
from feidi.kernel.calendar.working_days import almanac

#: Column of the list → field.
SORTS: Final = {"number": "number", "state": "state", "opened": "opened_on", "delivered": "delivered_on"}
_LATE: Final = (ClockState.LATE, ClockState.FINISHED_LATE)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list shows. Empty means "any"; ``show``: open (default of the page), delivered, over, all."""

    words: str = ""
    show: str = "open"
    outpost_id: int | None = None
    officer_id: int | None = None


def list_cases(actor: Actor, wanted: CaseFilter) -> QuerySet[GreenCase]:
    """Return the cases that the actor may open, newest first, with what a list needs."""
    rows = cases_visible_to(actor, GreenCase.objects.filter(voided_at__isnull=True)).filter(_shown(wanted.show))
    if words := wanted.words.strip():
        rows = rows.filter(
            Q(number__icontains=words) | Q(talent__person__name__icontains=words) | Q(items__title__icontains=words)
        ).distinct()
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    if wanted.officer_id:
        rows = rows.filter(officer_id=wanted.officer_id)
    return with_clock(rows).order_by("-id")


def get_case(actor: Actor, uid: str) -> GreenCase:
    """Return one that the actor may open; raises ``GreenCase.DoesNotExist`` for every other."""
    return with_clock(cases_visible_to(actor, GreenCase.objects.all())).get(uid=uid)


def with_clock(rows: QuerySet[GreenCase]) -> QuerySet[GreenCase]:
    """Return cases with everything that their clocks and lists ask. A fixed number of queries."""
    return rows.select_related("outpost__home", "talent__person", "officer").prefetch_related("items", "pauses")


def reading_of(case: GreenCase, on: date, using: Almanac | None = None) -> Reading:
    """Return the one visible clock of a case on a day."""
    return read_clock(
        using or almanac(), case.opened_on, case.promised, pauses_of(case), on=on, finished_on=case.delivered_on
    )


def item_reading(item: GreenItem, case: GreenCase, on: date, using: Almanac | None = None) -> Reading | None:
    """Return the clock of one item, which stands still with the case's; None while it waits for the one before it."""
    if item.started_on is None:
        return None
    return read_clock(
        using or almanac(), item.started_on, item.promised, pauses_of(case), on=on, finished_on=item.finished_on
    )


def pauses_of(case: GreenCase) -> list[Pause]:
    """Return when the clock of a case stood still."""
    return [Pause(each.since, each.until) for each in case.pauses.all()]


@dataclass(frozen=True, slots=True)
class HomeCount:
    """What the home side sees of an outpost's cases: counts and clocks, nobody's name.

    ``late``: under way and over their promise; ``late_finished``; ``unpromised``: cases without a known promise.
    """

    outpost: Outpost
    by_state: dict[str, int]
    by_service: tuple[tuple[str, int], ...]
    late: int
    late_finished: int
    waiting: int
    unpromised: int
    scores: tuple[int, ...]


def counts_for_home(actor: Actor, today: date) -> list[HomeCount]:
    """Return the counts of every outpost of the actor's home. Three queries per outpost."""
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME) | actor.scopes(DECIDE, ScopeKind.HOME)
    rows = Outpost.objects.filter(home_id__in=homes).select_related("home").order_by("code")
    known = almanac()
    return [_counted(each, today, known) for each in rows]


def _counted(outpost: Outpost, today: date, known: Almanac) -> HomeCount:
    cases = list(GreenCase.objects.filter(outpost=outpost, voided_at__isnull=True).prefetch_related("items", "pauses"))
    states = Counter(reading_of(each, today, known).state for each in cases if each.state != CaseState.WITHDRAWN)
    return HomeCount(
        outpost,
        dict(Counter(each.state for each in cases)),
        tuple(Counter(item.title for each in cases for item in each.items.all()).most_common()),
        states[ClockState.LATE],
        states[ClockState.FINISHED_LATE],
        states[ClockState.PAUSED],
        sum(1 for each in cases if each.promised is None),
        tuple(each.score for each in cases if each.score is not None),
    )


def late_among(cases: Iterable[GreenCase], today: date) -> int:
    """Return how many of these are over their promise, under way or finished."""
    known = almanac()
    return sum(1 for each in cases if reading_of(each, today, known).state in _LATE)


def _shown(show: str) -> Q:
    if show == "open":
        return Q(state=CaseState.OPEN)
    if show == "delivered":
        return Q(state=CaseState.DELIVERED)
    return Q(state__in=[CaseState.CONFIRMED, CaseState.WITHDRAWN]) if show == "over" else Q()
