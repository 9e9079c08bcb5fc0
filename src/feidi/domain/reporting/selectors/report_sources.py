"""Sections of a report that come from another ledger: statistics of incubation, what flowed to one side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from feidi.domain.incubation.selectors.filed import filed_statistics
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.enums import FlowDirection
from feidi.domain.reporting.report_periods import Term
from feidi.domain.reporting.selectors.flows import FlowLine, flows_for, unit_name
from feidi.domain.reporting.selectors.report_body import Block
from feidi.kernel.access import Actor
from feidi.kernel.money.display import format_money

_WAYS: Final = {"flows_home": FlowDirection.HOST_TO_HOME, "flows_host": FlowDirection.HOME_TO_HOST}


def source_blocks(actor: Actor, source: str, outpost: Outpost, term: Term, as_of: date) -> Iterator[Block]:
    """Yield the blocks of one source."""
    if source == "statistics":
        yield from _statistics(actor, outpost, as_of)
    elif source in _WAYS:
        yield from _flows(actor, _WAYS[source], outpost, term, as_of)


def _statistics(actor: Actor, outpost: Outpost, as_of: date) -> Iterator[Block]:
    """Give the form of the year as filed, else as it stands; what nobody has said is 未填报, never 0."""
    midnight = datetime.combine(as_of + timedelta(days=1), time(), SHANGHAI)
    found = filed_statistics(actor, outpost, as_of.year, known_at=midnight)
    if not any(value for _label, _unit, value, _counted in found.rows):
        yield Block("note", template=f"{as_of.year}年没有可统计的填报。")
        return
    rows = tuple(
        (label, unit, "未填报" if value is None else str(value), counted) for label, unit, value, counted in found.rows
    )
    yield Block("table", heads=("指标", "单位", "数值", "填报户数"), rows=rows, numeric=(2,))
    state = f"已定稿（{found.sha256[:12]}）。" if found.sha256 else "未定稿，以出具时的台账为准。"
    yield Block("note", template=f"{as_of.year}年度统计{state}")


def _flows(actor: Actor, way: FlowDirection, outpost: Outpost, term: Term, as_of: date) -> Iterator[Block]:
    """Say what flowed one way, kind by kind; nothing is added across kinds."""
    home, host = outpost.home.name_zh, outpost.host.name_zh
    words = f"{host}→{home}" if way == FlowDirection.HOST_TO_HOME else f"{home}→{host}"
    found = flows_for(actor, [outpost], term.days, as_of)
    rows = tuple(
        (str(each.kind.label), _much(each), f"{each.entries}笔")
        for each in found.lines
        if each.direction == way and each.entries
    )
    if rows:
        yield Block("table", caption=f"要素流动（{words}）", heads=("要素", "数量", "笔数"), rows=rows)
    else:
        yield Block("note", template=f"本期没有登记{words}的资金、技术、人才流动。")


def _much(line: FlowLine) -> str:
    return (
        format_money(line.amount.fen, line.amount.currency)
        if line.amount is not None
        else f"{line.count}{unit_name(line.measure)}"
    )
