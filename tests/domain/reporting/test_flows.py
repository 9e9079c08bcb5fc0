"""A flow is entered when its source is proven, once; taken back only by a counter-entry; kinds are never added up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from feidi.domain.incubation.services.outcomes import void_outcome as void_result
from feidi.domain.matching.enums import OutcomeKind
from feidi.domain.matching.services.introduction_outcomes import void_outcome
from feidi.domain.pipeline.services.landing import revoke_landing
from feidi.domain.reporting.enums import FlowDirection, FlowKind
from feidi.domain.reporting.models import FlowEntry, FlowSetAside
from feidi.domain.reporting.selectors.flows import (
    flows_for,
    list_entries,
    list_waiting,
    live_totals,
    months_of,
    outposts_with_flows,
    recount,
)
from feidi.domain.reporting.services.flows import (
    NewFlow,
    Settled,
    counter_flow,
    enter_flow,
    rebuild_flows,
    set_aside,
    take_up_again,
)
from feidi.domain.talent.enums import ContractKind, Whereabouts
from feidi.domain.talent.services.arrivals import Proof, decide_evidence, show_presence
from feidi.domain.talent.services.contracts import NewContract, add_contract, record_presence, void_contract
from feidi.domain.talent.services.talents import Work, change_talent
from feidi.engines.findings import RefusedError
from feidi.engines.measures import Period
from feidi.engines.money import Money
from feidi.kernel.audit.verify import verify
from feidi.kernel.subjects import Subject
from tests.support.flows import arrived, at, contract, funded, landed, proven, source_of
from tests.support.profiles import firm
from tests.support.talents import made
from tests.support.world import World

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
TO_HOME, TO_HOST = FlowDirection.HOST_TO_HOME, FlowDirection.HOME_TO_HOST
CAPITAL, TECHNOLOGY, TALENT = FlowKind


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


def act(world: World, days: int = 0, by: str = "lead") -> dict[str, Any]:
    return {"actor": world.actor(by), "now": world.now + timedelta(days=days)}


def lines(world: World, by: str = "lead", as_of: date | None = None) -> list[tuple[str, str, str, int, int]]:
    found = flows_for(world.actor(by), [world.outpost], YEAR, as_of or YEAR.end)
    return [(each.kind, each.measure, each.direction, each.figure, each.entries) for each in found.lines]


def balanced(world: World) -> None:
    """What stands is what a recount of the sources gives."""
    assert live_totals([world.outpost.pk]) == {k: v for k, v in recount([world.outpost.pk]).items() if v}


def test_a_verified_landing_brings_its_paid_in_money_and_a_revoked_one_takes_it_back_on_its_own_day(
    world: World,
) -> None:
    case = landed(world)
    entry = FlowEntry.objects.get()
    assert (entry.kind, entry.direction, entry.amount_fen, entry.currency) == (CAPITAL, TO_HOME, 50_000_000, "CNY")
    assert (entry.occurred_on, len(entry.evidence), entry.made_how) == (case.verified_on, 1, "event")
    assert lines(world) == [(CAPITAL, "CNY", TO_HOME, 50_000_000, 1)]
    revoke_landing(actor=world.actor("verifier"), now=world.now + timedelta(days=3), case=case, reason="材料不实")
    counter = FlowEntry.objects.get(counter_of=entry)
    assert (counter.amount_fen, counter.reason) == (-50_000_000, "材料不实")
    assert counter.occurred_on == entry.occurred_on + timedelta(days=3)
    assert lines(world) == [(CAPITAL, "CNY", TO_HOME, 0, 0)]
    assert lines(world, as_of=entry.occurred_on) == [(CAPITAL, "CNY", TO_HOME, 50_000_000, 1)], "as it was that day"
    balanced(world)
    assert verify().faults == ()


def test_a_technology_contract_goes_from_who_offers_to_who_needs_once_its_evidence_is_accepted(world: World) -> None:
    outcome = contract(world, accept=False)
    assert FlowEntry.objects.count() == 0
    proven(world, outcome)
    contract(world, taker="host", giver="home", technology=None)
    contract(world, taker="home", giver="home")  # within one side: nothing flows
    assert lines(world) == [
        (TECHNOLOGY, "CNY", TO_HOME, 60_000_000, 1),
        (TECHNOLOGY, "contract", TO_HOST, 1, 1),
    ]
    flows = flows_for(world.actor("lead"), [world.outpost], YEAR, YEAR.end)
    assert (flows.contracts(TO_HOME), flows.contracts(TO_HOST)) == (1, 1)
    assert (flows.net(TECHNOLOGY, "CNY"), flows.net(TECHNOLOGY, "contract")) == (60_000_000, -1)
    void_outcome(**act(world, by="officer"), outcome=outcome, reason="录重了")
    assert lines(world)[0] == (TECHNOLOGY, "CNY", TO_HOME, 0, 0)
    assert FlowEntry.objects.get(counter_of__subject_uid=outcome.uid).reason == "录重了"
    balanced(world)


def test_an_unknown_side_is_not_guessed_but_asked(world: World) -> None:
    outcome = contract(world, giver="")
    assert FlowEntry.objects.count() == 0
    assert [each.source for each in list_waiting([world.outpost.pk])] == [source_of(outcome)]
    new = NewFlow(TO_HOST)
    with refused("parties.not_permitted"):
        enter_flow(**act(world, by="officer"), source=source_of(outcome), new=new)
    entry = enter_flow(**act(world), source=source_of(outcome), new=new)
    assert (entry.amount_fen, entry.made_how, list_waiting([world.outpost.pk])) == (60_000_000, "hand", [])
    with refused("reporting.flow_entered"):
        enter_flow(**act(world), source=source_of(outcome), new=new)
    assert rebuild_flows(**act(world), outposts=[world.outpost.pk]) == Settled(), "a person's word stands"
    balanced(world)
    void_outcome(**act(world, by="officer"), outcome=outcome, reason="作废")
    assert lines(world) == [(TECHNOLOGY, "CNY", TO_HOST, 0, 0)]


def test_an_investment_is_capital_and_funding_of_a_tenant_waits_for_the_investors_side(world: World) -> None:
    contract(world, kind=OutcomeKind.INVESTMENT, taker="host", giver="home", technology=None)
    result = funded(world)
    assert lines(world) == [(CAPITAL, "CNY", TO_HOST, 80_000_000, 1)]
    assert [each.standing.waiting for each in list_waiting([world.outpost.pk])] == ["investor"]
    enter_flow(**act(world), source=source_of(result), new=NewFlow(TO_HOST))
    assert lines(world) == [(CAPITAL, "CNY", TO_HOST, 580_000_000, 2)]
    void_result(**act(world, by="officer"), outcome=result, reason="重复")
    assert lines(world) == [(CAPITAL, "CNY", TO_HOST, 80_000_000, 1)]


def test_funding_without_an_amount_needs_one_from_a_person(world: World) -> None:
    result = funded(world, None)
    with refused("reporting.flow_amount_needed"):
        enter_flow(**act(world), source=source_of(result), new=NewFlow(TO_HOME))
    entry = enter_flow(**act(world), source=source_of(result), new=NewFlow(TO_HOME, Money(100_000, "HKD")))
    assert (entry.amount_fen, entry.currency) == (100_000, "HKD")


def test_a_talent_at_work_at_home_is_a_person_and_a_month_present_is_a_month(world: World) -> None:
    talent = made(world)
    arrived(world, talent, date(2026, 5, 1))
    arrived(world, talent, date(2026, 6, 1))  # a second proof is no second person
    host = made(world, "周工", paper="", phone="", work=Work(works_at=Whereabouts.HOST))
    arrived(world, host)
    unit = at(world, firm(world, "云溪乙陶瓷有限公司"), "home")
    new = NewContract(unit, ContractKind.FLEXIBLE, date(2026, 1, 1), date(2026, 12, 31), Whereabouts.HOME)
    row = add_contract(**act(world, by="officer"), talent=host, new=new)
    month = record_presence(**act(world, by="officer"), contract=row, month=date(2026, 4, 1), days=6)
    item = show_presence(**act(world, by="officer"), month=month, proof=Proof(None, "门禁记录", date(2026, 4, 30)))
    decide_evidence(**act(world, by="manager"), talent=host, item=item, accept=True)
    assert lines(world) == [(TALENT, "month", TO_HOME, 1, 1), (TALENT, "person", TO_HOME, 1, 1)]
    balanced(world)
    change_talent(
        **act(world, by="officer"), talent=talent, version=talent.version, work=Work(works_at=Whereabouts.ELSEWHERE)
    )
    void_contract(**act(world, by="officer"), contract=row, reason="没有签成")
    assert lines(world) == [(TALENT, "month", TO_HOME, 0, 0), (TALENT, "person", TO_HOME, 0, 0)]
    balanced(world)


def test_where_nobody_has_said_and_a_home_firms_person_at_the_host_wait(world: World) -> None:
    unsaid = made(world, work=Work())
    arrived(world, unsaid)
    employer = at(world, firm(world, "云溪丙陶瓷有限公司"), "home")
    posted = made(world, "周工", paper="", phone="", work=Work(works_at=Whereabouts.HOST, employer=employer))
    arrived(world, posted)
    assert {each.standing.waiting for each in list_waiting([world.outpost.pk])} == {"workplace", "seconded"}
    enter_flow(**act(world), source=source_of(posted), new=NewFlow(TO_HOST))
    assert lines(world) == [(TALENT, "person", TO_HOST, 1, 1)]


def test_a_person_takes_an_entry_back_with_a_reason_and_nothing_enters_it_anew_until_taken_up(world: World) -> None:
    landed(world)
    entry = FlowEntry.objects.get()
    with refused("reporting.reason_needed"):
        counter_flow(**act(world), entry=entry, reason=" ")
    with refused("parties.not_permitted"):
        counter_flow(**act(world, by="officer"), entry=entry, reason="有误")
    counter = counter_flow(**act(world), entry=entry, reason="资金来自本地")
    for row, code in ((entry, "reporting.flow_countered"), (counter, "reporting.flow_is_counter")):
        with refused(code):
            counter_flow(**act(world), entry=row, reason="再来")
    assert rebuild_flows(**act(world), outposts=[world.outpost.pk]) == Settled()
    balanced(world)
    aside = FlowSetAside.objects.get()
    assert take_up_again(**act(world), aside=aside, reason="核实后确从外地来").entered == 1
    assert lines(world) == [(CAPITAL, "CNY", TO_HOME, 50_000_000, 1)]
    with refused("reporting.flow_aside_voided"):
        take_up_again(**act(world), aside=aside, reason="再来")


def test_a_source_set_aside_waits_no_more(world: World) -> None:
    result = funded(world)
    set_aside(**act(world), source=source_of(result), reason="飞地内部资金")
    assert list_waiting([world.outpost.pk]) == []
    with refused("reporting.flow_set_aside"):
        enter_flow(**act(world), source=source_of(result), new=NewFlow(TO_HOME))
    with refused("reporting.flow_no_source"):
        set_aside(**act(world), source=Subject("pipeline.project", "x"), reason="不是来源")


def test_what_existed_before_the_ledger_is_entered_once(world: World) -> None:
    landed(world)
    contract(world)
    arrived(world, made(world))
    before = live_totals([world.outpost.pk])
    FlowEntry.objects.all().delete()
    with refused("parties.not_permitted"):
        rebuild_flows(**act(world, by="officer"), outposts=[world.outpost.pk])
    assert rebuild_flows(**act(world), outposts=[world.outpost.pk]) == Settled(3, 0)
    assert rebuild_flows(**act(world), outposts=[world.outpost.pk]) == Settled()
    assert live_totals([world.outpost.pk]) == before == recount([world.outpost.pk])


def test_months_stand_apart_by_kind_and_measure(world: World) -> None:
    landed(world)
    contract(world)
    found = months_of(world.actor("lead"), [world.outpost], YEAR, YEAR.end)
    assert [(each.month, each.kind, each.figure) for each in found] == [
        (world.now.date().replace(day=1), CAPITAL, 50_000_000),
        (world.now.date().replace(day=1), TECHNOLOGY, 60_000_000),
    ]


@pytest.mark.parametrize(
    ("who", "seen"), [("officer", 1), ("bureau", 1), ("rival", 0), ("rival_bureau", 0), ("tenant", 0)]
)
def test_both_sides_see_what_flows_and_rivals_do_not(world: World, who: str, seen: int) -> None:
    landed(world)
    actor = world.actor(who)
    assert list_entries(actor).count() == seen
    assert outposts_with_flows(actor).filter(pk=world.outpost.pk).count() == seen
