"""The list of matchmaking days and one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.matching.access import EDIT, VIEW
from feidi.domain.matching.models import MatchmakingDay
from feidi.domain.matching.selectors.days import (
    SORTS,
    DayFilter,
    clashes_of,
    get_day,
    list_days,
    meetings_of,
    without_meeting,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.portals.console.daily import edits, outposts_for
from feidi.portals.console.lists import asked_of, keys_asked, listed, workbook
from feidi.portals.console.matchmaking import presenting
from feidi.portals.console.matchmaking.forms import DayFilterForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 2000


def record_url(uid: str) -> str:
    """Return the page of one day."""
    return reverse("console:matchmaking:day_view", args=[uid])


def editable(request: FeidiRequest, uid: str) -> MatchmakingDay:
    """Return one that the actor may change; others are refused or not found."""
    row = get_day(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def _wanted(request: FeidiRequest) -> tuple[DayFilterForm, DayFilter, int]:
    form = DayFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    wanted = DayFilter(**keys_asked(given, words=("words",), rows=("outpost",)), show=given.get("show") or "all")
    return form, wanted, active


@require_GET
def day_list(request: FeidiRequest) -> HttpResponse:
    """Matchmaking days of the actor's outposts, the latest first."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    rows = list_days(request.actor, wanted, request.today)
    found = listed(request, rows, presenting.COLUMNS, presenting.rows_of, sorts=SORTS)
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text),
        "may_add": request.actor.may(EDIT),
        "export_url": f"{reverse('console:matchmaking:day_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/matchmaking/day_list.html", context)


@require_GET
def day_export(request: FeidiRequest) -> HttpResponse:
    """The listed days as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    _form, wanted, _active = _wanted(request)
    rows = presenting.rows_of(list(list_days(request.actor, wanted, request.today)[:_EXPORTED]))
    return workbook(
        request,
        name="matchmaking-days",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([each.cells[column.code] for column in presenting.COLUMNS] for each in rows),
    )


@require_GET
def day_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One day: who meets whom in which slot at which table, and who stays without, with the reason."""
    day = get_day(request.actor, uid)
    meetings = meetings_of(day)
    seated = presenting.seated_of(day, meetings, clashes_of(day, meetings))
    left = presenting.left_of(without_meeting(day, meetings))
    may = edits(request.actor, day.outpost, EDIT) and day.voided_at is None
    held = any(each.held_on for each in meetings)
    context = {
        "day": day,
        "may": may,
        "may_arrange": may and not held and day.held_on >= request.today,
        "may_place": may and day.held_on >= request.today,
        "may_void": may and not held,
        "slots": presenting.by_slot(day, seated),
        "left": left,
        "pairs": presenting.pairs_of(day, seated, left),
        "badges": presenting.badges_of(day, request.today),
        "copy_text": presenting.day_text(day, seated),
        "crumbs": [Crumb(_("对接日"), reverse("console:matchmaking:day_list")), Crumb(day.title)],
    }
    return render(request, "console/matchmaking/day_view.html", context)
