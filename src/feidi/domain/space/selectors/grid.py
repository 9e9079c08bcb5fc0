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
from feidi.engines.slots import Held, Interval, day_of, runs_of, shares_place, steps_of
from feidi.kernel.access import Actor

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
    by_room: dict[int, list[Holder]] = defaultdict(list)
    for each in holders:
        by_room[each.occupation.root_id].append(each)
    inside = _cut(steps, [part for code in opening for part in opening[code]], holders)
    rows = tuple(
        GridRow(unit, _cells(unit, inside, opening[unit.hours], _of(unit, by_room[unit.root_id]), now))
        for unit in units
    )
    return DayGrid(day, tuple(f"{step.start.astimezone(SHANGHAI):%H:%M}" for step in inside), rows)


def _cut(steps: Sequence[Interval], opening: Sequence[Interval], holders: Sequence[Holder]) -> Sequence[Interval]:
    """Leave out the night on both sides; what holds a unit whole days does not widen the day."""
    held = [_span(each) for each in holders if each.occupation.reason == OccupationReason.BOOKING]
    used = [at for at, step in enumerate(steps) if any(each.overlaps(step) for each in [*opening, *held])]
    return steps[used[0] : used[-1] + 1] if used else steps


def _of(unit: Unit, holders: Sequence[Holder]) -> list[Holder]:
    """What keeps this unit from being held: its own, its room's, its parts'."""

    def place(each: Holder) -> Held:
        return Held("", each.occupation.unit_id, each.occupation.root_id, _span(each))

    return [each for each in holders if shares_place(Held("", unit.pk, unit.root_id, _span(each)), place(each))]


def _cells(
    unit: Unit, steps: Sequence[Interval], opening: Sequence[Interval], holders: Sequence[Holder], now: datetime
) -> tuple[Cell, ...]:
    found = []
    for run in runs_of(steps, opening, [_span(each) for each in holders]):
        start, end = steps[run.first].start, steps[run.first + run.steps - 1].end
        if run.held is not None:
            holder = holders[run.held]
            row = holder.row if isinstance(holder.row, Booking) else None
            state = STATES[OccupationReason(holder.occupation.reason)]
            found.append(Cell(start, end, run.steps, state, holder.who, row))
        else:
            state = "closed" if not (run.open and unit.bookable) else "past" if start < now else "free"
            found.append(Cell(start, end, run.steps, state))
    return tuple(found)


def _span(holder: Holder) -> Interval:
    return Interval(holder.occupation.starts_at, holder.occupation.ends_at)
