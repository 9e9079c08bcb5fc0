"""The day of several rooms as a grid of half-hours: free, closed, past, or held (by whom, as far as somebody may know)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Booking, Unit
from feidi.domain.space.selectors.holding import Holder, holders_of, live_in_rooms
from feidi.domain.space.selectors.rules import opening_of, rules_of
from feidi.engines.slots import Interval, day_of, merged, runs_of, steps_of
from feidi.kernel.access import Actor

#: Who holds something, and when: made once, looked at for every step.
_Span = tuple[Holder, Interval]
#: What a cell of the grid says of what holds it.
STATES: Final = {
    OccupationReason.BOOKING: "booked",
    OccupationReason.BLOCKING: "blocked",
    OccupationReason.TENANCY: "let",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Half-hours that are one: ``width`` many. ``state``: free, closed, past, booked, blocked, let.

    ``who`` empty and ``booking`` None on a held cell: the reader may know only that it is occupied.
    """

    starts_at: datetime
    ends_at: datetime
    width: int
    state: str
    who: str = ""
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One unit of the grid."""

    unit: Unit
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DayGrid:
    """A day: its steps' beginnings as the head (``08:30``), and a row for each unit."""

    day: date
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]


def day_grid(actor: Actor, units: Sequence[Unit], day: date, now: datetime) -> DayGrid:
    """Return a day of units of one outpost, cut to the hours in which any of them is open or held.

    The number of queries does not grow with units or bookings.
    """
    if not units:
        return DayGrid(day, (), ())
    rules, whole = rules_of(units[0].outpost), day_of(day, SHANGHAI)
    steps = steps_of(day, SHANGHAI, rules.slot_minutes)
    opening = opening_of(rules, [unit.hours for unit in units], whole)
    holders = holders_of(actor, list(live_in_rooms({unit.root_id for unit in units}, whole)))
    held = [(each, Interval(each.occupation.starts_at, each.occupation.ends_at)) for each in holders]
    by_room: dict[int, list[_Span]] = defaultdict(list)
    for holder, span in held:
        by_room[holder.occupation.root_id].append((holder, span))
    inside = _cut(steps, [part for code in opening for part in opening[code]], held)
    rows = tuple(
        GridRow(unit, _cells(unit, inside, opening[unit.hours], _of(unit, by_room[unit.root_id]), now))
        for unit in units
    )
    return DayGrid(day, tuple(f"{step.start.astimezone(SHANGHAI):%H:%M}" for step in inside), rows)


def _cut(steps: Sequence[Interval], opening: Sequence[Interval], held: Sequence[_Span]) -> Sequence[Interval]:
    """Leave out the night on both sides; what holds a unit whole days does not widen the day."""
    busy = [span for each, span in held if each.occupation.reason == OccupationReason.BOOKING]
    wide = merged([*opening, *busy])
    used = [at for at, step in enumerate(steps) if any(each.overlaps(step) for each in wide)]
    return steps[used[0] : used[-1] + 1] if used else steps


def _of(unit: Unit, held: Sequence[_Span]) -> list[_Span]:
    """What keeps this unit from being held: its own, its room's, its parts'."""
    if unit.parent_id is None:
        return list(held)
    return [each for each in held if each[0].occupation.unit_id in {unit.pk, unit.parent_id}]


def _cells(
    unit: Unit, steps: Sequence[Interval], opening: Sequence[Interval], held: Sequence[_Span], now: datetime
) -> tuple[Cell, ...]:
    found = []
    for run in runs_of(steps, opening, [span for _holder, span in held]):
        start, end = steps[run.first].start, steps[run.first + run.steps - 1].end
        if run.held is not None:
            holder = held[run.held][0]
            row = holder.row if isinstance(holder.row, Booking) else None
            state = STATES[OccupationReason(holder.occupation.reason)]
            found.append(Cell(start, end, run.steps, state, holder.who, row))
        else:
            state = "closed" if not (run.open and unit.bookable) else "past" if start < now else "free"
            found.append(Cell(start, end, run.steps, state))
    return tuple(found)
