"""The lists: claims, what only the ledger says, disputes."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import VIEW, VIEW_REPORTED
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.first_reports import (
    EDIT,
    RULE,
    SORTS,
    FirstReportFilter,
    list_disputes,
    list_first_reports,
    list_ledger_claims,
)
from feidi.domain.pipeline.services.first_reports import confirm_ledger_claims
from feidi.engines.findings import refuse
from feidi.engines.sheets.printing import fit_for_print
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.console.first_reports.forms import LedgerForm, ReportFilterForm
from feidi.portals.console.first_reports.presenting import (
    COLUMNS,
    DISPUTE_COLUMNS,
    chat_text,
    dispute_rows,
    rows_of,
)
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import Table, paginate, read_table

EXPIRING_DAYS = 14
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _require_office(request: FeidiRequest) -> None:
    if not (request.actor.may(VIEW) or request.actor.may(VIEW_REPORTED)):
        require(request.actor, VIEW)


def _wanted(request: FeidiRequest) -> tuple[ReportFilterForm, FirstReportFilter, int]:
    outposts = outposts_visible_to(request.actor, Outpost.objects.order_by("code"))
    form = ReportFilterForm(request.GET, outposts=outposts)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    outpost, show = given.get("outpost"), given.get("show")
    wanted = FirstReportFilter(
        words=given.get("words") or "",
        state=given.get("state") or "",
        expiring_by=request.today + timedelta(days=EXPIRING_DAYS) if show == "expiring" else None,
        owner_id=request.actor.user_id if show == "mine" else None,
        outpost_id=outpost.pk if outpost else None,
    )
    return form, wanted, sum(1 for value in given.values() if value)


def _ordered(request: FeidiRequest, wanted: FirstReportFilter, table: Table) -> Any:
    return list_first_reports(request.actor, wanted).order_by(*table.order_by(SORTS, ["-id"]))


@require_GET
def report_list(request: FeidiRequest) -> HttpResponse:
    """Every claim whose project the actor may open, filtered, sorted, one page of them."""
    _require_office(request)
    form, wanted, active = _wanted(request)
    table = read_table(request.GET, COLUMNS)
    page = paginate(_ordered(request, wanted, table), request.GET.get("page"))
    context = {
        "form": form,
        "active": active,
        "page": page,
        "table": table.with_rows(rows_of(page.items)),
        "copy_text": chat_text(list(page.items), page.total_text, request.today),
        "ledger_waits": list_ledger_claims(request.actor).exists(),
        "may_edit": request.actor.may(EDIT),
        "may_see_disputes": request.actor.may(EDIT) or request.actor.may(RULE),
        "export_url": f"{reverse('console:first_reports:report_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/first_reports/report_list.html", context)


@require_GET
def report_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook; who took it is on record."""
    require(request.actor, "project.export")
    import xlsxwriter  # noqa: PLC0415 - slow to load

    from feidi.engines.sheets import safe_cell_text  # noqa: PLC0415 - only here

    _form, wanted, _active = _wanted(request)
    table = read_table(request.GET, COLUMNS)
    rows = rows_of(_ordered(request, wanted, table)[:10_000])
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("首报首谈"))
        fit_for_print(sheet)
        sheet.write_row(0, 0, [str(each.label) for each in COLUMNS])
        for at, row in enumerate(rows, start=1):
            sheet.write_row(at, 0, [safe_cell_text(str(row.cells[each.code] or "")) for each in COLUMNS])
    if rows:
        with recorded(actor=request.actor, now=request.now) as unit:
            unit.acted("exported", kind="pipeline.first_report", uid=rows[0].uid, rows=len(rows))
    response = HttpResponse(stream.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="first-reports-{request.today:%Y%m%d}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def ledger_confirm(request: FeidiRequest) -> HttpResponse:
    """First reports that only the ledger asserts: confirm the ticked ones with one piece of evidence."""
    require(request.actor, EDIT)
    rows = list_ledger_claims(request.actor)

    def save(data: dict[str, Any]) -> None:
        ticked = list(rows.filter(uid__in=request.POST.getlist("project")).select_related("outpost__home"))
        if not ticked or data["evidence"] is None:
            raise refuse("first_reports.evidence_needed")
        with recorded(actor=request.actor, now=request.now):
            for outpost in {each.outpost for each in ticked}:
                _confirm(request, outpost, [each for each in ticked if each.outpost_id == outpost.pk], data)
        messages.info(request, ngettext("已确认 {n} 宗。", "已确认 {n} 宗。", len(ticked)).format(n=len(ticked)))

    sent, files = uploaded(request)
    return save_page(
        request,
        template="console/first_reports/ledger_confirm.html",
        form=LedgerForm(sent, files),
        save=save,
        done=_("首报已登记，首报时间为现在，台账所载日期写在经过里。"),
        onward=reverse("console:first_reports:ledger_confirm"),
        extra={"page": paginate(rows, request.GET.get("page"), per_page=100)},
    )


def _confirm(request: FeidiRequest, outpost: Outpost, projects: list[Project], data: dict[str, Any]) -> None:
    upload = data["evidence"]
    upload.seek(0)
    proof = store_upload(
        actor=request.actor,
        now=request.now,
        subject=Subject("parties.outpost", outpost.uid),
        name=upload.name,
        chunks=upload.chunks(),
    )
    confirm_ledger_claims(actor=request.actor, now=request.now, projects=projects, evidence=proof, note=data["note"])


@require_GET
def dispute_list(request: FeidiRequest) -> HttpResponse:
    """Disputes of the actor's outposts, and those waiting for the actor's ruling."""
    if not (request.actor.may(EDIT) or request.actor.may(RULE)):
        require(request.actor, RULE)
    page = paginate(list_disputes(request.actor), request.GET.get("page"))
    table = read_table(request.GET, DISPUTE_COLUMNS).with_rows(dispute_rows(page.items))
    return render(request, "console/first_reports/dispute_list.html", {"page": page, "table": table})
