"""The reckoning itself, pure: an ``Almanac`` is built once and answers from memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from feidi.engines.findings import refuse

#: The days an almanac can speak of. Wide enough for every clock; narrow enough to hold in memory (23,000 days).
FIRST: Final = date(2000, 1, 1)
LAST: Final = date(2062, 12, 31)
_SATURDAY: Final = 5


class Due(NamedTuple):
    """A reckoned day, and whether a year without notice had a part in it (shown as 暂定)."""

    date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Special:
    """A day that a notice names: worked or not, and as what (春节, 国庆节 …)."""

    date: date
    is_working: bool
    name: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Statutory holidays of years without a notice: fixed (month, day) pairs and moving dates."""

    fixed: frozenset[tuple[int, int]] = frozenset()
    moving: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Almanac:
    """All days between ``FIRST`` and ``LAST``. ``certain`` are the years with a notice."""

    special: Mapping[date, Special]
    certain: frozenset[int]
    expected: Expected
    _working: tuple[int, ...] = field(default=(), repr=False)

    @classmethod
    def build(cls, notices: Mapping[int, Iterable[Special]], expected: Expected) -> Almanac:
        """Build from each year's days; a later year's notice prevails over an earlier (New Year's days in December)."""
        special = {each.date: each for year in sorted(notices) for each in notices[year]}
        bare = cls(special, frozenset(notices), expected)
        days = (date.fromordinal(each) for each in range(FIRST.toordinal(), LAST.toordinal() + 1))
        return cls(special, bare.certain, expected, tuple(each.toordinal() for each in days if bare._works(each)))

    def _works(self, day: date) -> bool:
        named = self.special.get(day)
        if named is not None:
            return named.is_working
        if day.weekday() >= _SATURDAY:
            return False
        holiday = (day.month, day.day) in self.expected.fixed or day in self.expected.moving
        return day.year in self.certain or not holiday

    def is_working(self, day: date) -> bool:
        """Tell whether people work on ``day``."""
        return self._works(_within(day))

    def is_provisional(self, day: date) -> bool:
        """Tell whether ``day`` lies in a year without a notice."""
        return day.year not in self.certain and day not in self.special

    def add(self, start: date, n: int) -> Due:
        """Return the ``n``-th working day after ``start`` (``start`` itself is not counted; n = 0 gives ``start``).

        >>> Almanac.build({}, Expected()).add(date(2026, 11, 20), 1).date
        datetime.date(2026, 11, 23)
        """
        if n < 0:
            message = "n must not be negative"
            raise ValueError(message)
        if n == 0:
            return Due(start, provisional=False)
        place = bisect_right(self._working, _within(start).toordinal()) + n - 1
        if place >= len(self._working):
            raise refuse("calendar.out_of_range", day=LAST.isoformat())
        found = date.fromordinal(self._working[place])
        return Due(found, provisional=self._unsure(start, found))

    def between(self, start: date, end: date) -> int:
        """Return the number of working days after ``start`` up to and with ``end``; negative when ``end`` is earlier.

        So ``between(a, add(a, n).date) == n``.
        """
        return bisect_right(self._working, _within(end).toordinal()) - bisect_right(
            self._working, _within(start).toordinal()
        )

    def _unsure(self, start: date, end: date) -> bool:
        first = (start + timedelta(days=1)).year
        return any(year not in self.certain for year in range(first, end.year + 1))


def _within(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise refuse("calendar.out_of_range", day=day.isoformat())
    return day


def monthly_day(start: date, day: int) -> date:
    """Return the next ``day`` of a month after ``start``; a month too short for it gives its last day.

    >>> monthly_day(date(2027, 1, 31), 31), monthly_day(date(2026, 11, 22), 23), monthly_day(date(2026, 11, 23), 23)
    (datetime.date(2027, 2, 28), datetime.date(2026, 11, 23), datetime.date(2026, 12, 23))
    """
    here = _day_of_month(start.year, start.month, day)
    if here > start:
        return here
    after = start.replace(day=1) + timedelta(days=32)
    return _day_of_month(after.year, after.month, day)


def _day_of_month(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), following - timedelta(days=1))
