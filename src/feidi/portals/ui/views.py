"""The few pages of the frame itself: the watermark, the menu without JavaScript, the gallery."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feidi.portals.ui import reading
from feidi.portals.ui.requests import FeidiRequest


@require_safe
def menu(request: FeidiRequest) -> HttpResponse:
    """Show the whole rail as a page: where 菜单 and 更多 lead on a phone without JavaScript."""
    return render(request, "ui/menu.html")


@require_safe
def watermark(request: FeidiRequest) -> HttpResponse:
    """Draw name and time as a repeated picture: every page and every print tells who took it, and when."""
    words = {"name": request.actor.label, "time": reading.read_date(request.now)}
    response = render(request, "ui/watermark.svg", words, content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=60"
    response["Vary"] = "Cookie"
    return response
