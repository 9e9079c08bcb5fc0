"""The next free slot: of one unit step by step, of many at once over columns; one meaning, held equal by a test.

A slot begins at the opening or whole steps after it, so that it lies on the lines of the grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.slots.intervals import Interval, datetime_of, merged, seconds_of, without

Seconds = NDArray[np.int64]
#: Wider than any horizon: units stand one behind the other on one line of seconds, so that one sort serves all.
_LANE: Final = 1 << 36


@dataclass(frozen=True, slots=True)
class Search:
    """From when on, until when, how long, and the step of the grid (both in seconds)."""

    after: datetime
    until: datetime
    length: int
    step: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A free slot of a unit."""

    unit: int
    interval: Interval


def first_free(unit: int, opening: Sequence[Interval], busy: Sequence[Interval], search: Search) -> Slot | None:
    """Return the first slot of one unit that is open and not taken, None when there is none until the end.

    >>> from datetime import UTC, timedelta
    >>> nine = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> hour = lambda a, b: Interval(nine + timedelta(hours=a), nine + timedelta(hours=b))
    >>> search = Search(nine, nine + timedelta(days=1), length=3600, step=1800)
    >>> found = first_free(1, [hour(0, 9)], [hour(0, 1), hour(1.25, 2)], search)
    >>> found.interval == hour(2, 3)
    True
    """
    for open_ in merged(opening):
        for gap in without([open_], busy):
            earliest = seconds_of(max(gap.start, search.after))
            start = earliest + (seconds_of(open_.start) - earliest) % search.step
            if start + search.length <= min(seconds_of(gap.end), seconds_of(search.until)):
                return Slot(unit, Interval(datetime_of(start), datetime_of(start + search.length)))
    return None


@dataclass(frozen=True, slots=True)
class Taken:
    """What is held, as columns: unit, its room (``root``), beginning and end in seconds since 1970."""

    unit: Seconds
    root: Seconds
    start: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that is looked at, and the room it is a part of (itself when it is none)."""

    unit: int
    root: int


def first_free_many(
    places: Sequence[Place], opening: Mapping[int, Sequence[Interval]], taken: Taken, search: Search
) -> tuple[Slot, ...]:
    """Return the first free slot of every unit that has one, the earliest first, then in the order of ``places``.

    ``opening``: the open intervals of each unit, in order and disjoint, as ``open_between`` gives them. The same as ``first_free`` of each unit
    with all that ``clash`` says is in its way; numbers in one line instead of objects.
    """
    gaps = _gaps(_busy(places, taken, search), len(places), search)
    doors = _opening(places, opening, search)
    which, begin, start, end = _meet(*gaps, *doors)
    start = start + (begin - start) % search.step
    fits = start + search.length <= end
    lane, start = which[fits], start[fits]
    # in order of lanes and moments already: the first of each lane is its earliest
    lanes, first = np.unique(lane, return_index=True)
    moments = start[first] - lanes * _LANE + seconds_of(search.after)
    order = np.argsort(moments, kind="stable")
    return tuple(_slot(places[int(lanes[at])].unit, int(moments[at]), search.length) for at in order)


def _slot(unit: int, start: int, length: int) -> Slot:
    return Slot(unit, Interval(datetime_of(start), datetime_of(start + length)))


def _busy(places: Sequence[Place], taken: Taken, search: Search) -> tuple[Seconds, Seconds]:
    """Return beginnings and ends of all that is in the way, each on the line of the unit in whose way it is."""
    zero, limit = seconds_of(search.after), seconds_of(search.until)
    near = (taken.end > zero) & (taken.start < limit)
    unit, root = taken.unit[near], taken.root[near]
    start, end = taken.start[near] - zero, np.minimum(taken.end[near], limit) - zero
    whole = unit == root
    lines: list[tuple[Seconds, Seconds]] = []

    def put(lane: int, rows: NDArray[np.bool_]) -> None:
        lines.append((np.maximum(start[rows], 0) + lane * _LANE, end[rows] + lane * _LANE))

    own = {place.unit: lane for lane, place in enumerate(places)}
    known = np.array(sorted(own), np.int64)
    at = np.minimum(np.searchsorted(known, unit), max(len(known) - 1, 0))
    mine = known[at] == unit if len(known) else np.zeros(len(unit), bool)
    lane_of = np.array([own[int(each)] for each in known], np.int64)
    lanes = lane_of[at[mine]] if len(known) else at[:0]
    lines.append((np.maximum(start[mine], 0) + lanes * _LANE, end[mine] + lanes * _LANE))
    parted = set(np.unique(root[~whole]).tolist())
    for lane, place in enumerate(places):
        if place.unit != place.root:
            put(lane, (unit == place.root))
        elif place.unit in parted:
            put(lane, (root == place.root) & ~whole)
    starts, ends = (np.concatenate(each) for each in zip(*lines, strict=True))
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]


def _gaps(busy: tuple[Seconds, Seconds], lanes: int, search: Search) -> tuple[Seconds, Seconds]:
    """Return what is left of every lane's horizon: sorted, disjoint."""
    horizon = seconds_of(search.until) - seconds_of(search.after)
    at = np.arange(lanes, dtype=np.int64) * _LANE
    # two walls around each lane: what lies between lanes is never free
    starts = np.concatenate((busy[0], at + horizon))
    ends = np.concatenate((busy[1], at + _LANE))
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.maximum.accumulate(ends[order])
    left = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
    free = left < starts
    return left[free], starts[free]


def _opening(
    places: Sequence[Place], opening: Mapping[int, Sequence[Interval]], search: Search
) -> tuple[Seconds, Seconds]:
    """Return the openings of all lanes. Units mostly share their hours: the same sequence is turned into numbers once."""
    zero = seconds_of(search.after)
    known: dict[int, Seconds] = {}
    lines = [np.zeros((0, 2), np.int64)]
    for lane, place in enumerate(places):
        hours = opening.get(place.unit, ())
        if id(hours) not in known:
            rows = [(seconds_of(each.start) - zero, seconds_of(each.end) - zero) for each in hours]
            known[id(hours)] = np.array(rows, np.int64).reshape(-1, 2)
        lines.append(known[id(hours)] + lane * _LANE)
    table = np.concatenate(lines)
    return table[:, 0], table[:, 1]


def _meet(
    gap_start: Seconds, gap_end: Seconds, open_start: Seconds, open_end: Seconds
) -> tuple[Seconds, Seconds, Seconds, Seconds]:
    """Return where gaps and openings meet: lane, beginning of the opening, beginning and end of what both share."""
    low = np.searchsorted(open_end, gap_start, side="right")
    high = np.searchsorted(open_start, gap_end, side="left")
    count = np.maximum(high - low, 0)
    gap = np.repeat(np.arange(len(gap_start)), count)
    offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    door = np.repeat(low, count) + offset
    start = np.maximum(gap_start[gap], open_start[door])
    return start // _LANE, open_start[door], start, np.minimum(gap_end[gap], open_end[door])
