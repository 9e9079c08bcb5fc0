"""The day as a grid: the steps of a day, and what each of them is for a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from feidi.engines.findings import refuse
from feidi.engines.slots.intervals import Interval, day_of

_HOUR = 60


@dataclass(frozen=True, slots=True)
class Run:
    """Steps that are one: ``first`` step, how many, whether open, and what is held there (its place; None: free)."""

    first: int
    steps: int
    open: bool
    held: int | None


def steps_of(day: date, zone: tzinfo, minutes: int) -> tuple[Interval, ...]:
    """Return the steps of a day of a zone: 48 half-hours, 46 or 50 when the clock is put.

    Refused: a length that does not divide the hour.

    >>> from zoneinfo import ZoneInfo
    >>> [len(steps_of(date(2026, 3, 8), ZoneInfo(zone), 30)) for zone in ("Asia/Shanghai", "America/New_York")]
    [48, 46]
    """
    if minutes < 1 or _HOUR % minutes:
        raise refuse("slots.step_wrong", minutes=minutes)
    whole, step = day_of(day, zone), timedelta(minutes=minutes)
    count = whole.seconds // int(step.total_seconds())
    return tuple(Interval(whole.start + step * at, whole.start + step * (at + 1)) for at in range(count))


def runs_of(steps: Sequence[Interval], opening: Sequence[Interval], held: Sequence[Interval]) -> tuple[Run, ...]:
    """Return a row of the grid: what is held makes one run, closed steps make one run, every free step is its own.

    A step is open when it is open whole, and held when anything held touches it.

    >>> from zoneinfo import ZoneInfo
    >>> steps = steps_of(date(2026, 11, 23), ZoneInfo("Asia/Shanghai"), 30)
    >>> at = lambda first, last: Interval(steps[first].start, steps[last].end)
    >>> [(each.first, each.steps, each.open, each.held) for each in runs_of(steps, [at(18, 21)], [at(19, 20)])]
    [(0, 18, False, None), (18, 1, True, None), (19, 2, True, 0), (21, 1, True, None), (22, 26, False, None)]
    """
    found: list[Run] = []
    for at, step in enumerate(steps):
        start, end = step.start, step.end
        taken = next((place for place, each in enumerate(held) if each.start < end and start < each.end), None)
        open_ = any(each.start <= start and end <= each.end for each in opening)
        last = found[-1] if found else None
        joins = last is not None and last.held == taken and (taken is not None or not (open_ or last.open))
        if joins and last is not None:
            found[-1] = Run(last.first, last.steps + 1, last.open or open_, taken)
        else:
            found.append(Run(at, 1, open_, taken))
    return tuple(found)
