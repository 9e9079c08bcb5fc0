"""The code on a room's door: what is on now, and one tap that says somebody is there. No account is needed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feidi.domain.space.selectors.calendars import booking_at_door
from feidi.domain.space.services.attending import check_in_at_door
from feidi.engines.findings import RefusedError
from feidi.kernel.messages import sentence_of, text_of
from feidi.portals.ui.requests import FeidiRequest

GONE, REFUSED = 404, 409


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door_view(request: FeidiRequest, token: str) -> HttpResponse:
    """Show the room and check its booking in. Looking writes nothing; who booked is not said to whoever passes by."""
    problem, status = "", 200
    try:
        unit, booking = booking_at_door(token, request.now)
    except RefusedError as error:
        return render(request, "public/door/door_closed.html", {"problem": text_of(error.refusal)}, status=GONE)
    if request.method == "POST":
        try:
            booking = check_in_at_door(now=request.now, token=token)
        except RefusedError as error:
            problem, status = sentence_of(error.refusal), REFUSED
    context = {"unit": unit, "booking": booking, "problem": problem}
    return render(request, "public/door/door_view.html", context, status=status)
