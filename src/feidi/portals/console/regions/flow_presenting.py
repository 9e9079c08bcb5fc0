"""How input–output tables read: as a list, as one industry's trade, and as what a point's linkage is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.models import FlowTable
from feidi.domain.matching.selectors.complementarity import NO_FLOWS, Answer
from feidi.domain.matching.selectors.flow_tables import Trade, TradeBook
from feidi.engines.regions import Point
from feidi.portals.console.regions.presenting import badges_of
from feidi.portals.ui.pieces import Column, Row

COLUMNS = [
    Column("title", gettext_lazy("投入产出表"), lead=True, sortable=True),
    Column("year", gettext_lazy("年份"), numeric=True, sortable=True),
    Column("region", gettext_lazy("地区"), sortable=True),
    Column("unit", gettext_lazy("单位")),
    Column("size", gettext_lazy("产业数"), numeric=True),
    Column("source", gettext_lazy("来源")),
    Column("uploaded", gettext_lazy("上传"), sortable=True),
    Column("by", gettext_lazy("上传人"), shown=False),
]
SORTS = {"title": "title", "year": "year", "region": "region", "uploaded": "uploaded_at"}
INDUSTRIES = [
    Column("industry", gettext_lazy("产业"), lead=True),
    Column("output", gettext_lazy("总产出"), numeric=True),
    Column("purchases", gettext_lazy("向各产业采购"), numeric=True),
    Column("sales", gettext_lazy("卖给各产业"), numeric=True),
    Column("backward", gettext_lazy("影响力系数"), numeric=True),
    Column("forward", gettext_lazy("感应度系数"), numeric=True),
]


def flow_address(table: FlowTable, name: str = "flow_view", query: str = "") -> str:
    """Return the address of a page of a table."""
    return reverse(f"console:regions:{name}", args=[table.uid]) + query


def tables_as_rows(tables: Sequence[FlowTable]) -> list[Row]:
    """Return tables as list rows."""
    return [
        Row(
            cells={
                "title": each.title,
                "year": str(each.year),
                "region": each.region,
                "unit": each.unit,
                "size": str(len(each.industries)),
                "source": each.source,
                "uploaded": each.uploaded_at,
                "by": each.uploaded_by,
            },
            url=flow_address(each),
            uid=each.uid,
            badges=badges_of(each),
        )
        for each in tables
    ]


def flow_source_of(table: FlowTable) -> str:
    """Return whose figures they are, of which region and year, counting what."""
    return _("投入产出表来源：{source}；{region}；{year} 年；单位：{unit}").format(
        source=table.source, region=table.region, year=table.year, unit=table.unit
    )


def flow_warnings_of(table: FlowTable) -> list[str]:
    """Return what the table must not be taken for."""
    return [_("投入产出表的数字是虚构的，只作演示，不能用于任何决定。")] if table.invented else []


def industries_as_rows(book: TradeBook) -> list[Row]:
    """Return what each industry makes, buys and sells, and how far it pulls and pushes the others (mean 1)."""
    flows, links = book.flows, book.links
    return [
        Row(
            cells={
                "industry": name,
                "output": _figure(float(flows.outputs[at])),
                "purchases": _figure(float(flows.values[:, at].sum())),
                "sales": _figure(float(flows.values[at].sum())),
                "backward": _index(float(links.backward[at])),
                "forward": _index(float(links.forward[at])),
            },
            url=f"{flow_address(book.table)}?industry={name}",
        )
        for at, name in enumerate(flows.industries)
    ]


def trades_as_rows(trades: Iterable[Trade]) -> list[dict[str, str]]:
    """Return directions with every figure behind their shares; what the table does not know is a dash, never 0."""
    return [
        {
            "seller": each.link.seller,
            "buyer": each.link.buyer,
            "value": _figure(each.value),
            "purchases": _figure(each.purchases),
            "sales": _figure(each.sales),
            "output": _figure(each.output),
            "input_share": _share(each.link.input_share),
            "sales_share": _share(each.link.sales_share),
            "supply": f"{each.link.supply:.4f}" if each.link.supply is not None else "—",
        }
        for each in trades
    ]


def linkage_of(answer: Answer, point: Point | None = None) -> dict[str, Any]:
    """Return what a page says of linkage: which table counts, or that none does and why; with a point its trade."""
    book = answer.book
    if book is None:
        chosen = answer.flows == NO_FLOWS
        said = _("没有用投入产出表") if chosen else _("没有投入产出表")
        return {"said": _("{said}，投入产出联系不计入分数。").format(said=said), "upload": not chosen}
    table = book.table
    far = table.region not in answer.regions
    return {
        "said": _("投入产出联系按“{title}”计入分数。").format(title=table),
        "source": flow_source_of(table),
        "url": flow_address(table),
        "warnings": flow_warnings_of(table),
        "far": _("这是{region}的产业往来，不是{home}与{host}之间的。").format(
            region=table.region, home=answer.result.home, host=answer.result.host
        )
        if far
        else "",
        "unit": table.unit,
        "trades": trades_as_rows(answer.trades(point)) if point else [],
    }


def linkage_heads(home: str, host: str) -> list[str]:
    """Return the heads of what stands behind a point's linkage in a workbook, in the order of ``linkage_cells``."""
    ways = ((home, host), (host, home))
    figures = [
        _("{seller}产业卖给{buyer}产业的{what}").format(seller=seller, buyer=buyer, what=what)
        for seller, buyer in ways
        for what in (_("金额"), _("占买方采购"), _("占卖方销售"))
    ]
    return [*figures, _("投入产出表")]


def linkage_cells(answer: Answer, point: Point) -> list[Any]:
    """Return value, share of purchases, share of sales of both directions, and the table; a dash where unknown."""
    if answer.book is None:
        return []
    told = [
        figure if figure is not None else "—"
        for each in answer.trades(point)
        for figure in (each.value, each.link.input_share, each.link.sales_share)
    ]
    return [*told, flow_source_of(answer.book.table)]


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:,.10g}"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value * 100:.1f}%"


def _index(value: float) -> str:
    return "—" if value != value else f"{value:.2f}"  # noqa: PLR0124 - NaN: an industry without output
