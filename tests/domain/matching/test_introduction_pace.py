"""How introductions go: how many stand where, how many days to each step; what was taken back was never reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from feidi.domain.matching.enums import (
    Channel,
    IntroductionState,
    OutcomeKind,
    ProfileKind,
    Side,
    TechnologyContractKind,
)
from feidi.domain.matching.models import Introduction
from feidi.domain.matching.selectors.introduction_pace import CONTRACT, Pace, count_by_state, paces_of
from feidi.domain.matching.selectors.outcomes import technology_amounts
from feidi.domain.matching.services.introduction_meetings import Held, hold_meeting, plan_meeting
from feidi.domain.matching.services.introduction_outcomes import NewOutcome, TechnologyContract, record_outcome
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    end_introduction,
    express_interest,
    reveal_identities,
    take_back_step,
)
from feidi.domain.matching.services.outcome_evidence import Proof, decide_outcome, show_outcome
from feidi.engines.money import Money
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db


def act(world: World, days: int = 0) -> dict[str, Any]:
    return {"actor": world.actor("officer"), "now": world.now + timedelta(days=days)}


def begun(world: World, **more: Any) -> Introduction:
    need, offer = make_profile(world, Side.NEED, **more), make_profile(world, Side.OFFER)
    return express_interest(need=need, offer=offer, interest=Interest(Channel.OFFICER), **act(world))


def agreed(world: World, days: int, **more: Any) -> Introduction:
    row = begun(world, **more)
    for side in Side:
        row = agree_to_introduction(introduction=row, side=side, by="同意的人", **act(world, days))
    return row


def met(world: World, row: Introduction, days: int) -> None:
    row = reveal_identities(introduction=row, **act(world, days))
    at: datetime = world.now + timedelta(days=days)
    meeting = plan_meeting(introduction=row, planned_for=at, **act(world, days))
    hold_meeting(meeting=meeting, held=Held(at.date(), ["王工"], "带样砖来试"), **act(world, days))
    row.refresh_from_db()


def contract(world: World, row: Introduction, days: int, *, accept: bool) -> None:
    particulars = TechnologyContract(TechnologyContractKind.DEVELOPMENT, Money(60_000_000, "CNY"))
    new = NewOutcome(
        OutcomeKind.TECHNOLOGY_CONTRACT,
        (world.now + timedelta(days=days)).date(),
        Money(80_000_000, "CNY"),
        particulars,
    )
    outcome = record_outcome(introduction=row, new=new, **act(world, days))
    item = show_outcome(outcome=outcome, proof=Proof(None, "登记证明", new.on), **act(world, days))
    if accept:
        given = {**act(world, days), "actor": world.actor("manager")}
        decide_outcome(outcome=outcome, item=item, accept=True, **given)


def paces(world: World, login: str = "officer", kind: str = "") -> dict[str, Pace]:
    return {each.to: each for each in paces_of(world.actor(login), kind)}


def days(pace: Pace) -> list[int]:
    return [each.days for each in pace.reached]


def test_days_run_from_interest_and_the_median_is_told(world: World) -> None:
    for after in (2, 5, 9):
        agreed(world, after)
    begun(world)

    found = paces(world)[IntroductionState.AGREED]

    assert days(found) == [2, 5, 9]
    assert found.median == 5
    assert found.of == 4


def test_nobody_there_is_no_number(world: World) -> None:
    begun(world)
    found = paces(world)[IntroductionState.MET]
    assert (found.median, found.reached, found.of) == (None, (), 1)


def test_a_step_taken_back_was_not_reached(world: World) -> None:
    row = agreed(world, 3)
    take_back_step(introduction=row, version=row.version, reason="听错了", **act(world, 3))
    assert paces(world)[IntroductionState.AGREED].reached == ()


def test_an_ended_one_that_goes_on_keeps_its_earlier_days(world: World) -> None:
    row = agreed(world, 3)
    row = end_introduction(introduction=row, reason="价格谈不拢", **act(world, 4))
    take_back_step(introduction=row, version=row.version, reason="又谈了", **act(world, 6))
    assert days(paces(world)[IntroductionState.AGREED]) == [3]


def test_only_a_contract_with_accepted_evidence_is_reached(world: World) -> None:
    first, second = agreed(world, 1), agreed(world, 1)
    for row in (first, second):
        met(world, row, 4)
    contract(world, first, 20, accept=True)
    contract(world, second, 12, accept=False)

    found = paces(world)

    assert days(found[IntroductionState.MET]) == [4, 4]
    assert days(found[IntroductionState.CONCLUDED]) == [12, 20]
    assert [(each.introduction, each.days) for each in found[CONTRACT].reached] == [(first, 20)]


def test_kinds_and_outposts_stay_apart(world: World) -> None:
    agreed(world, 2, kind=ProfileKind.PILOT)
    row = agreed(world, 1)
    met(world, row, 2)
    contract(world, row, 3, accept=True)

    assert days(paces(world, kind="pilot")[IntroductionState.AGREED]) == [2]
    assert technology_amounts(world.actor("officer"), "pilot") == []
    assert [each.fen for each in technology_amounts(world.actor("officer"), "technology")] == [60_000_000]
    assert paces(world, "rival")[IntroductionState.AGREED].of == 0
    assert dict(count_by_state(world.actor("officer"))) == {
        **dict.fromkeys(IntroductionState, 0),
        IntroductionState.AGREED: 1,
        IntroductionState.CONCLUDED: 1,
    }
