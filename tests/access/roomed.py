"""The organization of a row with rooms: a booking, a series, a place in the waiting list, a visitor; the outpost's own too."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.enums import UnitKind
from feidi.domain.space.models import Floor, Unit, Zone
from feidi.domain.space.selectors.series import SeriesWish
from feidi.domain.space.services.blocking import block_unit
from feidi.domain.space.services.bookings import Wish, book_unit
from feidi.domain.space.services.feeds import open_room_feed
from feidi.domain.space.services.series import book_series
from feidi.domain.space.services.visitors import expect_visitor
from feidi.domain.space.services.waiting import wait_for_unit
from feidi.engines.slots import Recurrence, Repeats
from tests.support.world import World

_DAY = date(2026, 12, 1)


def rooms_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Book, repeat, wait, block and expect somebody; returns the uids by what they are."""
    officer, lead, now = world.actor("officer"), world.actor("lead"), world.now
    OrganizationLink.objects.get_or_create(outpost=world.outpost, organization=organization, since=now.date())
    unit, other = _room(world, f"Qhall{number}"), _room(world, f"Qnook{number}")
    wish = Wish(unit, _at("10:00"), _at("11:00"), f"Qmeetfor{number}", 3, organization)
    booking = book_unit(actor=officer, now=now, wish=wish)
    late = Wish(unit, _at("10:00"), _at("10:30"), f"Qwaitfor{number}", None, organization)
    waiting = wait_for_unit(actor=officer, now=now, wish=late)
    rule = Recurrence(Repeats.WEEKLY, count=2)
    series = book_series(
        actor=officer,
        now=now,
        wish=SeriesWish(other, f"Qweekly{number}", _DAY, time(9), 60, rule, None, organization),
    )
    blocking = block_unit(
        actor=lead, now=now, unit=other, starts_at=_at("18:00"), ends_at=_at("19:00"), why=f"Qrepair{number}"
    )
    visitor = expect_visitor(
        actor=officer,
        now=now,
        outpost=world.outpost,
        name="王二",
        host=world.users["officer"],
        expected_at=now + timedelta(hours=1),
        from_where=f"Qfrom{number}",
    )
    feed, _token = open_room_feed(actor=lead, now=now, unit=unit)
    return {
        "room_booking": booking.uid,
        "room_waiting": waiting.uid,
        "room_series": series.uid,
        "room_blocking": blocking.uid,
        "room_visitor": visitor.uid,
        "room_feed": feed.uid,
        "room_unit": unit.uid,
    }


def _at(clock: str) -> datetime:
    return datetime.combine(_DAY, time.fromisoformat(clock), SHANGHAI)


def _room(world: World, code: str) -> Unit:
    made = {"created_at": world.now}
    floor, _new = Floor.objects.get_or_create(outpost=world.outpost, code="q9", defaults={"name": "9层", **made})
    zone, _new = Zone.objects.get_or_create(
        outpost=world.outpost, code="qmeet", defaults={"floor": floor, "kind": "meeting", "name": "会议", **made}
    )
    return Unit.objects.create(
        outpost=world.outpost, zone=zone, kind=UnitKind.ROOM, code=code, name=code, bookable=True, hours="always",
        valid_from=date(2022, 1, 1), **made,
    )  # fmt: skip
