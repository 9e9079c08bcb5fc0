"""A series with one clash: every day is listed before anything is saved, the clash is left out. Nobody comes to a room:
it is released, and the firm that waited has it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from feidi.domain.space.enums import BookingState, WaitingState
from feidi.domain.space.models import Booking, BookingSeries, WaitingEntry
from feidi.domain.space.services.attending import release_no_shows
from feidi.kernel.access import schedule_actor
from tests.journeys.walking import Walker
from tests.support.rooms import DAY, at, book, days_on, ledger_is_sound, make_rooms

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


def _series_with_a_clash(people: Any, officer: Walker, unit: Any) -> None:
    """Four Tuesdays of which somebody has the second: listed first, then booked without it."""
    book(people, unit, "14:00", "15:00", day=days_on(7), by="lead", purpose="周主任的会")
    officer.go(f"/space/series/new/?unit={unit.uid}")
    officer.fill(day=DAY.isoformat(), begins="14:00", ends="15:00", frequency="每周", count="4", purpose="例会")
    officer.press("看每一天", within="main")
    assert officer.says("有 1 天冲突")
    assert not BookingSeries.objects.exists(), "a look books nothing"
    officer.look("1-clash")
    officer.press("保存系列", within="main")
    assert not BookingSeries.objects.exists(), "all or none while the clash stands"
    officer.page.check(f"main >> input[name='skip'][value='{days_on(7).isoformat()}']")
    officer.press("保存系列", within="main")
    assert officer.says("已预订 3 次")
    officer.look("2-series")
    days = BookingSeries.objects.get().bookings.order_by("starts_at")
    assert [each.starts_at.date() for each in days] == [DAY, days_on(14), days_on(21)]


def _waits(tenant: Walker, unit: Any) -> None:
    tenant.go(f"/my/rooms/book/?unit={unit.uid}&day={DAY.isoformat()}&from=10:30&until=11:30")
    tenant.fill(purpose="客户来访")
    tenant.press("预订", within="main .form-actions")
    assert not Booking.objects.filter(purpose="客户来访").exists(), "somebody has the room"
    assert not tenant.says("投资人见面会"), "what for is not the firm's to know"
    tenant.press("候补", within="main")
    assert tenant.says("候补中")
    tenant.look("3-waiting")


def test_booking(walker: Callable[[str], Walker], people: Any) -> None:
    Client().get("/account/login")  # the first request loads the code of every page: not what is walked here
    rooms = make_rooms(people)
    officer, tenant = walker("officer"), walker("tenant")
    _series_with_a_clash(people, officer, rooms["TALK-B"])
    held = book(people, rooms["TALK-A"], "10:00", "12:00")
    _waits(tenant, rooms["TALK-A"])
    people.now = at("10:00") + timedelta(minutes=16)
    assert release_no_shows(actor=schedule_actor("space.bookings"), now=people.now) == 1
    held.refresh_from_db()
    assert held.state == BookingState.NO_SHOW
    assert WaitingEntry.objects.get().state == WaitingState.BOOKED
    tenant.go("/my/rooms/own/")
    assert tenant.says("客户来访")
    assert not tenant.says("候补中")
    tenant.look("4-moved-up")
    officer.go(f"/space/bookings/{held.uid}/")
    officer.look("5-nobody-came")
    ledger_is_sound()
