"""The one box finds the daily work: all of it for the outpost, for the home side what hides no unreported project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.enums import MeetingKind, TripKind
from feidi.domain.liaison.services.coordinations import NewCoordination, ask_department, note_answer, open_coordination
from feidi.domain.liaison.services.instructions import NewInstruction, give_instruction, void_instruction
from feidi.domain.liaison.services.meetings import NewDecision, NewMeeting, call_meeting, decide
from feidi.domain.liaison.services.trips import StopPlan, TripPlan, add_stop, plan_trip, read_members
from feidi.domain.liaison.services.walk_ins import Visit, close_visit, register_visit
from feidi.domain.pipeline.services.submitting import send_submission
from tests.support.world import World

pytestmark = pytest.mark.django_db
VIEW = "console:search:search_view"


@pytest.fixture
def at(world: World) -> Callable[[str], Client]:
    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(world.users[login])
        return client

    return sign_in


def kinds(client: Client, q: str) -> set[str]:
    response = client.get(reverse(VIEW), {"q": q})
    return {group.code.partition("-")[2] for group in response.context["groups"]}


def tell(world: World) -> dict[str, Any]:
    """One of each, about a project that was not reported."""
    project, today = world.lead(), world.now.date()
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    matter = NewInstruction("经科局", "报送青金石进展", today, project=project)
    instruction = give_instruction(outpost=world.outpost, new=matter, **act)
    meeting = call_meeting(
        outpost=world.outpost,
        new=NewMeeting(MeetingKind.WEEKLY, "青金石例会", today, agenda=[("议一议", project)]),
        **act,
    )
    decide(meeting=meeting, new=NewDecision("下周送样到孔雀石窑", "张专员"), **act)
    asking = open_coordination(outpost=world.outpost, new=NewCoordination("供电局", "青金石增容"), **act)
    ask_department(coordination=asking, asked_on=today, letter_number="云滨函〔2026〕9号", **act)
    note_answer(coordination=asking, answer="同意孔雀石线路", answered_on=today, **act)
    plan = TripPlan(TripKind.RECEPTION, "青金石考察团", today, today, members=read_members("贵客甲 某单位"))
    trip = plan_trip(outpost=world.outpost, plan=plan, **act)
    add_stop(trip=trip, plan=StopPlan(today, "看孔雀石中试线"), **act)
    visit = register_visit(outpost=world.outpost, visit=Visit("问青金石补贴", visitor="来客乙"), **act)
    close_visit(walk_in=visit, result="转孔雀石专窗", **act)
    return {"project": project, "instruction": instruction, "act": act}


def test_the_outpost_finds_all_of_it_by_any_of_its_words(at: Callable[[str], Client], world: World) -> None:
    told = tell(world)
    officer = at("officer")
    assert kinds(officer, "青金石") == {"instruction", "meeting", "coordination", "trip", "walk_in"}
    assert kinds(officer, "孔雀石") == {"meeting", "coordination", "trip", "walk_in"}
    assert kinds(officer, "YB-会议-2026-001") == {"meeting"}
    for name in ("贵客甲", "来客乙"):
        assert kinds(officer, name) == set()
    void_instruction(instruction=told["instruction"], reason="登记重了", **told["act"])
    assert "instruction" not in kinds(officer, "青金石")


def test_the_home_side_finds_what_hides_nothing(at: Callable[[str], Client], world: World) -> None:
    told = tell(world)
    for who in ("bureau", "auditor", "rival", "rival_bureau", "admin", "tenant"):
        assert kinds(at(who), "青金石") == set(), who
    send_submission(
        actor=world.actor("lead"), now=world.now, outpost=world.outpost, projects=[told["project"]], reason="周报"
    )
    assert kinds(at("bureau"), "青金石") == {"instruction", "meeting"}
    for who in ("rival", "rival_bureau", "tenant"):
        assert kinds(at(who), "青金石") == set(), who
