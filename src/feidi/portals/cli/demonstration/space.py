"""Rooms of the demonstration: four weeks of meetings behind, a week ahead with a series, an approval, a closed hall. Invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.models import Booking, Unit
from feidi.domain.space.services.attending import check_in_booking, finish_bookings, hand_over_unit, release_no_shows
from feidi.domain.space.services.blocking import block_unit
from feidi.domain.space.services.bookings import Wish, book_unit, decide_booking
from feidi.domain.space.services.series import SeriesWish, book_series
from feidi.domain.space.services.visitors import expect_visitor
from feidi.domain.space.services.waiting import wait_for_unit
from feidi.engines.slots import Recurrence, Repeats
from feidi.kernel.access import actor_for_user, schedule_actor
from feidi.kernel.identity.models import User
from feidi.portals.cli.demonstration.agenda import Scene

_WEEKS: Final = 4
_JOB: Final = schedule_actor("space.bookings")
#: Unit, from, to, what for, by whom; every second Thursday nobody comes to the last one.
_USUAL: Final = (
    ("TALK-A", 9, 10, "企业初次洽谈", "officer"),
    ("HALL-W", 10, 12, "项目评估碰头会", "officer2"),
    ("TALK-B", 14, 15, "政策辅导", "manager"),
    ("EXC", 15, 17, "入孵团队交流", "manager"),
)
_THURSDAY: Final = 3


def load(scene: Scene, sponsor: str) -> None:
    """Play it after the tenant's account is open; ``sponsor`` is the tenant's firm."""
    rows = Unit.objects.filter(outpost=scene.outpost).select_related("outpost__home", "zone", "parent")
    rooms = {unit.code: unit for unit in rows}
    for number, day in enumerate(_days_behind(scene)):
        _day_behind(scene, rooms, day, missed=day.weekday() == _THURSDAY and number % 2 == 0)
    _ahead(scene, rooms, Organization.objects.get(name=sponsor))


def _days_behind(scene: Scene) -> Iterator[date]:
    day = scene.last_day - timedelta(weeks=_WEEKS)
    while day <= scene.last_day:
        if scene.almanac.is_working(day):
            yield day
        day += timedelta(days=1)


def _day_behind(scene: Scene, rooms: dict[str, Unit], day: date, *, missed: bool) -> None:
    morning = _at(day, 8)
    booked = [
        book_unit(
            actor=scene.actors[by],
            now=morning,
            wish=Wish(rooms[code], _at(day, start), _at(day, end), what, attendees=4),
        )
        for code, start, end, what, by in _USUAL
    ]
    for booking in booked[:-1] if missed else booked:
        check_in_booking(actor=scene.actors["officer"], now=booking.starts_at, booking=booking)
    release_no_shows(actor=_JOB, now=_at(day, 17, 30))
    finish_bookings(actor=_JOB, now=_at(day, 17, 30))
    if day.weekday() == _THURSDAY:
        note = "投影遥控器放回抽屉，空调已关（演示）"
        hand_over_unit(actor=scene.actors["officer2"], now=_at(day, 17, 40), booking=booked[1], note=note)


def _ahead(scene: Scene, rooms: dict[str, Unit], firm: Organization) -> None:
    evening = _at(scene.last_day, 18, 20)
    staff: dict[str, Any] = {"actor": scene.actors["officer"], "now": evening}
    manager: dict[str, Any] = {"actor": scene.actors["manager"], "now": evening}
    tenant: dict[str, Any] = {"actor": actor_for_user(User.objects.get(login="tenant"), evening), "now": evening}
    days = list(_days_ahead(scene, 6))

    def wish(code: str, day: int, start: int, end: int, what: str, **more: Any) -> Wish:
        return Wish(rooms[code], _at(days[day], start), _at(days[day], end), what, **more)

    book_unit(wish=wish("TALK-A", 0, 10, 11, "投资人见面会（演示）", attendees=5), **staff)
    visited = book_unit(wish=wish("HALL", 0, 14, 16, "云溪企业家考察座谈（演示）", attendees=30), **staff)
    _visitors(scene, visited, staff)
    own = book_unit(wish=wish("TALK-B", 1, 9, 11, "样机评审（演示）", attendees=6), **tenant)
    wait_for_unit(wish=wish("TALK-B", 1, 10, 11, "政策辅导（演示）"), **manager)
    wait_for_unit(wish=wish("HALL-W", 0, 14, 15, "产品说明会（演示）", organization=own.organization), **tenant)
    book_unit(wish=wish("ROAD", 3, 14, 17, "半年路演（演示）", attendees=60, organization=firm), **tenant)
    asked = book_unit(wish=wish("EXH", 2, 10, 11, "接待来访（演示）", attendees=20), **staff)
    decide_booking(booking=asked, confirm=True, **manager)
    block_unit(
        unit=rooms["EXC"], starts_at=_at(days[4], 8), ends_at=_at(days[5], 20), why="布置人才沙龙（演示）", **manager
    )
    first = next(day for day in days if day.weekday() < _THURSDAY + 1)
    weekly = Recurrence(Repeats.WEEKLY, count=6, exceptions=_rest_days(scene, first, 6))
    book_series(
        wish=SeriesWish(rooms["HALL-E"], "运营周例会（演示）", first, time(9), 60, weekly, attendees=10),
        **staff,
    )


def _rest_days(scene: Scene, first: date, weeks: int) -> frozenset[date]:
    """Weeks in which the day falls on a holiday are left out of the series."""
    days = (first + timedelta(weeks=each) for each in range(weeks))
    return frozenset(day for day in days if not scene.almanac.is_working(day))


def _visitors(scene: Scene, booking: Booking, staff: dict[str, Any]) -> None:
    for name in ("方远（演示）", "叶知秋（演示）"):
        expect_visitor(
            outpost=scene.outpost,
            name=name,
            host=scene.users["officer"],
            expected_at=booking.starts_at,
            booking=booking,
            from_where="云溪某企业（演示）",
            **staff,
        )


def _days_ahead(scene: Scene, count: int) -> Iterator[date]:
    day, found = scene.today, 0
    while found < count:
        if scene.almanac.is_working(day):
            found += 1
            yield day
        day += timedelta(days=1)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)
