"""A meeting on paper: minutes and sign-in sheet as Word files."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from feidi.domain.liaison.selectors.meetings import get_meeting, meetings_veil
from feidi.domain.liaison.services.minutes import minutes_of, sign_in_of
from feidi.portals.console.daily import print_by, word_file
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def minutes_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 会议纪要 as a Word file, without what the reader may not know."""
    row = get_meeting(request.actor, uid)
    paper = minutes_of(row, meetings_veil(request.actor, [row]), print_by(request))
    return word_file(paper, f"{row.number}会议纪要")


@require_GET
def sign_in_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 签到表 as a Word file: names known so far, then empty lines."""
    row = get_meeting(request.actor, uid)
    paper = sign_in_of(row, meetings_veil(request.actor, [row]), print_by(request))
    return word_file(paper, f"{row.number}签到表")
