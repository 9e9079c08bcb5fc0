"""Series: every so many days, on days of the week, on the n-th such weekday of a month; with days left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta, tzinfo
from enum import StrEnum
from itertools import takewhile
from typing import Final

from feidi.engines.findings import refuse
from feidi.engines.slots.intervals import Interval, moment

#: So many occurrences a series may have; who needs more has a tenancy, not a series.
MAX_OCCURRENCES: Final = 200
_MOST_EVERY: Final = 99
_WEEK: Final = 7
_MONTHS: Final = 12
_LAST_NTH: Final = 5


class Repeats(StrEnum):
    """How a series moves on."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule. Ends by ``until`` (included) or after ``count``; ``count`` counts days that are left out too.

    ``weekdays`` (0 Monday … 6; empty: that of the first day) for weekly and monthly; ``nth`` 1…5 or −1 (the last) for
    monthly; a month without a fifth such weekday is passed over. ``every``: each such day, week or month.
    """

    repeats: Repeats
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    until: date | None = None
    count: int | None = None
    exceptions: frozenset[date] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day of a series, and when it is then."""

    on: date
    interval: Interval


def days_of(rule: Recurrence, first: date) -> tuple[date, ...]:
    """Return the days of a series that begins on or after ``first``, without those left out.

    Refused: no end or two, more than ``MAX_OCCURRENCES`` days, none at all, a rule that says nothing (weekday 9).

    >>> weekly = Recurrence(Repeats.WEEKLY, weekdays=(0, 3), count=3)
    >>> [each.isoformat() for each in days_of(weekly, date(2026, 11, 24))]
    ['2026-11-26', '2026-11-30', '2026-12-03']
    >>> last_friday = Recurrence(Repeats.MONTHLY, weekdays=(4,), nth=-1, until=date(2026, 12, 31))
    >>> [each.isoformat() for each in days_of(last_friday, date(2026, 11, 1))]
    ['2026-11-27', '2026-12-25']
    """
    check_rule(rule, first)
    days = iter(_candidates(rule, first))
    if rule.until is not None:
        end = rule.until
        days = takewhile(lambda day: day <= end, days)
    most = rule.count if rule.count is not None else MAX_OCCURRENCES + 1
    found = [day for day, _ in zip(days, range(most), strict=False)]
    if len(found) > MAX_OCCURRENCES:
        raise refuse("slots.series_too_long", most=MAX_OCCURRENCES, last=found[MAX_OCCURRENCES - 1].isoformat())
    kept = tuple(day for day in found if day not in rule.exceptions)
    if not kept:
        raise refuse("slots.series_empty", first=first.isoformat())
    return kept


def occurrences(rule: Recurrence, first: date, at: time, minutes: int, zone: tzinfo) -> tuple[Occurrence, ...]:
    """Return when a series is: it begins by the wall clock, and an hour stays an hour when the clock is put.

    Refused as in ``days_of``, and for a length below one minute.
    """
    if minutes < 1:
        raise refuse("slots.length_wrong", minutes=minutes)
    found = []
    for day in days_of(rule, first):
        start = moment(day, at, zone)
        found.append(Occurrence(day, Interval(start, start + timedelta(minutes=minutes))))
    return tuple(found)


def check_rule(rule: Recurrence, first: date) -> None:
    """Refuse a rule that cannot be followed."""
    if (rule.until is None) == (rule.count is None):
        raise refuse("slots.series_end_unclear")
    if rule.until is not None and rule.until < first:
        raise refuse("slots.ends_before_start", start=first.isoformat(), end=rule.until.isoformat())
    if rule.count is not None and not 1 <= rule.count <= MAX_OCCURRENCES:
        raise refuse("slots.series_count_wrong", count=rule.count, most=MAX_OCCURRENCES)
    if not 1 <= rule.every <= _MOST_EVERY:
        raise refuse("slots.every_wrong", every=rule.every, most=_MOST_EVERY)
    if any(not 0 <= each < _WEEK for each in rule.weekdays):
        raise refuse("slots.weekday_wrong", value="、".join(str(each) for each in rule.weekdays))
    if rule.repeats is Repeats.MONTHLY and (rule.nth is None or rule.nth not in {-1, *range(1, _LAST_NTH + 1)}):
        raise refuse("slots.nth_wrong", value=rule.nth)


def _candidates(rule: Recurrence, first: date) -> Iterator[date]:
    weekdays = tuple(sorted(set(rule.weekdays))) or (first.weekday(),)
    steps = {
        Repeats.DAILY: lambda: _daily(rule, first),
        Repeats.WEEKLY: lambda: _weekly(rule, first, weekdays),
        Repeats.MONTHLY: lambda: _monthly(rule, first, weekdays),
    }
    return (day for day in steps[rule.repeats]() if day >= first)


def _daily(rule: Recurrence, first: date) -> Iterator[date]:
    day = first
    while True:
        yield day
        day += timedelta(days=rule.every)


def _weekly(rule: Recurrence, first: date, weekdays: tuple[int, ...]) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    while True:
        yield from (monday + timedelta(days=each) for each in weekdays)
        monday += timedelta(weeks=rule.every)


def _monthly(rule: Recurrence, first: date, weekdays: tuple[int, ...]) -> Iterator[date]:
    place = first.year * _MONTHS + first.month - 1
    while True:
        year, month = divmod(place, _MONTHS)
        found = (_nth(date(year, month + 1, 1), weekday, rule.nth or 1) for weekday in weekdays)
        yield from sorted(day for day in found if day is not None)
        place += rule.every


def _nth(month: date, weekday: int, nth: int) -> date | None:
    days = [month + timedelta(days=(weekday - month.weekday()) % _WEEK + _WEEK * each) for each in range(_LAST_NTH)]
    there = [day for day in days if day.month == month.month]
    if nth < 0:
        return there[-1]
    return there[nth - 1] if nth <= len(there) else None
