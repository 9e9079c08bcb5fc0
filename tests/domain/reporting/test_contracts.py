"""委托运营协议: costs against budget, what one landing cost, and a year's assessment from indicators to a correction."""

from __future__ import annotations

from datetime import date

import pytest

from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import LandingCase
from feidi.domain.pipeline.services.landing import decide_item, submit_landing, verify_landing
from feidi.domain.reporting.enums import CostCategory, ResourceKind, SheetState
from feidi.domain.reporting.models import ActualCost, AssessmentSheet, IndicatorScore, OperatingContract
from feidi.domain.reporting.selectors.assessment import (
    find_sheet,
    indicators_of,
    result_data,
    scores_of,
    still_as_frozen,
    totals_of,
    value_of,
)
from feidi.domain.reporting.selectors.contracts import (
    budget_of,
    contracts_of,
    landings_seen,
    resources_of,
    unit_cost,
)
from feidi.domain.reporting.services import assessment, contracts
from feidi.domain.reporting.services.assessment import Given, NewIndicator
from feidi.domain.reporting.services.contracts import ContractTerms, Cost
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.kernel.audit.verify import verify
from feidi.kernel.evidence.models import EvidenceItem
from tests.support.world import World

pytestmark = pytest.mark.django_db
YUAN = 100


def make_contract(world: World, number: str = "委运2026-1") -> OperatingContract:
    """Return a contract of two years with an operator of its own."""
    operator = world.outpost.operator or Organization.objects.create(
        name="滨海企服运营有限公司", name_folded="滨海企服运营有限公司", created_at=world.now
    )
    terms = ContractTerms(
        number, "驻点委托运营协议", "云溪区经科局", operator, date(2026, 1, 1), date(2027, 12, 31), _yuan(3_000_000)
    )
    return contracts.add_contract(actor=world.actor("lead"), now=world.now, outpost=world.outpost, terms=terms)


def _yuan(amount: int, currency: str = "CNY") -> Money:
    return Money(amount * YUAN, currency)


def _verified(world: World) -> None:
    project = world.to_signed(world.lead())
    case = world.landing_case(project)
    world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    case = LandingCase.objects.select_related("project__outpost__home").get(pk=case.pk)
    case = submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    for item in EvidenceItem.objects.all():
        decide_item(actor=world.actor("verifier"), now=world.now, case=case, item=item, accept=True)
    verify_landing(actor=world.actor("verifier"), now=world.now, case=case)


def test_costs_against_budget_and_what_one_landing_cost(world: World) -> None:
    lead, now, today = world.actor("lead"), world.now, world.now.date()
    contract = make_contract(world)
    for role in ("officer", "bureau", "auditor", "rival"):
        with pytest.raises(RefusedError):
            contracts.add_cost(
                actor=world.actor(role), now=now, contract=contract, cost=Cost(today, CostCategory.RENT, _yuan(1))
            )
    contracts.set_budget(
        actor=lead, now=now, contract=contract, year=2026, category=CostCategory.RENT, amount=_yuan(100_000)
    )
    contracts.set_budget(
        actor=lead, now=now, contract=contract, year=2026, category=CostCategory.RENT, amount=_yuan(90_000)
    )
    for month in (3, 4):
        contracts.add_cost(
            actor=lead, now=now, contract=contract, cost=Cost(date(2026, month, 9), CostCategory.RENT, _yuan(50_000))
        )
    wrong = ActualCost.objects.latest("id")
    contracts.add_cost(
        actor=lead, now=now, contract=contract, cost=Cost(date(2026, 4, 9), CostCategory.STAFF, _yuan(20_000))
    )
    for cost in (
        Cost(today, CostCategory.RENT, _yuan(1, "USD")),
        Cost(date(2026, 12, 1), CostCategory.RENT, _yuan(1)),
        Cost(date(2025, 12, 1), CostCategory.RENT, _yuan(1)),
        Cost(today, CostCategory.RENT, _yuan(-1)),
    ):
        with pytest.raises(RefusedError):
            contracts.add_cost(actor=lead, now=now, contract=contract, cost=cost)
    year = next(each for each in budget_of(contract) if each.year == 2026)
    assert [(each.category, each.planned, each.spent, each.over) for each in year.rows] == [
        ("rent", 9_000_000, 10_000_000, True),
        ("staff", None, 2_000_000, False),
    ]
    # without a landing it is not nought and not endless, but not applicable
    assert unit_cost(contract, 2026, today).value is None
    _verified(world)
    found = unit_cost(contract, 2026, today)
    assert found.value == 12_000_000
    assert len(found.costs) == 3
    assert landings_seen(world.actor("auditor"), found.landings).count() == 1
    contracts.void_entry(actor=lead, now=now, contract=contract, row=wrong, reason="重复")
    assert unit_cost(contract, 2026, today).value == 7_000_000
    node = contracts.add_payment(
        actor=lead, now=now, contract=contract, label="首付款", amount=_yuan(900_000), due_on=today
    )
    node = contracts.record_paid(actor=lead, now=now, payment=node, paid_on=today, amount=_yuan(900_000))
    assert (node.paid_fen, node.version) == (90_000_000, 2)
    resource = contracts.add_resource(
        actor=lead, now=now, contract=contract, kind=ResourceKind.MENTOR, label="产业导师", quantity=10, unit="人"
    )
    contracts.use_resource(actor=lead, now=now, resource=resource, used_on=today, note="辅导两家", quantity=2)
    assert [(each.label, used, len(uses)) for each, used, uses in resources_of(contract)] == [("产业导师", 2, 1)]
    assert [role for role in ("lead", "bureau", "auditor") if contracts_of(world.actor(role)).exists()] == [
        "lead",
        "bureau",
        "auditor",
    ]
    assert not any(
        contracts_of(world.actor(role)).exists() for role in ("officer", "verifier", "rival_bureau", "admin")
    )
    assert not verify().faults


def _indicators(world: World, contract: OperatingContract) -> dict[int, Given]:
    """Enter three indicators and return a self-score that holds; what does not hold is refused."""
    lead, bureau, now, today = world.actor("lead"), world.actor("bureau"), world.now, world.now.date()

    def add(label: str, weight: int, measure: str = "") -> None:
        new = NewIndicator(label, "口径", weight, measure=measure)
        assessment.add_indicator(actor=lead, now=now, contract=contract, year=2026, new=new)

    add("核实落地数", 6000, "K14")
    add("单位成本", 3000, "K31")
    with pytest.raises(RefusedError):
        add("超出", 2000)
    with pytest.raises(RefusedError):
        add("没有的口径", 100, "K99")
    keys = [each.pk for each in indicators_of(contract, 2026)]
    full = {keys[0]: Given(6000), keys[1]: Given(2500)}
    with pytest.raises(RefusedError):  # the weights are 90
        assessment.self_score(actor=lead, now=now, contract=contract, year=2026, as_of=today, given=full)
    add("满意度", 1000)
    keys = [each.pk for each in indicators_of(contract, 2026)]
    full = {keys[0]: Given(6000), keys[1]: Given(2500), keys[2]: Given(900, value="92分", note="问卷")}
    with pytest.raises(RefusedError):  # above its weight
        assessment.self_score(
            actor=lead, now=now, contract=contract, year=2026, as_of=today, given={**full, keys[2]: Given(1001)}
        )
    with pytest.raises(RefusedError):  # the client does not score itself in
        assessment.self_score(actor=bureau, now=now, contract=contract, year=2026, as_of=today, given=full)
    return full


def test_a_year_is_scored_disputed_frozen_and_corrected(world: World) -> None:
    lead, bureau, now, today = world.actor("lead"), world.actor("bureau"), world.now, world.now.date()
    contract = make_contract(world)
    _verified(world)
    full = _indicators(world, contract)
    keys = list(full)
    sheet = assessment.self_score(actor=lead, now=now, contract=contract, year=2026, as_of=today, given=full)
    landed, unit, said = scores_of(sheet)
    assert (landed.value, len(landed.rows)) == ("1个", 1)
    assert unit.value.startswith("0")
    assert said.value == "92分"
    given = {
        keys[0]: Given(6000),
        keys[1]: Given(2000),
        keys[2]: Given(800, deduction=100, deduction_note="迟报两次"),
    }
    opinion = {"payment_opinion": "同意按95%付款", "proposed": _yuan(950_000)}
    double = world.user("double", "bureau", home=world.outpost.home)
    double.memberships.create(role="operator_lead", outpost=world.outpost, valid_from=today, created_at=now)
    for role in ("lead", "auditor", "rival_bureau", "double"):
        with pytest.raises(RefusedError):
            assessment.score_sheet(actor=world.actor(role), now=now, sheet=sheet, given=given, **opinion)  # type: ignore[arg-type]
    with pytest.raises(RefusedError):  # a deduction says why
        assessment.score_sheet(
            actor=bureau, now=now, sheet=sheet, given={**given, keys[2]: Given(800, deduction=1)}, payment_opinion="付"
        )
    sheet = assessment.score_sheet(actor=bureau, now=now, sheet=sheet, given=given, **opinion)  # type: ignore[arg-type]
    total = totals_of(scores_of(sheet))
    assert (total.weight, total.self_score, total.score, total.deduction, total.result) == (
        10_000,
        9400,
        8800,
        100,
        8700,
    )
    item = assessment.dispute_item(actor=lead, now=now, item=scores_of(sheet)[1], reason="装修费不应计入")
    with pytest.raises(RefusedError) as refused:
        assessment.freeze_sheet(actor=bureau, now=now, sheet=sheet)
    assert refused.value.refusal.code == "reporting.sheet_open"
    assert "有异议" in str(result_data(sheet))
    assessment.settle_item(actor=bureau, now=now, item=item, note="经核对应计入")
    form = assessment.print_result(actor=bureau, now=now, sheet=sheet)
    assert [step["seal"] for step in form.data["chain"]] == [True, True]
    sheet = assessment.freeze_sheet(actor=bureau, now=now, sheet=sheet)
    assert sheet.state == SheetState.FROZEN
    for act in (
        lambda: assessment.score_sheet(actor=bureau, now=now, sheet=sheet, given=given, payment_opinion="付"),
        lambda: assessment.self_score(actor=lead, now=now, contract=contract, year=2026, as_of=today, given=full),
        lambda: assessment.dispute_item(actor=lead, now=now, item=item, reason="再议"),
    ):
        with pytest.raises(RefusedError):
            act()
    changed = {"indicator": item.indicator, "what": "评分", "before": "20", "after": "22", "reason": "凭证重复计入"}
    with pytest.raises(RefusedError):
        assessment.correct_sheet(actor=lead, now=now, sheet=sheet, **changed)  # type: ignore[arg-type]
    assessment.correct_sheet(actor=bureau, now=now, sheet=sheet, **changed)  # type: ignore[arg-type]
    again = find_sheet(contract, 2026)
    assert again
    assert result_data(again)["tables"][1]["rows"] == [["单位成本", "评分", "20", "22", "凭证重复计入"]]
    assert still_as_frozen(again), "a correction changes nothing of what was frozen"
    assert not verify().faults
    IndicatorScore.objects.filter(pk=item.pk).update(score=3000)
    assert not still_as_frozen(AssessmentSheet.objects.get(pk=again.pk))
    assert any(each.where.startswith("reporting.score") for each in verify().faults)
    assert value_of(indicators_of(contract, 2026)[2], today) is None
