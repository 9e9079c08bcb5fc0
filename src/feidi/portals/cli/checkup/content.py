"""Checks of the content: is it there, is it the folder's, is the calendar certain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings

from feidi.engines.findings import RefusedError
from feidi.kernel.calendar.models import HolidayNotice
from feidi.kernel.content.models import ContentRevision
from feidi.kernel.content.publishing import diff, newest_published
from feidi.portals.cli.checkup.check import Check, note, ok, problem, unusable
from feidi.portals.ui.clock import business_date

#: The notice of the next year comes in November; from this month and day on it is missed.
_NOTICE_BY = (11, 20)


def has_content() -> bool:
    """Tell whether any content is published."""
    return ContentRevision.objects.exists()


def check(now: datetime) -> Iterator[Check]:
    """Yield how the content stands."""
    if not has_content():
        yield unusable("content_missing")
        return
    yield _same_as_folder()
    yield from _calendar(business_date(now))


def _same_as_folder() -> Check:
    published = newest_published()
    places = {place for place, _path in published}
    try:
        changes = [each for each in diff(settings.FEIDI_CONTENT, places=places) if each.kind != "absent"]
    except RefusedError as error:
        return note("content_folder_unreadable", refused=error.refusal.code)
    if changes:
        return note("content_differs", count=len(changes), first=f"{changes[0].place}/{changes[0].path}")
    return ok("content_published", count=len(published))


def _calendar(today: date) -> Iterator[Check]:
    known = set(HolidayNotice.objects.values_list("year", flat=True))
    if today.year not in known:
        yield problem("calendar_year_provisional", year=today.year)
    elif (today.month, today.day) >= _NOTICE_BY and today.year + 1 not in known:
        yield note("calendar_next_year_provisional", year=today.year + 1)
    else:
        yield ok("calendar", last=max(known))
