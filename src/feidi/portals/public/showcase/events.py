"""Activities to come, each with its own page."""

from __future__ import annotations

from django.http import HttpResponse

from feidi.domain.showcase.selectors.sites import Site
from feidi.portals.public.showcase.pages import page_resting_on, shown
from feidi.portals.public.showcase.upcoming import upcoming_events, upcoming_mark
from feidi.portals.ui.requests import FeidiRequest


@page_resting_on(more=upcoming_mark)
def event_list(request: FeidiRequest, site: Site) -> HttpResponse:
    """What is to come, and where to register."""
    return shown(request, site, "event_list", {"events": upcoming_events(site, request.now)})
