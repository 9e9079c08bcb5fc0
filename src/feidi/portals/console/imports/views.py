"""The wizard: file → columns as understood → preview → done; every step can be left and come back to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import require
from feidi.domain.pipeline.services.ledger import (
    decide_row,
    error_workbook,
    findings_of,
    propose_mapping,
    set_mapping,
)
from feidi.domain.pipeline.services.ledger.batches import PERMISSION, outpost_of, require_import
from feidi.domain.pipeline.services.ledger.columns import ledger_of
from feidi.domain.pipeline.services.ledger.jobs import COMMIT, STAGE, UNDO, enqueue_step
from feidi.domain.pipeline.services.ledger.planning import finding_from
from feidi.domain.pipeline.services.ledger.workbook import left_out
from feidi.engines.findings import RefusedError
from feidi.kernel.imports.access import visible_to
from feidi.kernel.imports.enums import BatchState, Decision, RowState
from feidi.kernel.imports.models import ImportBatch
from feidi.portals.console.imports import presenting
from feidi.portals.console.imports.forms import ColumnsForm, FileForm
from feidi.portals.console.imports.steps import (
    failure_of,
    get_batch,
    import_outposts,
    job_of,
    refuse_bad_rows,
    refuse_unless_free,
    sheet_names,
    start_import,
    working,
)
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

#: HTTP statuses of a form sent back: with errors of its own, or refused by the service.
INVALID, REFUSED = 422, 409
_PER_PAGE = 30
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_READING = {BatchState.MAPPED, BatchState.STAGING, BatchState.FAILED, BatchState.CANCELLED}


@require_safe
def import_list(request: FeidiRequest) -> HttpResponse:
    """List past imports with what they did; each leads to the step at which it stands."""
    outposts = list(import_outposts(request.actor))
    batches = visible_to(request.actor, ImportBatch.objects.select_related("file")).order_by("-id")
    page = paginate(batches, request.GET.get("page"))
    names = {each.uid: each.short_name for each in outposts}
    written = presenting.written_counts(page.items)
    rows = [presenting.row_of_batch(each, names, written[each.pk]) for each in page.items]
    table = read_table(request.GET, presenting.COLUMNS).with_rows(rows)
    context = {"table": table, "page": page, "may_import": bool(outposts)}
    return render(request, "console/imports/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: FeidiRequest) -> HttpResponse:
    """First step: upload a ledger for one of one's outposts."""
    require(request.actor, PERMISSION)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, status = FileForm(*sent, outposts=import_outposts(request.actor)), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                batch = start_import(request, form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                if error.refusal.code == "files.internal":
                    form.ask_reason()
                status = REFUSED
            else:
                return redirect("console:imports:import_columns", batch.uid)
    context = {
        "form": form,
        "rest": [field for field in form if field.name != "file"],
        "steps": presenting.steps(),
        "limit": settings.FEIDI_UPLOAD_LIMIT,
    }
    return render(request, "console/imports/import_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: FeidiRequest, uid: str) -> HttpResponse:
    """Second step: what each column was taken for; corrected here, and remembered for the next file of this header."""
    batch = get_batch(request.actor, uid)
    if not presenting.steps(batch)[1].url:
        return redirect(presenting.page_of(batch))
    if "sheet" in request.POST:
        set_mapping(actor=request.actor, now=request.now, batch=batch, sheet=request.POST["sheet"])
        return redirect("console:imports:import_columns", uid)
    proposed, status = propose_mapping(batch), 200
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        proposed=proposed,
        initial={"declared_currency": batch.declared_currency},
    )
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                _read(request, batch, form)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                return redirect("console:imports:import_preview", uid)
    return render(request, "console/imports/import_columns.html", _columns(batch, proposed, form), status=status)


def _read(request: FeidiRequest, batch: ImportBatch, form: ColumnsForm) -> None:
    """Settle the columns and have the rows read."""
    refuse_unless_free(batch)
    currency = form.cleaned_data["declared_currency"]
    actor, now = request.actor, request.now
    set_mapping(actor=actor, now=now, batch=batch, mapping=form.mapping(), declared_currency=currency)
    enqueue_step(STAGE, actor=actor, now=now, batch=batch)


def _columns(batch: ImportBatch, proposed: dict[str, Any], form: ColumnsForm) -> dict[str, Any]:
    rows = [{"column": each, "field": form[f"column-{each['index']}"]} for each in proposed["columns"]]
    return {
        "batch": batch,
        "steps": presenting.steps(batch),
        "form": form,
        "rows": rows,
        "currency": form["declared_currency"],
        "sheets": sheet_names(batch),
        "header_rows": "、".join(str(each) for each in batch.mapping.get("header_rows", [])),
        "row_count": batch.mapping.get("row_count"),
        "remembered": proposed["remembered"],
        "unread": sum(1 for each in rows if not each["field"].value()),
        "findings": list(findings_of(batch, rows=False)),
    }


@never_cache
@require_safe
def import_preview(request: FeidiRequest, uid: str) -> HttpResponse:
    """Third step: what every row would do, row by row; while the file is being read, how far that is."""
    batch = get_batch(request.actor, uid)
    head = {"batch": batch, "steps": presenting.steps(batch), "badge": presenting.batch_badge(batch)}
    if batch.state in _READING:
        work = working(request.actor, job_of(batch))
        return render(request, "console/imports/import_reading.html", {**head, **work})
    if batch.state != BatchState.PREVIEWED:
        return redirect(presenting.page_of(batch))
    return render(request, "console/imports/import_preview.html", {**head, **_preview(request, batch)})


def _preview(request: FeidiRequest, batch: ImportBatch) -> dict[str, Any]:
    show = request.GET.get("show", "")
    show = show if show in RowState.values else ""
    rows = batch.rows.filter(state=show) if show else batch.rows.all()
    page = paginate(rows.order_by("row"), request.GET.get("page"), per_page=_PER_PAGE)
    ledger, names = ledger_of(outpost_of(batch)), presenting.suspect_names(page.items)
    counts, written = batch.counts, presenting.written_counts([batch])[batch.pk]
    return {
        "summary": presenting.summary(batch),
        "tiles": presenting.tiles(batch, show),
        "show": show,
        "page": page,
        "rows": [presenting.row_of(each, batch, ledger, names) for each in page.items],
        "findings": list(findings_of(batch, rows=False)),
        "bad": counts.get("refused", 0) + counts.get("undecided", 0),
        "writes": written.get("new", 0) + written.get("updated", 0),
        "back": request.GET.urlencode(),
        "today": request.today,
        "failure": failure_of(batch, COMMIT),
    }


@require_POST
def import_decide(request: FeidiRequest, uid: str, row: int) -> HttpResponse:
    """Decide one suspected duplicate: ``choice`` is create, skip, or update:<project's uid>."""
    batch = get_batch(request.actor, uid)
    choice, _colon, target = request.POST.get("choice", "").partition(":")
    if choice not in Decision.values:
        return redirect("console:imports:import_preview", uid)
    decide_row(actor=request.actor, now=request.now, batch=batch, row=row, decision=Decision(choice), target=target)
    back = request.POST.get("back", "")
    return redirect(f"{reverse('console:imports:import_preview', args=[uid])}?{back}#row-{row}")


@require_POST
def import_commit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write the rows, all or nothing; with ``skip_bad`` what cannot be written stays for the error workbook."""
    batch = get_batch(request.actor, uid)
    require_import(request.actor, outpost_of(batch))
    refuse_unless_free(batch)
    skip_bad = bool(request.POST.get("skip_bad"))
    if not skip_bad:
        refuse_bad_rows(batch)
    enqueue_step(COMMIT, actor=request.actor, now=request.now, batch=batch, skip_bad=skip_bad)
    return redirect("console:imports:import_done", uid)


@never_cache
@require_safe
def import_done(request: FeidiRequest, uid: str) -> HttpResponse:
    """Last step: how far the writing is, what was written, what stayed out, and taking it all back."""
    batch = get_batch(request.actor, uid)
    work = working(request.actor, job_of(batch))
    if not work["moving"] and batch.state not in {BatchState.COMMITTING, BatchState.COMMITTED, BatchState.UNDONE}:
        return redirect(presenting.page_of(batch))
    report = batch.undo_report or {}
    context = {
        "batch": batch,
        "steps": presenting.steps(batch),
        "badge": presenting.batch_badge(batch),
        "counts": {**(batch.counts or {}), **presenting.written_counts([batch])[batch.pk]},
        "on": business_date(batch.committed_at) if batch.committed_at else request.today,
        "left_out": batch.rows.filter(left_out()).count(),
        "report": report,
        "kept": [finding_from(raw) for raw in report.get("findings", [])],
        "today": request.today,
        **work,
    }
    return render(request, "console/imports/import_done.html", context)


@require_safe
def import_errors(request: FeidiRequest, uid: str) -> HttpResponse:
    """Download the rows that stayed out, as they were written, with what is wrong beside them."""
    batch = get_batch(request.actor, uid)
    require_import(request.actor, outpost_of(batch))
    response = HttpResponse(error_workbook(batch), content_type=_XLSX)
    name = _("未导入的行") + f"-{batch.uid}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def import_undo(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a committed import back; what somebody has touched since stays and is listed."""
    batch = get_batch(request.actor, uid)
    require_import(request.actor, outpost_of(batch))
    refuse_unless_free(batch)
    enqueue_step(UNDO, actor=request.actor, now=request.now, batch=batch)
    messages.info(request, _("正在撤销：导入后没有人动过的会收回，其余列给您。"))
    return redirect("console:imports:import_done", uid)
