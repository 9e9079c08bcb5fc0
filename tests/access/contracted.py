"""An operating contract of an outpost of the cast, with a cost, a payment, a resource and a year that scored itself;
and what its figures mean.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.reporting.enums import CostCategory, ResourceKind
from feidi.domain.reporting.models import DefinitionSheet, OperatingContract
from feidi.domain.reporting.services import assessment, contracts
from feidi.domain.reporting.services.assessment import Given, NewIndicator
from feidi.domain.reporting.services.contracts import ContractTerms, Cost
from feidi.domain.reporting.services.definitions import make_sheet
from feidi.engines.money import Money
from tests.support.world import World


def contract_of(world: World) -> dict[str, str]:
    """Return the uids of the outpost's contract and its parts, made on the first call."""
    row = OperatingContract.objects.filter(outpost=world.outpost).first() or _made(world)
    return {
        "contract": row.uid,
        "cost": row.costs.get().uid,
        "payment": row.payments.get().uid,
        "resource": row.resources.get().uid,
        "indicator": row.indicators.get().uid,
        "score": row.sheets.get().scores.get().uid,
    }


def definitions_of(world: World) -> str:
    """Return the uid of the outpost's first version of what its figures mean, made on the first call."""
    row = DefinitionSheet.objects.filter(outpost=world.outpost).order_by("revision").first()
    return (row or make_sheet(actor=world.actor("lead"), now=world.now, outpost=world.outpost)).uid


def _made(world: World) -> OperatingContract:
    act: dict[str, Any] = {"actor": world.actor("lead"), "now": world.now}
    operator = find_or_add_organization(outpost=world.outpost, name=f"Qoper{world.outpost.pk}运营有限公司", **act)
    terms = ContractTerms(
        "委运1", f"Qagree{world.outpost.pk}", "主办单位", operator, date(2026, 1, 1), date(2026, 12, 31)
    )
    row = contracts.add_contract(outpost=world.outpost, terms=terms, **act)
    one = Money(100, "CNY")
    contracts.add_cost(contract=row, cost=Cost(date(2026, 5, 1), CostCategory.RENT, one), **act)
    contracts.add_payment(contract=row, label="首付款", amount=one, **act)
    contracts.add_resource(contract=row, kind=ResourceKind.MENTOR, label="导师", **act)
    new = NewIndicator("核实落地数", "口径", 10_000, measure="K14")
    indicator = assessment.add_indicator(contract=row, year=2026, new=new, **act)
    assessment.self_score(contract=row, year=2026, as_of=world.now.date(), given={indicator.pk: Given(1)}, **act)
    return row
