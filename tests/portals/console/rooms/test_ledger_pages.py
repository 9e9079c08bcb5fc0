"""The occupancy ledger as a list, a room's own stretch of it, and the rows behind each figure of use; series held elsewhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import BookingSeries, Unit
from feidi.domain.space.services.attending import check_in_booking, release_no_shows
from feidi.domain.space.services.blocking import block_unit
from feidi.domain.space.services.bookings import cancel_booking
from feidi.domain.space.services.occupying import occupy_unit, tenancy_span
from feidi.kernel.access import schedule_actor
from feidi.kernel.subjects import Subject
from tests.support.queries import assert_same_queries
from tests.support.rooms import DAY, at, book, days_on, ledger_is_sound, make_rooms
from tests.support.world import World

pytestmark = pytest.mark.django_db
OK, NOT_THERE, REFUSED = 200, 404, 409
LEDGER, USAGE = "console:rooms:ledger_list", "console:rooms:usage_rows"


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


def page(client: Client, name: str, query: str = "", *args: Any) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == OK
    return answer.content.decode()


def test_one_ledger_of_bookings_blockings_and_tenancies(world: World, rooms: dict[str, Unit]) -> None:
    manager, officer = world.actor("manager"), signed_in(world, "officer")
    meeting = book(world, rooms["TALK-A"], purpose="投资人见面会")
    given_back = book(world, rooms["TALK-B"], purpose="改成线上的会")
    cancel_booking(actor=manager, now=world.now, booking=given_back, reason="改线上")
    block_unit(actor=manager, now=world.now, unit=rooms["EXC"], starts_at=at("08:30"), ends_at=at("12:00"), why="布展")
    text = page(officer, LEDGER)
    assert "投资人见面会" in text
    assert "布展" in text
    assert "改成线上的会" not in text, "what was given back holds nothing"
    assert reverse("console:rooms:booking_view", args=[meeting.uid]) in text
    assert "改线上" in page(officer, LEDGER, "?show=freed")
    only = page(officer, LEDGER, "?reason=blocking")
    assert "布展" in only
    assert "投资人见面会" not in only
    assert "投资人见面会" in page(officer, LEDGER, f"?unit={rooms['TALK-A'].pk}")
    assert "投资人见面会" not in page(officer, LEDGER, f"?unit={rooms['TALK-B'].pk}")
    assert "投资人见面会" not in page(officer, LEDGER, "?show=now")
    answer = officer.get(reverse("console:rooms:ledger_export") + "?reason=booking")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [row[3] for row in sheet.iter_rows(values_only=True)][1:] == [
        f"{meeting.organizer.display_name}：投资人见面会"
    ]


def test_a_room_shows_who_holds_it_next_with_its_parts(world: World, rooms: dict[str, Unit]) -> None:
    book(world, rooms["HALL-W"], purpose="半场培训")
    officer = signed_in(world, "officer")
    assert "半场培训" in page(officer, "console:rooms:unit_view", "", rooms["HALL"].uid)
    assert "半场培训" in page(officer, "console:rooms:unit_view", "", rooms["HALL-W"].uid)
    other = page(officer, "console:rooms:unit_view", "", rooms["HALL-E"].uid)
    assert "半场培训" not in other
    assert "没有人占用" in other


def test_the_home_side_reads_the_ledger_without_names(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["TALK-A"], purpose="与某某生物谈落地")
    bureau = signed_in(world, "bureau")
    for text in (page(bureau, LEDGER), page(bureau, "console:rooms:unit_view", "", rooms["TALK-A"].uid)):
        assert "已占用" in text
        assert "与某某生物谈落地" not in text
        assert booking.uid not in text
    book_ = openpyxl.load_workbook(BytesIO(bureau.get(reverse("console:rooms:ledger_export")).content)).active
    assert "与某某生物谈落地" not in str(list(book_.values))
    assert signed_in(world, "tenant").get(reverse(LEDGER)).status_code in {403, REFUSED, NOT_THERE}


def test_the_ledger_asks_the_same_whatever_it_holds(world: World, rooms: dict[str, Unit]) -> None:
    officer, hours = signed_in(world, "officer"), iter(("09:00", "10:00", "14:00", "16:00"))

    def more(count: int) -> None:
        for _each in range(count):
            begins = next(hours)
            book(world, rooms["TALK-B"], begins, f"{int(begins[:2]) + 1}:00")

    assert_same_queries(more, lambda: officer.get(reverse(LEDGER)))


def test_every_figure_opens_its_rows(world: World, rooms: dict[str, Unit], monkeypatch: pytest.MonkeyPatch) -> None:
    first = date(2026, 12, 1)
    span = tenancy_span(first, date(2026, 12, 31))
    occupy_unit(
        actor=world.actor("manager"),
        now=world.now,
        unit=rooms["811"],
        starts_at=span.start,
        ends_at=span.end,
        reason=OccupationReason.TENANCY,
        subject=Subject("parties.outpost", world.outpost.uid),
    )
    came = book(world, rooms["TALK-A"], "09:00", "12:00", day=first, purpose="来了的会")
    book(world, rooms["TALK-B"], "09:00", "10:00", day=first, purpose="没来的会")
    check_in_booking(actor=world.actor("officer"), now=came.starts_at, booking=came)
    later = at("12:00", date(2026, 12, 2))
    release_no_shows(actor=schedule_actor("space.bookings"), now=later)
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: later)
    officer, asked = signed_in(world, "officer"), "&since=2026-12-01&until=2026-12-01"
    figures = page(officer, "console:rooms:usage_view", f"?{asked}")
    for code in ("area_time", "occupied", "vacancy_days", "meeting_use", "no_show"):
        assert f"figure={code}" in figures
    let = page(officer, USAGE, f"?figure=area_time{asked}")
    assert rooms["811"].name in let
    assert rooms["TALK-A"].name not in let
    used, missed = (page(officer, USAGE, f"?figure={code}{asked}") for code in ("meeting_use", "no_show"))
    assert "来了的会" in used
    assert "没来的会" not in used
    assert "没来的会" in missed
    assert "来了的会" not in missed
    hidden = page(signed_in(world, "bureau"), USAGE, f"?figure=no_show{asked}")
    assert "没来的会" not in hidden
    assert "另有 1 条" in hidden, "what counts is told, though not who"
    assert officer.get(reverse(USAGE) + f"?figure=anything{asked}").status_code == NOT_THERE
    sheet = openpyxl.load_workbook(BytesIO(officer.get(reverse("console:rooms:usage_export") + f"?{asked}").content))
    assert [row[0] for row in sheet.active.iter_rows(min_row=2, values_only=True)][-1] == "未到场率"


def test_a_period_that_ends_before_it_starts_is_told_in_the_form(world: World, rooms: dict[str, Unit]) -> None:
    text = page(signed_in(world, "officer"), "console:rooms:usage_view", "?since=2026-12-01&until=2026-11-01")
    assert "结束要晚于开始" in text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-13-40", "abc"])
def test_days_that_cannot_be_show_today_and_never_fail(world: World, rooms: dict[str, Unit], day: str) -> None:
    officer, tenant = signed_in(world, "officer"), signed_in(world, "tenant")
    for name in ("grid_view", "plan_view", "visitor_list", "ledger_list", "usage_view", "free_find"):
        page(officer, f"console:rooms:{name}", f"?day={day}&since={day}&until={day}&minutes=60&at=99:99")
    page(tenant, "workspace:room_day", f"?day={day}")
    for client, address in ((officer, "console:rooms:booking_new"), (tenant, "workspace:room_book")):
        wanted = {"unit": rooms["TALK-A"].pk, "day": day, "begins": "23:00", "ends": "00:00", "purpose": "例会"}
        assert client.post(reverse(address), wanted).status_code == 422
    blocked = {"unit": rooms["TALK-A"].pk, "starts_at": f"{day}T08:00", "ends_at": f"{day}T23:59", "why": "检修"}
    assert signed_in(world, "manager").post(reverse("console:rooms:blocking_new"), blocked).status_code == 422
    series = asked_series(rooms["TALK-A"], day=day)
    assert officer.post(reverse("console:rooms:series_new"), series).status_code == 422


def test_what_people_wrote_is_text_in_every_cell(world: World, rooms: dict[str, Unit]) -> None:
    Unit.objects.filter(pk=rooms["TALK-A"].pk).update(name='甲"><i>室')
    book(world, rooms["TALK-A"], purpose="<script>alert(1)</script>")
    text = page(signed_in(world, "officer"), "console:rooms:grid_view", f"?day={DAY.isoformat()}")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert '"><i>' not in text


def test_too_long_a_period_is_told_in_the_form(world: World, rooms: dict[str, Unit]) -> None:
    text = page(signed_in(world, "officer"), "console:rooms:usage_view", "?since=1900-01-01&until=2200-01-01")
    assert "一次最多看五年" in text


def asked_series(unit: Unit, **more: Any) -> dict[str, Any]:
    wanted = {
        "unit": unit.pk, "day": DAY.isoformat(), "begins": "10:00", "ends": "11:00", "purpose": "例会",
        "frequency": "weekly", "every": "1", "count": "4",
    }  # fmt: skip
    return {**wanted, **more}


def test_a_day_of_a_series_that_clashes_is_held_in_another_room(world: World, rooms: dict[str, Unit]) -> None:
    officer, address = signed_in(world, "officer"), reverse("console:rooms:series_new")
    book(world, rooms["TALK-A"], day=days_on(7), purpose="董事会")
    book(world, rooms["TALK-A"], day=days_on(14), purpose="评审会")
    book(world, rooms["TALK-B"], day=days_on(7), purpose="面试")
    first = officer.post(address, asked_series(rooms["TALK-A"])).content.decode()
    assert "有 2 天冲突" in first
    free = f'name="room-{days_on(14).isoformat()}"'
    assert free in first
    choice = first[first.index(f'name="room-{days_on(7).isoformat()}"') : first.index(free)]
    assert rooms["TALK-B"].uid not in choice, "a room that is taken then is not offered"
    chosen = {f"room-{days_on(14).isoformat()}": rooms["TALK-B"].uid}
    look = officer.post(address, asked_series(rooms["TALK-A"], **chosen)).content.decode()
    assert "改在 洽谈室乙" in look
    refused = officer.post(address, asked_series(rooms["TALK-A"], save="1", **chosen))
    assert refused.status_code == REFUSED, "the other day still clashes"
    assert not BookingSeries.objects.exists()
    officer.post(address, asked_series(rooms["TALK-A"], save="1", skip_all="1", **chosen))
    series = BookingSeries.objects.get()
    days = {each.starts_at.date(): each.unit.code for each in series.bookings.select_related("unit")}
    assert days == {DAY: "TALK-A", days_on(14): "TALK-B", days_on(21): "TALK-A"}
    assert series.exceptions == [days_on(7).isoformat()]
    ledger_is_sound()


def test_a_room_that_was_taken_since_is_refused_by_name(world: World, rooms: dict[str, Unit]) -> None:
    officer, address = signed_in(world, "officer"), reverse("console:rooms:series_new")
    book(world, rooms["TALK-A"], day=days_on(7))
    chosen = {f"room-{days_on(7).isoformat()}": rooms["TALK-B"].uid}
    book(world, rooms["TALK-B"], day=days_on(7), purpose="抢先订的")
    answer = officer.post(address, asked_series(rooms["TALK-A"], save="1", **chosen))
    assert answer.status_code == REFUSED
    assert "抢先订的" in answer.content.decode()
    wrong = {f"room-{days_on(7).isoformat()}": "nobody"}
    assert officer.post(address, asked_series(rooms["TALK-A"], save="1", **wrong)).status_code == REFUSED
    assert not BookingSeries.objects.exists()


def test_ten_thousand_days_are_refused_and_nothing_is_lost(world: World, rooms: dict[str, Unit]) -> None:
    officer, address = signed_in(world, "officer"), reverse("console:rooms:series_new")
    until = (DAY + timedelta(days=10_000)).isoformat()
    answer = officer.post(address, asked_series(rooms["TALK-A"], frequency="daily", count="", until=until))
    assert answer.status_code == REFUSED
    assert 'value="例会"' in answer.content.decode()
    assert not BookingSeries.objects.exists()
