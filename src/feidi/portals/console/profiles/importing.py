"""Importing a workbook of needs and offers: template, upload, a look at every row, written or undone."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.selectors.profile_imports import get_import, imports_of
from feidi.domain.matching.selectors.profile_table import HEADINGS
from feidi.domain.matching.services.profile_import import (
    commit_profile_import,
    start_profile_import,
    undo_profile_import,
)
from feidi.domain.parties.access import require
from feidi.engines.findings import Finding, Level
from feidi.engines.sheets.printing import fit_for_print
from feidi.kernel.files.services import store_upload
from feidi.kernel.imports.enums import BatchState, RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow
from feidi.kernel.messages import fix_of, text_of
from feidi.kernel.subjects import Subject
from feidi.portals.console.daily import DailyForm, outpost_field, outposts_for
from feidi.portals.console.lists import XLSX
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row, Tone
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

_COLUMNS = [
    Column("row", gettext_lazy("行"), numeric=True),
    Column("title", gettext_lazy("标题"), lead=True),
    Column("owner", gettext_lazy("单位")),
    Column("side", gettext_lazy("类别")),
    Column("kind", gettext_lazy("种类")),
    Column("masked", gettext_lazy("脱敏文本")),
    Column("does", gettext_lazy("将要")),
    Column("findings", gettext_lazy("说明")),
]
_TONES: dict[str, Tone] = {RowState.REFUSED: "bad", RowState.NEW: "ok"}
#: Invented rows that show how a row is written.
_EXAMPLES = (
    ("需求", "技术", "示例陶瓷有限公司（演示）", "", "", "二号线喷嘴老堵，一天停三次，想三个月内找人看好。", "", "只给脱敏文本", "", "50万元", "", "电话"),
    ("供给", "技术", "示例大学材料学院（演示）", "", "喷墨喷嘴防堵方案", "做过两条线的喷嘴防堵，可带样件试一周。", "做过两条线的喷嘴防堵，可带样件试一周。", "可公开单位名称", "", "", "", "成果册"),
)  # fmt: skip


class ImportForm(DailyForm):
    """A workbook for one outpost."""

    outpost = outpost_field()
    file = forms.FileField(label=gettext_lazy("文件"), help_text=gettext_lazy("xlsx、xls 或 csv；表头照模板"))


def _batch_url(uid: str) -> str:
    return reverse("console:profiles:import_view", args=[uid])


@require_http_methods(["GET", "POST"])
def import_upload(request: FeidiRequest) -> HttpResponse:
    """Upload a workbook; nothing is entered yet. Earlier imports stand below."""
    require(request.actor, EDIT)
    made: list[str] = []

    def save(data: dict[str, Any]) -> None:
        outpost, upload = data["outpost"], data["file"]
        subject = Subject("parties.outpost", outpost.uid)
        file = store_upload(
            actor=request.actor, now=request.now, subject=subject, name=upload.name, chunks=upload.chunks()
        )
        made.append(start_profile_import(actor=request.actor, now=request.now, outpost=outpost, file=file).uid)

    form = ImportForm(*uploaded(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT))
    response = save_page(
        request,
        template="console/profiles/import_upload.html",
        form=form,
        save=save,
        done=_("文件已读出，请逐行核对。"),
        onward=reverse("console:profiles:profile_list"),
        fields={"matching.import_unreadable": "file", "matching.import_no_columns": "file"},
        extra={"batches": [(each, BatchState(each.state).label) for each in imports_of(request.actor)[:20]]},
    )
    if made:
        response.headers["Location"] = _batch_url(made[0])
    return response


@require_GET
def import_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """What every row would become, or became."""
    batch = get_import(request.actor, uid)
    page = paginate(batch.rows.order_by("row"), request.GET.get("page"))
    table = read_table(request.GET, _COLUMNS)
    context = {
        "batch": batch,
        "state": BatchState(batch.state).label,
        "page": page,
        "table": table.with_rows([_row(each) for each in page.items]),
        "ready": batch.state == BatchState.PREVIEWED and batch.counts.get(RowState.NEW.value, 0) > 0,
        "undoable": batch.state == BatchState.COMMITTED,
        "crumbs": _crumbs(batch),
    }
    return render(request, "console/profiles/import_view.html", context)


@require_POST
def import_commit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter the rows that can be taken; published only where the table's own masked text has been read."""
    batch = get_import(request.actor, uid)
    seen = request.POST.get("masked_seen") == "on"
    commit_profile_import(actor=request.actor, now=request.now, batch=batch, masked_seen=seen)
    messages.success(request, _("已导入 {n} 条。").format(n=batch.counts.get(RowState.NEW.value, 0)))
    return redirect(_batch_url(uid))


@require_POST
def import_undo(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back everything that this import entered."""
    batch = get_import(request.actor, uid)
    undo_profile_import(actor=request.actor, now=request.now, batch=batch)
    messages.success(request, _("已撤销，导入的都撤回了。"))
    return redirect(_batch_url(uid))


@require_GET
def import_template(request: FeidiRequest) -> HttpResponse:
    """The empty workbook with its headings and two invented rows."""
    require(request.actor, EDIT)
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("需求与供给")
    fit_for_print(sheet)
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    for at, heading in enumerate(HEADINGS):
        sheet.write_string(0, at, heading, bold)
        sheet.set_column(at, at, 18)
    for number, example in enumerate(_EXAMPLES, start=1):
        for at, value in enumerate(example):
            sheet.write_string(number, at, value)
    sheet.freeze_panes(1, 0)
    book.close()
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="profiles-template.xlsx"'
    return response


def _crumbs(batch: ImportBatch) -> list[Crumb]:
    return [
        Crumb(_("需求与供给"), reverse("console:profiles:profile_list")),
        Crumb(_("导入"), reverse("console:profiles:import_upload")),
        Crumb(batch.file.name),
    ]


def _row(row: ImportRow) -> Row:
    values, state = row.values, RowState(row.state)
    side, kind = values.get("side"), values.get("kind")
    return Row(
        cells={
            "row": row.row,
            "title": row.label,
            "owner": row.detail,
            "side": Side(side).label if side else "",
            "kind": ProfileKind(kind).label if kind else "",
            "masked": str(values.get("masked_text", ""))[:120],
            "does": state.label,
            "findings": "；".join(_said(raw) for raw in row.findings),
        },
        url=reverse("console:profiles:profile_view", args=[row.match_uid]) if row.match_uid else "",
        tone="bad" if state is RowState.REFUSED else "",
        badges=[Badge(state.label, _TONES.get(state, "quiet"))],
    )


def _said(raw: dict[str, Any]) -> str:
    finding = Finding(Level(raw["level"]), raw["code"], raw["params"], row=raw["row"])
    return " ".join(part for part in (str(text_of(finding)), str(fix_of(finding))) if part)
