"""The day of the rooms, the plan of a floor, and the next free slot."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import BOOK, SPACE_VIEW, books_for_others
from feidi.domain.space.selectors.free import find_free_slots
from feidi.domain.space.selectors.grid import day_grid
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.selectors.premises import list_floors, list_units, list_zones, plan_of
from feidi.domain.space.selectors.rules import rules_of
from feidi.domain.space.selectors.standing import unit_states
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of
from feidi.portals.console.rooms import presenting
from feidi.portals.console.rooms.cells import drawn_rows
from feidi.portals.console.rooms.forms import DayForm, FreeForm, PlanForm
from feidi.portals.ui.requests import FeidiRequest

_SHOWN = 10


def asked_outpost(request: FeidiRequest, given: dict[str, Any]) -> Outpost:
    """Return the outpost that is asked for, else the first whose rooms the actor sees as staff or home side."""
    require(request.actor, SPACE_VIEW)
    found: Outpost | None = given.get("outpost") or outposts_for(request.actor, SPACE_VIEW).first()
    if found is None:
        raise Http404
    return found


def zone_choices(request: FeidiRequest) -> list[tuple[str, str]]:
    """Return (code, name) of the zones the actor sees, each once."""
    outposts = outposts_for(request.actor, SPACE_VIEW)
    found = {zone.code: zone.name for outpost in outposts for zone in list_zones(request.actor, outpost)}
    return list(found.items())


@require_GET
def grid_view(request: FeidiRequest) -> HttpResponse:
    """A day of the rooms that can be booked, half-hour by half-hour: who holds what, and what is free."""
    outposts = outposts_for(request.actor, SPACE_VIEW)
    form = DayForm(request.GET, actor=request.actor, outposts=outposts, zones=zone_choices(request))
    given, active = asked_of(form)
    outpost, day = asked_outpost(request, given), given.get("day") or request.today
    units = list(list_units(request.actor, outpost=outpost, zone_kind=given.get("zone") or "", bookable=True, on=day))
    grid = day_grid(request.actor, units, day, request.now)
    books = books_for_others(request.actor, outpost.pk)
    rows = drawn_rows(
        grid,
        presenting.STATES,
        book_url=reverse("console:rooms:booking_new") if books else "",
        minutes=rules_of(outpost).slot_minutes,
    )
    context = {
        "form": form,
        "active": active,
        "outpost": outpost,
        "day": day,
        "heads": grid.heads,
        "rows": rows,
        "before": _day_query(request, day - timedelta(days=1)),
        "after": _day_query(request, day + timedelta(days=1)),
        "legend": list(presenting.STATES.items()),
        "may_book": books,
        "waits": request.actor.may("space.approve"),
    }
    return render(request, "console/rooms/grid_view.html", context)


def _day_query(request: FeidiRequest, day: date) -> str:
    query = request.GET.copy()
    query["day"] = day.isoformat()
    return f"?{query.urlencode()}"


@require_GET
def plan_view(request: FeidiRequest) -> HttpResponse:
    """The plan of each floor at a moment: free, booked, let, blocked, closed; and the same as a table."""
    outposts = outposts_for(request.actor, SPACE_VIEW)
    form = PlanForm(request.GET, actor=request.actor, outposts=outposts)
    given, active = asked_of(form)
    outpost = asked_outpost(request, given)
    at = _moment(request, given)
    units = list(list_units(request.actor, outpost=outpost, on=at.date()))
    states = unit_states(request.actor, units, at)
    floors = []
    for floor in list_floors(request.actor, outpost):
        plan = plan_of(floor)
        by_shape = {unit.shape: unit for unit in units if unit.shape and unit.zone.floor_id == floor.pk}
        shapes = [
            (shape, by_shape.get(shape.code), states.get(by_shape[shape.code].pk) if shape.code in by_shape else None)
            for shape in (plan.shapes if plan else ())
        ]
        floors.append({"floor": floor, "plan": plan, "shapes": shapes})
    context = {
        "form": form,
        "active": active,
        "outpost": outpost,
        "at": at,
        "floors": floors,
        "units": [(unit, states[unit.pk], presenting.STATES[states[unit.pk].state]) for unit in units],
        "legend": list(presenting.STATES.items()),
        "words": presenting.STATES,
    }
    return render(request, "console/rooms/plan_view.html", context)


def _moment(request: FeidiRequest, given: dict[str, Any]) -> datetime:
    """Return the moment asked for; a day without a time is noon of another day, now of today."""
    day = given.get("day") or request.today
    if given.get("at") is None and day == request.today:
        return request.now.astimezone(SHANGHAI)
    return datetime.combine(day, given.get("at") or time(12), SHANGHAI)


@require_GET
def free_find(request: FeidiRequest) -> HttpResponse:
    """The next free slots: the rooms that are free first, for so long, for so many."""
    outposts = outposts_for(request.actor, SPACE_VIEW)
    asked = request.GET if "minutes" in request.GET else None
    form = FreeForm(
        asked,
        actor=request.actor,
        outposts=outposts,
        zones=zone_choices(request),
        initial={"minutes": 60, "day": request.today},
    )
    given = form.cleaned_data if form.is_valid() else {}
    outpost = asked_outpost(request, given)
    found = []
    if given:
        units = list_units(request.actor, outpost=outpost, zone_kind=given["zone"] or "", bookable=True)
        if given["people"]:
            units = units.filter(capacity__gte=given["people"])
        start = datetime.combine(given["day"] or request.today, given["at"] or time(0), SHANGHAI)
        found = find_free_slots(
            request.actor, list(units), now=request.now, after=start, minutes=given["minutes"], count=_SHOWN
        )
    books = request.actor.may(BOOK)
    context = {
        "form": form,
        "asked": bool(given),
        "found": [
            (each.unit, spoken_span(each.starts_at, each.ends_at), _book(each) if books else "") for each in found
        ],
        "without_capacity": bool(given and given["people"]),
        "note": _("不知道能坐几个人的房间不在内。") if given and given["people"] else "",
    }
    return render(request, "console/rooms/free_find.html", context)


def _book(slot: Any) -> str:
    begins, ends = slot.starts_at.astimezone(SHANGHAI), slot.ends_at.astimezone(SHANGHAI)
    query = f"unit={slot.unit.uid}&day={begins:%Y-%m-%d}&from={begins:%H:%M}&until={ends:%H:%M}"
    return f"{reverse('console:rooms:booking_new')}?{query}"
