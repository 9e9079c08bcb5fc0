"""Trips: planned with people and stops, onto timelines once, names only as long as needed; the home side sees none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.liaison.access import can_view, visible_to
from feidi.domain.liaison.enums import TripKind
from feidi.domain.liaison.models import Trip, TripStop
from feidi.domain.liaison.selectors.trips import TripFilter, by_day, get_trip, itinerary_of, list_trips, trips_of
from feidi.domain.liaison.services.trip_names import coarse, coarsen_past_trips
from feidi.domain.liaison.services.trips import (
    Member,
    StopPlan,
    TripPlan,
    add_stop,
    edit_stop,
    edit_trip,
    plan_trip,
    put_on_timeline,
    read_members,
    record_trip_result,
    void_stop,
    void_trip,
)
from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from tests.support.world import World

pytestmark = pytest.mark.django_db

CLOCK = schedule_actor("liaison.coarsen_past_trips")


def refused(code: str, act: Any, **given: Any) -> None:
    """Assert that ``act`` refuses with ``code``."""
    with pytest.raises(RefusedError) as caught:
        act(**given)
    assert caught.value.refusal.code == code


@pytest.mark.parametrize(
    ("line", "member"),
    [
        ("张三 云溪区经科局 副局长", Member("张三", "云溪区经科局", "副局长")),
        ("2、李四，云溪园区，主任 兼 书记", Member("李四", "云溪园区", "主任 兼 书记")),
        ("王五\t滨海甲公司", Member("王五", "滨海甲公司")),
        ("  （赵六）  ", Member("（赵六）")),
    ],
)
def test_a_pasted_list_is_read_line_by_line(line: str, member: Member) -> None:
    assert read_members(f"\n{line}\n\n") == (member,)


@pytest.mark.parametrize(
    ("name", "left"), [("张三", "张某"), ("欧阳修远", "欧阳某某"), ("李", "李某"), ("李某", "李某"), ("Smith", "S某某")]
)
def test_of_a_name_the_surname_is_left(name: str, left: str) -> None:
    assert coarse(name) == left
    assert coarse(left) == left


def test_a_journey_from_plan_to_timeline_to_surnames(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    today, project = world.now.date(), world.lead()
    days = (today - timedelta(days=1), today + timedelta(days=1))
    plan = TripPlan(
        TripKind.OUTBOUND, "赴滨海招商", *days, leader="郑副区长", approval_number="批〔2026〕8号", guests=4,
        owner=world.users["officer"], members=read_members("陈晓 联络处\n周宁 联络处 专员"),
    )  # fmt: skip
    trip = plan_trip(outpost=world.outpost, plan=plan, **act)
    refused(
        "liaison.trip_dates",
        plan_trip,
        outpost=world.outpost,
        plan=replace(plan, ends_on=days[0], starts_on=days[1]),
        **act,
    )
    stop = StopPlan(days[0], "看样机", at="9:30", place="滨海甲公司", project=project)
    first = add_stop(trip=trip, plan=stop, **act)
    second = add_stop(trip=trip, plan=replace(stop, on=days[1], what="座谈", project=None), **act)
    refused("liaison.stop_outside", add_stop, trip=trip, plan=replace(stop, on=days[1] + timedelta(days=1)), **act)
    elsewhere = world.lead("对手项目", "丙公司", by="rival", outpost=world.rival, owner=world.users["rival"])
    refused("liaison.other_outpost", add_stop, trip=trip, plan=replace(stop, project=elsewhere), **act)
    refused("liaison.stop_no_project", put_on_timeline, stop=second, **act)

    first = edit_stop(stop=first, plan=replace(stop, result="愿意来云溪看场地"), **act)
    put_on_timeline(stop=TripStop.objects.get(pk=first.pk), **act)
    told = Project.objects.get(pk=project.pk).interactions.get()
    assert (told.kind, told.occurred_on, told.people) == (InteractionKind.OUTREACH, days[0], "郑副区长、陈晓、周宁")
    assert told.summary == "赴滨海招商：看样机；愿意来云溪看场地"
    first = TripStop.objects.select_related("trip", "project").get(pk=first.pk)
    refused("liaison.stop_recorded", put_on_timeline, stop=first, **act)
    refused("liaison.stop_recorded", void_stop, stop=first, reason="x", **act)
    future = edit_stop(stop=second, plan=replace(stop, on=days[1], project=project, meets="王总"), **act)
    refused("pipeline.date_in_future", put_on_timeline, stop=TripStop.objects.get(pk=future.pk), **act)
    assert TripStop.objects.get(pk=future.pk).interaction is None, "nothing half-written"

    loaded = get_trip(world.actor("manager"), trip.uid)
    assert [(on, len(stops)) for on, stops in by_day(itinerary_of(loaded))] == [(days[0], 1), (days[1], 1)]
    assert [each.pk for each in trips_of(world.actor("officer"), project)] == [second.pk, first.pk]
    refused(
        "liaison.stop_outside", edit_trip, trip=trip, version=loaded.version, plan=replace(plan, ends_on=days[0]), **act
    )
    refused("liaison.changed_meanwhile", edit_trip, trip=trip, version=99, plan=plan, **act)
    edit_trip(trip=trip, version=loaded.version, plan=replace(plan, members=plan.members[:1]), **act)
    record_trip_result(trip=trip, result="签意向一家", **act)

    for stranger in ("bureau", "verifier", "rival", "admin", "tenant"):
        actor = world.actor(stranger)
        assert not list(list_trips(actor, TripFilter()))
        assert not can_view(actor, loaded)
        assert not visible_to(actor, Trip.objects.all()).exists()
    refused("parties.not_permitted", void_trip, actor=world.actor("bureau"), now=world.now, trip=trip, reason="x")

    assert coarsen_past_trips(actor=CLOCK, now=world.now + timedelta(days=31)) == 0, (
        "30 days from its end, not its start"
    )
    late = world.now + timedelta(days=33)
    assert coarsen_past_trips(actor=CLOCK, now=late) == 1
    assert coarsen_past_trips(actor=CLOCK, now=late) == 0
    kept = Trip.objects.get(pk=trip.pk)
    assert kept.leader == "郑某某"
    assert [each.name for each in kept.members.all()] == ["陈某"]
    assert "王总" not in TripStop.objects.get(pk=second.pk).meets
    trail = AuditEntry.objects.filter(subject_kind__in=("liaison.trip", "liaison.trip_stop"))
    assert not [entry for entry in trail if "郑副区长" in str(entry.state) + str(entry.changes)]
    assert verify().faults == ()
