"""The operator's contract in the demonstration: a budget, costs by month, a payment, resources, ten indicators."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.reporting.enums import CostCategory, ResourceKind
from feidi.domain.reporting.services import contracts
from feidi.domain.reporting.services.assessment import NewIndicator, add_indicator
from feidi.domain.reporting.services.contracts import ContractTerms, Cost
from feidi.engines.money import Money
from feidi.portals.cli.demonstration.agenda import Scene

_RENT, _STAFF = 9_200_000, 12_500_000
#: Label, definition, points, figure of the definition table.
_INDICATORS: Final = (
    ("核实落地数", "经主办方核验的落地项目数", 25, "K14"),
    ("签约数", "投资合同首次签约的项目数", 15, "K08"),
    ("线索数", "首次登记的有效线索", 10, "K01"),
    ("响应及时率", "登记后1个工作日内首次联系", 10, "K03"),
    ("跟进及时率", "按时限跟进", 10, "K05"),
    ("单位成本", "运行成本 ÷ 核实落地数", 10, "K31"),
    ("数据质量", "抽查台账与佐证一致", 5, ""),
    ("活动", "路演、对接会场次", 5, ""),
    ("满意度", "企业问卷平均分", 5, ""),
    ("安全与合规", "无安全、保密、廉洁问题", 5, ""),
)


def load(scene: Scene) -> None:
    """Enter the contract of this year as the operator's lead. Invented, and said so."""
    year, outpost = scene.last_day.year, scene.outpost
    now = datetime.combine(scene.last_day, time(16, 30), SHANGHAI)
    act: dict[str, Any] = {"actor": scene.actors["lead"], "now": now}
    operator = outpost.operator or find_or_add_organization(outpost=outpost, name="滨海企服运营有限公司（演示）", **act)
    first, last = date(year, 1, 1), date(year, 12, 31)
    terms = ContractTerms(
        f"委运{year}-1",
        "驻点委托运营协议（演示）",
        "云溪区经科局（演示）",
        operator,
        first,
        last,
        Money(300_000_000, "CNY"),
    )
    row = contracts.add_contract(outpost=outpost, terms=terms, **act)
    for category, fen in ((CostCategory.RENT, 110_000_000), (CostCategory.STAFF, 150_000_000)):
        contracts.set_budget(contract=row, year=year, category=category, amount=Money(fen, "CNY"), **act)
    for month in range(1, scene.last_day.month + 1):
        for category, fen in ((CostCategory.RENT, _RENT), (CostCategory.STAFF, _STAFF)):
            cost = Cost(date(year, month, 1), category, Money(fen, "CNY"), f"记字{month}-{category.value}")
            contracts.add_cost(contract=row, cost=cost, **act)
    contracts.add_payment(contract=row, label="首付款（30%）", amount=Money(90_000_000, "CNY"), due_on=first, **act)
    contracts.add_payment(contract=row, label="年终考核后付款", amount=Money(210_000_000, "CNY"), due_on=last, **act)
    kind = ResourceKind.MENTOR
    contracts.add_resource(contract=row, kind=kind, label="产业导师", quantity=10, unit="人", source="投标文件", **act)
    for label, definition, weight, measure in _INDICATORS:
        add_indicator(
            contract=row, year=year, new=NewIndicator(label, definition, weight * 100, measure=measure), **act
        )
