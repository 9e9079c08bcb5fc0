"""Periodic reports of tenants: which are late, which wait for a decision, one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, of_office_tenancies
from feidi.domain.incubation.enums import ReportState
from feidi.domain.incubation.models import PeriodReport
from feidi.domain.incubation.selectors.reports import (
    last_accepted,
    late_reports,
    list_reports,
    period_from,
    prefill_of,
    questions_of,
)
from feidi.domain.incubation.services.reports import accept_report, answer_report, return_report
from feidi.domain.parties.access import outpost_scope, require
from feidi.portals.console.incubation.forms import AnswerForm, ReportFilterForm
from feidi.portals.console.lists import EXPORTED, asked_of, chat_lines, export_action, listed, sheet
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.tenancies.entering import FORM
from feidi.portals.console.tenancies.views import record_url, require_sight
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("organization", gettext_lazy("单位"), lead=True),
    Column("period", gettext_lazy("期间")),
    Column("due", gettext_lazy("应填日"), sortable=True),
    Column("state", gettext_lazy("状态")),
    Column("submitted", gettext_lazy("填报时间"), sortable=True),
]
SORTS = {"due": "due_on", "submitted": "submitted_at"}


def report_of(request: FeidiRequest, uid: str) -> PeriodReport:
    """Return one report that the actor may open in the office; what may not be seen does not exist."""
    found = of_office_tenancies(request.actor, list_reports(request.actor)).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def page_of(report: PeriodReport) -> str:
    """Return a report's page."""
    return reverse("console:incubation:report_view", args=[report.uid])


def _wanted(request: FeidiRequest) -> tuple[ReportFilterForm, QuerySet[PeriodReport], int]:
    require_sight(request.actor)
    form = ReportFilterForm(request.GET)
    given, active = asked_of(form)
    rows, show = of_office_tenancies(request.actor, list_reports(request.actor)), given.get("show") or "submitted"
    if show == "late":
        rows = late_reports(rows, request.today)
    elif show != "all":
        rows = rows.filter(state=show)
    return form, rows, active


@require_GET
def report_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list of reports shows, as a workbook; who took it is on record."""
    _form, rows, _active = _wanted(request)
    return sheet(request, "period-reports", COLUMNS, [_row(each, request) for each in rows[:EXPORTED]])


@require_GET
def report_list(request: FeidiRequest) -> HttpResponse:
    """Reports that wait for a decision, unless others are asked for."""
    form, rows, active = _wanted(request)
    found = listed(request, rows, COLUMNS, lambda items: [_row(each, request) for each in items], sorts=SORTS)
    lines = [f"{e.cells['organization']}：{e.cells['period']} {e.cells['state']}" for e in found["table"].rows]
    context = {
        **found,
        "title": _("定期填报"),
        "subtitle": _("企业自己填；上期已采信的先填好，没有变化点一下即可。采信之后成为事实，不再问第二遍。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:incubation:report_list"),
        "actions": [export_action(request, "console:incubation:report_export")],
        "copy_text": chat_lines(_("定期填报（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的填报"),
        "empty_text": _("期满之后自动向在孵企业发出。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


def _row(row: PeriodReport, request: FeidiRequest) -> Row:
    late = row.state in {ReportState.ASKED, ReportState.RETURNED} and row.due_on < request.today
    badges = [Badge(_("逾期 {n} 天").format(n=(request.today - row.due_on).days), "bad", "clock")] if late else []
    if row.unchanged:
        badges.append(Badge(_("无变化"), "quiet"))
    return Row(
        cells={
            "organization": row.tenancy.organization.name,
            "period": period_from(row).label,
            "due": row.due_on,
            "state": ReportState(row.state).label,
            "submitted": row.submitted_at,
        },
        url=page_of(row),
        uid=row.uid,
        badges=badges,
    )


@require_GET
def report_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One report: each answer beside the last accepted one, and the decision."""
    row = report_of(request, uid)
    before = last_accepted(row)
    questions = questions_of(row)
    may = request.actor.may(EDIT, outpost_scope(row.tenancy.outpost_id))
    own = row.submitted_by_id is not None and row.submitted_by_id == request.actor.user_id
    context = {
        "row": row,
        "period": period_from(row).label,
        "lines": [
            (each.definition, row.answers.get(each.fact), before.answers.get(each.fact) if before else None)
            for each in questions
        ],
        "before": before,
        "may_decide": may and row.state == ReportState.SUBMITTED and not own,
        "may_answer": may and row.state != ReportState.ACCEPTED,
        "crumbs": [Crumb(row.tenancy.organization.name, record_url(row.tenancy.uid)), Crumb(period_from(row).label)],
    }
    return render(request, "console/incubation/report_view.html", context)


@require_http_methods(["GET", "POST"])
def report_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Answer a report for a tenant that rang (somebody else accepts it)."""
    row = report_of(request, uid)
    require(request.actor, EDIT, outpost_scope(row.tenancy.outpost_id))

    def save(data: dict[str, Any]) -> None:
        answers = {fact: given for fact, given in data.items() if fact != "news"}
        answer_report(actor=request.actor, now=request.now, report=row, answers=answers, news=data["news"])

    return save_page(
        request,
        template=FORM,
        form=AnswerForm(sent(request), questions=questions_of(row), initial={**prefill_of(row), "news": row.news}),
        save=save,
        done=_("已代为填报，等待另一位同事审核。"),
        onward=page_of(row),
        extra={"title": _("代为填报"), "subtitle": row.tenancy.organization.name, "note": ""},
    )


@require_POST
def report_decide(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a report over as facts, or give it back with what is wrong."""
    row = report_of(request, uid)
    if request.POST.get("decision") == "accept":
        accept_report(actor=request.actor, now=request.now, report=row)
        messages.success(request, _("已采信，数字成为该企业的事实。"))
    else:
        return_report(actor=request.actor, now=request.now, report=row, reason=request.POST.get("reason", ""))
        messages.success(request, _("已退回，原因已写明。"))
    return redirect(page_of(row))
