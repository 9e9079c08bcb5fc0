"""Periods by name: 2026, 2026Q3 (or 2026-Q3), 2026-09."""

from __future__ import annotations

import re
from datetime import date, timedelta

from feidi.engines.measures.rows import Period

_FORM = re.compile(r"(20\d\d)(?:-?[Qq]([1-4])|-(0[1-9]|1[0-2]))?")


def named_period(name: str) -> Period:
    """Return the days of a year, quarter or month by its name; raises ValueError for anything else.

    >>> named_period("2026Q3")
    Period(start=datetime.date(2026, 7, 1), end=datetime.date(2026, 10, 1))
    >>> named_period("2026-12").end
    datetime.date(2027, 1, 1)
    """
    found = _FORM.fullmatch(name.strip())
    if found is None:
        raise ValueError(name)
    year, quarter, month = int(found[1]), found[2], found[3]
    first, months = (int(quarter) * 3 - 2, 3) if quarter else (int(month), 1) if month else (1, 12)
    after = first + months
    return Period(date(year, first, 1), date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1))


def period_name(period: Period) -> str:
    """Return the name of a whole year, quarter or month; empty for any other stretch of days.

    >>> [period_name(named_period(name)) for name in ("2026", "2026Q3", "2026-09")]
    ['2026', '2026Q3', '2026-09']
    """
    start = period.start
    names = [f"{start.year}", f"{start.year}Q{(start.month + 2) // 3}", f"{start:%Y-%m}"]
    return next((name for name in names if start.year >= 2000 and named_period(name) == period), "")  # noqa: PLR2004 - years of this century


def periods_before(day: date, count: int, months: int) -> tuple[Period, ...]:
    """Return ``count`` stretches of ``months`` that end with the one that holds ``day``, oldest first.

    >>> [each.start.isoformat() for each in periods_before(date(2026, 11, 23), 3, 3)]
    ['2026-04-01', '2026-07-01', '2026-10-01']
    """
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    found: list[Period] = []
    for _each in range(count):
        end = _months_on(start, months)
        found.append(Period(start, end))
        start = _months_on(start, -months)
    return tuple(reversed(found))


def _months_on(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def last_day(period: Period) -> date:
    """Return the last day of a period."""
    return period.end - timedelta(days=1)
