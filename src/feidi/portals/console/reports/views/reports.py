"""Periodic reports: the list, a new one, one as it reads with its files, whether the archive still holds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.enums import ReportFormat, ReportState
from feidi.domain.reporting.models import Report
from feidi.domain.reporting.report_periods import read_term
from feidi.domain.reporting.selectors.deliveries import find_delivery
from feidi.domain.reporting.selectors.report_body import ReportBody
from feidi.domain.reporting.selectors.report_content import VISIT
from feidi.domain.reporting.selectors.reports import body_of, list_reports, verify
from feidi.domain.reporting.services.papers import ISSUE
from feidi.domain.reporting.services.report_building import build_body, order_of
from feidi.domain.reporting.services.report_rendering import render as render_report
from feidi.domain.reporting.services.report_sending import MEDIA
from feidi.domain.reporting.services.reports import APPROVE, draft_report, file_name, order_for, stamp_of
from feidi.engines.findings import RefusedError
from feidi.kernel.files.services import open_file
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.papers.forms import FileForm
from feidi.portals.console.papers.scope import require_papers
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.reports import presenting
from feidi.portals.console.reports.access import may_issue, report_for
from feidi.portals.console.reports.forms import FilterForm, ReportForm
from feidi.portals.ui.requests import FeidiRequest


def _asked(request: FeidiRequest) -> tuple[Any, FilterForm, dict[str, Any], int]:
    outposts = require_papers(request.actor)
    kinds = presenting.kinds_of(presenting.contents_of(outposts, request.today))
    named = [(code, presenting.kind_label(each, code)) for code, each in kinds.items()]
    form = FilterForm(request.GET, outposts=outposts, kinds=named)
    given, active = asked_of(form)
    rows = list_reports(request.actor)
    for name in ("kind", "state", "outpost"):
        if given.get(name):
            rows = rows.filter(**{name: given[name]})
    return rows, form, kinds, active


@require_safe
def report_list(request: FeidiRequest) -> HttpResponse:
    """List the reports, newest first, filtered by kind and state."""
    rows, form, kinds, active = _asked(request)
    shown = listed(
        request,
        rows,
        presenting.REPORT_COLUMNS,
        lambda items: [presenting.report_row(each, kinds) for each in items],
        sorts=presenting.REPORT_SORTS,
    )
    here = reverse("console:reports:report_new")
    planned = [
        (f"{here}?kind={code}", presenting.kind_label(each, code)) for code, each in kinds.items() if code != VISIT
    ]
    context = {
        **shown,
        "form": form,
        "active": active,
        "tabs": presenting.tabs_of(),
        "new": planned,
        "may_issue": request.actor.may(ISSUE),
        "query": request.GET.urlencode(),
        "copy_text": "\n".join(f"{each.cells['number']} {each.cells['title']}" for each in shown["table"].rows[:8]),
    }
    return render(request, "console/reports/report_list.html", context)


@require_safe
def report_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    rows, _form, kinds, _active = _asked(request)
    columns = presenting.REPORT_COLUMNS
    drawn = (presenting.report_row(each, kinds) for each in rows)
    lines = [[each.cells[column.code] for column in columns] for each in drawn]
    return workbook(request, name="reports", headers=[str(each.label) for each in columns], rows=lines)


@require_http_methods(["GET", "POST"])
def report_new(request: FeidiRequest) -> HttpResponse:
    """Make one report of a kind: its period is chosen, its figures are taken, it is kept as a draft."""
    outposts = require_papers(request.actor, ISSUE)
    content = presenting.contents_of(outposts, request.today)[outposts[0].pk]
    code = request.GET.get("kind", "")
    kind = content.kinds.get(code) or content.planned[0]
    form = ReportForm(sent(request), outposts=outposts, kind=kind, today=request.today)
    made: list[Report] = []

    def save(data: dict[str, Any]) -> None:
        outpost = next(each for each in outposts if each.pk == data["outpost"].pk)
        term = read_term(kind.period, data["period"])
        order = order_of(outpost, kind, term, request.now, as_of=data["as_of"], plaque=data["plaque"])
        made.append(draft_report(actor=request.actor, now=request.now, order=order))

    label = presenting.kind_label(kind, kind.code)
    response = save_page(
        request,
        template="console/reports/report_new.html",
        form=form,
        save=save,
        done=_("已取数，成草稿。看过再请另一位批准。"),
        onward=reverse("console:reports:report_list"),
        extra={"title": label, "crumbs": presenting.crumbs(label), "kind": kind, "content": content},
    )
    return redirect("console:reports:report_view", made[0].uid) if made else response


@require_safe
def report_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one report as it reads, with what may be done next, its files, and what reads otherwise today."""
    return report_page(request, report_for(request.actor, uid))


def report_page(request: FeidiRequest, report: Report, form: FileForm | None = None, status: int = 200) -> HttpResponse:
    """Draw the page of a report."""
    body, actor = body_of(report), request.actor
    kind = presenting.contents_of([report.outpost], localtime(report.created_at).date())[report.outpost_id].kinds.get(
        report.kind
    )
    draft = report.state == ReportState.DRAFT
    live = report.voided_at is None
    now = _body_today(request, report) if kind and live else None
    context = {
        "report": report,
        "body": body,
        "badges": presenting.badges_of(report),
        "crumbs": presenting.crumbs(report.number),
        "facts": presenting.facts_of(report, kind, body),
        "sections": presenting.sections_of(report, body, kind),
        "findings": presenting.text_findings(report, body),
        "copy_findings": presenting.copy_findings(report),
        "differences": presenting.differences(body, now) if now else [],
        "files": presenting.files_of(report),
        "sendings": presenting.sendings_of(report),
        "delivery": find_delivery(report),
        "later": [each for each in report.superseded_by.all() if each.voided_at is None],
        "form": form or FileForm(label=_("改稿（.docx）")),
        "draft": draft and live,
        "live": live,
        "may_issue": may_issue(actor, report.outpost_id),
        "may_approve": draft and live and _approves(request, report),
        "own": actor.user_id == report.made_by_id_number,
    }
    return render(request, "console/reports/report_view.html", context, status=status)


def _body_today(request: FeidiRequest, report: Report) -> ReportBody | None:
    """Return the report as it would be built today; None where content no longer knows such a period."""
    try:
        return build_body(request.actor, order_for(report, request.now))
    except RefusedError:
        return None


def _approves(request: FeidiRequest, report: Report) -> bool:
    holds = request.actor.may(APPROVE, outpost_scope(report.outpost_id))
    return holds and request.actor.user_id != report.made_by_id_number


@require_safe
def report_verify(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hold the archive against its digests: content and each file."""
    report = report_for(request.actor, uid)
    if report.state == ReportState.DRAFT:
        return redirect("console:reports:report_view", uid)
    findings = verify(report)
    context = {
        "report": report,
        "crumbs": presenting.crumbs(_("归档核验")),
        "findings": findings,
        "whole": all(each.code == "reports.verified" for each in findings),
        "files": presenting.files_of(report),
    }
    return render(request, "console/reports/report_verify.html", context)


@require_safe
def report_download(request: FeidiRequest, uid: str, form: str) -> HttpResponseBase:
    """Send the report in one form: as approved, or, while it is a draft, as it stands and marked as a draft."""
    report = report_for(request.actor, uid)
    if form not in ReportFormat.values:
        raise Http404
    kept = next((each for each in report.files.all() if each.form == form), None)
    if kept is not None:
        opened = open_file(actor=request.actor, now=request.now, file=kept.file)
        response: HttpResponseBase = FileResponse(opened.stream)
        for name, value in opened.headers.items():
            response[name] = value
        return response
    require(request.actor, ISSUE, outpost_scope(report.outpost_id))
    data = render_report(body_of(report), stamp_of(report), ReportFormat(form))
    return attachment(data, ReportFormat(form), file_name(report, form))


def attachment(data: bytes, form: ReportFormat, name: str) -> HttpResponse:
    """Return bytes as a download."""
    from urllib.parse import quote  # noqa: PLC0415 - beside its use

    response = HttpResponse(data, content_type=MEDIA[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "private, no-store"
    return response


def done(request: FeidiRequest, report: Report, words: str) -> HttpResponse:
    """Say what was done and lead back to the report."""
    messages.success(request, words)
    return redirect("console:reports:report_view", report.uid)
