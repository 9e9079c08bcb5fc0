"""The invented outpost's rooms, and wishes for them: what tests of space have in common."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Booking, Occupation, Unit
from feidi.domain.space.services.bookings import Wish, book_unit
from feidi.domain.space.services.syncing import sync_units
from feidi.engines.findings import RefusedError
from tests.support.world import INSTALLER, World

#: The test's moment is Monday 2026-11-23 09:30; the Tuesday after is a plain working day.
DAY = date(2026, 11, 24)


def make_rooms(world: World) -> dict[str, Unit]:
    """Bring the units of content in, link the tenant's firm to the outpost; return the outpost's units by code."""
    sync_units(actor=INSTALLER, now=world.now)
    firm = Organization.objects.get(name="滨海甲检测技术有限公司")
    OrganizationLink.objects.get_or_create(outpost=world.outpost, organization=firm, since=world.now.date())
    rows = Unit.objects.filter(outpost=world.outpost).select_related("outpost__home", "zone", "parent")
    return {unit.code: unit for unit in rows}


def firm_of(world: World) -> Organization:
    """The tenant's own firm."""
    return Organization.objects.get(name="滨海甲检测技术有限公司")


def at(clock: str, day: date = DAY) -> datetime:
    """A time of the wall clock in Shanghai."""
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), SHANGHAI)


def wish(unit: Unit, start: str = "10:00", end: str = "11:00", day: date = DAY, **more: Any) -> Wish:
    """Want a unit from when to when."""
    return Wish(unit, at(start, day), at(end, day), more.pop("purpose", "投资人见面会"), **more)


def book(
    world: World, unit: Unit, start: str = "10:00", end: str = "11:00", by: str = "officer", **more: Any
) -> Booking:
    """Book as somebody."""
    return book_unit(actor=world.actor(by), now=world.now, wish=wish(unit, start, end, **more))


def refused(error: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    """Return the code of a refusal and those of its reasons."""
    refusal = error.value.refusal
    return [refusal.code, *(each.code for each in refusal.reasons)]


def ledger_is_sound() -> None:
    """No two live rows of one place overlap; what a booking holds is what the ledger says."""
    rows = list(Occupation.objects.filter(freed_at__isnull=True).order_by("root_id", "starts_at"))
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            shared = one.root_id == other.root_id and (
                one.unit_id in {other.unit_id, one.root_id} or other.unit_id == other.root_id
            )
            assert not (shared and one.starts_at < other.ends_at and other.starts_at < one.ends_at), (one, other)
    held = {each.subject_uid: each for each in rows if each.reason == OccupationReason.BOOKING}
    holding = {each.uid: each for each in Booking.objects.filter(state__in=["asked", "confirmed"])}
    assert held.keys() == holding.keys(), "every booking that holds stands in the ledger, and no other"
    for uid, booking in holding.items():
        row = held[uid]
        assert (row.unit_id, row.starts_at, row.ends_at) == (booking.unit_id, booking.starts_at, booking.ends_at)


def days_on(days: int, day: date = DAY) -> date:
    """So many days after the plain working day."""
    return day + timedelta(days=days)
