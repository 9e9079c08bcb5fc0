"""Who stands in whose way: one pair, or many wishes against everything that is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feidi.engines.slots.intervals import Interval, seconds_of


@dataclass(frozen=True, slots=True)
class Held:
    """A unit during an interval. ``root``: the room that the unit is a part of, or the unit itself."""

    key: str
    unit: int
    root: int
    interval: Interval


def shares_place(one: Held, other: Held) -> bool:
    """Tell whether two are in one place: the same unit, or a room and a part of it; two desks of one room are not.

    >>> from datetime import UTC, datetime
    >>> hour = Interval(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))
    >>> room, desk, other = Held("room", 1, 1, hour), Held("desk", 2, 1, hour), Held("desk", 3, 1, hour)
    >>> shares_place(room, desk), shares_place(desk, other)
    (True, False)
    """
    return one.root == other.root and (one.unit in {other.unit, one.root} or other.unit == other.root)


def clash(one: Held, other: Held) -> bool:
    """Tell whether two cannot both be."""
    return shares_place(one, other) and one.interval.overlaps(other.interval)


def clashes(wanted: Sequence[Held], held: Sequence[Held]) -> tuple[tuple[int, ...], ...]:
    """Return, for each wish, the places in ``held`` of all that stands in its way, in their order of beginning.

    The same as asking ``clash`` of every pair, in time that grows with what lies in the same room.
    """
    rooms: dict[int, list[int]] = defaultdict(list)
    for place, each in enumerate(held):
        rooms[each.root].append(place)
    columns = {root: _Columns.of(held, places) for root, places in rooms.items()}
    return tuple(columns[each.root].hits(each) if each.root in columns else () for each in wanted)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is held in one room, by beginning."""

    places: np.ndarray
    units: np.ndarray
    starts: np.ndarray
    ends: np.ndarray

    @classmethod
    def of(cls, held: Sequence[Held], places: Sequence[int]) -> _Columns:
        ordered = sorted(places, key=lambda place: (held[place].interval, place))
        return cls(
            np.array(ordered, np.int64),
            np.array([held[each].unit for each in ordered], np.int64),
            np.array([seconds_of(held[each].interval.start) for each in ordered], np.int64),
            np.array([seconds_of(held[each].interval.end) for each in ordered], np.int64),
        )

    def hits(self, wish: Held) -> tuple[int, ...]:
        before = int(np.searchsorted(self.starts, seconds_of(wish.interval.end), side="left"))
        units = self.units[:before]
        here = self.ends[:before] > seconds_of(wish.interval.start)
        if wish.unit != wish.root:
            here &= (units == wish.unit) | (units == wish.root)
        return tuple(self.places[:before][here].tolist())
