"""Input–output tables: the list, taking one in, what one says of each industry, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.matching.access import EDIT, REGIONS
from feidi.domain.matching.models import FlowTable
from feidi.domain.matching.selectors.flow_tables import (
    TradeBook,
    find_flow_original,
    get_flow_table,
    list_flow_tables,
    trade_book,
)
from feidi.domain.matching.services.flow_tables import NewFlows, upload_flow_table, void_flow_table
from feidi.domain.parties.access import outpost_scope, require
from feidi.portals.console.lists import asked_of, chat_lines, listed
from feidi.portals.console.pipeline.views.projects import outposts_of
from feidi.portals.console.pipeline.views.saving import uploaded
from feidi.portals.console.regions import flow_presenting as presenting
from feidi.portals.console.regions.forms import FlowFilterForm, FlowForm
from feidi.portals.console.regions.presenting import badges_of
from feidi.portals.console.regions.taking import take_page
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import read_table

_LIST = "console:regions:flow_list"


@require_safe
def flow_list(request: FeidiRequest) -> HttpResponse:
    """Every input–output table that the actor may see; by the newest one, linkage counts in 产业互补."""
    require(request.actor, REGIONS)
    form = FlowFilterForm(request.GET)
    given, active = asked_of(form)
    rows = list_flow_tables(request.actor, words=given.get("words", ""), voided=given.get("voided", False))
    may_edit = request.actor.may(EDIT)
    new = reverse("console:regions:flow_new")
    shown = listed(request, rows, presenting.COLUMNS, presenting.tables_as_rows, sorts=presenting.SORTS)
    lines = [f"{each}：{each.region}，{each.source}" for each in shown["page"].items]
    context = {
        **shown,
        "title": _("投入产出表"),
        "subtitle": _("谁向谁买多少：有了它，互补点的“投入产出联系”才计入分数。没有就不计，也不猜。"),
        "form": form,
        "active": active,
        "clear_url": reverse(_LIST),
        "actions": [
            *([Action(_("上传投入产出表"), new, "database-import", tone="primary")] if may_edit else []),
            Action(_("互补点"), reverse("console:regions:table_list"), "layout-dashboard"),
        ],
        "copy_text": chat_lines(_("投入产出表"), lines) if lines else "",
        "empty_title": _("还没有投入产出表"),
        "empty_text": _("传一张“产业 × 产业”的表，写明来源、年份、单位和地区。"),
        "empty_url": new if may_edit else "",
        "empty_label": _("上传投入产出表"),
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


@require_http_methods(["GET", "POST"])
def flow_new(request: FeidiRequest) -> HttpResponse:
    """Take in an input–output table; whatever is wrong in it is named by row and column, and nothing is written."""
    require(request.actor, EDIT)

    def take(given: dict[str, Any]) -> FlowTable:
        file = {name: given.pop(name) for name in ("data", "name", "outpost")}
        return upload_flow_table(actor=request.actor, now=request.now, new=NewFlows(**given), **file)

    return take_page(
        request,
        form=FlowForm(*uploaded(request), outposts=outposts_of(request.actor, EDIT)),
        take=take,
        page="console:regions:flow_view",
        onward=_LIST,
        fields=("title", "source", "unit", "region"),
        words={"title": _("上传投入产出表")},
    )


@require_safe
def flow_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """What each industry makes, buys and sells; with ``?industry=`` of whom it buys and to whom it sells."""
    # who may not see it finds nothing: the table's own rule of sight is the permission
    table = get_flow_table(request.actor, uid)
    book, industry = trade_book(table), request.GET.get("industry", "")
    context = {
        "row": table,
        "title": industry or str(table),
        "badges": badges_of(table),
        "crumbs": _crumbs(table, industry),
        "source": presenting.flow_source_of(table),
        "warnings": presenting.flow_warnings_of(table),
        "original": find_flow_original(table),
        "may_edit": request.actor.may(EDIT, outpost_scope(table.outpost_id)) and table.voided_at is None,
        **(_of_one(book, industry) if industry else _of_all(request, book)),
    }
    return render(request, "console/regions/flow_view.html", context)


def _crumbs(table: FlowTable, industry: str) -> list[Crumb]:
    above = [Crumb(_("互补点"), reverse("console:regions:table_list")), Crumb(_("投入产出表"), reverse(_LIST))]
    if industry:
        return [*above, Crumb(str(table), presenting.flow_address(table)), Crumb(industry)]
    return [*above, Crumb(table.title)]


def _of_all(request: FeidiRequest, book: TradeBook) -> dict[str, Any]:
    rows = presenting.industries_as_rows(book)
    return {"table": read_table(request.GET, presenting.INDUSTRIES).with_rows(rows), "trade_cards": []}


def _of_one(book: TradeBook, industry: str) -> dict[str, Any]:
    if industry not in book.flows.industries:
        raise Http404
    bought, sold = book.trades_of(industry)
    unit = _("单位：{unit}").format(unit=book.table.unit)
    return {
        "table": None,
        "trade_cards": [
            {"title": _("向谁买"), "note": unit, "trades": presenting.trades_as_rows(bought)},
            {"title": _("卖给谁"), "note": unit, "trades": presenting.trades_as_rows(sold)},
        ],
    }


@require_POST
def flow_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a table back that was uploaded in error; figures and file are kept, linkage goes by the next one or none."""
    table = get_flow_table(request.actor, uid)
    void_flow_table(actor=request.actor, now=request.now, table=table, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录保留。"))
    return redirect(_LIST)
