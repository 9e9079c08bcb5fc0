"""How introductions go: how many stand where, and how many days they took from interest to each later step.

A step that was taken back does not count as reached. Nobody has reached it: no number, never 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from django.db.models import Count, QuerySet

from feidi.domain.matching.access import visible_to
from feidi.domain.matching.enums import IntroductionState
from feidi.domain.matching.models import Introduction, IntroductionLog
from feidi.domain.matching.selectors.outcomes import counted, list_contracts
from feidi.kernel.access import Actor

State = IntroductionState
#: The steps whose days are told, and the accepted technology contract, which is no step.
CONTRACT: Final = "contract"
STEPS: Final = (State.AGREED, State.MET, State.TRYING, State.CONCLUDED)
_ORDER: Final = {
    each: at
    for at, each in enumerate(
        (State.INTERESTED, State.AGREED, State.REVEALED, State.MET, State.TRYING, State.CONCLUDED, State.ENDED)
    )
}


@dataclass(frozen=True, slots=True)
class Reached:
    """One introduction that came so far: on which day, how many days after interest was expressed."""

    introduction: Introduction
    on: date
    days: int


@dataclass(frozen=True, slots=True)
class Pace:
    """One later point: who reached it (the quickest first), out of how many introductions."""

    to: str
    reached: tuple[Reached, ...]
    of: int

    @property
    def median(self) -> float | None:
        """Return the median of the days; None while nobody has come so far."""
        return median(each.days for each in self.reached) if self.reached else None


def list_standing(actor: Actor, kind: str = "") -> QuerySet[Introduction]:
    """Return the introductions of the actor's outposts that were not taken back, of needs of one kind or of all."""
    rows = visible_to(actor, Introduction.objects.filter(voided_at__isnull=True))
    rows = rows.filter(need__kind=kind) if kind else rows
    return rows.select_related("need", "offer").order_by("id")


def count_by_state(actor: Actor, kind: str = "") -> list[tuple[IntroductionState, int]]:
    """Return how many stand at each step, in the order of the steps, 0 where none does."""
    rows = list_standing(actor, kind).order_by().values_list("state").annotate(n=Count("pk"))
    found = dict(rows)
    return [(state, found.get(state, 0)) for state in _ORDER]


def paces_of(actor: Actor, kind: str = "") -> list[Pace]:
    """Return for each later step, and for the accepted contract, who reached it and after how many days."""
    rows = list(list_standing(actor, kind))
    reached = _steps_reached(rows)
    contracts = _contracts(actor, kind)
    return [
        *(_pace(str(step), rows, {pk: days[step] for pk, days in reached.items() if step in days}) for step in STEPS),
        _pace(CONTRACT, rows, contracts),
    ]


def _pace(to: str, rows: Sequence[Introduction], on: dict[int, date]) -> Pace:
    found = [
        Reached(each, on[each.pk], max(0, (on[each.pk] - each.interested_on).days)) for each in rows if each.pk in on
    ]
    return Pace(to, tuple(sorted(found, key=lambda each: (each.days, each.introduction.pk))), len(rows))


def _steps_reached(rows: Iterable[Introduction]) -> dict[int, dict[IntroductionState, date]]:
    """Return introduction → step → day, of the steps that stand."""
    found: dict[int, dict[IntroductionState, date]] = defaultdict(dict)
    logs = IntroductionLog.objects.filter(introduction__in=[each.pk for each in rows]).order_by("id")
    for pk, before, after, on in logs.values_list("introduction_id", "from_state", "to_state", "occurred_on"):
        if before and _ORDER[State(after)] < _ORDER[State(before)]:
            found[pk].pop(State(before), None)
        else:
            found[pk][State(after)] = on
    return found


def _contracts(actor: Actor, kind: str) -> dict[int, date]:
    """Return introduction → day of its first technology contract with accepted evidence."""
    contracts = list(list_contracts(actor, kind))
    accepted = counted(contracts)
    found: dict[int, date] = {}
    for each in contracts:
        if each.pk in accepted:
            found[each.introduction_id] = min(each.on, found.get(each.introduction_id, each.on))
    return found
