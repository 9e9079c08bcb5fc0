"""Intervals of time, half open: what ends at ten does not touch what begins at ten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from feidi.engines.findings import refuse

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """[start, end), kept in UTC: two aware datetimes of one zone are compared by the wall clock, which lies twice a year.

    Refused: an end not after the start. A datetime without a zone is a programming error (ValueError).

    >>> from zoneinfo import ZoneInfo
    >>> shanghai = ZoneInfo("Asia/Shanghai")
    >>> Interval(datetime(2026, 11, 23, 9, tzinfo=shanghai), datetime(2026, 11, 23, 10, tzinfo=shanghai)).start.isoformat()
    '2026-11-23T01:00:00+00:00'
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Bring both ends to UTC and hold their order."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            message = "an interval needs aware datetimes"
            raise ValueError(message)
        start, end = self.start.astimezone(UTC), self.end.astimezone(UTC)
        if end <= start:
            raise refuse("slots.ends_before_start", start=_written(self.start), end=_written(self.end))
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    @property
    def seconds(self) -> int:
        """How long it is, in whole seconds."""
        return int((self.end - self.start).total_seconds())

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share a moment."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Interval) -> bool:
        """Tell whether ``other`` lies wholly within."""
        return self.start <= other.start and other.end <= self.end

    def clipped(self, other: Interval) -> Interval | None:
        """Return what both share, None when that is nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None


def moment(day: date, at: time, zone: tzinfo, *, last: bool = False) -> datetime:
    """Return the instant (UTC) at which the clock on the wall of ``zone`` shows ``at`` on ``day``.

    A time that the clock skips is that much later; one that it shows twice is the first, with ``last`` the second.

    >>> from zoneinfo import ZoneInfo
    >>> york = ZoneInfo("America/New_York")
    >>> moment(date(2026, 3, 8), time(2, 30), york).astimezone(york).time()  # skipped
    datetime.time(3, 30)
    >>> twice = [moment(date(2026, 11, 1), time(1, 30), york, last=each) for each in (False, True)]
    >>> (twice[1] - twice[0]).total_seconds() / 3600
    1.0
    """
    first = datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)
    if not last:
        return first
    # of a skipped time the other reading lies earlier: the later of the two is right both ways
    return max(first, datetime.combine(day, at.replace(fold=1), tzinfo=zone).astimezone(UTC))


def day_of(day: date, zone: tzinfo) -> Interval:
    """Return a whole day of a zone: 23, 24 or 25 hours."""
    return Interval(moment(day, time(0), zone), moment(day + timedelta(days=1), time(0), zone))


def days_between(first: date, last: date, zone: tzinfo) -> Interval:
    """Return whole days, both included; what is let from the 1st to the 30th ends at the midnight after the 30th.

    Refused: a last day before the first.
    """
    if last < first:
        raise refuse("slots.ends_before_start", start=first.isoformat(), end=last.isoformat())
    return Interval(moment(first, time(0), zone), moment(last + timedelta(days=1), time(0), zone))


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same moments as few intervals, in order; what touches becomes one.

    >>> hour = lambda a, b: Interval(_EPOCH + timedelta(hours=a), _EPOCH + timedelta(hours=b))
    >>> merged([hour(3, 4), hour(1, 2), hour(2, 3), hour(6, 7)]) == (hour(1, 4), hour(6, 7))
    True
    """
    found: list[Interval] = []
    for each in sorted(intervals):
        if found and each.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return tuple(found)


def without(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the moments of ``intervals`` that lie in none of ``taken``.

    >>> hour = lambda a, b: Interval(_EPOCH + timedelta(hours=a), _EPOCH + timedelta(hours=b))
    >>> without([hour(0, 9)], [hour(1, 2), hour(8, 12)]) == (hour(0, 1), hour(2, 8))
    True
    """
    left = list(merged(intervals))
    for hole in merged(taken):
        left = [part for each in left for part in _cut(each, hole)]
    return tuple(left)


def _cut(whole: Interval, hole: Interval) -> list[Interval]:
    if not whole.overlaps(hole):
        return [whole]
    ends = ((whole.start, hole.start), (hole.end, whole.end))
    return [Interval(start, end) for start, end in ends if start < end]


def seconds_of(when: datetime) -> int:
    """Return an aware datetime as seconds since 1970, for columns of numbers."""
    return int((when - _EPOCH).total_seconds())


def datetime_of(seconds: int) -> datetime:
    """Return the inverse of ``seconds_of``, in UTC."""
    return _EPOCH + timedelta(seconds=int(seconds))


def _written(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M")
