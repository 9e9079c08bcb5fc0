"""Opening hours: a week, other hours on holidays and on weekend days that are worked, as intervals of a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache

from feidi.engines.findings import refuse
from feidi.engines.slots.intervals import Interval, merged, moment

_WEEK = 7


class DayKind(StrEnum):
    """What the calendar says of a day. Handed in: the engine knows no calendar."""

    PLAIN = "plain"
    HOLIDAY = "holiday"  # a rest day by notice, whatever the day of the week
    MAKEUP = "makeup"  # 调休: a day of a weekend that is worked


@dataclass(frozen=True, slots=True)
class Opening:
    """From ``opens`` to ``closes`` by the wall clock; closing not after opening is closing on the next day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Hours:
    """What is open on which day of the week (0 Monday … 6). ``holiday`` empty: closed. ``makeup`` None: as on Mondays."""

    weekly: tuple[tuple[Opening, ...], ...]
    holiday: tuple[Opening, ...] = ()
    makeup: tuple[Opening, ...] | None = None

    def __post_init__(self) -> None:
        """Hold the number of days. Refused: not seven."""
        if len(self.weekly) != _WEEK:
            raise refuse("slots.week_wrong", days=len(self.weekly))

    def on(self, day: date, kind: DayKind) -> tuple[Opening, ...]:
        """Return what opens on a day."""
        if kind is DayKind.HOLIDAY:
            return self.holiday
        if kind is DayKind.MAKEUP:
            return self.weekly[0] if self.makeup is None else self.makeup
        return self.weekly[day.weekday()]


ALWAYS = Hours(((Opening(time(0), time(0)),),) * _WEEK, holiday=(Opening(time(0), time(0)),))


@lru_cache(maxsize=4096)
def open_on(hours: Hours, day: date, kind: DayKind, zone: tzinfo) -> tuple[Interval, ...]:
    """Return the intervals that open on ``day``; the last may end on the next. What the clock skips is not open.

    >>> from zoneinfo import ZoneInfo
    >>> evening = Hours(((Opening(time(20), time(2)),),) * 7)
    >>> [each.seconds // 3600 for each in open_on(evening, date(2026, 11, 23), DayKind.PLAIN, ZoneInfo("Asia/Shanghai"))]
    [6]
    >>> [each.seconds // 3600 for each in open_on(evening, date(2026, 10, 31), DayKind.PLAIN, ZoneInfo("America/New_York"))]
    [7]
    """
    found = []
    for each in hours.on(day, kind):
        closing = day + timedelta(days=int(each.closes <= each.opens))
        start, end = moment(day, each.opens, zone), _closing(closing, each.closes, zone)
        if start < end:
            found.append(Interval(start, end))
    return merged(found)


def open_between(
    hours: Hours, span: Interval, kind_of: Callable[[date], DayKind], zone: tzinfo
) -> tuple[Interval, ...]:
    """Return what is open within ``span``, with what opened the day before; touching days become one."""
    day = span.start.astimezone(zone).date() - timedelta(days=1)
    last = span.end.astimezone(zone).date()
    found: list[Interval] = []
    while day <= last:
        found += [part for each in open_on(hours, day, kind_of(day), zone) if (part := each.clipped(span))]
        day += timedelta(days=1)
    return merged(found)


def is_open(hours: Hours, span: Interval, kind_of: Callable[[date], DayKind], zone: tzinfo) -> bool:
    """Tell whether the whole of ``span`` is open."""
    return any(each.covers(span) for each in open_between(hours, span, kind_of, zone))


def _closing(day: date, at: time, zone: tzinfo) -> datetime:
    """Closing at a time that the clock shows twice is closing at the second; midnight belongs to the day before."""
    return moment(day, at, zone, last=True)
