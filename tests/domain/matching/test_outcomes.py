"""After the names: meetings, trials and what came of them, counted with accepted evidence only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from feidi.domain.matching.enums import (
    Channel,
    IntroductionState,
    NextDecision,
    OutcomeKind,
    ProfileKind,
    Side,
    TechnologyContractKind,
)
from feidi.domain.matching.models import Introduction, IntroductionOutcome
from feidi.domain.matching.selectors.outcomes import counted, technology_amounts
from feidi.domain.matching.services.introduction_meetings import Held, cancel_meeting, hold_meeting, plan_meeting
from feidi.domain.matching.services.introduction_outcomes import (
    KIND,
    NewOutcome,
    TechnologyContract,
    record_outcome,
    void_outcome,
)
from feidi.domain.matching.services.introductions import Interest, express_interest, reveal_identities, take_back_step
from feidi.domain.matching.services.trials import Measured, NewTrial, plan_trial, record_trial_result
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.kernel.evidence.selectors import get_requirement
from feidi.kernel.evidence.services import accept_item, submit_item
from feidi.kernel.subjects import Subject
from tests.domain.matching.test_introductions import both_agreed, introduced
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db

TRIAL = NewTrial(
    subject="喷嘴堵塞在线检测",
    sample="2 号产线，600×1200 样砖 20 片",
    protocol="连续 8 小时，每 10 分钟记录一次堵塞数",
    planned_on=date(2026, 12, 1),
    place="云溪甲窑炉有限公司二车间",
    payer="需求方付材料，供给方付人工",
)


def revealed(world: World) -> Introduction:
    return reveal_identities(
        actor=world.actor("officer"), now=world.now, introduction=both_agreed(world, introduced(world))
    )


def contract(
    world: World, row: Introduction, *, amount: int = 80_000_000, technology: int | None = 60_000_000
) -> IntroductionOutcome:
    new = NewOutcome(
        kind=OutcomeKind.TECHNOLOGY_CONTRACT,
        on=world.now.date(),
        amount=Money(amount),
        contract=TechnologyContract(
            kind=TechnologyContractKind.DEVELOPMENT,
            technology=None if technology is None else Money(technology),
            registration_number="演示-2026-0001",
            registering_side=Side.OFFER,
            ownership="双方共有",
            solved_when="连续 30 天堵塞数下降一半",
        ),
    )
    return record_outcome(actor=world.actor("officer"), now=world.now, introduction=row, new=new)


def prove(world: World, outcome: IntroductionOutcome) -> None:
    subject = Subject(KIND, outcome.uid)
    requirement = get_requirement(subject=subject, purpose="outcome", kind="outcome_proof")
    item = submit_item(actor=world.actor("officer"), now=world.now, requirement=requirement, record="登记证明原件")
    accept_item(actor=world.actor("manager"), now=world.now, item=item)


def test_a_meeting_needs_names_and_a_result(world: World) -> None:
    early = introduced(world)
    at = world.now + timedelta(days=3)
    with pytest.raises(RefusedError) as refused:
        plan_meeting(actor=world.actor("officer"), now=world.now, introduction=early, planned_for=at)
    row = reveal_identities(actor=world.actor("officer"), now=world.now, introduction=both_agreed(world, early))
    meeting = plan_meeting(
        actor=world.actor("officer"), now=world.now, introduction=row, planned_for=at, place="洽谈区"
    )
    later = at + timedelta(hours=3)
    with pytest.raises(RefusedError) as silent:
        hold_meeting(actor=world.actor("officer"), now=later, meeting=meeting, held=Held(later.date(), ["王工"], " "))
    hold_meeting(
        actor=world.actor("officer"),
        now=later,
        meeting=meeting,
        held=Held(later.date(), ["王工", "李博士"], "带样砖试线"),
    )

    row.refresh_from_db()
    assert refused.value.refusal.code == "matching.introduction_not_now"
    assert silent.value.refusal.code == "matching.meeting_says_nothing"
    assert row.state == IntroductionState.MET
    with pytest.raises(RefusedError) as again:
        cancel_meeting(actor=world.actor("officer"), now=later, meeting=meeting, reason="改期")
    assert again.value.refusal.code == "matching.meeting_done"


def test_a_meeting_with_a_project_stands_on_its_timeline(world: World) -> None:
    project = world.lead()
    offer = make_profile(world, Side.OFFER, kind=ProfileKind.PROJECT, project=project)
    need = make_profile(world, Side.NEED, owner="云溪甲窑炉有限公司")
    row = express_interest(
        actor=world.actor("officer"), now=world.now, need=need, offer=offer, interest=Interest(Channel.LIST)
    )
    row = reveal_identities(actor=world.actor("officer"), now=world.now, introduction=both_agreed(world, row))
    at = world.now + timedelta(days=1)
    meeting = plan_meeting(actor=world.actor("officer"), now=world.now, introduction=row, planned_for=at)
    before = project.interactions.count()
    hold_meeting(actor=world.actor("officer"), now=at, meeting=meeting, held=Held(at.date(), ["王工"], "谈到试验"))

    entry = project.interactions.order_by("-id").first()
    assert project.interactions.count() == before + 1
    assert row.number in entry.summary
    assert "云溪甲窑炉有限公司" in entry.summary


def test_a_trial_says_beforehand_who_pays(world: World) -> None:
    row = revealed(world)
    with pytest.raises(RefusedError) as refused:
        plan_trial(
            actor=world.actor("officer"), now=world.now, introduction=row, new=replace(TRIAL, payer=" ", protocol="")
        )
    trial = plan_trial(actor=world.actor("officer"), now=world.now, introduction=row, new=TRIAL)
    row.refresh_from_db()
    assert [each.params["what"] for each in refused.value.refusal.reasons] == ["试验方案", "谁付费"]
    assert row.state == IntroductionState.TRYING

    with pytest.raises(RefusedError) as unmeasured:
        record_trial_result(
            actor=world.actor("officer"),
            now=world.now,
            trial=trial,
            result=Measured(world.now.date(), "", NextDecision.WIDEN),
        )
    done = record_trial_result(
        actor=world.actor("officer"),
        now=world.now,
        trial=trial,
        result=Measured(world.now.date(), "8 小时堵塞 3 次，原为 11 次", NextDecision.WIDEN),
    )
    assert unmeasured.value.refusal.code == "matching.trial_not_measured"
    assert (done.next_decision, done.version) == (NextDecision.WIDEN, 2)
    with pytest.raises(RefusedError) as hanging:
        take_back_step(
            actor=world.actor("officer"), now=world.now, introduction=row, version=row.version, reason="误点"
        )
    assert hanging.value.refusal.code == "matching.introduction_has_rows"


def test_a_technology_contract_counts_only_with_accepted_evidence(world: World) -> None:
    outcome = contract(world, revealed(world))
    outcome.introduction.refresh_from_db()

    assert outcome.introduction.state == IntroductionState.CONCLUDED
    assert counted([outcome]) == frozenset()
    assert technology_amounts(world.actor("officer")) == []
    prove(world, outcome)
    (amount,) = technology_amounts(world.actor("officer"))
    assert (amount.currency, amount.fen, amount.contracts, amount.undetermined) == ("CNY", 60_000_000, 1, 0)
    assert technology_amounts(world.actor("rival")) == []
    void_outcome(actor=world.actor("officer"), now=world.now, outcome=outcome, reason="登记被撤销")
    assert technology_amounts(world.actor("officer")) == []


def test_a_technology_amount_nobody_determined_is_in_no_sum(world: World) -> None:
    outcome = contract(world, revealed(world), technology=None)
    prove(world, outcome)
    (amount,) = technology_amounts(world.actor("officer"))
    assert (amount.fen, amount.contracts, amount.undetermined) == (0, 0, 1)


@pytest.mark.parametrize(
    ("amount", "technology", "code"),
    [
        (Money(100), Money(101), "matching.outcome_above_sum"),
        (None, Money(1), "matching.outcome_sum_missing"),
        (Money(100, "USD"), Money(50), "matching.outcome_currencies"),
        (Money(100, None), None, "matching.outcome_currency_unknown"),
    ],
)
def test_amounts_that_cannot_be_are_refused(
    world: World, amount: Money | None, technology: Money | None, code: str
) -> None:
    row = revealed(world)
    new = NewOutcome(
        kind=OutcomeKind.TECHNOLOGY_CONTRACT,
        on=world.now.date(),
        amount=amount,
        contract=TechnologyContract(kind=TechnologyContractKind.SERVICE, technology=technology),
    )
    with pytest.raises(RefusedError) as refused:
        record_outcome(actor=world.actor("officer"), now=world.now, introduction=row, new=new)
    assert refused.value.refusal.code == code
    assert not IntroductionOutcome.objects.exists()


@pytest.mark.parametrize("kind", [OutcomeKind.DONE_WITHOUT, OutcomeKind.NOT_REACHABLE])
def test_nothing_came_of_it_is_an_outcome_too(world: World, kind: OutcomeKind) -> None:
    row = introduced(world)
    record_outcome(
        actor=world.actor("officer"), now=world.now, introduction=row, new=NewOutcome(kind=kind, on=world.now.date())
    )
    row.refresh_from_db()
    assert (row.state, row.ended_reason) == (IntroductionState.ENDED, str(kind.label))


def test_an_order_before_names_are_shown_is_refused(world: World) -> None:
    row = introduced(world)
    with pytest.raises(RefusedError) as refused:
        record_outcome(
            actor=world.actor("officer"),
            now=world.now,
            introduction=row,
            new=NewOutcome(kind=OutcomeKind.ORDER, on=world.now.date(), amount=Money(5_000)),
        )
    assert refused.value.refusal.code == "matching.introduction_not_now"
