"""An activity is planned with its room, opened, changed, called off; what the home side may read of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.roadshow.access import activities_visible_to, can_view_activity, registrations_visible_to
from feidi.domain.roadshow.enums import ActivityState, Audience, RegistrationState
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.activities import list_public, public_activity
from feidi.domain.roadshow.services.activities import (
    Item,
    Plan,
    change_activity,
    close_registration,
    open_activity,
    put_programme,
)
from feidi.domain.roadshow.services.holding import cancel_activity
from feidi.domain.roadshow.services.places import Place
from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking, Unit
from feidi.domain.space.services.attending import release_no_shows
from feidi.domain.space.services.bookings import decide_booking
from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.verify import verify
from feidi.kernel.notify.models import Mail
from feidi.kernel.search.models import SearchEntry
from tests.support.activities import entered, joined, opened, planned
from tests.support.rooms import at, book, make_rooms
from tests.support.world import World

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


def plan_of(row: Activity, **more: Any) -> Plan:
    told = Plan(row.kind, row.title_zh, row.starts_at, row.ends_at, Place(address=row.address), capacity=row.capacity)
    return replace(told, **more)


def free_rooms(rooms: dict[str, Unit]) -> list[Unit]:
    return [each for each in rooms.values() if each.bookable and not each.parent_id and not each.needs_approval]


@pytest.fixture
def rooms(world: World) -> dict[str, Unit]:
    return make_rooms(world)


def test_a_draft_has_a_number_and_the_questions_of_its_kind_and_is_found(world: World) -> None:
    row = planned(world, kind="talents")
    assert row.number.endswith("-HD-2026-0001")
    assert [each["code"] for each in row.questions] == ["field", "looking"]
    assert row.state == ActivityState.DRAFT
    assert SearchEntry.objects.get(subject_uid=row.uid).title == "低温介质沙龙"
    assert verify().faults == ()


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("roadshow.kind_unknown", {"kind": "fair"}),
        ("roadshow.title_needed", {"title_zh": " "}),
        ("roadshow.capacity_wrong", {"capacity": 0}),
    ],
)
def test_what_cannot_be_is_refused(world: World, code: str, more: dict[str, Any]) -> None:
    with refused(code):
        planned(world, **more)
    assert not Activity.objects.exists()


def test_times_and_windows_in_order(world: World) -> None:
    with refused("roadshow.times_in_order"):
        planned(world, ends_at=world.now)
    with refused("roadshow.window_in_order"):
        planned(world, opens_at=world.now, closes_at=world.now)
    with refused("roadshow.window_after_end"):
        planned(world, closes_at=world.now + timedelta(days=9))


@pytest.mark.parametrize("role", ["bureau", "rival", "verifier", "auditor", "tenant", "admin"])
def test_nobody_else_plans(world: World, role: str) -> None:
    row = planned(world)
    with refused("not_permitted"):
        open_activity(actor=world.actor(role), now=world.now, activity=row)


def test_the_room_is_held_moved_and_given_back(world: World, rooms: dict[str, Unit]) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    unit, other = free_rooms(rooms)[:2]
    row = planned(world, starts_at=at("10:00"), place=Place(unit=unit), capacity=None)
    assert row.booking is not None
    assert (row.booking.unit_id, row.booking.state, row.address) == (unit.pk, BookingState.CONFIRMED, "")
    moved = plan_of(row, place=Place(unit=other), starts_at=at("14:00"), ends_at=at("15:00"))
    row = change_activity(activity=row, version=row.version, plan=moved, **act)
    held = Booking.objects.get(activity=row)
    assert (held.unit_id, held.starts_at) == (other.pk, at("14:00"))
    outside = plan_of(row, place=Place(address="对面酒店"))
    row = change_activity(activity=row, version=row.version, plan=outside, **act)
    assert (row.booking, row.address) == (None, "对面酒店")
    assert Booking.objects.get(pk=held.pk).state == BookingState.CANCELLED


def test_a_room_that_is_declined_is_no_place(world: World, rooms: dict[str, Unit]) -> None:
    hall = next(each for each in rooms.values() if each.needs_approval and each.bookable)
    row = planned(world, starts_at=at("10:00"), place=Place(unit=hall), capacity=None)
    assert row.booking is not None
    assert row.booking.state == BookingState.ASKED
    lead: dict[str, Any] = {"actor": world.actor("lead"), "now": world.now}
    decide_booking(booking=row.booking, confirm=False, reason="已有安排", **lead)
    with refused("roadshow.room_lost"):
        open_activity(activity=row, **lead)
    row = change_activity(activity=row, version=row.version, plan=plan_of(row, place=Place(address="对面酒店")), **lead)
    assert open_activity(activity=row, **lead).state == ActivityState.OPEN


def test_the_room_is_not_released_once_somebody_came(world: World, rooms: dict[str, Unit]) -> None:
    row = opened(world, starts_at=at("10:00"), place=Place(unit=free_rooms(rooms)[0]))
    entered(world, joined(world, row, 1), now=at("09:50"))
    assert Booking.objects.get().checked_in_at == at("09:50")
    entered(world, joined(world, row, 2), now=at("09:55"))
    assert release_no_shows(actor=schedule_actor("space.bookings"), now=at("10:40")) == 0


def test_a_room_that_somebody_has_is_refused_by_space_and_nothing_stays_behind(
    world: World, rooms: dict[str, Unit]
) -> None:
    unit = free_rooms(rooms)[0]
    book(world, unit, "10:00", "11:00")
    with refused("space.unit_taken"):
        planned(world, starts_at=at("10:30"), place=Place(unit=unit), capacity=None)
    assert not Activity.objects.exists()
    row = planned(world, starts_at=at("11:00"), place=Place(unit=unit), capacity=None)
    with refused("space.unit_taken"):
        change_activity(
            actor=world.actor("officer"),
            now=world.now,
            activity=row,
            version=row.version,
            plan=plan_of(row, place=Place(unit=unit), starts_at=at("10:00")),
        )
    assert Activity.objects.get().starts_at == at("11:00")


def test_fewer_places_than_are_given_away_is_refused_with_the_numbers(world: World) -> None:
    row = opened(world)
    joined(world, row, 1)
    joined(world, row, 2)
    row.refresh_from_db()
    with pytest.raises(RefusedError) as error:
        change_activity(
            actor=world.actor("officer"),
            now=world.now,
            activity=row,
            version=row.version,
            plan=plan_of(row, capacity=1),
        )
    assert error.value.refusal.code == "roadshow.capacity_below"
    assert dict(error.value.refusal.params) == {"capacity": 1, "taken": 2, "over": 1}


def test_more_places_let_waiters_in_at_once(world: World) -> None:
    row = opened(world, capacity=1)
    for n in range(4):
        joined(world, row, n)
    row.refresh_from_db()
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    change_activity(activity=row, version=row.version, plan=plan_of(row, capacity=3), **act)
    states = list(Registration.objects.order_by("position").values_list("state", flat=True))
    assert states == ["registered", "registered", "registered", "waiting"]


def test_opened_needs_a_place_and_a_time_to_come(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer")}
    with refused("roadshow.nowhere"):
        open_activity(activity=planned(world, place=Place()), now=world.now, **act)
    with refused("roadshow.over"):
        open_activity(activity=planned(world), now=world.now + timedelta(days=30), **act)
    row = opened(world)
    row = close_registration(activity=row, now=world.now, **act)
    with refused("roadshow.activity_state"):
        close_registration(activity=row, now=world.now, **act)
    assert open_activity(activity=row, now=world.now, **act).state == ActivityState.OPEN


def test_a_programme_keeps_what_stays(world: World) -> None:
    row = planned(world)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "activity": row}
    first, second = (
        Item(row.starts_at, "开场"),
        Item(row.starts_at + timedelta(minutes=30), "低温介质", speaker="林博士"),
    )
    made = put_programme(items=[second, first], **act)
    assert [each.topic_zh for each in made] == ["开场", "低温介质"]
    again = put_programme(items=[second], **act)
    assert [each.pk for each in again] == [made[1].pk]
    with refused("roadshow.item_outside"):
        put_programme(items=[Item(row.ends_at, "太晚")], **act)
    with refused("roadshow.topic_needed"):
        put_programme(items=[Item(row.starts_at, "")], **act)


def test_cancelled_frees_the_room_ends_every_ticket_and_tells_everybody(world: World, rooms: dict[str, Unit]) -> None:
    unit = free_rooms(rooms)[0]
    row = opened(world, starts_at=at("10:00"), place=Place(unit=unit), capacity=1)
    joined(world, row, 1)
    joined(world, row, 2)
    joined(world, row, 3, mail="")
    before = Mail.objects.count()
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    with refused("roadshow.reason_needed"):
        cancel_activity(activity=row, reason=" ", **act)
    assert cancel_activity(activity=row, reason="台风", **act) == 2
    mails = Mail.objects.order_by("pk")[before:]
    assert [each.subject.startswith("活动取消") for each in mails if each.user_id is None] == [True, True]
    assert set(Registration.objects.values_list("state", "token_sha256")) == {(RegistrationState.CANCELLED, None)}
    assert Booking.objects.get().state == BookingState.CANCELLED
    with refused("roadshow.activity_state"):
        cancel_activity(activity=row, reason="再来", **act)
    assert verify().faults == ()


def test_who_sees_what(world: World) -> None:
    draft, told = planned(world, title_zh="草稿"), opened(world)
    joined(world, told, 1)
    seen = {
        "officer": {draft.pk, told.pk},
        "lead": {draft.pk, told.pk},
        "bureau": {told.pk},
        "auditor": {told.pk},
        "verifier": set(),
        "tenant": set(),
        "rival": set(),
        "rival_bureau": set(),
        "admin": set(),
    }
    for role, expected in seen.items():
        actor = world.actor(role)
        rows = Activity.objects.select_related("outpost")
        assert {each.pk for each in activities_visible_to(actor, rows)} == expected, role
        assert {each.pk for each in rows if can_view_activity(actor, each)} == expected, role
        people = registrations_visible_to(actor, Registration.objects.all())
        assert people.exists() == (role in {"officer", "lead"}), role


def test_the_public_reads_what_is_open_to_everybody(world: World) -> None:
    draft, told = planned(world, title_zh="草稿"), opened(world)
    closed_circle = opened(world, audience=Audience.INVITATION, title_zh="闭门")
    gone = opened(world, title_zh="取消的")
    cancel_activity(actor=world.actor("officer"), now=world.now, activity=gone, reason="台风")
    later = opened(world, starts_at=world.now + timedelta(days=9), title_zh="以后")
    assert [each.pk for each in list_public(world.outpost, world.now)] == [told.pk, gone.pk, later.pk]
    assert public_activity(told.uid).registered == 0  # type: ignore[attr-defined]
    for uid, word in ((draft.uid, ""), (closed_circle.uid, ""), (closed_circle.uid, "x"), ("nobody", "")):
        with refused("roadshow.activity_unknown"):
            public_activity(uid, word)
    assert public_activity(closed_circle.uid, closed_circle.invitation).pk == closed_circle.pk
