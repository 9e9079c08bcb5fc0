"""A hand-over forgets no kind of work: what every app registers goes in the one move and comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey

from feidi.domain.incubation.services.requests import ask_service, take_service
from feidi.domain.liaison.services.handing_over import hand_over_work, holdings_of, undo_handover
from feidi.domain.liaison.services.handover_kinds import handlers
from feidi.domain.matching.enums import Channel, Side
from feidi.domain.matching.models import Introduction
from feidi.domain.matching.services.introductions import Interest, express_interest
from feidi.domain.parties.selectors.feedback import whose_of
from feidi.domain.reporting.services.report_plans import NewPlan, add_plan
from feidi.domain.showcase.services.visits import VisitPlan, book_visit
from feidi.domain.space.services.visitors import expect_visitor
from feidi.kernel.audit.verify import verify
from feidi.kernel.feedback.models import Ask
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.subjects import Subject
from tests.support.profiles import make_profile
from tests.support.rooms import book, make_rooms
from tests.support.runs import run_on
from tests.support.talents import made, opened
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

#: Whose work a row is → the kind of the hand-over that passes it.
PASSED: Final = {
    "feedback.Ask.owner": "asks",
    "feedback.Complaint.owner": "complaints",
    "feedback.FollowUp.owner": "follow_ups",
    "incubation.Application.officer": "applications",
    "incubation.ServiceRequest.owner": "requests",
    "liaison.Coordination.owner": "coordinations",
    "liaison.Decision.responsible": "decisions",
    "liaison.Instruction.owner": "instructions",
    "liaison.PlanTask.owner": "plan_tasks",
    "liaison.Trip.owner": "trips",
    "liaison.WalkIn.handed_to": "walk_ins",
    "matching.Introduction.need_officer": "introductions_need",
    "matching.Introduction.offer_officer": "introductions_offer",
    "matching.Profile.officer": "profiles",
    "parties.OrganizationTitle.responsible": "titles",
    "pipeline.Gap.responsible": "gaps",
    "pipeline.Project.owner": "projects",
    "pipeline.Target.owner": "targets",
    "playbook.PlaybookRun.officer": "playbook_runs",
    "reporting.ReportPlan.owner": "report_plans",
    "roadshow.Activity.owner": "activities",
    "roadshow.Roadshow.owner": "roadshows",
    "showcase.HallVisit.guide": "hall_visits",
    "space.Booking.organizer": "bookings",
    "space.BookingSeries.organizer": "booking_series",
    "space.Visitor.host": "visitors",
    "space.WaitingEntry.organizer": "waiting",
    "talent.GreenCase.officer": "green_cases",
    "todos.Todo.assignee": "todos",
}
#: Who a row is about, or what somebody did: a fact, a login, a judge's own seat. Nothing to be passed.
FACTS: Final = frozenset(
    {
        "author",
        "reviewer",
        "user",
        "judge",
        "submitted_by",
        "leaver",
        "taker",
        "first",
        "absent",
        "stand_in",
        "requested_by",
    }
)


def test_every_column_that_says_whose_work_it_is_has_its_kind() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("feidi.")
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model._meta.label == settings.AUTH_USER_MODEL
        and field.name not in FACTS
    }
    assert found == set(PASSED)
    assert set(PASSED.values()) == {each.code for each in handlers()}


@pytest.mark.django_db
def test_what_the_other_apps_hold_goes_and_comes_back(world: World) -> None:
    officer, lead = world.users["officer"], world.users["lead"]
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    ahead = world.now + timedelta(days=3)
    need, offer = (make_profile(world, side) for side in Side)
    both = express_interest(**act, need=need, offer=offer, interest=Interest(Channel.OFFICER))
    # the taker advises the other side already: an undo must leave that with them
    Introduction.objects.filter(pk=both.pk).update(offer_officer=lead)
    own = express_interest(
        **act,
        need=make_profile(world, Side.NEED),
        offer=make_profile(world, Side.OFFER),
        interest=Interest(Channel.OFFICER),
    )
    run_on(world, world.lead("办理服务的项目"))
    opened(world, made(world), on=world.now.date())
    asked = ask_service(**act, tenancy=tenancy_of(world, floor_of(world)[0]), kind="ip", what="专利挖掘两件")
    take_service(**act, request=asked, owner=officer)
    add_plan(**act, outpost=world.outpost, new=NewPlan("monthly", 3, addresses=["ke.zhang@example.cn"]))
    book_visit(
        **act, outpost=world.outpost, plan=VisitPlan("某市考察团", ahead, ahead + timedelta(hours=1), guide=officer)
    )
    units = make_rooms(world)
    room = units["TALK-A"]
    book(world, room)
    expect_visitor(**act, outpost=world.outpost, name="王来访", host=officer, expected_at=ahead, from_where="某公司")
    whose = whose_of(world.outpost)
    about: dict[str, Any] = {"subject": Subject("pipeline.project", "a" * 12), "occasion": "service", "about": "注册"}
    assert ask(**act, **about, to=Respondent("p"), whose=whose, owner=officer) is not None

    today = world.now.date()
    held = holdings_of(world.outpost, officer, today).by_kind
    expected = {
        "profiles": 4, "introductions_need": 2, "introductions_offer": 1, "playbook_runs": 1, "green_cases": 1, "requests": 1, "report_plans": 1,
        "hall_visits": 1, "bookings": 1, "visitors": 1, "asks": 1,
    }  # fmt: skip
    assert {code: len(held.get(code, ())) for code in expected} == expected
    said = " ".join(each.label for rows in held.values() for each in rows)
    assert "王来访" not in said, "the list is kept for ever, a visitor's name is not"
    assert "林博士" not in said
    row = hand_over_work(
        actor=world.actor("lead"), now=world.now, outpost=world.outpost, leaver=officer, taker=lead, reason="离职"
    )
    assert not holdings_of(world.outpost, officer, today).total
    assert Ask.objects.get().owner == lead
    undone = undo_handover(actor=world.actor("lead"), now=world.now, handover=row)
    assert undone.kept == []
    assert row.items.filter(subject_uid=own.uid).count() == 2, "who advises both sides gives both away"
    assert row.items.filter(given_back=True).count() == row.items.count()
    again = Introduction.objects.get(pk=both.pk)
    assert (again.need_officer, again.offer_officer) == (officer, lead), "what the taker had before stays"
    back = holdings_of(world.outpost, officer, today).by_kind
    assert {code: len(back.get(code, ())) for code in expected} == expected
    assert verify().faults == ()
