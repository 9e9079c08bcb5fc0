"""One visible clock: working days used, not counting those on which the applicant was waited for. Plain reckoning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from feidi.engines.findings import Finding, Level
from feidi.kernel.calendar.almanac import Almanac


class ClockState(StrEnum):
    """How a clock stands. ``no_promise``: nothing says how long it may take, which is not "in time"."""

    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"
    KEPT = "kept"
    FINISHED_LATE = "finished_late"
    NO_PROMISE = "no_promise"
    FINISHED_NO_PROMISE = "finished_no_promise"


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still after ``since`` until ``until`` (None: still): the days between are not counted."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock on a day. ``used``: working days counted; ``waited``: working days on which the applicant was waited for.

    ``due_on`` None: no promise, or nobody can say while it stands still. ``provisional``: rests on a year without a notice.
    """

    state: ClockState
    promised: int | None
    used: int
    waited: int
    due_on: date | None
    provisional: bool = False

    @property
    def left(self) -> int | None:
        """Working days left; negative when late; None without a promise."""
        return None if self.promised is None else self.promised - self.used

    @property
    def over(self) -> int:
        """Working days beyond the promise, 0 when there are none or no promise is known."""
        return max(0, -(self.left or 0))


def read_clock(
    almanac: Almanac,
    started_on: date,
    promised: int | None,
    pauses: Iterable[Pause],
    *,
    on: date,
    finished_on: date | None = None,
) -> Reading:
    """Return how a clock stands on ``on``. The day it starts, and the day a pause begins, are not counted by it.

    ``used`` is what a due date would say: it equals ``promised`` on ``due_on``.
    """
    ordered = sorted((each for each in pauses if each.until is None or each.until > started_on), key=_since)
    end = max(started_on, min(on, finished_on) if finished_on else on)
    waited = sum(_within(almanac, each, started_on, end) for each in ordered)
    used = almanac.between(started_on, end) - waited
    due, provisional = _due(almanac, started_on, promised, ordered)
    standing = finished_on is None and any(each.since <= end and each.until is None for each in ordered)
    return Reading(_state(promised, used, finished_on, standing), promised, used, waited, due, provisional)


def clock_said(reading: Reading) -> Finding:
    """Return the one visible clock as a code with parameters, the same words for staff, talent and public."""
    params = {"left": reading.left if reading.left is not None else 0, "over": reading.over, "used": reading.used}
    state = reading.state
    code = "paused_unpromised" if state is ClockState.PAUSED and reading.promised is None else state.value
    level = Level.PROBLEM if state in {ClockState.LATE, ClockState.FINISHED_LATE} else Level.NOTE
    return Finding(level, f"talent.clock_{code}", params)


def promise_of(steps: Sequence[tuple[int | None, bool]]) -> int | None:
    """Return the working days that steps take together: a serial one begins when the one before it ends.

    ``steps``: (days or None, serial) in their order. None as soon as one of them has no promise.

    >>> promise_of([(5, False), (7, True), (10, False)]), promise_of([(5, False), (None, False)])
    (12, None)
    """
    if any(days is None for days, _serial in steps):
        return None
    chains: list[int] = []
    for days, serial in steps:
        if serial and chains:
            chains[-1] += days or 0
        else:
            chains.append(days or 0)
    return max(chains, default=None)


def overlapping(pauses: Sequence[Pause]) -> bool:
    """Tell whether two pauses of one clock share a day: they would be counted twice."""
    return any(one.until is None or one.until > other.since for one, other in pairwise(sorted(pauses, key=_since)))


def _since(pause: Pause) -> date:
    return pause.since


def _within(almanac: Almanac, pause: Pause, start: date, end: date) -> int:
    first, last = max(pause.since, start), min(pause.until or end, end)
    return almanac.between(first, last) if last > first else 0


def _due(almanac: Almanac, start: date, promised: int | None, ordered: Sequence[Pause]) -> tuple[date | None, bool]:
    if promised is None:
        return None, False
    due = almanac.add(start, promised)
    for each in ordered:
        if each.since >= due.date:
            break
        if each.until is None:
            return None, False
        due = almanac.add(due.date, almanac.between(max(each.since, start), each.until))
    return due.date, due.provisional


def _state(promised: int | None, used: int, finished_on: date | None, standing: bool) -> ClockState:  # noqa: FBT001 - private
    if finished_on is not None:
        if promised is None:
            return ClockState.FINISHED_NO_PROMISE
        return ClockState.FINISHED_LATE if used > promised else ClockState.KEPT
    if promised is not None and used > promised:
        return ClockState.LATE
    if standing:
        return ClockState.PAUSED
    return ClockState.NO_PROMISE if promised is None else ClockState.RUNNING
