"""A calendar as .ics, read by a program that has its link: a room's says when it is occupied, never by whom."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feidi.domain.space.selectors.calendars import calendar_of, feed_of_token
from feidi.engines.findings import RefusedError
from feidi.portals.ui.requests import FeidiRequest

#: A link that was never given and one that was revoked answer alike.
GONE = 404


@login_not_required
@never_cache
@require_safe
def feed_read(request: FeidiRequest, token: str) -> HttpResponse:
    """Return the calendar that a link opens; whatever is wrong with the link, the answer is the same."""
    try:
        feed = feed_of_token(token)
    except RefusedError:
        return HttpResponse(status=GONE)
    response = HttpResponse(calendar_of(feed, request.now), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
