"""Who comes is checked in, who does not is released, who waits moves up, how the room was left is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from feidi.domain.space.enums import BookingState, WaitingState
from feidi.domain.space.models import Booking, Occupation, Unit, WaitingEntry
from feidi.domain.space.services.attending import (
    check_in_at_door,
    check_in_booking,
    finish_bookings,
    hand_over_unit,
    issue_door_token,
    release_no_shows,
)
from feidi.domain.space.services.blocking import block_unit, lift_blocking
from feidi.domain.space.services.bookings import cancel_booking, move_booking
from feidi.domain.space.services.waiting import lapse_entries, wait_for_unit, withdraw_waiting
from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.verify import verify
from feidi.kernel.todos.models import Todo
from tests.support.rooms import at, book, days_on, ledger_is_sound, refused, wish
from tests.support.world import World

pytestmark = pytest.mark.django_db
JOB = schedule_actor("space.bookings")


def as_of(clock: str) -> datetime:
    return at(clock)


def test_checked_in_within_the_time_and_once(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"])
    officer = world.actor("officer")
    for clock, code in (("09:40", "space.check_in_early"), ("11:00", "space.booking_over")):
        with pytest.raises(RefusedError) as error:
            check_in_booking(actor=officer, now=as_of(clock), booking=booking)
        assert refused(error) == [code]
    row = check_in_booking(actor=officer, now=as_of("09:45"), booking=booking)
    assert (row.checked_in_at, row.checked_in_by) == (as_of("09:45"), officer.label)
    with pytest.raises(RefusedError) as error:
        check_in_booking(actor=officer, now=as_of("10:00"), booking=booking)
    assert refused(error) == ["space.checked_in_before"]
    with pytest.raises(RefusedError) as error:
        cancel_booking(actor=officer, now=as_of("10:05"), booking=booking, reason="改期")
    assert refused(error) == ["space.checked_in_before"]


def test_the_door_checks_in_whoever_stands_before_it(world: World, rooms: dict[str, Unit]) -> None:
    manager = world.actor("manager")
    token = issue_door_token(actor=manager, now=world.now, unit=rooms["HALL-W"])
    booking = book(world, rooms["HALL"])
    with pytest.raises(RefusedError) as error:
        check_in_at_door(now=as_of("08:00"), token=token)
    assert refused(error) == ["space.nothing_at_door"]
    for guessed in ("", "x", token[:-1], token + "a"):
        with pytest.raises(RefusedError) as error:
            check_in_at_door(now=as_of("10:00"), token=guessed)
        assert refused(error) == ["space.door_unknown"]
        assert not error.value.refusal.params, "a guess learns nothing"
    assert check_in_at_door(now=as_of("10:01"), token=token).pk == booking.pk
    newer = issue_door_token(actor=manager, now=world.now, unit=rooms["HALL-W"])
    with pytest.raises(RefusedError) as error:
        check_in_at_door(now=as_of("10:02"), token=token)
    assert refused(error) == ["space.door_unknown"]
    assert newer not in str(Unit.objects.filter(pk=rooms["HALL-W"].pk).values().get()), "only its digest is kept"


def test_nobody_came_and_who_waited_has_the_room(world: World, rooms: dict[str, Unit]) -> None:
    missed = book(world, rooms["TALK-A"], "10:00", "12:00")
    came = book(world, rooms["TALK-B"], "10:00", "12:00")
    check_in_booking(actor=world.actor("officer"), now=as_of("10:00"), booking=came)
    entry = wait_for_unit(actor=world.actor("tenant"), now=world.now, wish=wish(rooms["TALK-A"], "10:30", "11:30"))
    assert release_no_shows(actor=JOB, now=as_of("10:14")) == 0
    assert release_no_shows(actor=JOB, now=as_of("10:15")) == 1
    assert release_no_shows(actor=JOB, now=as_of("10:15")) == 0
    missed.refresh_from_db()
    came.refresh_from_db()
    entry.refresh_from_db()
    assert (missed.state, came.state, entry.state) == (
        BookingState.NO_SHOW,
        BookingState.CONFIRMED,
        WaitingState.BOOKED,
    )
    assert entry.booking is not None
    assert (entry.booking.state, entry.booking.organization) == (BookingState.CONFIRMED, entry.organization)
    told = Todo.objects.get(assignee=world.users["tenant"])
    assert told.what.startswith("候补成功：洽谈室甲 2026-11-24 10:30–11:30")
    ledger_is_sound()
    assert verify().faults == ()


def test_the_line_is_kept_and_what_does_not_fit_is_passed_over(world: World, rooms: dict[str, Unit]) -> None:
    officer = world.actor("officer")
    room, given = rooms["HALL-W"], {"actor": officer, "now": world.now}
    first = book(world, room, "10:00", "11:00")
    second = book(world, rooms["HALL"], "11:00", "12:00")
    long = wait_for_unit(wish=wish(rooms["HALL"], "10:00", "12:00", purpose="长"), **given)
    short = wait_for_unit(wish=wish(room, "10:00", "10:30", purpose="短"), **given)
    later = wait_for_unit(wish=wish(room, "10:00", "11:00", purpose="后"), **given)
    cancel_booking(booking=first, reason="不用了", **given)
    states = {each.purpose: each.state for each in WaitingEntry.objects.all()}
    assert states == {"长": WaitingState.WAITING, "短": WaitingState.BOOKED, "后": WaitingState.WAITING}
    short.refresh_from_db()
    cancel_booking(booking=Booking.objects.get(pk=short.booking_id), reason="不用了", **given)
    later.refresh_from_db()
    assert later.state == WaitingState.BOOKED
    cancel_booking(booking=Booking.objects.get(pk=later.booking_id), reason="不用了", **given)
    cancel_booking(booking=second, reason="不用了", **given)
    long.refresh_from_db()
    assert long.state == WaitingState.BOOKED
    ledger_is_sound()


def test_moving_away_and_lifting_a_blocking_let_the_next_one_in(world: World, rooms: dict[str, Unit]) -> None:
    officer, manager = world.actor("officer"), world.actor("manager")
    booking = book(world, rooms["TALK-A"])
    entry = wait_for_unit(actor=officer, now=world.now, wish=wish(rooms["TALK-A"]))
    move_booking(
        actor=officer,
        now=world.now,
        booking=booking,
        version=1,
        unit=rooms["TALK-A"],
        starts_at=at("11:00"),
        ends_at=at("12:00"),
    )
    entry.refresh_from_db()
    assert entry.state == WaitingState.BOOKED
    closed = block_unit(
        actor=manager, now=world.now, unit=rooms["EXC"], starts_at=at("10:00"), ends_at=at("12:00"), why="布展"
    )
    waiting = wait_for_unit(actor=officer, now=world.now, wish=wish(rooms["EXC"]))
    lift_blocking(actor=manager, now=world.now, blocking=closed, reason="布展取消")
    waiting.refresh_from_db()
    assert waiting.state == WaitingState.BOOKED
    ledger_is_sound()


def test_nobody_moves_up_into_what_they_may_not_have(world: World, rooms: dict[str, Unit]) -> None:
    """The firm's week has filled since it stood in line: it keeps its place, the freed room stays free."""
    held = book(world, rooms["TALK-A"], "09:00", "12:00")
    tenant = world.actor("tenant")
    entry = wait_for_unit(actor=tenant, now=world.now, wish=wish(rooms["TALK-A"], "09:00", "12:00"))
    book(world, rooms["EXC"], "09:00", "17:00", by="tenant")
    cancel_booking(actor=world.actor("officer"), now=world.now, booking=held, reason="让出")
    entry.refresh_from_db()
    assert entry.state == WaitingState.WAITING
    assert not Occupation.objects.filter(unit=rooms["TALK-A"], freed_at__isnull=True).exists()


def test_standing_in_line(world: World, rooms: dict[str, Unit]) -> None:
    given: dict[str, Any] = {"actor": world.actor("tenant"), "now": world.now}
    with pytest.raises(RefusedError) as error:
        wait_for_unit(wish=wish(rooms["TALK-A"]), **given)
    assert refused(error) == ["space.free_already"]
    book(world, rooms["TALK-A"])
    entry = wait_for_unit(wish=wish(rooms["TALK-A"]), **given)
    with pytest.raises(RefusedError) as error:
        wait_for_unit(wish=wish(rooms["TALK-A"]), **given)
    assert refused(error) == ["space.waiting_twice"]
    with pytest.raises(RefusedError) as error:
        withdraw_waiting(actor=world.actor("rival"), now=world.now, entry=entry)
    assert refused(error) == ["parties.not_permitted"]
    assert withdraw_waiting(entry=entry, **given).state == WaitingState.WITHDRAWN
    with pytest.raises(RefusedError) as error:
        withdraw_waiting(entry=entry, **given)
    assert refused(error) == ["space.waiting_over"]
    again = wait_for_unit(wish=wish(rooms["TALK-A"]), **given)
    assert lapse_entries(actor=JOB, now=as_of("10:00")) == 1
    again.refresh_from_db()
    assert again.state == WaitingState.LAPSED


def test_what_is_over_is_ended_and_what_nobody_answered_is_declined(world: World, rooms: dict[str, Unit]) -> None:
    booking, asked = book(world, rooms["TALK-A"]), book(world, rooms["ROAD"])
    check_in_booking(actor=world.actor("officer"), now=as_of("10:00"), booking=booking)
    assert finish_bookings(actor=JOB, now=as_of("09:59")) == 0
    assert finish_bookings(actor=JOB, now=as_of("11:00")) == 2
    assert finish_bookings(actor=JOB, now=as_of("11:00")) == 0
    booking.refresh_from_db()
    asked.refresh_from_db()
    assert (booking.state, asked.state) == (BookingState.DONE, BookingState.DECLINED)
    assert asked.ended_reason


def test_who_leaves_early_says_how_and_the_rest_is_free(world: World, rooms: dict[str, Unit]) -> None:
    given: dict[str, Any] = {"actor": world.actor("officer"), "booking": book(world, rooms["TALK-A"], "10:00", "12:00")}
    with pytest.raises(RefusedError) as error:
        hand_over_unit(now=as_of("09:00"), note="关灯", **given)
    assert refused(error) == ["space.not_begun"]
    with pytest.raises(RefusedError) as error:
        hand_over_unit(now=as_of("10:40"), note=" ", **given)
    assert refused(error) == ["space.note_needed"]
    left = hand_over_unit(now=as_of("10:40") + timedelta(seconds=20), note="灯、空调已关", **given)
    assert (left.state, left.ends_at, left.handover_note) == (BookingState.DONE, as_of("10:40"), "灯、空调已关")
    book(world, rooms["TALK-A"], "11:00", "12:00")
    row = Occupation.objects.get(subject_uid=left.uid)
    assert (row.ends_at, row.freed_at) == (as_of("10:40"), None)


def test_a_later_day_is_not_released_today(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"], day=days_on(1))
    assert release_no_shows(actor=JOB, now=as_of("12:00")) == 0
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
