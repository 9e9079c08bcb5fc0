"""The day of the rooms, the plan, free slots and bookings as pages: who is in the way is named, or only that somebody is."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking, Unit, WaitingEntry
from feidi.domain.space.services.blocking import block_unit
from tests.support.queries import assert_same_queries
from tests.support.rooms import at, book, make_rooms
from tests.support.world import World

pytestmark = pytest.mark.django_db
OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def rooms(world: World) -> dict[str, Unit]:
    return make_rooms(world)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def given(unit: Unit, **more: Any) -> dict[str, Any]:
    wanted = {"unit": unit.pk, "day": "2026-11-24", "begins": "10:00", "ends": "11:00", "purpose": "投资人见面会"}
    return {**wanted, **more}


def test_a_free_cell_leads_to_a_filled_form_and_is_taken_then(world: World, rooms: dict[str, Unit]) -> None:
    officer, unit = signed_in(world, "officer"), rooms["TALK-A"]
    day = reverse("console:rooms:grid_view") + "?day=2026-11-24"
    page = officer.get(day).content.decode()
    cell = re.search(r'href="([^"]*from=10:00[^"]*)"[^>]*aria-label="预订 洽谈室甲 10:00–10:30"', page)
    assert cell, "a free half-hour is a link"
    form = officer.get(cell.group(1).replace("&amp;", "&")).content.decode()
    assert 'value="10:00"' in form and 'value="2026-11-24"' in form  # noqa: PT018 - one page
    answer = officer.post(reverse("console:rooms:booking_new"), given(unit))
    booking = Booking.objects.get()
    assert answer["Location"] == reverse("console:rooms:booking_view", args=[booking.uid])
    page = officer.get(day).content.decode()
    assert "投资人见面会" in page or booking.organizer.display_name in page
    assert "预订 洽谈室甲 10:00–10:30" not in page, "what is held is no link any more"


def test_a_second_booking_is_refused_by_name_and_may_wait(world: World, rooms: dict[str, Unit]) -> None:
    unit = rooms["TALK-A"]
    first = book(world, unit)
    manager, address = signed_in(world, "manager"), reverse("console:rooms:booking_new")
    answer = manager.post(address, given(unit, begins="10:30", ends="11:30"))
    assert answer.status_code == REFUSED
    page = answer.content.decode()
    assert str(first) in page or first.organizer.display_name in page
    assert "10:00–11:00" in page
    assert 'value="10:30"' in page, "what was typed is still there"
    assert Booking.objects.count() == 1
    manager.post(address, given(unit, begins="10:30", ends="11:30", wait="1"))
    entry = WaitingEntry.objects.get()
    cancel = reverse("console:rooms:booking_cancel", args=[first.uid])
    manager.post(cancel, {"reason": "改线上"})
    entry.refresh_from_db()
    assert entry.state == "booked", "whoever waits moves up"
    restored = manager.post(reverse("console:rooms:booking_restore", args=[first.uid]))
    assert restored.status_code == REFUSED, "a cancelled booking comes back through the same door as a new one"
    first.refresh_from_db()
    assert first.state == BookingState.CANCELLED


def test_bad_times_are_told_in_the_form(world: World, rooms: dict[str, Unit]) -> None:
    officer, unit = signed_in(world, "officer"), rooms["TALK-A"]
    address = reverse("console:rooms:booking_new")
    assert officer.post(address, given(unit, ends="09:00")).status_code == INVALID
    for begins, ends, says in (("03:00", "04:00", "开放"), ("10:10", "11:00", "格")):
        answer = officer.post(address, given(unit, begins=begins, ends=ends))
        assert (answer.status_code, says in answer.content.decode()) == (REFUSED, True), begins
    past = officer.post(address, given(unit, day="2026-11-20"))
    assert past.status_code == REFUSED
    assert Booking.objects.count() == 0


def test_what_needs_an_approval_is_decided_by_who_approves(world: World, rooms: dict[str, Unit]) -> None:
    officer, manager = signed_in(world, "officer"), signed_in(world, "manager")
    officer.post(reverse("console:rooms:booking_new"), given(rooms["ROAD"]))
    booking = Booking.objects.get()
    assert booking.state == BookingState.ASKED
    assert booking.purpose in manager.get(reverse("console:rooms:booking_list")).content.decode()
    decide = reverse("console:rooms:booking_decide", args=[booking.uid])
    assert officer.post(decide, {"decision": "accept"}).status_code == REFUSED
    assert manager.post(decide, {"decision": "refuse", "reason": ""}).status_code == REFUSED, "a no says why"
    manager.post(decide, {"decision": "accept"})
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_moved_changed_and_taken_along(world: World, rooms: dict[str, Unit]) -> None:
    officer, booking = signed_in(world, "officer"), book(world, rooms["TALK-A"])
    uid = booking.uid
    moved = given(rooms["TALK-B"], begins="15:00", ends="16:00")
    officer.post(reverse("console:rooms:booking_move", args=[uid]), moved)
    booking.refresh_from_db()
    assert (booking.unit_id, f"{booking.starts_at.astimezone(world.now.tzinfo):%H:%M}") == (rooms["TALK-B"].pk, "15:00")
    change = {"version": booking.version, "purpose": "项目评审", "attendees": "4"}
    officer.post(reverse("console:rooms:booking_change", args=[uid]), change)
    booking.refresh_from_db()
    assert booking.purpose == "项目评审"
    calendar = officer.get(reverse("console:rooms:booking_calendar", args=[uid]))
    assert b"BEGIN:VEVENT" in calendar.content


def test_the_plan_says_each_state_in_words(world: World, rooms: dict[str, Unit]) -> None:
    book(world, rooms["TALK-A"])
    page = signed_in(world, "officer").get(reverse("console:rooms:plan_view") + "?day=2026-11-24&at=10:15")
    text = page.content.decode()
    assert 'aria-label="洽谈室甲：已预订' in text
    assert 'aria-label="洽谈室乙：空闲' in text
    assert "<polygon" in text


def test_the_next_free_slot(world: World, rooms: dict[str, Unit]) -> None:
    book(world, rooms["TALK-A"], "08:30", "12:00")
    book(world, rooms["TALK-B"], "08:30", "11:00")
    query = "?minutes=60&day=2026-11-24&at=08:30&zone=negotiation"
    page = signed_in(world, "officer").get(reverse("console:rooms:free_find") + query).content.decode()
    assert page.index("洽谈室乙") < page.index("洽谈室甲"), "the earliest first"
    assert "2026-11-24 11:00–12:00" in page


def test_the_home_side_sees_rooms_and_nobody_in_them(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"], purpose="与某某生物谈落地")
    bureau = signed_in(world, "bureau")
    page = bureau.get(reverse("console:rooms:grid_view") + "?day=2026-11-24").content.decode()
    assert "已预订" in page
    assert "与某某生物谈落地" not in page
    assert bureau.get(reverse("console:rooms:booking_view", args=[booking.uid])).status_code == NOT_THERE
    rival = signed_in(world, "rival")
    assert rival.get(reverse("console:rooms:booking_view", args=[booking.uid])).status_code == NOT_THERE


def test_a_day_asks_the_same_whatever_it_holds(world: World, rooms: dict[str, Unit]) -> None:
    officer, address = signed_in(world, "officer"), reverse("console:rooms:grid_view") + "?day=2026-11-24"
    hours = iter(("09:00", "10:00", "14:00", "16:00"))

    def more(count: int) -> None:
        for _each in range(count):
            begins = next(hours)
            book(world, rooms["TALK-B"], begins, f"{int(begins[:2]) + 1}:00")

    assert_same_queries(more, lambda: officer.get(address))


def test_a_blocking_has_a_page_of_its_own(world: World, rooms: dict[str, Unit]) -> None:
    blocking = block_unit(
        actor=world.actor("manager"),
        now=world.now,
        unit=rooms["EXC"],
        starts_at=at("10:00"),
        ends_at=at("12:00"),
        why="布展",
    )
    address = reverse("console:rooms:blocking_view", args=[blocking.uid])
    manager, rival = signed_in(world, "manager"), signed_in(world, "rival")
    page = manager.get(address).content.decode()
    assert "布展" in page
    assert "重新开放" in page
    assert address in manager.get(reverse("console:rooms:blocking_list")).content.decode()
    assert rival.get(address).status_code == 404
    manager.post(reverse("console:rooms:blocking_lift", args=[blocking.uid]), {"reason": "布展取消"})
    assert "布展取消" in manager.get(address).content.decode()
