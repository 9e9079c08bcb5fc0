"""Two at once on the daily work: one wins, the other is told why, the trail stays whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feidi.domain.liaison.enums import PlanState, TripKind
from feidi.domain.liaison.models import ActionPlan, TripStop, WorkHandover
from feidi.domain.liaison.services.handing_over import hand_over_work, undo_handover
from feidi.domain.liaison.services.plans import (
    PlanFacts,
    TaskFacts,
    add_task,
    bring_into_force,
    draft_plan,
    new_version,
)
from feidi.domain.liaison.services.trips import StopPlan, TripPlan, add_stop, plan_trip, put_on_timeline
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from tests.support import databases
from tests.support.together import together
from tests.support.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, now: Any) -> World:
    """The invented pair of places, committed, so that other connections see it."""
    return databases.made() or make_world(now)


def won(answers: list[Any], code: str) -> int:
    """Return how many went through; every other was refused with ``code``."""
    refused = [each for each in answers if isinstance(each, RefusedError)]
    assert {each.refusal.code for each in refused} <= {code}
    assert not [each for each in answers if isinstance(each, Exception) and not isinstance(each, RefusedError)]
    return len(answers) - len(refused)


def test_work_is_handed_over_once_and_taken_back_once(world: World) -> None:
    project, lead = world.lead(), world.actor("lead")
    give: dict[str, Any] = {"leaver": world.users["officer"], "taker": world.users["manager"], "reason": "离职"}
    answers = together(6, lambda _n: hand_over_work(actor=lead, now=world.now, outpost=world.outpost, **give))
    assert won(answers, "liaison.handover_nothing") == 1
    row = WorkHandover.objects.get()
    answers = together(6, lambda _n: undo_handover(actor=lead, now=world.now, handover=row))
    assert won(answers, "liaison.handover_undone") == 1
    assert Project.objects.get(pk=project.pk).owner == world.users["officer"]
    assert verify().faults == ()


def test_a_stop_and_a_version_happen_once(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    today, project = world.now.date(), world.lead()
    trip = plan_trip(
        outpost=world.outpost, plan=TripPlan(TripKind.OUTBOUND, "赴滨海", today, today, leader="某"), **act
    )
    stop = add_stop(trip=trip, plan=StopPlan(today, "看厂", project=project), **act)

    def tell(_n: int) -> Any:
        return put_on_timeline(stop=TripStop.objects.select_related("trip", "project").get(pk=stop.pk), **act)

    assert won(together(5, tell), "liaison.stop_recorded") == 1
    assert project.interactions.count() == 1
    facts = PlanFacts("计划", date(2025, 1, 1), date(2027, 12, 31))
    plan = draft_plan(outpost=world.outpost, series="计划", facts=facts, **act)
    add_task(plan=plan, facts=TaskFacts("1", "展厅"), **act)
    lead = world.actor("lead")
    answers = together(5, lambda _n: bring_into_force(actor=lead, now=world.now, plan=plan))
    assert won(answers, "liaison.plan_not_draft") == 1
    assert won(together(5, lambda _n: new_version(plan=plan, **act)), "liaison.plan_draft_exists") == 1
    assert sorted(ActionPlan.objects.values_list("state", flat=True)) == [PlanState.DRAFT, PlanState.IN_FORCE]
    assert verify().faults == ()
