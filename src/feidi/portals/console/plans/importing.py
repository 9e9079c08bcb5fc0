"""Importing a task table: upload, look at what every row would do, then write everything or nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from feidi.domain.liaison.services.plan_import import Preview, import_tasks, preview_import
from feidi.domain.liaison.services.plans import KIND, still_worked_on
from feidi.engines.findings import Finding
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import path_of, store_upload
from feidi.kernel.messages import fix_of, text_of
from feidi.kernel.subjects import Subject
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.plans.acts import FORM, editable
from feidi.portals.console.plans.forms import ImportForm
from feidi.portals.console.plans.views import crumbs_of, plan_url
from feidi.portals.ui.pieces import Badge, Column, Row
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import read_table

_COLUMNS = [
    Column("row", gettext_lazy("行"), numeric=True),
    Column("number", gettext_lazy("序号")),
    Column("title", gettext_lazy("任务"), lead=True),
    Column("lead_unit", gettext_lazy("牵头单位")),
    Column("due", gettext_lazy("完成时限")),
    Column("does", gettext_lazy("将要")),
    Column("findings", gettext_lazy("说明")),
]


@require_http_methods(["GET", "POST"])
def import_upload(request: FeidiRequest, uid: str) -> HttpResponse:
    """Upload a table for one plan; nothing is written yet."""
    plan, stored = editable(request, uid), list[str]()

    def save(data: dict[str, Any]) -> None:
        still_worked_on(plan)
        upload = data["file"]
        content = upload.read()
        preview_import(plan=plan, data=content, name=upload.name)  # refused here: not a table at all
        subject = Subject(KIND, plan.uid)
        file = store_upload(actor=request.actor, now=request.now, subject=subject, name=upload.name, chunks=[content])
        stored.append(file.uid)

    response = save_page(
        request,
        template=FORM,
        form=ImportForm(*uploaded(request)),
        save=save,
        done=_("文件已读出，请核对后确认写入。"),
        onward=plan_url(uid),
        fields={"liaison.plan_file_kind": "file", "liaison.plan_no_table": "file"},
        extra={"title": _("导入任务分解表"), "subtitle": plan.title},
    )
    if stored:
        response.headers["Location"] = reverse("console:plans:import_check", args=[uid, stored[0]])
    return response


@require_http_methods(["GET", "POST"])
def import_check(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """What every row would do; sent back by POST it is done, all rows or none."""
    plan = editable(request, uid)
    own = StoredFile.objects.filter(subject_kind=KIND, subject_uid=plan.uid, voided_at__isnull=True)
    source = own.get(uid=item)
    data = path_of(source).read_bytes()
    if request.method == "POST":
        done = import_tasks(actor=request.actor, now=request.now, plan=plan, data=data, name=source.name, source=source)
        said = _("已写入：新增 {new} 项，更新 {altered} 项。").format(new=done.new, altered=done.altered)
        messages.success(request, said)
        return redirect(plan_url(uid))
    preview = preview_import(plan=plan, data=data, name=source.name)
    context = {
        "plan": plan,
        "source": source,
        "preview": preview,
        "ready": not preview.wrong and bool(preview.new or preview.altered),
        "table": read_table(request.GET, _COLUMNS).with_rows(_rows(preview)),
        "crumbs": crumbs_of(plan, _("导入预览")),
    }
    return render(request, "console/plans/import_check.html", context)


def _rows(preview: Preview) -> list[Row]:
    return [
        Row(
            cells={
                "row": each.row,
                "number": each.facts.number,
                "title": each.facts.title,
                "lead_unit": each.facts.lead_unit,
                "due": each.facts.due_on or each.facts.due_text,
                "does": _does(each.known is None, each.changes),
                "findings": "；".join(_said(finding) for finding in each.findings),
            },
            tone="bad" if each.wrong else "" if each.changes else "quiet",
            badges=[Badge(_("有问题"), "bad", "alert-circle")] if each.wrong else [],
        )
        for each in preview.rows
    ]


def _does(new: bool, changes: tuple[str, ...]) -> str:  # noqa: FBT001 - a value, not a switch
    if new:
        return _("新增")
    return _("更新：{fields}").format(fields="、".join(changes)) if changes else _("没有变化")


def _said(finding: Finding) -> str:
    return " ".join(part for part in (str(text_of(finding)), str(fix_of(finding))) if part)
