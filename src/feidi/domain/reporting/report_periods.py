"""The stretch of time a report is about: read from what people write, named as papers name it. No clock, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from feidi.domain.reporting.enums import ReportPeriod
from feidi.engines.findings import refuse
from feidi.engines.measures import Period

_FORMS: Final = {
    ReportPeriod.WEEK: (re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE), "2026-W47"),
    ReportPeriod.MONTH: (re.compile(r"(\d{4})-(\d{1,2})"), "2026-10"),
    ReportPeriod.QUARTER: (re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE), "2026-Q3"),
    ReportPeriod.YEAR: (re.compile(r"(\d{4})()"), "2026"),
}
_QUARTERS: Final = "一二三四"
_FIRST_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class Term:
    """One week (Monday to Sunday), month, quarter or year. ``end`` is the first day after it."""

    kind: ReportPeriod
    start: date
    end: date

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> Period:
        """The same as figures take it."""
        return Period(self.start, self.end)

    @property
    def code(self) -> str:
        """How it is written in an address: 2026-W47, 2026-10, 2026-Q3, 2026."""
        if self.kind is ReportPeriod.WEEK:
            year, week, _day = self.start.isocalendar()
            return f"{year}-W{week:02}"
        return {
            ReportPeriod.MONTH: f"{self.start:%Y-%m}",
            ReportPeriod.QUARTER: f"{self.start.year}-Q{(self.start.month + 2) // 3}",
        }.get(self.kind, f"{self.start.year}")

    @property
    def words(self) -> str:
        """How a paper names it. Papers are Chinese whatever the reader's language."""
        year, month = self.start.year, self.start.month
        if self.kind is ReportPeriod.WEEK:
            until = self.last
            tail = f"{until.day}日" if until.month == month else f"{until.month}月{until.day}日"
            return f"{year}年{month}月{self.start.day}日—{tail}"
        return {
            ReportPeriod.MONTH: f"{year}年{month}月",
            ReportPeriod.QUARTER: f"{year}年第{_QUARTERS[(month - 1) // 3]}季度",
        }.get(self.kind, f"{year}年")


def term_of(kind: ReportPeriod, day: date) -> Term:
    """Return the week, month … that holds a day.

    >>> term_of(ReportPeriod.QUARTER, date(2026, 11, 23)).code
    '2026-Q4'
    """
    if kind is ReportPeriod.WEEK:
        start = day - timedelta(days=day.weekday())
        return Term(kind, start, start + timedelta(days=7))
    if kind is ReportPeriod.MONTH:
        return Term(kind, day.replace(day=1), _months_on(day.replace(day=1), 1))
    if kind is ReportPeriod.QUARTER:
        start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return Term(kind, start, _months_on(start, 3))
    return Term(kind, date(day.year, 1, 1), date(day.year + 1, 1, 1))


def term_before(term: Term) -> Term:
    """Return the one before."""
    return term_of(term.kind, term.start - timedelta(days=1))


def read_term(kind: ReportPeriod, text: str) -> Term:
    """Return the period that somebody wrote: 2026-W47, 2026-10, 2026-Q3, 2026. Refuses what is none of the kind.

    >>> read_term(ReportPeriod.WEEK, "2026-W47").words
    '2026年11月16日—22日'
    """
    form, example = _FORMS[kind]
    found = form.fullmatch(text.strip())
    if found is None or int(found[1]) < _FIRST_YEAR:
        raise refuse("reports.bad_period", value=text[:20], example=example)
    year, part = int(found[1]), int(found[2] or 1)
    try:
        if kind is ReportPeriod.WEEK:
            return term_of(kind, date.fromisocalendar(year, part, 1))
        return term_of(kind, date(year, part * 3 if kind is ReportPeriod.QUARTER else part, 1))
    except ValueError:
        raise refuse("reports.bad_period", value=text[:20], example=example) from None


def _months_on(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
