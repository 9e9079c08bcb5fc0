"""Who sees rooms, who sees who holds them: ``can_view_*`` and ``*_visible_to`` agree for every role."""

from __future__ import annotations

import pytest

from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.space import access
from feidi.domain.space.models import Booking, Floor, Unit, Visitor, WaitingEntry, Zone
from feidi.domain.space.selectors.bookings import get_booking, list_bookings, list_feeds, list_visitors, list_waiting
from feidi.domain.space.selectors.grid import day_grid
from feidi.domain.space.selectors.premises import get_unit, list_floors, list_units, list_zones
from feidi.domain.space.services.feeds import open_personal_feed, open_room_feed
from feidi.domain.space.services.visitors import expect_visitor
from feidi.domain.space.services.waiting import wait_for_unit
from tests.support.rooms import DAY, at, book, firm_of, wish
from tests.support.world import World

pytestmark = pytest.mark.django_db
ROLES = (
    "officer",
    "manager",
    "lead",
    "rival",
    "bureau",
    "verifier",
    "auditor",
    "rival_bureau",
    "admin",
    "tenant",
    "other",
)


@pytest.fixture
def held(world: World, rooms: dict[str, Unit]) -> dict[str, Booking]:
    """One booking of the outpost, one of the tenant, one of another firm; a visitor and an entry of each."""
    other = find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="滨海乙检测有限公司"
    )
    world.user("other", "tenant", organization=other)
    made = {
        "officer": book(world, rooms["TALK-A"], purpose="内部会"),
        "tenant": book(world, rooms["TALK-B"], by="tenant", purpose="甲的会"),
        "other": book(world, rooms["EXC"], by="other", purpose="乙的会"),
    }
    for login, booking in made.items():
        wait_for_unit(actor=world.actor(login), now=world.now, wish=wish(rooms["TALK-A"], purpose=f"{login}候补"))
        expect_visitor(
            actor=world.actor(login),
            now=world.now,
            outpost=world.outpost,
            name="张三",
            host=world.users[login],
            expected_at=at("10:00"),
            booking=booking,
        )
        open_personal_feed(actor=world.actor(login), now=world.now)
    open_room_feed(actor=world.actor("manager"), now=world.now, unit=rooms["TALK-A"])
    return made


@pytest.mark.parametrize("role", ROLES)
def test_one_row_and_many_rows_answer_the_same(world: World, held: dict[str, Booking], role: str) -> None:
    actor = world.actor(role)
    for model in (Unit, Zone, Floor):
        seen = set(
            {"Unit": access.units_visible_to, "Zone": access.zones_visible_to, "Floor": access.floors_visible_to}[
                model.__name__
            ](actor, model.objects.all())
        )  # type: ignore[operator]
        assert seen == {row for row in model.objects.select_related("outpost") if access.can_view_premises(actor, row)}
    bookings = Booking.objects.all()
    assert set(access.bookings_visible_to(actor, bookings)) == {
        b for b in bookings if access.can_view_booking(actor, b)
    }
    entries = WaitingEntry.objects.all()
    assert set(access.waiting_visible_to(actor, entries)) == {e for e in entries if access.can_view_waiting(actor, e)}
    visitors = Visitor.objects.all()
    assert set(access.visitors_visible_to(actor, visitors)) == {
        v for v in visitors if access.can_view_visitor(actor, v)
    }


@pytest.mark.parametrize(
    ("role", "units", "bookings", "visitors", "waiting", "feeds"),
    [
        ("officer", True, 3, 3, 3, 1),
        ("manager", True, 3, 3, 3, 1),
        ("bureau", True, 0, 0, 0, 0),
        ("auditor", True, 0, 0, 0, 0),
        ("tenant", True, 1, 1, 1, 1),
        ("rival", False, 0, 0, 0, 0),
        ("rival_bureau", False, 0, 0, 0, 0),
        ("verifier", False, 0, 0, 0, 0),
        ("admin", False, 0, 0, 0, 0),
    ],
)
def test_who_sees_how_much(
    world: World,
    held: dict[str, Booking],
    role: str,
    units: bool,
    bookings: int,
    visitors: int,
    waiting: int,
    feeds: int,
) -> None:
    actor = world.actor(role)
    here = list_units(actor, outpost=world.outpost)
    assert here.exists() is units
    assert list_zones(actor, world.outpost).exists() is units
    assert list_floors(actor, world.outpost).exists() is units
    counted = (
        list_bookings(actor).count(),
        list_visitors(actor).count(),
        list_waiting(actor).count(),
        list_feeds(actor).count(),
    )
    assert counted == (bookings, visitors, waiting, feeds)


def test_a_firm_reads_of_others_only_that_a_room_is_occupied(world: World, held: dict[str, Booking]) -> None:
    tenant = world.actor("tenant")
    grid = day_grid(tenant, list(list_units(tenant, outpost=world.outpost, bookable=True)), DAY, world.now)
    cells = {(row.unit.code, cell.starts_at): cell for row in grid.rows for cell in row.cells}
    assert (cells["TALK-A", at("10:00")].state, cells["TALK-A", at("10:00")].who) == ("booked", "")
    assert cells["EXC", at("10:00")].booking is None
    own = cells["TALK-B", at("10:00")]
    assert (own.booking, own.who) == (held["tenant"], f"{firm_of(world).name}：甲的会")
    whole = "".join(cell.who for cell in cells.values())
    assert "乙" not in whole
    assert "内部会" not in whole
    with pytest.raises(Booking.DoesNotExist):
        get_booking(tenant, held["other"].uid)
    with pytest.raises(Unit.DoesNotExist):
        get_unit(world.actor("rival"), held["tenant"].unit.uid)
