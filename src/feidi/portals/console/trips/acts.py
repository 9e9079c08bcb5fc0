"""What is done with one trip: stops, results, the way onto a project's timeline."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.liaison.models import Trip, TripStop
from feidi.domain.liaison.selectors.trips import get_stop, get_trip
from feidi.domain.liaison.services.trips import (
    StopPlan,
    add_stop,
    edit_stop,
    put_on_timeline,
    record_trip_result,
    void_stop,
    void_trip,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import InteractionKind
from feidi.portals.console.daily import EDIT
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.trips.forms import ResultForm, StopChangeForm, StopForm
from feidi.portals.console.trips.views import FORM, TIMELINE_KINDS, editable, record_url
from feidi.portals.ui.requests import FeidiRequest

_AT = {"liaison.stop_outside": "on", "liaison.other_outpost": "project"}


def _form(request: FeidiRequest, trip: Trip, initial: dict[str, Any], form: type[StopForm] = StopForm) -> StopForm:
    outposts = Outpost.objects.filter(pk=trip.outpost_id)
    return form(sent(request), actor=request.actor, outposts=outposts, initial=initial)


@require_http_methods(["GET", "POST"])
def stop_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Add a stop to the itinerary."""
    row = editable(request, uid)
    last = row.stops.filter(voided_at__isnull=True).order_by("-on", "-position").first()
    return save_page(
        request,
        template=FORM,
        form=_form(request, row, {"on": last.on if last else row.starts_on}),
        save=lambda data: add_stop(actor=request.actor, now=request.now, trip=row, plan=StopPlan(**data)),
        done=_("这一站已加入行程。"),
        onward=record_url(uid),
        fields=_AT,
        extra={"title": _("增加一站"), "subtitle": row.title},
    )


def _stop(request: FeidiRequest, uid: str) -> TripStop:
    stop = get_stop(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(stop.trip.outpost_id))
    return stop


@require_http_methods(["GET", "POST"])
def stop_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change a stop, or write down its result."""
    stop = _stop(request, uid)
    initial = {name: getattr(stop, name) for name in StopChangeForm.base_fields}

    def save(data: dict[str, Any]) -> None:
        version = data.pop("version")
        edit_stop(actor=request.actor, now=request.now, stop=stop, plan=StopPlan(**data), version=version)

    return save_page(
        request,
        template=FORM,
        form=_form(request, stop.trip, initial, StopChangeForm),
        save=save,
        done=_("已保存。"),
        onward=record_url(stop.trip.uid),
        fields=_AT,
        extra={"title": _("修改这一站"), "subtitle": stop.trip.title},
    )


@require_POST
def stop_record(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write a stop onto its project's timeline: one click."""
    stop, asked = _stop(request, uid), request.POST.get("kind", "")
    kind = InteractionKind(asked) if asked in TIMELINE_KINDS else None
    put_on_timeline(actor=request.actor, now=request.now, stop=stop, kind=kind)
    messages.success(request, _("已记入项目往来。"))
    return redirect(record_url(stop.trip.uid))


@require_POST
def stop_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Strike a stop with a reason."""
    stop = _stop(request, uid)
    void_stop(actor=request.actor, now=request.now, stop=stop, reason=request.POST.get("reason", ""))
    messages.success(request, _("这一站已撤回。"))
    return redirect(record_url(stop.trip.uid))


@require_http_methods(["GET", "POST"])
def trip_result(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say what came of the whole trip."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=ResultForm(sent(request), initial={"result": row.result}),
        save=lambda data: record_trip_result(actor=request.actor, now=request.now, trip=row, **data),
        done=_("成效已记录。"),
        onward=record_url(uid),
        extra={"title": _("登记成效"), "subtitle": row.title},
    )


@require_POST
def trip_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a trip back with a reason."""
    row = get_trip(request.actor, uid)
    void_trip(actor=request.actor, now=request.now, trip=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录仍可查。"))
    return redirect("console:trips:trip_list")
