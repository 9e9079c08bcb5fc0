"""工作移交: 43 projects and everything else in one move, listed, undone but for what somebody has touched since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from feidi.domain.liaison.access import visible_to
from feidi.domain.liaison.enums import MeetingKind, TripKind
from feidi.domain.liaison.models import Instruction, WalkIn, WorkHandover
from feidi.domain.liaison.selectors.handovers import HandoverFilter, get_handover, list_handovers
from feidi.domain.liaison.services.coordinations import NewCoordination, open_coordination
from feidi.domain.liaison.services.handing_over import hand_over_work, holdings_of, undo_handover
from feidi.domain.liaison.services.handover_kinds import HANDLERS, items_by_kind
from feidi.domain.liaison.services.instructions import NewInstruction, give_instruction
from feidi.domain.liaison.services.meetings import NewDecision, NewMeeting, call_meeting, decide
from feidi.domain.liaison.services.plans import PlanFacts, TaskFacts, add_task, draft_plan
from feidi.domain.liaison.services.trips import TripPlan, plan_trip
from feidi.domain.liaison.services.walk_ins import Visit, register_visit
from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.titles import TitlePaper, add_title
from feidi.domain.pipeline.enums import InteractionKind, Track
from feidi.domain.pipeline.models import Gap, Project
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.targets import Wanted, add_target
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.selectors import open_todos
from feidi.kernel.todos.services import add_todo
from tests.support.queries import queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


def refused(code: str, act: Any, **given: Any) -> None:
    """Assert that ``act`` refuses with ``code``."""
    with pytest.raises(RefusedError) as caught:
        act(**given)
    assert caught.value.refusal.code == code


def plain_projects(world: World, count: int, first: int = 900) -> list[Project]:
    """Make many bare projects of the officer."""
    return Project.objects.bulk_create(
        Project(
            outpost=world.outpost, code=f"YB-2026-{at:04d}", name=f"项目{at}", name_folded=f"项目{at}",
            owner=world.users["officer"], owner_text="officer", created_at=world.now,
        )
        for at in range(first, first + count)
    )  # fmt: skip


def one_of_each(world: World) -> Project:
    """Give the officer one of every kind of work; return the project."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    outpost, officer, today = world.outpost, world.users["officer"], world.now.date()
    project = world.lead()
    subject = Subject("pipeline.project", project.uid)
    Gap.objects.create(
        project=project, track=Track.TALKS, stage="screening", guard="contact", label_zh="联系人", label_en="Contact",
        responsible=officer, responsible_text="officer", due_on=today, created_at=world.now,
    )  # fmt: skip
    add_todo(subject=subject, what="回电话", assignee=officer, **act)
    add_target(outpost=outpost, wanted=Wanted("某某传感有限公司", "低温传感器"), owner=officer, **act)
    give_instruction(outpost=outpost, new=NewInstruction("经科局", "报周报", today, owner=officer), **act)
    open_coordination(outpost=outpost, new=NewCoordination("市监局", "核名", owner=officer), **act)
    meeting = call_meeting(outpost=outpost, new=NewMeeting(MeetingKind.WEEKLY, "例会", today), **act)
    decide(meeting=meeting, new=NewDecision("联系园区", "officer", officer), **act)
    plan = draft_plan(outpost=outpost, series="计划", facts=PlanFacts("计划", today, today), **act)
    add_task(plan=plan, facts=TaskFacts("1", "建展厅", owner=officer), **act)
    plan_trip(outpost=outpost, plan=TripPlan(TripKind.OUTBOUND, "赴滨海", today, today, owner=officer), **act)
    register_visit(outpost=outpost, visit=Visit("问政策"), **act)
    firm = Organization.objects.get(name="滨海甲检测技术有限公司", links__outpost=outpost)
    paper = TitlePaper("high_tech", valid_from=today)
    add_title(outpost=outpost, organization=firm, paper=paper, responsible=officer, **act)
    # what is another outpost's stays: a to-do over there
    theirs = world.lead("对手项目", "丙公司", by="rival", outpost=world.rival, owner=world.users["rival"])
    add_todo(subject=Subject("pipeline.project", theirs.uid), what="在那边的事", assignee=officer, **act)
    return project


def test_everything_of_a_leaver_goes_in_one_move_and_comes_back(world: World, now: datetime) -> None:
    project = one_of_each(world)
    plain_projects(world, 42)
    outpost, today, lead = world.outpost, world.now.date(), world.actor("lead")
    officer, manager = world.users["officer"], world.users["manager"]
    give: dict[str, Any] = {"outpost": outpost, "leaver": officer, "taker": manager, "reason": "调离"}
    held = holdings_of(outpost, officer, today)
    assert list(held.by_kind) == [each.code for each in HANDLERS], "one of each kind at least"
    assert len(held.by_kind["projects"]) == 43

    refused("parties.not_permitted", hand_over_work, actor=world.actor("officer"), now=now, **give)
    refused("parties.not_permitted", hand_over_work, actor=world.actor("bureau"), now=now, **give)
    refused("liaison.handover_same", hand_over_work, actor=lead, now=now, **{**give, "taker": officer})
    refused("liaison.handover_stranger", hand_over_work, actor=lead, now=now, **{**give, "taker": world.users["rival"]})
    refused("liaison.handover_moved", hand_over_work, actor=lead, now=now, seen="other", seen_total=3, **give)
    row = hand_over_work(actor=lead, now=now, seen=held.digest, seen_total=held.total, **give)
    assert row.number.endswith("-移交-2026-001")
    assert row.items.count() == held.total
    assert not holdings_of(outpost, officer, today).total
    assert Project.objects.filter(owner=manager, owner_text="manager").count() == 43, "on the taker's list"
    assert {each.what for each in open_todos([manager.pk])} >= {"回电话"}
    assert [each.what for each in open_todos([officer.pk])] == ["在那边的事"]
    visit = WalkIn.objects.get()
    assert (visit.first, visit.handed_to) == (officer, manager), "who took it first is a fact"
    refused("liaison.handover_nothing", hand_over_work, actor=lead, now=now, **give)

    # somebody works on: two things are touched
    later = now + timedelta(hours=3)
    talk = Talk(InteractionKind.CALL, today, "约下周见")
    record_interaction(actor=world.actor("manager"), now=later, project=Project.objects.get(pk=project.pk), talk=talk)
    evening = now + timedelta(hours=8)
    result = undo_handover(actor=lead, now=evening, handover=row)
    assert result.given_back == held.total - len(result.kept)
    assert [(each.kind, each.kept_reason) for each in result.kept] == [
        ("projects", "manager (manager) 于 2026-11-23 12:30 改过")
    ]
    assert Project.objects.filter(owner=officer, owner_text="officer").count() == 42
    assert Project.objects.get(pk=project.pk).owner == manager
    assert Instruction.objects.get().owner == officer
    refused("liaison.handover_undone", undo_handover, actor=lead, now=evening, handover=row)

    loaded = get_handover(world.actor("manager"), row.uid)
    assert [code for code, _label, _items in items_by_kind(loaded)] == [each.code for each in HANDLERS]
    listed = list_handovers(world.actor("officer"), HandoverFilter(words="manager")).get()
    assert (listed.things, listed.project_count) == (held.total, 43)
    for stranger in ("bureau", "rival", "admin", "auditor"):
        assert not visible_to(world.actor(stranger), WorkHandover.objects.all()).exists()
    assert verify().faults == ()


def test_a_hand_over_costs_the_same_queries_however_much_it_moves(world: World, now: datetime) -> None:
    lead, outpost, costs = world.actor("lead"), world.outpost, []
    one, other = world.users["officer"], world.users["manager"]

    def hand(leaver: Any, taker: Any) -> None:
        hand_over_work(actor=lead, now=now, outpost=outpost, leaver=leaver, taker=taker, reason="换人")

    plain_projects(world, 1)
    hand(one, other)  # the first one of a year makes the series of numbers
    costs.append(len(queries_of(lambda: hand(other, one))))
    plain_projects(world, 3, first=800)
    costs.append(len(queries_of(lambda: hand(one, other))))
    assert costs[0] == costs[1]
