"""The periods that a place reports by: so many months, counted from January. No database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """One period [first, last]; ``closes_year``: it ends with December, so the year's figures are asked with it."""

    first: date
    last: date
    due_on: date

    @property
    def closes_year(self) -> bool:
        """Whether the year's own figures are asked with it."""
        return self.last.month == 12  # noqa: PLR2004 - December

    @property
    def label(self) -> str:
        """How the period is called: 2026 or 2026 7—9."""
        if self.first.month == self.last.month:
            return f"{self.first:%Y-%m}"
        return f"{self.first.year} {self.first.month}—{self.last.month}"


def period_of(day: date, months: int, due_days: int) -> ReportPeriod:
    """Return the period that ``day`` lies in.

    >>> period_of(date(2026, 11, 30), 3, 15)
    ReportPeriod(first=datetime.date(2026, 10, 1), last=datetime.date(2026, 12, 31), due_on=datetime.date(2027, 1, 15))
    """
    begins = (day.month - 1) // months * months + 1
    first = date(day.year, begins, 1)
    ends = min(begins + months - 1, 12)
    after = date(day.year + ends // 12, ends % 12 + 1, 1)
    last = after - timedelta(days=1)
    return ReportPeriod(first, last, last + timedelta(days=due_days))


def periods_over(since: date, until: date, months: int, due_days: int) -> Iterator[ReportPeriod]:
    """Yield every period that was over by ``until`` and of which a tenancy that began on ``since`` saw a day."""
    period = period_of(since, months, due_days)
    while period.last < until:
        yield period
        period = period_of(period.last + timedelta(days=1), months, due_days)
