"""Questions about working days. Each asks one small query (is there a newer notice?), then answers from memory.

Reckoning for many rows: take ``almanac()`` once and ask it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from feidi.kernel.calendar.almanac import Almanac, Due, Special, monthly_day
from feidi.kernel.calendar.models import HolidayNotice, SpecialDay
from feidi.kernel.calendar.shipped import shipped

__all__ = ["add_working_days", "almanac", "is_working", "monthly_day", "working_days_between"]

_NOTHING: Final = (0, "")
_known: list[tuple[tuple[int, str], Almanac]] = []


def almanac() -> Almanac:
    """Return the present almanac; rebuilt (about 30 ms) when a notice was uploaded since, by whatever process."""
    # the uid beside the id: after a rolled-back upload the same id may come back with other days
    newest = HolidayNotice.objects.order_by("-id").values_list("id", "uid").first() or _NOTHING
    if not _known or _known[0][0] != newest:
        _known[:] = [(newest, _build())]
    return _known[0][1]


def _build() -> Almanac:
    holding = dict(HolidayNotice.objects.order_by("id").values_list("year", "id"))
    if not holding:
        # an emptied table (a restore under way): better the shipped notices than weekends alone
        return Almanac.build(shipped().years, shipped().expected)
    notices: dict[int, list[Special]] = defaultdict(list, {year: [] for year in holding})
    rows = SpecialDay.objects.filter(notice_id__in=holding.values()).select_related("notice")
    for row in rows:
        notices[row.notice.year].append(Special(row.date, row.is_working, row.name))
    return Almanac.build(notices, shipped().expected)


def is_working(day: date) -> bool:
    """Tell whether people work on ``day``."""
    return almanac().is_working(day)


def add_working_days(start: date, n: int) -> Due:
    """Return (the ``n``-th working day after ``start``, provisional)."""
    return almanac().add(start, n)


def working_days_between(start: date, end: date) -> int:
    """Return the number of working days after ``start`` up to and with ``end``."""
    return almanac().between(start, end)
