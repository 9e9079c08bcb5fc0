"""A firm moves its own booking, checks in, announces who comes, and reads its calendar by a link; never another's."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.space.models import Booking, CalendarFeed, Unit, Visitor
from tests.support.rooms import at, book, make_rooms
from tests.support.world import World

pytestmark = pytest.mark.django_db
OK, NOT_THERE, REFUSED, INVALID = 200, 404, 409, 422


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def rooms(world: World) -> dict[str, Unit]:
    return make_rooms(world)


@pytest.fixture
def tenant(world: World) -> Client:
    client = Client()
    client.force_login(world.users["tenant"])
    return client


def own(world: World, unit: Unit, *clock: str) -> Booking:
    return book(world, unit, *clock, by="tenant", purpose="客户来访")


def when(unit: Unit, begins: str, ends: str, day: str = "2026-11-24") -> dict[str, Any]:
    return {"unit": unit.pk, "day": day, "begins": begins, "ends": ends}


def test_a_firm_moves_its_booking_and_what_is_refused_stays(
    world: World, rooms: dict[str, Unit], tenant: Client
) -> None:
    booking = own(world, rooms["TALK-A"], "10:00", "11:00")
    book(world, rooms["TALK-A"], "14:00", "15:00", purpose="别人的会")
    address = reverse("workspace:room_move", args=[booking.uid])
    assert address in tenant.get(reverse("workspace:room_list")).content.decode()
    refused = tenant.post(address, when(rooms["TALK-A"], "14:00", "15:00"))
    assert refused.status_code == REFUSED
    assert "别人的会" not in refused.content.decode()
    assert tenant.post(address, when(rooms["TALK-A"], "15:00", "14:00")).status_code == INVALID
    assert tenant.post(address, when(rooms["TALK-A"], "10:00", "11:00", day="2026-11-20")).status_code == REFUSED
    booking.refresh_from_db()
    assert booking.starts_at == at("10:00")
    tenant.post(address, when(rooms["TALK-B"], "15:00", "16:00"))
    booking.refresh_from_db()
    assert (booking.unit, booking.starts_at) == (rooms["TALK-B"], at("15:00"))


def test_a_firm_checks_in_when_it_is_time(
    world: World, rooms: dict[str, Unit], tenant: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = own(world, rooms["TALK-A"], "10:00", "11:00")
    address = reverse("workspace:room_attend", args=[booking.uid])
    assert address not in tenant.get(reverse("workspace:room_list")).content.decode(), "a day too early"
    assert tenant.post(address).status_code == REFUSED
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: at("09:50"))
    assert address in tenant.get(reverse("workspace:room_list")).content.decode()
    tenant.post(address)
    booking.refresh_from_db()
    assert booking.checked_in_at == at("09:50")


def test_a_firm_announces_who_comes(world: World, rooms: dict[str, Unit], tenant: Client) -> None:
    booking = own(world, rooms["TALK-A"], "10:00", "11:00")
    address = reverse("workspace:room_visitors", args=[booking.uid])
    assert tenant.post(address, {"name": " "}).status_code == INVALID
    tenant.post(address, {"name": "王小明", "from_where": "云溪市检测所"})
    visitor = Visitor.objects.get()
    assert (visitor.booking, visitor.host, visitor.expected_at) == (booking, world.users["tenant"], at("10:00"))
    page = tenant.get(address).content.decode()
    assert "王**" in page
    assert "王小明" not in page
    desk = Client()
    desk.force_login(world.users["officer"])
    assert "王**" in desk.get(reverse("console:rooms:visitor_list") + "?day=2026-11-24").content.decode()
    assert "王**" in desk.get(reverse("console:rooms:booking_view", args=[booking.uid])).content.decode()
    void = reverse("workspace:room_visitor_void", args=[booking.uid, visitor.uid])
    assert tenant.post(void, {"reason": ""}).status_code == REFUSED
    tenant.post(void, {"reason": "不来了"})
    visitor.refresh_from_db()
    assert visitor.void_reason == "不来了"


def test_a_link_opens_ones_own_bookings_until_it_is_closed(
    world: World, rooms: dict[str, Unit], tenant: Client
) -> None:
    own(world, rooms["TALK-A"], "10:00", "11:00")
    book(world, rooms["TALK-B"], "10:00", "11:00", purpose="别人的会")
    shown = tenant.post(reverse("workspace:room_feeds")).content.decode()
    found = re.search(r"http://testserver(/public/calendar/[^/]+/)", shown)
    assert found, "the link is shown once"
    calendar = Client().get(found.group(1)).content.decode()
    assert "客户来访" in calendar
    assert "别人的会" not in calendar
    assert found.group(1) not in tenant.get(reverse("workspace:room_feeds")).content.decode()
    close = reverse("workspace:room_feed_close", args=[CalendarFeed.objects.get().uid])
    tenant.post(close)
    closed, guessed = (Client().get(each) for each in (found.group(1), "/public/calendar/guessed/"))
    assert closed.status_code == guessed.status_code
    assert "客户来访" not in closed.content.decode()
    assert tenant.post(close).status_code == REFUSED


def test_nothing_of_it_opens_anothers_booking(world: World, rooms: dict[str, Unit], tenant: Client) -> None:
    booking = book(world, rooms["TALK-A"])
    for name in ("room_move", "room_attend", "room_visitors"):
        assert tenant.post(reverse(f"workspace:{name}", args=[booking.uid])).status_code == NOT_THERE


def test_a_firm_reads_how_much_it_may_still_book(world: World, rooms: dict[str, Unit], tenant: Client) -> None:
    day = reverse("workspace:room_day") + "?day=2026-11-24"
    assert "这一周已订 0 小时" in tenant.get(day).content.decode()
    own(world, rooms["TALK-A"], "10:00", "11:30")
    page = tenant.get(day).content.decode()
    assert "这一周已订 1.5 小时" in page
    assert "没有签到就放给别人" in page
    assert "这一周已订 0 小时" in tenant.get(reverse("workspace:room_day") + "?day=2026-12-01").content.decode()
