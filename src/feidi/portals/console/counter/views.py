"""The counter on one short page, its register, one entry."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.liaison.access import VIEW
from feidi.domain.liaison.models import WalkIn
from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.liaison.selectors.walk_ins import SORTS, VisitFilter, get_visit, list_visits
from feidi.domain.liaison.services.walk_ins import Visit, register_visit
from feidi.domain.parties.access import outpost_scope, require
from feidi.portals.console.counter import presenting
from feidi.portals.console.counter.forms import VisitFilterForm, VisitForm
from feidi.portals.console.daily import EDIT, EXPORT, edits, history_of, outposts_for
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

SHOWN = 50


@require_http_methods(["GET", "POST"])
def counter_view(request: FeidiRequest) -> HttpResponse:
    """Write a visit down in thirty seconds; below, everybody who came today."""
    require(request.actor, EDIT)

    def save(data: dict[str, Any]) -> None:
        outpost = data.pop("outpost")
        register_visit(actor=request.actor, now=request.now, outpost=outpost, visit=Visit(**data))

    today = VisitFilter(since=request.today, until=request.today)
    earlier = VisitFilter(still_open=True)
    return save_page(
        request,
        template="console/counter/counter_view.html",
        form=VisitForm(sent(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT)),
        save=save,
        done=_("已登记。"),
        onward=reverse("console:counter:counter_view"),
        fields={"parties.phone_malformed": "phone"},
        extra={
            "visits": list(list_visits(request.actor, today)[:SHOWN]),
            "left": list_visits(request.actor, earlier).count(),
            "today": request.today,
        },
    )


def _wanted(request: FeidiRequest) -> tuple[VisitFilterForm, VisitFilter, int]:
    form = VisitFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    show, outpost = given.get("show"), given.get("outpost")
    wanted = VisitFilter(
        words=given.get("words") or "",
        since=given.get("since"),
        until=given.get("until"),
        still_open=show == "open",
        user_id=request.actor.user_id if show == "mine" else None,
        outpost_id=outpost.pk if outpost else None,
    )
    return form, wanted, active


@require_GET
def visit_list(request: FeidiRequest) -> HttpResponse:
    """The counter's register, newest first."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    found = listed(request, list_visits(request.actor, wanted), presenting.COLUMNS, presenting.rows_of, sorts=SORTS)
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(list(found["page"].items), found["page"].total_text, request.today),
        "may_export": request.actor.may(EXPORT),
        "export_url": f"{reverse('console:counter:visit_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/counter/visit_list.html", context)


@require_GET
def visit_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the register shows, as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    require(request.actor, EXPORT)
    _form, wanted, _active = _wanted(request)
    rows = presenting.rows_of(list_visits(request.actor, wanted)[:10_000])
    return workbook(
        request,
        name="counter-register",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in rows],
    )


@require_GET
def visit_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One entry and what became of it."""
    row = get_visit(request.actor, uid)
    context = {
        "row": row,
        "pairs": presenting.pairs_of(row),
        "may_act": edits(request.actor, row.outpost, EDIT) and row.closed_at is None and row.voided_at is None,
        "may_void": edits(request.actor, row.outpost, EDIT) and row.voided_at is None,
        "entries": history_of("liaison.walk_in", row.uid, Veil(), presenting.FIELDS),
        "today": request.today,
        "crumbs": [
            Crumb(_("服务台"), reverse("console:counter:counter_view")),
            Crumb(_("来访登记"), reverse("console:counter:visit_list")),
            Crumb(presenting.moment(row.came_at)),
        ],
    }
    return render(request, "console/counter/visit_view.html", context)


def editable(request: FeidiRequest, uid: str) -> WalkIn:
    """Return one that the actor may change; others are refused or not found."""
    row = get_visit(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row
