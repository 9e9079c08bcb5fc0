"""From flow entries and sums to what the components draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.reporting.enums import FlowDirection, FlowKind
from feidi.domain.reporting.models import FlowEntry
from feidi.domain.reporting.selectors.flow_words import side_names, way_name
from feidi.domain.reporting.selectors.flows import FlowLine, Flows, MonthFlow
from feidi.engines.money import FEN_PER_YUAN, Money
from feidi.portals.console.flows.asking import Asked
from feidi.portals.console.flows.wording import figure_text, measure_title, money_or_count, source_name
from feidi.portals.ui.flow_diagram import Flow, FlowDiagram
from feidi.portals.ui.pieces import Badge, Chart, Column, Row, Series

COLUMNS = [
    Column("on", gettext_lazy("日期"), sortable=True, lead=True),
    Column("kind", gettext_lazy("要素"), sortable=True),
    Column("way", gettext_lazy("流向")),
    Column("figure", gettext_lazy("金额或数量"), numeric=True),
    Column("source", gettext_lazy("来源")),
    Column("evidence", gettext_lazy("证据（件）"), numeric=True),
    Column("outpost", gettext_lazy("驻点"), shown=False),
    Column("reason", gettext_lazy("冲销理由"), shown=False),
    Column("made_by", gettext_lazy("入账人"), shown=False),
    Column("made_at", gettext_lazy("入账时间"), sortable=True, shown=False),
]
SORTS = {"on": "occurred_on", "kind": "kind", "made_at": "created_at"}
_WAY = {FlowDirection.HOST_TO_HOME: "there", FlowDirection.HOME_TO_HOST: "back"}


def amount_of(entry: FlowEntry) -> Money | None:
    """Return the entry's amount, None where it counts."""
    return Money(entry.amount_fen, entry.currency) if entry.amount_fen is not None else None


def figure_of(entry: FlowEntry) -> str:
    """Return the entry's figure as it is read; of a counter-entry with its minus."""
    return money_or_count(amount_of(entry), entry.count, entry.currency or entry.unit)


def badges_of(entry: FlowEntry) -> list[Badge]:
    """Return what marks an entry: taken back, a counter-entry, entered by a person's word."""
    found = []
    if entry.counter_of_id is not None:
        found.append(Badge(_("冲销分录"), "mark", "arrow-back-up"))
    elif not entry.live:
        found.append(Badge(_("已冲销"), "quiet", "arrow-back-up"))
    if entry.made_how == "hand" and entry.counter_of_id is None:
        found.append(Badge(_("人工判定"), "info"))
    return found


def rows_of(entries: Sequence[FlowEntry]) -> list[Row]:
    """Return entries as list rows."""
    outposts = {each.outpost_id: each.outpost for each in entries}
    sides = {key: side_names([outpost]) for key, outpost in outposts.items()}
    return [
        Row(
            cells={
                "on": entry.occurred_on,
                "kind": entry.get_kind_display(),
                "way": way_name(entry.direction, sides[entry.outpost_id]),
                "figure": amount_of(entry) or figure_of(entry),
                "source": source_name(entry.subject_kind, entry.kind),
                "evidence": len(entry.evidence),
                "outpost": entry.outpost.short_name,
                "reason": entry.reason,
                "made_by": entry.made_by,
                "made_at": entry.created_at,
            },
            url=reverse("console:flows:entry_view", args=[entry.uid]),
            uid=entry.uid,
            badges=badges_of(entry),
            tone="" if entry.live else "quiet",
        )
        for entry in entries
    ]


def diagrams_of(flows: Flows, parts: Sequence[tuple[FlowLine, str]], asked: Asked) -> list[FlowDiagram]:
    """Return one diagram per kind and measure, told apart by source. Kinds and measures are never added up."""
    drawn: dict[tuple[FlowKind, str], list[Flow]] = defaultdict(list)
    for line, source in parts:
        url = asked.entries(kind=line.kind, direction=line.direction, measure=line.measure, source=source)
        drawn[line.kind, line.measure].append(
            Flow(
                source_name(source, line.kind),
                float(line.figure),
                figure_text(line),
                "there" if _WAY[line.direction] == "there" else "back",
                url,
                str(line.entries),
            )
        )
    host, home = asked.sides
    return [
        FlowDiagram(
            measure_title(kind, measure),
            host,
            home,
            sorted(found, key=lambda each: (each.way != "there", -each.value)),
            _net(flows, kind, measure),
            _note(measure, found),
        )
        for (kind, measure), found in drawn.items()
    ]


def _note(measure: str, found: Sequence[Flow]) -> str:
    if any(each.value < 0 for each in found):
        return _("负数是本期冲销的以前入账的分录。")
    return _("没有约定技术交易额的合同，只计份数。") if measure == "contract" else ""


def _net(flows: Flows, kind: FlowKind, measure: str) -> str:
    net = flows.net(kind, measure)
    money = any(each.amount is not None for each in flows.of(kind) if each.measure == measure)
    return money_or_count(Money(net, measure) if money else None, None if money else net, measure)


def charts_of(months: Sequence[MonthFlow], asked: Asked) -> list[Chart]:
    """Return one monthly chart per kind and measure: what came and what went, months without any as nothing."""
    found: dict[tuple[FlowKind, str], dict[tuple[date, str], int]] = defaultdict(lambda: defaultdict(int))
    for each in months:
        found[each.kind, each.measure][each.month, each.direction] += each.figure
    kinds = tuple(FlowKind)
    ordered = sorted(found, key=lambda pair: (kinds.index(pair[0]), pair[1]))
    return [_chart(kind, measure, found[kind, measure], asked) for kind, measure in ordered]


def numbered(charts: Sequence[Chart]) -> list[dict[str, Any]]:
    """Return each chart with the id that its page knows it by."""
    return [{"chart": each, "id": f"chart-{at}"} for at, each in enumerate(charts)]


def _chart(kind: FlowKind, measure: str, values: dict[tuple[date, str], int], asked: Asked) -> Chart:
    money = len(measure) == len("CNY") and measure.isupper()
    days = sorted({month for month, _way in values})
    line = _months(days[0], days[-1])
    ways = [way for way in FlowDirection if any((month, way) in values for month in line)]
    scale = FEN_PER_YUAN * 10_000 if money else 1
    series = [
        Series(way_name(way, asked.sides), [round(values.get((month, way), 0) / scale, 2) for month in line])
        for way in ways
    ]
    unit = (
        _("万元")
        if measure == "CNY"
        else _("万 {currency}").format(currency=measure)
        if money
        else money_or_count(None, 0, measure)[1:]
    )
    urls = [
        f"{reverse('console:flows:entry_list')}?kind={kind}&measure={measure}"
        f"&since={month.isoformat()}&until={_last(month).isoformat()}"
        for month in line
    ]
    return Chart("bar", measure_title(kind, measure), [f"{month:%Y-%m}" for month in line], series, unit, urls)


def _months(first: date, last: date) -> list[date]:
    found = [first]
    while found[-1] < last:
        found.append(_next(found[-1]))
    return found


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _last(month: date) -> date:
    return date.fromordinal(_next(month).toordinal() - 1)
