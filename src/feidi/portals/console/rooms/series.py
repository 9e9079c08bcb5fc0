"""A booking that repeats: every clash is listed before anything is saved, and left out only when told."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.space.access import BOOK, SPACE_VIEW
from feidi.domain.space.models import BookingSeries
from feidi.domain.space.selectors.bookings import get_series
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.selectors.series import SeriesPreview, SeriesWish, preview_series
from feidi.domain.space.services.series import book_series, cancel_series, complete_series
from feidi.engines.findings import RefusedError
from feidi.engines.slots import Recurrence, Repeats
from feidi.kernel.access import ScopeKind
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, sent
from feidi.portals.console.rooms import presenting
from feidi.portals.console.rooms.bookings import bookable_units, first_choice, known_organizations
from feidi.portals.console.rooms.forms import SeriesForm
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _wish(data: dict[str, Any]) -> SeriesWish:
    minutes = int((data["ends_at"] - data["starts_at"]).total_seconds()) // 60
    rule = Recurrence(
        Repeats(data["frequency"]),
        every=data["every"],
        weekdays=tuple(int(each) for each in data["weekdays"]),
        nth=data["nth"],
        until=data["until"],
        count=data["count"],
    )
    return SeriesWish(
        data["unit"],
        data["purpose"],
        data["day"],
        data["begins"],
        minutes,
        rule,
        data["attendees"],
        data["organization"],
    )


@require_http_methods(["GET", "POST"])
def series_new(request: FeidiRequest) -> HttpResponse:
    """Book a row of days: a first look lists every day with all that speaks against it; saving leaves out what is ticked."""
    require(request.actor, BOOK)
    units = bookable_units(request)
    form = SeriesForm(
        sent(request), units=units, organizations=known_organizations(request), initial=first_choice(request, units)
    )
    status, preview = 200, None
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            skip = frozenset(date.fromisoformat(each) for each in request.POST.getlist("skip"))
            try:
                wish = complete_series(request.actor, _wish(form.cleaned_data))
                preview = preview_series(request.actor, wish, request.now)
                if request.POST.get("save"):
                    row = book_series(actor=request.actor, now=request.now, wish=wish, skip=skip)
                    messages.success(request, _("已预订 {n} 次。").format(n=row.bookings.count()))
                    return redirect("console:rooms:series_view", row.uid)
                status = 200
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
    context = {
        "form": form,
        "days": _days(preview, request.POST.getlist("skip")) if preview else [],
        "clashing": len(preview.clashing) if preview else 0,
        "onward": reverse("console:rooms:booking_list"),
    }
    return render(request, "console/rooms/series_new.html", context, status=status)


def _days(preview: SeriesPreview, skip: list[str]) -> list[dict[str, Any]]:
    """Return each day with what speaks against it; a day that clashes is offered to be left out."""
    return [
        {
            "on": each.on.isoformat(),
            "span": spoken_span(each.starts_at, each.ends_at),
            "problems": each.problems,
            "skip": each.on.isoformat() in skip,
        }
        for each in preview.days
    ]


def _series(request: FeidiRequest, uid: str) -> BookingSeries:
    row = get_series(request.actor, uid)
    if row.outpost_id not in request.actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST):
        raise BookingSeries.DoesNotExist
    return row


@require_GET
def series_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One series and its bookings."""
    row = _series(request, uid)
    bookings = row.bookings.select_related("unit", "organization", "organizer").order_by("starts_at")
    context = {
        "row": row,
        "bookings": [
            (each, spoken_span(each.starts_at, each.ends_at), presenting.badges_of(each)) for each in bookings
        ],
        "may": request.actor.may(BOOK) and any(each.starts_at > request.now for each in bookings),
        "crumbs": [Crumb(_("场地预订"), reverse("console:rooms:booking_list")), Crumb(row.purpose)],
    }
    return render(request, "console/rooms/series_view.html", context)


@require_POST
def series_cancel(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give back what is still to come of a series."""
    row = _series(request, uid)
    count = cancel_series(actor=request.actor, now=request.now, series=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已取消还没到的 {n} 次。").format(n=count))
    return redirect("console:rooms:series_view", uid)
