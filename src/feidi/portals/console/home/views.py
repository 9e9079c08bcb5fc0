"""工作台 (first form): clocks, leads without contact, cases waiting on me, gaps; and where the projects stand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from feidi.portals.console.home.desk import desk_of, is_busy
from feidi.portals.console.home.start import acts_of, start_of
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def home(request: FeidiRequest) -> HttpResponse:
    """The desk of whoever is signed in; a tenant, a talent or a judge goes to their own pages."""
    actor = request.actor
    if actor.may("project.view_own") and not (actor.may("project.view") or actor.may("project.count")):
        return redirect("workspace:home")
    if actor.may("talent.view_own") and not actor.may("project.count"):
        return redirect("workspace:talent_home")
    if actor.may("incubation.score") and not actor.may("project.view"):
        return redirect("console:admissions:seat_list")
    desk = desk_of(actor, request.today)
    start = start_of(actor, empty=not any(tile["value"] for tile in desk["tiles"]), busy=is_busy(desk))
    return render(request, "console/home/home.html", {**desk, "start": start, "acts": acts_of(actor)})
