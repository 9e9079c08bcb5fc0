"""The list of activities and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.roadshow.access import EDIT, VIEW, VIEW_HOME, may_check_in, may_edit, staff_sees
from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.selectors.activities import attendance_of
from feidi.domain.roadshow.selectors.activity_lists import ActivityFilter, filtered, months_of, totals_of
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.events import presenting
from feidi.portals.console.events.asking import crumbs, require_events, seen
from feidi.portals.console.events.forms import ActivityFilterForm
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 5000


def _wanted(request: FeidiRequest) -> tuple[ActivityFilterForm, ActivityFilter, int]:
    outposts = outposts_for(request.actor, VIEW, VIEW_HOME)
    kinds = presenting.kinds_of(outposts)
    form = ActivityFilterForm(request.GET, actor=request.actor, outposts=outposts, kinds=kinds)
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = ActivityFilter(
        words=given.get("words") or "",
        kind=given.get("kind") or "",
        state=given.get("state") or "",
        show=given.get("show") or "coming",
        month=given.get("month") or "",
        outpost_id=outpost.pk if outpost else None,
    )
    return form, wanted, active


def _actions(request: FeidiRequest) -> list[Action]:
    first = [Action(_("筹备活动"), reverse("console:events:activity_new"), "plus", tone="primary")]
    address = f"{reverse('console:events:activity_export')}?{request.GET.urlencode()}"
    return [
        *(first if request.actor.may(EDIT) else []),
        Action(_("公开页"), reverse("public:events:activity_list"), "external-link"),
        Action(_("导出本列表"), address, "database-export"),
    ]


@require_GET
def activity_list(request: FeidiRequest) -> HttpResponse:
    """Activities of the actor's outposts or home: what is coming first, the next one on top."""
    require_events(request.actor)
    form, wanted, active = _wanted(request)
    rows = filtered(request.actor, wanted, request.now)
    found = listed(request, rows, presenting.COLUMNS, presenting.rows_of, sorts=presenting.SORTS)
    new_url = reverse("console:events:activity_new") if request.actor.may(EDIT) else ""
    context = {
        **found,
        "title": _("活动"),
        "subtitle": _("从筹备、报名、签到到会后：谁来过、谁见了谁，写进项目的往来。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:events:activity_list"),
        "actions": _actions(request),
        "months": months_of(request.actor, request.now),
        "month": wanted.month,
        "totals": totals_of(request.actor, wanted, request.now),
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text),
        "empty_title": _("没有这样的活动"),
        "empty_text": _("筹备一场：写名称、时间、场地和名额，开放报名后公开页上就能报。"),
        "empty_url": new_url,
        "empty_label": _("筹备活动"),
        "bulk": "",
    }
    return render(request, "console/events/activity_list.html", context)


@require_GET
def activity_export(request: FeidiRequest) -> HttpResponse:
    """The listed activities as a workbook; who took it is on record."""
    require_events(request.actor)
    rows = presenting.rows_of(list(filtered(request.actor, _wanted(request)[1], request.now)[:_EXPORTED]))
    return workbook(
        request,
        name="activities",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([each.cells[column.code] for column in presenting.COLUMNS] for each in rows),
    )


@require_GET
def activity_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One activity: how full, its programme; for its staff also the ways to registrants, door and papers."""
    row = seen(request, uid)
    staff = staff_sees(request.actor, row.outpost_id)
    context = {
        "row": row,
        "staff": staff,
        "badges": presenting.badges_of(row),
        "pairs": [(label, value) for label, value in presenting.pairs_of(row) if value not in ("", None)],
        "programme": list(row.programme.filter(voided_at__isnull=True).order_by("starts_at", "pk")),
        "figures": attendance_of(row),
        "public_url": _public_url(row),
        "today": request.today,
        "crumbs": crumbs(Crumb(row.number)),
        **_allowed(request, row, staff=staff),
    }
    return render(request, "console/events/activity_view.html", context)


def _allowed(request: FeidiRequest, row: Activity, *, staff: bool) -> dict[str, Any]:
    """Return what may be done with it now, by its own staff."""
    edits, state = staff and may_edit(request.actor, row), ActivityState(row.state)
    live = state in {ActivityState.OPEN, ActivityState.CLOSED}
    begun = row.starts_at <= request.now
    return {
        "may": edits and state in {ActivityState.DRAFT, ActivityState.OPEN, ActivityState.CLOSED},
        "may_open": edits and state in {ActivityState.DRAFT, ActivityState.CLOSED} and row.ends_at > request.now,
        "may_close": edits and state is ActivityState.OPEN,
        "may_hold": edits and live and begun,
        "may_again": edits and state is ActivityState.HELD,
        "may_door": staff and may_check_in(request.actor, row) and live,
    }


def _public_url(row: Activity) -> str:
    if row.state == ActivityState.DRAFT:
        return ""
    address = reverse("public:events:activity_view", args=[row.uid])
    return f"{address}?invite={row.invitation}" if row.invitation else address
