"""Industry tables: the list, taking one in, the answer of one, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.matching.access import EDIT, REGIONS
from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.models import IndustryTable
from feidi.domain.matching.selectors.industry_tables import TableFilter, get_table, list_tables
from feidi.domain.matching.services.industry_tables import NewTable, upload_industry_table, void_industry_table
from feidi.domain.parties.access import require
from feidi.engines.findings import Refusal, RefusedError
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.projects import outposts_of
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.regions import presenting
from feidi.portals.console.regions.forms import TableFilterForm, UploadForm
from feidi.portals.ui.pieces import Action, Column
from feidi.portals.ui.requests import FeidiRequest

_LIST = "console:regions:table_list"
_OF_THE_FILE = frozenset({"matching.table_faulty", "matching.table_zeros", "matching.table_unreadable"})


def _wanted(request: FeidiRequest) -> tuple[TableFilterForm, QuerySet[IndustryTable], int]:
    form = TableFilterForm(request.GET)
    given, active = asked_of(form)
    names = ("words", "level", "year", "voided")
    wanted = TableFilter(**{name: given[name] for name in names if given.get(name)})
    return form, list_tables(request.actor, wanted), active


@require_safe
def table_list(request: FeidiRequest) -> HttpResponse:
    """Every industry table that the actor may see; each opens its 互补点."""
    require(request.actor, REGIONS)
    form, rows, active = _wanted(request)
    shown = listed(request, rows, presenting.COLUMNS, presenting.tables_as_rows, sorts=presenting.SORTS)
    may_edit = request.actor.may(EDIT)
    query = request.GET.urlencode()
    actions = [Action(_("导出本列表"), f"{reverse('console:regions:table_export')}?{query}", "database-export")]
    if may_edit:
        actions.insert(
            0, Action(_("上传产业表"), reverse("console:regions:table_new"), "database-import", tone="primary")
        )
    lines = [f"{each}：{each.home_region} / {each.host_region}，{each.source}" for each in shown["page"].items]
    context = {
        **shown,
        "title": _("互补点"),
        "subtitle": _("两地各有什么、各缺什么：从“地区 × 产业”的表算出。每张表写明来源和年份，没有表就没有结论。"),
        "form": form,
        "active": active,
        "clear_url": reverse(_LIST),
        "actions": actions,
        "copy_text": chat_lines(_("产业表"), lines) if lines else "",
        "empty_title": _("还没有产业表"),
        "empty_text": _("上传一张“地区 × 产业”的表（从业人数、产值或企业数），写明来源和年份，就能看两地的互补点。"),
        "empty_url": reverse("console:regions:table_new") if may_edit else "",
        "empty_label": _("上传产业表"),
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


@require_safe
def table_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, with every column, and what each table must not be taken for."""
    require(request.actor, REGIONS)
    _form, rows, _active = _wanted(request)
    tables = list(rows)
    headers = [str(each.label) for each in presenting.COLUMNS]
    drawn = zip(tables, presenting.tables_as_rows(tables), strict=True)
    return workbook(
        request,
        name="industry-tables",
        headers=[*headers, _("说明")],
        rows=[[*_cells(row.cells, presenting.COLUMNS), "".join(presenting.warnings_of(table))] for table, row in drawn],
    )


def _cells(cells: Any, columns: list[Column]) -> list[Any]:
    return [cells[each.code] for each in columns]


@require_http_methods(["GET", "POST"])
def table_new(request: FeidiRequest) -> HttpResponse:
    """Take in a table with its source; whatever is wrong in it is named by row and column, and nothing is written."""
    require(request.actor, EDIT)
    made: list[IndustryTable] = []
    wrong: dict[str, Any] = {"faults": [], "known_url": ""}

    def save(data: dict[str, Any]) -> None:
        upload, outpost = data.pop("file"), data.pop("outpost")
        new = NewTable(**{**data, "level": TableLevel(data["level"])})
        act: dict[str, Any] = {"actor": request.actor, "now": request.now, "outpost": outpost, "new": new}
        try:
            made.append(upload_industry_table(**act, data=upload.read(), name=upload.name))
        except RefusedError as error:
            raise _apart(error.refusal, wrong) from error

    outposts = outposts_of(request.actor, EDIT)
    first = outposts.select_related("host").first()
    initial = {"home_region": first.home.name_zh, "host_region": first.host.name_zh} if first else {}
    response = save_page(
        request,
        template="console/regions/table_form.html",
        form=UploadForm(*uploaded(request), outposts=outposts, initial=initial),
        save=save,
        done=_("已存入。"),
        onward=reverse(_LIST),
        fields={name: name for name in ("title", "source", "unit", "home_region", "host_region")},
        extra={
            "title": _("上传产业表"),
            "subtitle": _("整份存入或整份不存；原文件留着，随时可以下载。"),
            "submit": _("上传"),
            "wrong": wrong,
        },
    )
    if made:
        response.headers["Location"] = presenting.address(made[0])
    return response


def _apart(refusal: Refusal, wrong: dict[str, Any]) -> RefusedError:
    """Put apart what a form's line cannot show: faulty cells with row and column, the way to the table that stands."""
    if refusal.code == "matching.table_known":
        wrong["known_url"] = reverse("console:regions:table_view", args=[refusal.params["uid"]])
    if refusal.code not in _OF_THE_FILE:
        return RefusedError(refusal)
    wrong["faults"] = list(refusal.reasons)
    return RefusedError(Refusal(refusal.code, refusal.params))


@require_POST
def table_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a table back that was uploaded in error; figures and file are kept."""
    table = get_table(request.actor, uid)
    void_industry_table(actor=request.actor, now=request.now, table=table, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录保留。"))
    return redirect(_LIST)
