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
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.projects import outposts_of
from feidi.portals.console.pipeline.views.saving import uploaded
from feidi.portals.console.regions import presenting
from feidi.portals.console.regions.forms import TableFilterForm, UploadForm
from feidi.portals.console.regions.taking import take_page
from feidi.portals.ui.pieces import Action, Column
from feidi.portals.ui.requests import FeidiRequest

_LIST = "console:regions:table_list"


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
    actions = [
        Action(_("投入产出表"), reverse("console:regions:flow_list"), "list-check"),
        Action(_("导出本列表"), f"{reverse('console:regions:table_export')}?{query}", "database-export"),
    ]
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

    def take(given: dict[str, Any]) -> IndustryTable:
        file = {name: given.pop(name) for name in ("data", "name", "outpost")}
        new = NewTable(**{**given, "level": TableLevel(given["level"])})
        return upload_industry_table(actor=request.actor, now=request.now, new=new, **file)

    outposts = outposts_of(request.actor, EDIT)
    first = outposts.select_related("host").first()
    initial = {"home_region": first.home.name_zh, "host_region": first.host.name_zh} if first else {}
    return take_page(
        request,
        form=UploadForm(*uploaded(request), outposts=outposts, initial=initial),
        take=take,
        page="console:regions:table_view",
        onward=_LIST,
        fields=("title", "source", "unit", "home_region", "host_region"),
        words={"title": _("上传产业表")},
    )


@require_POST
def table_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a table back that was uploaded in error; figures and file are kept."""
    table = get_table(request.actor, uid)
    void_industry_table(actor=request.actor, now=request.now, table=table, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录保留。"))
    return redirect(_LIST)
