"""What a unit is at a moment: for the plan, free, booked, let, blocked or closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Booking, Unit
from feidi.domain.space.selectors.grid import STATES
from feidi.domain.space.selectors.holding import Holder, holders_of, live_in_rooms
from feidi.domain.space.selectors.rules import opening_of, rules_of
from feidi.engines.slots import Held, Interval, shares_place
from feidi.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class UnitState:
    """``state``: free, booked, let, blocked or closed (cannot be booked, or not open). ``until``: how long what holds it
    holds it. ``who`` empty on a held unit: the reader may know only that it is occupied. ``parts_held``: how many of its
    parts are held, where it is not held whole.
    """

    state: str
    until: datetime | None = None
    who: str = ""
    booking: Booking | None = None
    parts_held: int = 0


def unit_states(actor: Actor, units: Sequence[Unit], at: datetime) -> dict[int, UnitState]:
    """Return what each unit of one outpost is at a moment. The number of queries does not grow with units."""
    if not units:
        return {}
    moment = Interval(at, at + timedelta(microseconds=1))
    rules = rules_of(units[0].outpost)
    opening = opening_of(rules, [unit.hours for unit in units], Interval(at, at + timedelta(minutes=1)))
    by_room: dict[int, list[Holder]] = defaultdict(list)
    for each in holders_of(actor, list(live_in_rooms({unit.root_id for unit in units}, moment))):
        by_room[each.occupation.root_id].append(each)
    return {unit.pk: _state(unit, by_room[unit.root_id], moment, is_open=bool(opening[unit.hours])) for unit in units}


def _state(unit: Unit, holders: Sequence[Holder], moment: Interval, *, is_open: bool) -> UnitState:
    mine = Held("", unit.pk, unit.root_id, moment)
    near = [
        each
        for each in holders
        if shares_place(mine, Held("", each.occupation.unit_id, each.occupation.root_id, moment))
    ]
    whole = next((each for each in near if each.occupation.unit_id in {unit.pk, each.occupation.root_id}), None)
    if whole is not None:
        row = whole.row if isinstance(whole.row, Booking) else None
        state = STATES[OccupationReason(whole.occupation.reason)]
        return UnitState(state, whole.occupation.ends_at, whole.who, row)
    if unit.bookable and not is_open:
        return UnitState("closed", parts_held=len(near))
    return UnitState("free", parts_held=len(near))
