"""Many at once on one row: exactly one wins, every other is told why, and the audit chain stays whole.

Threads with connections of their own, on SQLite and on PostgreSQL alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from feidi.domain.pipeline.enums import AgreementKind, Counting, LandingState, Stage, Track
from feidi.domain.pipeline.models import Agreement, LandingCase, Project
from feidi.domain.pipeline.services.agreements import NewAgreement, add_agreement
from feidi.domain.pipeline.services.landing import (
    decide_item,
    open_case,
    state_signals,
    submit_landing,
    verify_landing,
)
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.pipeline.services.registering import Lead, register_lead, set_home_entity, update_project
from feidi.engines.findings import RefusedError
from feidi.engines.money import MoneyText
from feidi.kernel.audit.verify import verify
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.subjects import Subject
from tests.support import databases
from tests.support.together import together
from tests.support.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, now: Any) -> World:
    """The invented pair of places, committed, so that other connections see it."""
    return databases.made() or make_world(now)


def codes_of(error: RefusedError) -> frozenset[str]:
    """Return the code of a refusal and of all its reasons."""
    return frozenset({error.refusal.code, *(reason.code for reason in error.refusal.reasons)})


def split(answers: Sequence[Any]) -> tuple[list[Any], Counter[frozenset[str]]]:
    """Return who won, and how often each refusal was given. Anything but a refusal is a failure."""
    unexpected = [each for each in answers if isinstance(each, Exception) and not isinstance(each, RefusedError)]
    assert unexpected == []
    won = [each for each in answers if not isinstance(each, Exception)]
    return won, Counter(codes_of(each) for each in answers if isinstance(each, RefusedError))


def whole() -> None:
    """The audit chain holds, and every audited row is as it was last recorded."""
    assert verify().faults == ()


def screenable(world: World) -> Project:
    """A lead that may enter ``screening``."""
    project = world.lead()
    values = {"office_need": "200㎡", "coordination": "无", "expected_output_text": "1200万元"}
    return update_project(
        actor=world.actor("officer"), now=world.now, project=project, version=project.version, values=values
    )


def test_of_fifty_moves_one_wins_and_the_rest_are_told_why(world: World) -> None:
    project, actor = screenable(world), world.actor("officer")
    before = project.version

    def move(_number: int) -> Any:
        stale = Project.objects.select_related("outpost__home").get(pk=project.pk)
        return move_project(actor=actor, now=world.now, project=stale, move=Move(Track.TALKS, Stage.SCREENING))

    won, refused = split(together(50, move))
    assert len(won) == 1
    assert sum(refused.values()) == 49
    assert all("stages.already_there" in codes for codes in refused), refused
    logged = project.stage_log.filter(to_stage=Stage.SCREENING)
    assert [log.pk for log in logged] == [won[0].pk]
    project.refresh_from_db()
    assert (project.talks_stage, project.version) == (Stage.SCREENING, before + 1)
    whole()


def test_of_twenty_first_contracts_one_counts(world: World) -> None:
    project, actor = world.lead(), world.actor("officer")
    scans = [world.file(Subject("pipeline.project", project.uid), f"合同{at}.pdf") for at in range(20)]

    def sign(number: int) -> Any:
        new = NewAgreement(
            kind=AgreementKind.CONTRACT,
            signed_on=world.now.date(),
            investor=project.sponsor_name,
            scan=scans[number],
            amount=MoneyText("300万元", 300_000_000, 300_000_000, "CNY"),
        )
        return add_agreement(actor=actor, now=world.now, project=project, new=new)

    won, refused = split(together(20, sign))
    assert (len(won), refused) == (20, Counter())
    countings = Counter(Agreement.objects.filter(project=project).values_list("counting", flat=True))
    assert countings == {Counting.FIRST: 1, Counting.ALREADY: 19}
    assert sum(Agreement.objects.filter(project=project).values_list("counted_fen", flat=True)) == 300_000_000
    whole()


def submitted(world: World) -> LandingCase:
    """A submitted case whose every item is accepted."""
    project = world.to_signed(world.lead())
    case = world.landing_case(project)
    world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    case = submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    for item in EvidenceItem.objects.filter(requirement__subject_uid=project.uid, state="submitted"):
        decide_item(actor=world.actor("verifier"), now=world.now, case=case, item=item, accept=True)
    return case


def test_of_twenty_verifications_one_wins(world: World) -> None:
    case = submitted(world)
    for number in range(20):
        world.user(f"verifier{number}", "verifier", home=world.outpost.home)
    actors = [world.actor(f"verifier{number}") for number in range(20)]

    def confirm(number: int) -> Any:
        return verify_landing(actor=actors[number], now=world.now, case=LandingCase.objects.get(pk=case.pk))

    won, refused = split(together(20, confirm))
    assert len(won) == 1
    assert refused == {frozenset({"pipeline.landing_state"}): 19}
    row = LandingCase.objects.get(pk=case.pk)
    assert (row.state, row.decided_by) == (LandingState.VERIFIED, won[0].decided_by)
    assert Project.objects.get(pk=case.project_id).verified_on == world.now.date()
    whole()


def test_thirty_leads_get_thirty_consecutive_codes(world: World) -> None:
    actor = world.actor("officer")

    def register(number: int) -> Any:
        lead = Lead(
            name=f"项目{number}", sponsor="同一家检测技术有限公司", contact_name="王工", contact_phone="13900001234"
        )
        return register_lead(actor=actor, now=world.now, outpost=world.outpost, lead=lead, owner=world.users["officer"])

    won, refused = split(together(30, register))
    assert (len(won), refused) == (30, Counter())
    codes = sorted(project.code for project in won)
    prefix = codes[0].rsplit("-", 1)[0]
    assert codes == [f"{prefix}-{number:04d}" for number in range(1, 31)]
    sponsors = {party.organization_id for project in won for party in project.parties.filter(role="sponsor")}
    contacts = {party.person_id for project in won for party in project.parties.filter(role="contact")}
    assert (len(sponsors), len(contacts)) == (1, 1), "one firm and one person, however many write them down at once"
    whole()


def test_the_same_lead_at_the_same_moment_is_registered_once(world: World) -> None:
    actor = world.actor("officer")

    def register(_number: int) -> Any:
        lead = Lead(name="低温介质检测", sponsor="滨海甲检测技术有限公司")
        return register_lead(actor=actor, now=world.now, outpost=world.outpost, lead=lead)

    won, refused = split(together(10, register))
    assert len(won) == 1
    assert refused == {frozenset({"pipeline.duplicate"}): 9}
    whole()


def saving(world: World, project: Project, values: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
    """Let several people who opened the same version save at once."""
    actors = [world.actor(who) for who, _values in values]

    def save(number: int) -> Any:
        return update_project(
            actor=actors[number],
            now=world.now,
            project=Project.objects.get(pk=project.pk),
            version=project.version,
            values=values[number][1],
        )

    return together(len(values), save)


def test_changes_of_different_fields_both_land(world: World) -> None:
    project = world.lead()
    won, refused = split(saving(world, project, [("officer", {"industry": "环保"}), ("lead", {"remarks": "可"})]))
    assert (len(won), refused) == (2, Counter())
    project.refresh_from_db()
    assert (project.industry, project.remarks) == ("环保", "可")
    whole()


def test_of_changes_of_one_field_the_second_is_refused_and_told_who(world: World) -> None:
    project = world.lead()
    who = ["officer", "lead", "manager"]
    answers = saving(world, project, [(each, {"industry": each}) for each in who])
    won, refused = split(answers)
    assert len(won) == 1
    assert refused == {frozenset({"pipeline.changed_meanwhile", "pipeline.field_changed"}): 2}
    winner = won[0].industry
    told = {str(each.refusal.params["who"]) for each in answers if isinstance(each, RefusedError)}
    assert told == {f"{winner} ({winner})"}
    whole()


def many(world: World, act: Callable[[Project], Any], count: int = 10) -> list[Any]:
    """Let ``count`` threads act on a signed project, each with a row of its own."""
    project = world.to_signed(world.lead())

    def run(_number: int) -> Any:
        return act(Project.objects.select_related("outpost__home").get(pk=project.pk))

    won, refused = split(together(count, run))
    assert refused == Counter()
    return won


@pytest.mark.parametrize("count", [2, 10])
def test_simultaneous_openings_make_one_case(world: World, count: int) -> None:
    actor = world.actor("officer")
    won = many(world, lambda project: open_case(actor=actor, now=world.now, project=project), count)
    assert [case.pk for case in won] == [LandingCase.objects.get().pk] * count
    whole()


def test_simultaneous_namings_of_the_home_firm_leave_one(world: World) -> None:
    actor = world.actor("officer")
    names = iter([f"云溪{at}有限公司" for at in range(10)])
    many(world, lambda project: set_home_entity(actor=actor, now=world.now, project=project, name=next(names)))
    project = Project.objects.get()
    assert project.parties.filter(role="home_entity", until__isnull=True).count() == 1
    whole()


def test_simultaneous_signals_are_all_kept(world: World) -> None:
    project, actor = world.to_signed(world.lead()), world.actor("officer")
    case = world.landing_case(project)
    stated = [{"insured_people": 3}, {"paid_in_capital": 5}, {"invoice_months": 2}, {"address": "科创路1号"}]
    won, refused = split(
        together(4, lambda at: state_signals(actor=actor, now=world.now, case=case, signals=stated[at]))
    )
    assert (len(won), refused) == (4, Counter())
    case.refresh_from_db()
    assert {key for each in stated for key in each} <= case.signals.keys()
    whole()
