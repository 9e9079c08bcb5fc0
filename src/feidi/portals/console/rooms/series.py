"""A booking that repeats: every clash is listed before anything is saved, and left out only when told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.space.access import BOOK, SPACE_VIEW
from feidi.domain.space.models import BookingSeries, Unit
from feidi.domain.space.selectors.bookings import get_series
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.selectors.series import SeriesWish, preview_series, rooms_instead
from feidi.domain.space.services.series import book_series, cancel_series, complete_series
from feidi.engines.findings import Finding, RefusedError
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
    """Book a row of days: a first look lists every day with all that speaks against it; a day that clashes is left out or held elsewhere."""
    require(request.actor, BOOK)
    units = bookable_units(request)
    form = SeriesForm(
        sent(request), units=units, organizations=known_organizations(request), initial=first_choice(request, units)
    )
    status, days = 200, list[_Day]()
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                wish = complete_series(request.actor, _wish(form.cleaned_data))
                days = _days(request, wish, units)
                if request.POST.get("save"):
                    return _saved(request, wish, days)
                status = 200
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
    context = {
        "form": form,
        "days": days,
        "clashing": sum(day.clashes for day in days),
        "skip_all": bool(request.POST.get("skip_all")),
        "onward": reverse("console:rooms:booking_list"),
    }
    return render(request, "console/rooms/series_new.html", context, status=status)


@dataclass(frozen=True, slots=True)
class _Day:
    """One day of the first look. ``clashes``: in the room that was asked for; ``chosen``: where it is held instead."""

    on: str
    span: str
    clashes: bool
    problems: tuple[Finding, ...]
    skip: bool
    rooms: tuple[Unit, ...]
    chosen: Unit | None


def _days(request: FeidiRequest, wish: SeriesWish, units: QuerySet[Unit]) -> list[_Day]:
    """Return each day with what speaks against it, and for one that clashes the rooms that are free then."""
    asked = preview_series(request.actor, wish, request.now)
    clashing = {day.on for day in asked.clashing}
    rooms = rooms_instead(asked.clashing, list(units), attendees=wish.attendees)
    chosen = _elsewhere(request, units, clashing)
    seen = preview_series(request.actor, wish, request.now, elsewhere=chosen) if chosen else asked
    every = bool(request.POST.get("skip_all"))
    skip = set(request.POST.getlist("skip"))
    return [
        _Day(
            each.on.isoformat(),
            spoken_span(each.starts_at, each.ends_at),
            each.on in clashing,
            each.problems,
            each.on.isoformat() in skip or (every and each.on in clashing and each.on not in chosen),
            rooms.get(each.on, ()),
            chosen.get(each.on),
        )
        for each in seen.days
    ]


def _elsewhere(request: FeidiRequest, units: QuerySet[Unit], clashing: set[date]) -> dict[date, Unit]:
    """Return the rooms chosen for days that clash; an unknown one counts as none."""
    asked = {on: request.POST.get(f"room-{on.isoformat()}", "") for on in clashing}
    known = {unit.uid: unit for unit in units.filter(uid__in=[uid for uid in asked.values() if uid])}
    return {on: known[uid] for on, uid in asked.items() if uid in known}


def _saved(request: FeidiRequest, wish: SeriesWish, days: list[_Day]) -> HttpResponse:
    row = book_series(
        actor=request.actor,
        now=request.now,
        wish=wish,
        skip=frozenset(date.fromisoformat(day.on) for day in days if day.skip),
        elsewhere={date.fromisoformat(day.on): day.chosen for day in days if day.chosen and not day.skip},
    )
    messages.success(request, _("已预订 {n} 次。").format(n=row.bookings.count()))
    return redirect("console:rooms:series_view", row.uid)


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
