"""Questions about notices: which years have one, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from feidi.kernel.calendar.models import HolidayNotice, SpecialDay


@dataclass(frozen=True, slots=True)
class YearKnown:
    """One year with its notice that holds, and how many stand behind it (replaced ones stay)."""

    notice: HolidayNotice
    rest: int
    work: int
    replaced: int


def list_years() -> list[YearKnown]:
    """Return the years that have a notice, newest first. One query."""
    rows = HolidayNotice.objects.annotate(
        rest=Count("days", filter=Q(days__is_working=False)), work=Count("days", filter=Q(days__is_working=True))
    ).order_by("-year", "-id")
    found: dict[int, YearKnown] = {}
    for each in rows:
        known = found.get(each.year)
        found[each.year] = (
            YearKnown(known.notice, known.rest, known.work, known.replaced + 1)
            if known
            else YearKnown(each, each.rest, each.work, 0)
        )
    return list(found.values())


def notices_of(year: int) -> list[HolidayNotice]:
    """Return a year's notices, the one that holds first."""
    return list(HolidayNotice.objects.filter(year=year).order_by("-id"))


def days_of(notice: HolidayNotice) -> QuerySet[SpecialDay]:
    """Return the days of a notice in their order."""
    return notice.days.order_by("date")
