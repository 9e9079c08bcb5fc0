"""Words of the flow ledger's pages: sides, sources, amounts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.reporting.enums import FlowKind
from feidi.domain.reporting.selectors.flow_sources import LANDING, OUTCOME, RESULT
from feidi.domain.reporting.selectors.flows import FlowLine, unit_name
from feidi.domain.talent.kinds import MONTH, TALENT
from feidi.engines.money import Money
from feidi.portals.ui.reading import number, read_money

SOURCE_NAMES: Final = {
    LANDING: gettext_lazy("核验落地到位资金"),
    OUTCOME: gettext_lazy("供需对接成果"),
    RESULT: gettext_lazy("在孵企业融资"),
    TALENT: gettext_lazy("人才到岗"),
    MONTH: gettext_lazy("柔性引才到岗"),
}
_OUTCOMES: Final = {
    FlowKind.CAPITAL: gettext_lazy("投资"),
    FlowKind.TECHNOLOGY: gettext_lazy("技术合同"),
}
CURRENCIES: Final = {"CNY": gettext_lazy("人民币"), "HKD": gettext_lazy("港币"), "USD": gettext_lazy("美元")}


def source_name(kind: str, flow: str) -> str:
    """Return what a source is called; what came of an introduction by what flows."""
    if kind == OUTCOME and flow in _OUTCOMES:
        return str(_OUTCOMES[FlowKind(flow)])
    return str(SOURCE_NAMES.get(kind, kind))


def figure_text(line: FlowLine) -> str:
    """Return a line's sum as it is read."""
    return money_or_count(line.amount, line.count, line.measure)


def money_or_count(amount: Money | None, count: int | None, measure: str) -> str:
    """Return an amount, or a count with its unit."""
    if amount is not None:
        return read_money(amount).text
    return f"{number(count or 0)}{unit_name(measure)}"


def measure_title(kind: FlowKind, measure: str) -> str:
    """Return what one diagram is of: a kind and how it is measured."""
    how = str(CURRENCIES.get(measure, "")) or unit_name(measure)
    return _("{kind}（{measure}）").format(kind=kind.label, measure=how)
