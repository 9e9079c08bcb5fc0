"""Bookings: made, refused with every reason at once, moved, brought back, decided; a firm within its limits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from feidi.domain.parties.enums import OrganizationKind
from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking, Occupation, Unit
from feidi.domain.space.selectors import checking
from feidi.domain.space.selectors.bookings import list_asked, list_bookings, list_own
from feidi.domain.space.services.bookings import (
    book_unit,
    cancel_booking,
    change_booking,
    decide_booking,
    move_booking,
    restore_booking,
)
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.messages import fix_of, text_of
from feidi.kernel.todos.models import Todo
from tests.support.rooms import DAY, at, book, days_on, firm_of, ledger_is_sound, refused, wish
from tests.support.world import World

pytestmark = pytest.mark.django_db


def fails(world: World, unit: Unit, *span: str, by: str = "officer", **more: Any) -> RefusedError:
    with pytest.raises(RefusedError) as error:
        book(world, unit, *span, by=by, **more)
    return error.value


def codes(error: RefusedError) -> list[str]:
    return [error.refusal.code, *(each.code for each in error.refusal.reasons)]


def test_booked_is_held_and_who_is_in_the_way_is_named(world: World, rooms: dict[str, Unit]) -> None:
    firm = firm_of(world)
    booking = book(world, rooms["TALK-A"], organization=firm)
    assert (booking.state, booking.organizer) == (BookingState.CONFIRMED, world.users["officer"])
    error = fails(world, rooms["TALK-A"], "10:30", "11:30", by="manager")
    assert codes(error) == ["space.unit_taken", "space.taken_by"]
    assert text_of(error.refusal.reasons[0]) == "预订：滨海甲检测技术有限公司：投资人见面会，2026-11-24 10:00–11:00"
    assert text_of(error.refusal) == "洽谈室甲 在 2026-11-24 10:30–11:30 已被占用（1 处）"
    assert fix_of(error.refusal)
    assert Booking.objects.count() == 1, "a refused booking leaves nothing behind"
    ledger_is_sound()
    assert verify().faults == ()


def test_who_may_not_know_reads_only_that_it_is_occupied(world: World, rooms: dict[str, Unit]) -> None:
    book(world, rooms["TALK-A"], purpose="保密谈判")
    error = fails(world, rooms["TALK-A"], by="tenant")
    assert codes(error) == ["space.unit_taken", "space.taken"]
    assert text_of(error.refusal.reasons[0]) == "已占用"
    assert not error.refusal.reasons[0].params
    assert "保密" not in text_of(error.refusal)


def test_all_that_speaks_against_a_booking_is_said_at_once(world: World, rooms: dict[str, Unit]) -> None:
    error = fails(world, rooms["TALK-A"], "06:10", "07:00", purpose=" ", attendees=99)
    assert codes(error) == [
        "space.booking_refused",
        "space.purpose_needed",
        "space.too_many",
        "space.off_the_grid",
        "space.closed_then",
    ]
    assert text_of(error.refusal.reasons[-1]) == "洽谈室甲 2026-11-24 的开放时间是 08:30–20:00"


@pytest.mark.parametrize(
    ("unit", "more", "code"),
    [
        ("801", {}, "space.not_bookable"),
        ("TALK-A", {"attendees": 0}, "space.attendees_wrong"),
        ("TALK-A", {"day": days_on(-4)}, "space.in_the_past"),
        ("TALK-A", {"day": days_on(5)}, "space.closed_that_day"),  # a Sunday
        ("TALK-A", {"day": DAY.replace(year=2027, month=1, day=1)}, "space.closed_that_day"),  # New Year
    ],
)
def test_what_cannot_be_booked(
    world: World, rooms: dict[str, Unit], unit: str, more: dict[str, Any], code: str
) -> None:
    assert code in codes(fails(world, rooms[unit], **more))
    assert not Occupation.objects.exists()


def test_an_end_before_the_start_and_past_midnight(world: World, rooms: dict[str, Unit]) -> None:
    assert codes(fails(world, rooms["TALK-A"], "11:00", "10:00")) == ["slots.ends_before_start"]
    night = wish(rooms["TALK-A"], "23:00", "23:30")
    with pytest.raises(RefusedError) as error:
        book_unit(
            actor=world.actor("officer"),
            now=world.now,
            wish=checking.Wish(night.unit, night.starts_at, night.starts_at + timedelta(hours=2), "夜间"),
        )
    assert refused(error) == ["space.booking_refused", "space.closed_then"]


def test_a_firm_books_for_itself_alone(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"], by="tenant")
    assert (booking.organization, booking.organizer) == (firm_of(world), world.users["tenant"])
    other = find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="滨海乙检测有限公司"
    )
    assert codes(fails(world, rooms["TALK-B"], by="tenant", organization=other)) == ["parties.not_permitted"]
    theirs = book(world, rooms["TALK-B"], organization=other)
    tenant = world.actor("tenant")
    assert list(list_own(tenant, world.now)) == [booking]
    assert list(list_bookings(tenant)) == [booking]
    with pytest.raises(RefusedError) as error:
        cancel_booking(actor=tenant, now=world.now, booking=theirs, reason="不用了")
    assert refused(error) == ["parties.not_permitted"]
    assert codes(fails(world, rooms["TALK-B"], "14:00", "15:00", by="rival")) == ["parties.not_permitted"]
    assert codes(fails(world, rooms["TALK-B"], "14:00", "15:00", by="bureau")) == ["parties.not_permitted"]


def test_a_firms_limits_are_its_own_staff_answer_for_theirs(world: World, rooms: dict[str, Unit]) -> None:
    room = rooms["EXC"]
    assert "space.too_far_ahead" in codes(fails(world, room, by="tenant", day=days_on(90)))
    assert "space.too_long" in codes(fails(world, room, "09:00", "17:30", by="tenant"))
    book(world, room, "09:00", "17:00", by="tenant")
    error = fails(world, room, "09:00", "11:30", by="tenant", day=days_on(1))
    assert codes(error) == ["space.booking_refused", "space.week_full"]
    assert text_of(error.refusal.reasons[0]) == "本单位这一周已订 8 小时，加上这次 2.5 小时超过每周 10 小时"
    book(world, room, "09:00", "11:00", by="tenant", day=days_on(1))
    book(world, room, "09:00", "17:00", by="tenant", day=days_on(7))
    book(world, room, "12:00", "20:00", by="officer", day=days_on(1), organization=firm_of(world))


def test_cancelled_hours_count_no_more_and_a_moved_booking_not_twice(world: World, rooms: dict[str, Unit]) -> None:
    tenant, room = world.actor("tenant"), rooms["EXC"]
    first = book(world, room, "09:00", "17:00", by="tenant")
    moved = move_booking(
        actor=tenant,
        now=world.now,
        booking=first,
        version=first.version,
        unit=room,
        starts_at=at("10:00"),
        ends_at=at("18:00"),
    )
    cancel_booking(actor=tenant, now=world.now, booking=moved, reason="改期")
    book(world, room, "09:00", "17:00", by="tenant")
    ledger_is_sound()


def test_home_firms_book_where_content_says_so(
    world: World, rooms: dict[str, Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = find_or_add_organization(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        name="云溪甲窑炉有限公司",
        kinds=(OrganizationKind.HOME_FIRM,),
    )
    world.user("home_firm", "home_firm", organization=firm)
    book(world, rooms["TALK-A"], by="home_firm")
    from dataclasses import replace

    from feidi.domain.space.services import booking_changing

    rules = replace(booking_changing.rules_of(world.outpost), home_firms=False)
    monkeypatch.setattr(booking_changing, "rules_of", lambda _outpost: rules)
    assert codes(fails(world, rooms["TALK-B"], by="home_firm")) == ["space.booking_refused", "space.home_firms_not"]


def test_a_firm_of_another_outpost_finds_no_room_here(world: World, rooms: dict[str, Unit]) -> None:
    stranger = Organization.objects.create(name="外地有限公司", name_folded="外地有限公司", created_at=world.now)
    world.user("stranger", "tenant", organization=stranger)
    assert codes(fails(world, rooms["TALK-A"], by="stranger")) == [
        "space.booking_refused",
        "space.organization_unknown",
    ]


def test_moved_to_another_room_and_time_in_one_step(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"])
    book(world, rooms["TALK-B"], "14:00", "15:00")
    given: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "booking": booking}
    with pytest.raises(RefusedError) as error:
        move_booking(**given, version=1, unit=rooms["TALK-B"], starts_at=at("14:30"), ends_at=at("15:30"))
    assert refused(error) == ["space.unit_taken", "space.taken_by"]
    ledger_is_sound()
    moved = move_booking(**given, version=1, unit=rooms["TALK-B"], starts_at=at("15:00"), ends_at=at("16:00"))
    assert (moved.unit, moved.version) == (rooms["TALK-B"], 2)
    with pytest.raises(RefusedError) as error:
        move_booking(**given, version=1, unit=rooms["TALK-A"], starts_at=at("10:00"), ends_at=at("11:00"))
    assert refused(error) == ["space.booking_changed_meanwhile"]
    ledger_is_sound()
    book(world, rooms["TALK-A"])


def test_moving_by_half_an_hour_does_not_meet_itself(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"])
    moved = move_booking(
        actor=world.actor("officer"),
        now=world.now,
        booking=booking,
        version=booking.version,
        unit=rooms["TALK-A"],
        starts_at=at("10:30"),
        ends_at=at("11:30"),
    )
    assert moved.starts_at == at("10:30")
    ledger_is_sound()


def test_brought_back_unless_somebody_came_in_between(world: World, rooms: dict[str, Unit]) -> None:
    given: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    booking = book(world, rooms["TALK-A"])
    with pytest.raises(RefusedError):
        cancel_booking(booking=booking, reason=" ", **given)
    gone = cancel_booking(booking=booking, reason="改期", **given)
    assert gone.ended_reason == "改期"
    with pytest.raises(RefusedError) as error:
        cancel_booking(booking=booking, reason="再取消", **given)
    assert refused(error) == ["space.booking_state"]
    back = restore_booking(booking=booking, **given)
    assert (back.state, back.ended_reason) == (BookingState.CONFIRMED, "")
    cancel_booking(booking=booking, reason="改期", **given)
    other = book(world, rooms["TALK-A"], "10:30", "11:30")
    with pytest.raises(RefusedError) as error:
        restore_booking(booking=booking, **given)
    assert refused(error) == ["space.unit_taken", "space.taken_by"]
    cancel_booking(booking=other, reason="让出", **given)
    restore_booking(booking=booking, **given)
    with pytest.raises(RefusedError):
        restore_booking(booking=booking, **given)
    ledger_is_sound()


def test_what_needs_an_approval_is_held_until_it_is_answered(world: World, rooms: dict[str, Unit]) -> None:
    asked = book(world, rooms["ROAD"], by="tenant")
    assert asked.state == BookingState.ASKED
    assert codes(fails(world, rooms["ROAD"])) == ["space.unit_taken", "space.taken_by"]
    manager = world.actor("manager")
    assert list(list_asked(manager)) == [asked]
    assert {todo.assignee for todo in Todo.objects.all()} == {world.users["manager"], world.users["lead"]}
    for who in ("officer", "tenant"):
        with pytest.raises(RefusedError) as error:
            decide_booking(actor=world.actor(who), now=world.now, booking=asked, confirm=True)
        assert refused(error) == ["parties.not_permitted"]
    with pytest.raises(RefusedError) as error:
        decide_booking(actor=manager, now=world.now, booking=asked, confirm=False)
    assert refused(error) == ["space.reason_needed"]
    declined = decide_booking(actor=manager, now=world.now, booking=asked, confirm=False, reason="当天有活动")
    assert (declined.state, declined.ended_reason) == (BookingState.DECLINED, "当天有活动")
    assert not Todo.objects.filter(done_at__isnull=True, assignee=world.users["manager"]).exists()
    told = Todo.objects.get(assignee=world.users["tenant"])
    assert told.what == "场地预订未批准：路演厅 2026-11-24 10:00–11:00，原因：当天有活动"
    again = book(world, rooms["ROAD"], by="tenant")
    assert decide_booking(actor=manager, now=world.now, booking=again, confirm=True).state == BookingState.CONFIRMED
    assert book(world, rooms["ROAD"], "14:00", "15:00", by="manager").state == BookingState.CONFIRMED
    ledger_is_sound()


def test_purpose_and_number_are_changed_within_the_room(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"])
    given: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "booking": booking}
    changed = change_booking(**given, version=1, purpose="技术交流", attendees=6)
    assert (changed.purpose, changed.attendees) == ("技术交流", 6)
    for purpose, attendees, code in ((" ", 3, "space.purpose_needed"), ("谈", 7, "space.too_many")):
        with pytest.raises(RefusedError) as error:
            change_booking(**given, version=2, purpose=purpose, attendees=attendees)
        assert refused(error) == [code]
    with pytest.raises(RefusedError) as error:
        change_booking(**given, version=1, purpose="谈", attendees=None)
    assert refused(error) == ["space.booking_changed_meanwhile"]


@pytest.mark.sqlite_is_enough
def test_a_refusal_takes_no_write_lock(world: World, rooms: dict[str, Unit]) -> None:
    """Of 64 who want one slot 63 are told without waiting for each other."""
    book(world, rooms["TALK-A"])
    actor, wanted = world.actor("officer"), wish(rooms["TALK-A"])
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch), pytest.raises(RefusedError):
        book_unit(actor=actor, now=world.now, wish=wanted)
    assert seen
    assert not [sql for sql in seen if not sql.startswith("SELECT")]
