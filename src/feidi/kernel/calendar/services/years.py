"""Taking a year's notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.calendar.almanac import FIRST, LAST, Special
from feidi.kernel.calendar.models import HolidayNotice, SpecialDay

KIND: Final = "calendar.notice"
PERMISSION: Final = "settings.manage"
_SATURDAY: Final = 5
_LABEL: Final = 160


def upload_year(*, actor: Actor, now: datetime, year: int, rows: Iterable[Special], source: str) -> HolidayNotice:
    """Record a year's notice; from now on the year is certain. The same days again change nothing.

    ``rows``: every holiday and every weekend day to work, as in the notice (days of the neighbouring December
    or January that it names included). Refused: an actor without ``settings.manage``, no source, no rows,
    a day twice, a day of another year, a weekday marked as a day to work.
    """
    if not actor.may(PERMISSION, Scope(ScopeKind.INSTALLATION)):
        raise refuse("calendar.may_not_upload", who=actor.label)
    days = sorted(rows, key=lambda each: each.date)
    findings = check_year(year, days, source)
    if findings:
        raise refuse("calendar.notice_unusable", *findings, year=year)
    known = HolidayNotice.objects.filter(year=year).order_by("-id").first()
    if known is not None and _days(known) == days:
        return known
    with recorded(actor=actor, now=now) as unit:
        notice = HolidayNotice.objects.create(
            year=year, source=source.strip(), recorded_by=actor.label[:_LABEL], recorded_at=now
        )
        SpecialDay.objects.bulk_create(
            [SpecialDay(notice=notice, date=each.date, is_working=each.is_working, name=each.name) for each in days]
        )
        unit.created(notice, kind=KIND)
    return notice


def check_year(year: int, days: Sequence[Special], source: str) -> list[Finding]:
    """Return what is wrong with a notice before it is recorded. Rows count from 1. Pure."""
    found: list[Finding] = []
    if not FIRST.year <= year <= LAST.year:
        found.append(Finding(Level.PROBLEM, "calendar.out_of_range", {"day": str(year)}))
    if not source.strip():
        found.append(Finding(Level.PROBLEM, "calendar.no_source"))
    if not days:
        found.append(Finding(Level.PROBLEM, "calendar.no_rows", {"year": year}))
    times = Counter(each.date for each in days)
    for position, each in enumerate(days, start=1):
        found += [
            Finding(Level.PROBLEM, code, {"day": each.date.isoformat(), "year": year}, row=position)
            for code in _faults(year, each, times[each.date])
        ]
    return found


def _faults(year: int, day: Special, times: int) -> list[str]:
    faults: list[str] = []
    if not date(year - 1, 12, 1) <= day.date <= date(year + 1, 1, 31):
        faults.append("calendar.row_outside_year")
    if times > 1:
        faults.append("calendar.row_twice")
    if day.is_working and day.date.weekday() < _SATURDAY:
        faults.append("calendar.work_on_weekday")
    return faults


def _days(notice: HolidayNotice) -> list[Special]:
    rows = notice.days.order_by("date").values_list("date", "is_working", "name")
    return [Special(day, is_working, name) for day, is_working, name in rows]
