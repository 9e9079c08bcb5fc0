"""What is due for re-verification, confirming it for the home side, and retention."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import RecheckAnswer
from feidi.domain.pipeline.models import LandingRecheck
from feidi.domain.pipeline.selectors.rechecks import (
    RECHECK,
    RecheckFilter,
    get_recheck,
    list_rechecks,
    name_of,
    retention,
)
from feidi.domain.pipeline.services.rechecks import confirm_recheck
from feidi.kernel.access import Scope, ScopeKind
from feidi.portals.console.lists import asked_of, chat_lines, listed, require_office, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.rechecks import presenting
from feidi.portals.console.rechecks.forms import ConfirmForm, RecheckFilterForm, RetentionForm
from feidi.portals.ui.pieces import Action, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest


def _wanted(request: FeidiRequest) -> tuple[RecheckFilterForm, QuerySet[LandingRecheck], int]:
    form = RecheckFilterForm(request.GET)
    given, active = asked_of(form)
    wanted = RecheckFilter(
        words=given.get("words") or "",
        year=given.get("year"),
        show=given.get("show") or "",
        township=given.get("township") or "",
    )
    return form, list_rechecks(request.actor, wanted, request.today), active


def _drawn(request: FeidiRequest, rows: Any) -> list[Row]:
    mine = request.actor.scopes(RECHECK, ScopeKind.HOME)
    return presenting.rows_of(list(rows), request.today, may_confirm=mine)


@require_GET
def recheck_list(request: FeidiRequest) -> HttpResponse:
    """Every yearly row of landings that the actor may open, soonest due first."""
    require_office(request.actor)
    form, rows, active = _wanted(request)
    shown = listed(request, rows, presenting.COLUMNS, lambda items: _drawn(request, items), sorts=presenting.SORTS)
    actions = [
        Action(_("留存率"), reverse("console:rechecks:retention_view"), "chart-bar"),
        Action(_("镇街确认"), reverse("console:rechecks:round_list"), "link"),
    ]
    address = f"{reverse('console:rechecks:recheck_export')}?{request.GET.urlencode()}"
    actions.append(Action(_("导出本列表"), address, "database-export"))
    lines = [f"{each.cells['firm']}（第 {each.cells['n']} 年）：{each.cells['state']}" for each in shown["table"].rows]
    context = {
        **shown,
        "title": _("落地复核"),
        "subtitle": _("核实落地后五年内每年一次：镇街答在、不在或不清楚，主办方确认。没答是未知，不是不在。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:rechecks:recheck_list"),
        "actions": actions,
        "copy_text": chat_lines(_("落地复核（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的复核") if active else _("还没有要复核的落地"),
        "empty_text": _("落地核验通过后，自动按周年列出五次复核。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/rechecks/recheck_list.html", context)


@require_GET
def recheck_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, with every column."""
    require_office(request.actor)
    _form, rows, _active = _wanted(request)
    return workbook(
        request,
        name="rechecks",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in _drawn(request, rows)],
    )


@require_http_methods(["GET", "POST"])
def recheck_confirm(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say for the home side whether a landing is still there."""
    row = get_recheck(request.actor, uid)
    require(request.actor, RECHECK, Scope(ScopeKind.HOME, row.case.project.outpost.home_id))

    def save(data: dict[str, Any]) -> None:
        answer = RecheckAnswer(data["answer"])
        confirm_recheck(actor=request.actor, now=request.now, recheck=row, answer=answer, note=data["note"])

    return save_page(
        request,
        template="console/rechecks/recheck_confirm.html",
        form=ConfirmForm(sent(request), initial={"answer": row.confirmed or row.answer or RecheckAnswer.UNCLEAR}),
        save=save,
        done=_("已确认。"),
        onward=reverse("console:rechecks:recheck_list"),
        extra={
            "title": _("确认落地是否还在"),
            "subtitle": " · ".join((name_of(row.case), _("第 {n} 年").format(n=row.n))),
            "submit": _("确认"),
            "row": row,
        },
    )


@require_GET
def retention_view(request: FeidiRequest) -> HttpResponse:
    """落地留存率 of each outpost on a day, with the landings behind it; what is not known stands apart."""
    require_office(request.actor)
    form = RetentionForm(request.GET)
    given, active = asked_of(form)
    as_of = given.get("as_of") or request.today
    outposts = outposts_visible_to(request.actor, Outpost.objects.select_related("home").order_by("code"))
    found = [(each, retention(each, as_of)) for each in outposts]
    figures = [
        {
            "outpost": outpost,
            "found": each,
            "rate": presenting.rate_text(each),
            "rows": presenting.retention_rows(each),
        }
        for outpost, each in found
    ]
    lines = [
        _("{outpost}：{there}/{all}，未知 {unknown}，留存率 {rate}").format(
            outpost=each["outpost"].short_name,  # type: ignore[attr-defined]
            there=each["found"].numerator,  # type: ignore[attr-defined]
            all=each["found"].denominator,  # type: ignore[attr-defined]
            unknown=each["found"].unknown,  # type: ignore[attr-defined]
            rate=each["rate"],
        )
        for each in figures
    ]
    context = {
        "form": form,
        "active": active,
        "as_of": as_of,
        "figures": figures,
        "clear_url": reverse("console:rechecks:retention_view"),
        "copy_text": chat_lines(_("落地留存率（截至{day}）").format(day=as_of), lines),
        "crumbs": [Crumb(_("落地复核"), reverse("console:rechecks:recheck_list")), Crumb(_("留存率"))],
    }
    return render(request, "console/rechecks/retention_view.html", context)
