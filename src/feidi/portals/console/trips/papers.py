"""A trip on paper: itinerary and sign-in sheet as Word files."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from feidi.domain.liaison.selectors.trips import get_trip
from feidi.domain.liaison.services.trip_papers import itinerary_paper, trip_sign_in
from feidi.portals.console.daily import print_by, word_file
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def itinerary_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 行程表 as a Word file."""
    row = get_trip(request.actor, uid)
    return word_file(itinerary_paper(row, print_by(request)), f"{row.title}行程表")


@require_GET
def sign_in_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 签到表 as a Word file: names known so far, then empty lines."""
    row = get_trip(request.actor, uid)
    return word_file(trip_sign_in(row, print_by(request)), f"{row.title}签到表")
