"""At the door: the same scan twice is one entry. Afterwards: who came and who met whom stands in the talks of projects."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.pipeline.models import Interaction
from feidi.domain.roadshow.enums import ActivityState, CheckInWay, RegistrationState
from feidi.domain.roadshow.events import ActivityAttended, ActivityMissed
from feidi.domain.roadshow.models import Activity, ActivityMeeting, CheckIn, Registration
from feidi.domain.roadshow.selectors.activities import attendance_of, places_of
from feidi.domain.roadshow.services.activity_todos import note_unheld
from feidi.domain.roadshow.services.check_ins import Scan, check_in_walk_in, void_check_in
from feidi.domain.roadshow.services.holding import hold_activity
from feidi.domain.roadshow.services.meetings import note_meeting, note_own_meeting, void_meeting
from feidi.domain.roadshow.services.registrations import cancel_by_link, link_registrant
from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.verify import verify
from feidi.kernel.events import _LISTENERS
from feidi.kernel.todos.models import Todo
from tests.support.activities import entered, joined, opened, person
from tests.support.world import World

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


def test_the_same_scan_and_the_same_ticket_twice_are_one_entry(world: World) -> None:
    row = joined(world, opened(world), 1)
    first = entered(world, row, "a", door="正门")
    again = entered(world, row, "a", door="正门")
    other = entered(world, row, "b", door="侧门", now=row.activity.starts_at + timedelta(minutes=5))
    assert (first.first, again.first, other.first) == (True, True, False)
    assert {each.check_in.pk for each in (first, again, other)} == {first.check_in.pk}
    assert (other.check_in.door, other.check_in.at) == ("正门", row.activity.starts_at)
    assert CheckIn.objects.count() == 1


def test_a_nonce_is_for_one_ticket(world: World) -> None:
    activity = opened(world)
    entered(world, joined(world, activity, 1), "a")
    with refused("roadshow.nonce_used"):
        entered(world, joined(world, activity, 2), "a")
    with refused("roadshow.nonce_needed"):
        entered(world, joined(world, activity, 3), " ")


def test_the_database_holds_one_entry_per_ticket(world: World) -> None:
    first = entered(world, joined(world, opened(world), 1)).check_in
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(
            activity=first.activity, registration=first.registration, nonce="z", way="code", at=world.now,
            scanned_at=world.now, by="x", created_at=world.now,
        )  # fmt: skip


def test_who_does_not_get_in_is_told_why(world: World) -> None:
    activity = opened(world, capacity=1)
    first, waiter = joined(world, activity, 1), joined(world, activity, 2)
    with refused("roadshow.too_early"):
        entered(world, first, now=activity.starts_at - timedelta(hours=13))
    with refused("roadshow.still_waiting"):
        entered(world, waiter)
    assert entered(world, waiter, let_in=True).first
    assert Registration.objects.get(pk=waiter.pk).state == RegistrationState.REGISTERED
    cancel_by_link(now=world.now, registration=first)
    with refused("roadshow.registration_cancelled"):
        entered(world, first)
    with refused("not_permitted"):
        entered(world, waiter, by="bureau")


def test_a_scan_without_a_line_says_when_it_was(world: World) -> None:
    activity = opened(world)
    then = activity.starts_at + timedelta(minutes=3)
    late = entered(world, joined(world, activity, 1), at=then, now=then + timedelta(hours=1))
    assert late.check_in.scanned_at == then
    ahead = entered(world, joined(world, activity, 2), at=then + timedelta(days=3), now=then)
    assert ahead.check_in.scanned_at == then


def test_a_walk_in_is_one_step_and_safe_to_send_again(world: World) -> None:
    activity = opened(world, capacity=1)
    given: dict[str, Any] = {
        "actor": world.actor("officer"),
        "now": activity.starts_at,
        "activity": activity,
        "registrant": person(7, mail=""),
        "scan": Scan("w1", door="正门"),
    }
    first, again = check_in_walk_in(**given), check_in_walk_in(**given)
    assert first.check_in.pk == again.check_in.pk
    assert (Registration.objects.get().origin, first.check_in.way) == ("walk_in", CheckInWay.WALK_IN)
    given.update(registrant=person(8), scan=Scan("w2"))
    with refused("roadshow.full_at_door"):
        check_in_walk_in(**given)
    assert check_in_walk_in(**given, crowd=True).first
    assert places_of(activity).came == 2


def test_an_entry_taken_back_may_be_made_again(world: World) -> None:
    row = joined(world, opened(world), 1)
    wrong = entered(world, row, "a").check_in
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": row.activity.starts_at}
    void_check_in(entry=wrong, reason="扫错人", **act)
    assert entered(world, row, "b").first
    with refused("roadshow.nonce_used"):
        entered(world, joined(world, row.activity, 2), "a")


def _held(world: World, activity: Activity, **more: Any) -> Any:
    given = {"actor": world.actor("officer"), "now": activity.ends_at, **more}
    return hold_activity(activity=Activity.objects.get(pk=activity.pk), **given)


def test_attendance_becomes_one_talk_on_each_project(world: World) -> None:
    project = world.lead(sponsor="滨海甲检测技术有限公司")
    activity = opened(world, capacity=9)
    one = joined(world, activity, 1, organization_name="滨海甲检测技术有限公司", title="总经理")
    two = joined(world, activity, 2, organization_name="滨海甲检测技术有限公司")
    stranger, absent = joined(world, activity, 3), joined(world, activity, 4)
    for each in (one, two, stranger):
        entered(world, each)
    before = Interaction.objects.filter(project=project).count()
    done = _held(world, activity)
    assert (done.entries, done.talks, done.without_project) == (3, 1, 1)
    talk = Interaction.objects.filter(project=project).order_by("-pk")[0]
    assert Interaction.objects.filter(project=project).count() == before + 1
    assert (talk.people, talk.occurred_on) == ("来宾1、来宾2", activity.starts_at.date())
    assert "低温介质沙龙" in talk.summary
    assert absent.name not in talk.summary
    figures = attendance_of(activity)
    assert (figures.registered, figures.came, figures.missed, figures.no_show_percent) == (4, 3, 1, 25.0)
    again = _held(world, activity)
    assert (again.entries, again.talks) == (0, 0)
    assert verify().faults == ()


def test_who_met_whom_is_noted_once_and_told_on_both_sides(world: World) -> None:
    ours, theirs = world.lead(), world.lead("另一个项目", "滨海乙材料有限公司")
    activity = opened(world, capacity=9)
    one = joined(world, activity, 1, organization_name="滨海甲检测技术有限公司")
    two = joined(world, activity, 2, organization_name="滨海乙材料有限公司")
    entered(world, one)
    entered(world, two)
    one = Registration.objects.select_related("activity__outpost__home").get(pk=one.pk)
    by_staff = note_meeting(
        actor=world.actor("officer"), now=world.now, activity=activity, one=two.code.lower(), other=one.code
    )
    by_self = note_own_meeting(now=world.now, registration=one, other=two.code, note="聊阀门")
    assert by_self.pk == by_staff.pk
    with refused("roadshow.met_oneself"):
        note_own_meeting(now=world.now, registration=one, other=one.code)
    with refused("roadshow.code_unknown"):
        note_own_meeting(now=world.now, registration=one, other="ZZZZZZ")
    _held(world, activity)
    met = Interaction.objects.filter(kind="meeting", summary__contains="结识")
    assert {each.project_id for each in met} == {ours.pk, theirs.pk}
    assert "滨海乙材料有限公司" in met.get(project=ours).summary
    with refused("roadshow.meeting_written"):
        void_meeting(actor=world.actor("officer"), now=world.now, meeting=by_staff, reason="错了")
    assert ActivityMeeting.objects.count() == 1


def test_nobody_notes_a_meeting_who_did_not_come(world: World) -> None:
    activity = opened(world)
    one, two = joined(world, activity, 1), joined(world, activity, 2)
    with refused("roadshow.did_not_come"):
        note_own_meeting(now=world.now, registration=one, other=two.code)


def test_a_project_that_was_named_comes_first(world: World) -> None:
    named = world.lead("点名的项目", "滨海乙材料有限公司")
    activity = opened(world)
    row = joined(world, activity, 1)
    link_registrant(
        actor=world.actor("officer"), now=world.now, registration=row, version=row.version, organization=None,
        project=named,
    )  # fmt: skip
    entered(world, row)
    assert _held(world, activity).talks == 1
    assert Interaction.objects.filter(project=named).exists()


def test_late_scans_of_a_door_without_a_line_still_count(world: World) -> None:
    project = world.lead()
    activity = opened(world)
    row = joined(world, activity, 1, organization_name="滨海甲检测技术有限公司")
    with refused("roadshow.not_begun"):
        _held(world, activity, now=world.now)
    _held(world, activity)
    with refused("roadshow.activity_state"):
        entered(world, row, now=activity.ends_at + timedelta(minutes=5))
    entered(world, row, at=activity.starts_at, now=activity.ends_at + timedelta(minutes=5))
    assert _held(world, activity, now=activity.ends_at + timedelta(minutes=9)).talks == 1
    assert Interaction.objects.filter(project=project, summary__contains="参加活动").count() == 1
    assert Activity.objects.get().state == ActivityState.HELD


def test_whoever_asks_how_it_was_is_told_who_came_and_who_did_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    for event in (ActivityAttended, ActivityMissed):
        monkeypatch.setitem(_LISTENERS, event, [("feidi.domain.roadshow.subscribers", heard.append)])
    activity = opened(world)
    came, missed = joined(world, activity, 1), joined(world, activity, 2)
    joined(world, activity, 3)
    entered(world, came)
    _held(world, activity)
    assert heard == [ActivityAttended(activity.uid, came.uid, "", ""), ActivityMissed(activity.uid, missed.uid)]


def test_what_is_to_be_done_stands_on_the_owners_desk_until_it_is_done(world: World) -> None:
    activity = opened(world)
    job: dict[str, Any] = {"actor": schedule_actor("roadshow.activities")}
    assert note_unheld(now=world.now, **job) == 0
    assert note_unheld(now=activity.ends_at, **job) == 1
    assert note_unheld(now=activity.ends_at, **job) == 1
    open_ones = Todo.objects.filter(done_at__isnull=True, subject_uid=activity.uid)
    assert sorted(each.what.partition(" ")[2][:4] for each in open_ones) == ["活动将近", "活动已结"]
    assert {each.assignee_id for each in open_ones} == {activity.owner_id}
    _held(world, activity)
    assert not open_ones.all().exists()
