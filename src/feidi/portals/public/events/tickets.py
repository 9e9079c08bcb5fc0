"""A ticket under its link: the QR, when and where, giving it up, whom one met. Looking writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.roadshow.enums import ActivityState, RegistrationState
from feidi.domain.roadshow.models import Registration
from feidi.domain.roadshow.selectors.calendar_files import calendar_entry
from feidi.domain.roadshow.selectors.tickets import registration_of_token
from feidi.domain.roadshow.services.meetings import note_own_meeting
from feidi.domain.roadshow.services.registrations import cancel_by_link
from feidi.domain.roadshow.services.ticket_mails import door_address
from feidi.engines.findings import RefusedError
from feidi.portals.public.events.presenting import shown
from feidi.portals.public.events.views import GONE, private, said
from feidi.portals.ui.requests import FeidiRequest

P = ParamSpec("P")


def opened(
    view: Callable[Concatenate[FeidiRequest, Registration, str, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open the ticket of the link in the address for a view; without one, say so."""

    @wraps(view)
    def inner(request: FeidiRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            row = registration_of_token(token)
        except RefusedError as error:
            closed = {"problem": said(error.refusal), "done": False}
            return private(render(request, "public/events/ticket_closed.html", closed, status=GONE))
        return private(view(request, row, token, *args, **kwargs))

    return never_cache(login_not_required(inner))


@opened
@require_safe
def ticket_view(request: FeidiRequest, row: Registration, token: str) -> HttpResponse:
    """The ticket: its number and QR, or the place on the waiting list."""
    activity = row.activity
    entry = row.check_ins.filter(voided_at__isnull=True).first()
    live = activity.state in {ActivityState.OPEN, ActivityState.CLOSED} and activity.ends_at > request.now
    waiting = row.state == RegistrationState.WAITING
    context = {
        "row": row,
        "token": token,
        "activity": shown_of(row, request),
        "waiting": waiting,
        "ahead": _ahead(row) if waiting else 0,
        "qr": "" if waiting else segno.make(door_address(row), error="m", micro=False).svg_data_uri(scale=6, border=3),
        "entry": entry,
        "may_cancel": live and entry is None,
        "may_note": entry is not None,
        "met": _met(row) if entry is not None else [],
    }
    return render(request, "public/events/ticket_view.html", context)


@opened
@require_safe
def ticket_calendar(request: FeidiRequest, row: Registration, token: str) -> HttpResponse:
    """The activity as .ics."""
    response = HttpResponse(calendar_entry(row.activity, request.now), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="activity.ics"'
    return response


@opened
@require_POST
def ticket_cancel(request: FeidiRequest, row: Registration, token: str) -> HttpResponse:
    """Give the place up; whoever waits first moves up."""
    try:
        cancel_by_link(now=request.now, registration=row)
    except RefusedError as error:
        messages.error(request, said(error.refusal))
        return redirect("public:events:ticket_view", token)
    context = {"problem": _("报名已取消，名额让给候补的人。要再来，请重新报名。"), "done": True}
    return render(request, "public/events/ticket_closed.html", context)


@opened
@require_POST
def meeting_note(request: FeidiRequest, row: Registration, token: str) -> HttpResponse:
    """Note whom one met, by the number on their badge."""
    code, note = request.POST.get("code", ""), request.POST.get("note", "")
    try:
        note_own_meeting(now=request.now, registration=row, other=code, note=note)
    except RefusedError as error:
        messages.error(request, said(error.refusal))
    else:
        messages.success(request, _("已记下。"))
    return redirect("public:events:ticket_view", token)


def shown_of(row: Registration, request: FeidiRequest) -> object:
    """Return the activity of a ticket in words; how full it is does not matter to who has one."""
    activity = row.activity
    activity.registered = activity.waiting = 0  # type: ignore[attr-defined]
    return shown(activity, request.now)


def _ahead(row: Registration) -> int:
    waiting = row.activity.registrations.filter(state=RegistrationState.WAITING, voided_at__isnull=True)
    return waiting.filter(position__lt=row.position).count()


def _met(row: Registration) -> list[str]:
    """Ticket numbers of those noted as met: names are for the staff."""
    left = row.meetings_left.filter(voided_at__isnull=True).values_list("right__code", flat=True)
    right = row.meetings_right.filter(voided_at__isnull=True).values_list("left__code", flat=True)
    return sorted([*left, *right])
