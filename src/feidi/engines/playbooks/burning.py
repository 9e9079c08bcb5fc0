"""How the steps of each side melt away: what was still to be done at the end of a day, as planned and as it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feidi.engines.playbooks.model import Owner


@dataclass(frozen=True, slots=True)
class Burn:
    """A step of a side: the day it was to be over by plan (None: no day was set), the day it was settled (None: not yet)."""

    owner: Owner
    planned_on: date | None
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """(day, steps still to be done at its end), only where the number changes and at both ends."""

    planned: tuple[tuple[date, int], ...]
    actual: tuple[tuple[date, int], ...]

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return self.actual[-1][1]


def burn_down(burns: Iterable[Burn], start: date, until: date) -> dict[Owner, Line]:
    """Return each side's line from ``start`` to ``until`` (the plan runs on to its own end). Sides without steps: no line."""
    rows = list(burns)
    found: dict[Owner, Line] = {}
    for owner in Owner:
        mine = [each for each in rows if each.owner is owner]
        if mine:
            planned = [each.planned_on for each in mine]
            settled = [each.settled_on for each in mine]
            found[owner] = Line(_falling(planned, start, start), _falling(settled, start, until, last=until))
    return found


def _falling(
    days: Iterable[date | None], start: date, until: date, *, last: date | None = None
) -> tuple[tuple[date, int], ...]:
    """Return the falling numbers; what has no day stays, what is dated before ``start`` fell on it, after ``last`` not yet."""
    rows = list(days)
    gone = Counter(max(each, start) for each in rows if each is not None and (last is None or each <= last))
    left = len(rows)
    line: list[tuple[date, int]] = []
    if start not in gone:
        line.append((start, left))
    for day in sorted(gone):
        left -= gone[day]
        line.append((day, left))
    if line[-1][0] < until:
        line.append((until, left))
    return tuple(line)
