"""The kept pages of the ledger say what its rows say, whatever happens to the rows; what has no page is read from them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import LedgerPage, Occupation, Unit
from feidi.domain.space.selectors.free import find_free_slots
from feidi.domain.space.selectors.holding import in_the_way, live_in_rooms
from feidi.domain.space.selectors.rules import opening_of, rules_of
from feidi.domain.space.selectors.taken import months_of, taken_within
from feidi.domain.space.services.bookings import cancel_booking, move_booking
from feidi.domain.space.services.paging import write_pages
from feidi.engines.slots import Interval, Search, Slot, first_free, seconds_of
from tests.support.rooms import at, book, days_on
from tests.support.world import World

pytestmark = pytest.mark.django_db
_CODES = ("TALK-A", "TALK-B", "HALL", "HALL-W", "HALL-E", "EXC")
_SPAN = timedelta(days=60)


def _row(unit: Unit, start: datetime, end: datetime) -> Occupation | None:
    """Write past every service, where the place is free."""
    if in_the_way(unit, Interval(start, end)).exists():
        return None
    return Occupation.objects.create(
        unit=unit,
        root_id=unit.root_id,
        starts_at=start,
        ends_at=end,
        reason=OccupationReason.BLOCKING,
        subject_kind="space.blocking",
        subject_uid="nobody",
        recorded_by="test",
        created_at=start,
    )


def _fill(dice: Random, units: list[Unit], now: datetime, rows: int) -> list[Occupation]:
    """Meetings, whole days and stretches of weeks, some of which began long ago."""
    made = []
    for _ in range(rows):
        start = now + timedelta(minutes=30 * dice.randrange(-60 * 48, 70 * 48))
        length = timedelta(minutes=30 * dice.choice((1, 2, 3, 24, 24, 48, 48 * 7, 48 * 25)))
        made.append(_row(dice.choice(units), start, start + length))
    return [each for each in made if each]


def _from_rows(roots: set[int], span: Interval) -> set[tuple[int, int, int, int]]:
    rows = live_in_rooms(roots, span)
    return {(each.unit_id, each.root_id, seconds_of(each.starts_at), seconds_of(each.ends_at)) for each in rows}


def _from_pages(roots: set[int], span: Interval) -> set[tuple[int, int, int, int]]:
    """As ``_from_rows``; what lies in the same months but not in the span does not count."""
    taken = taken_within(roots, span)
    rows = zip(*(each.tolist() for each in (taken.unit, taken.root, taken.start, taken.end)), strict=True)
    start, end = seconds_of(span.start), seconds_of(span.end)
    found = [row for row in rows if row[2] < end and row[3] > start]
    assert len(found) == len(set(found)), "nothing stands twice"
    return set(found)


def _plain(units: list[Unit], now: datetime, minutes: int) -> list[Slot]:
    """One unit after the other, by the engine's plain reading."""
    rules, span = rules_of(units[0].outpost), Interval(now, now + _SPAN)
    around = Interval(span.start - timedelta(days=1), span.end)
    opening = opening_of(rules, [unit.hours for unit in units], around)
    search = Search(span.start, span.end, minutes * 60, rules.slot_minutes * 60)
    found = []
    for unit in units:
        busy = [Interval(each.starts_at, each.ends_at) for each in in_the_way(unit, span)]
        slot = first_free(unit.pk, opening[unit.hours], busy, search)
        found += [slot] if slot else []
    places = [unit.pk for unit in units]
    return sorted(found, key=lambda slot: (slot.interval.start, places.index(slot.unit)))


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(each, marks=pytest.mark.slow) for each in range(3, 8))])
def test_pages_and_rows_say_the_same(world: World, rooms: dict[str, Unit], seed: int) -> None:
    dice, now = Random(seed), world.now
    units = [rooms[code] for code in _CODES]
    made = _fill(dice, units, now, 120)
    assert write_pages(now=now) > 0
    assert write_pages(now=now) == 0, "what is there is not written again"
    for row in dice.sample(made, 15):  # past every service: the database itself throws the page away
        match dice.randrange(3):
            case 0:
                row.freed_at, row.freed_reason = now, "不用了"
                row.save()
            case 1:
                row.ends_at = row.starts_at + timedelta(minutes=10)
                row.save()
            case _:
                row.delete()
    _fill(dice, units, now, 10)
    roots, span = {unit.root_id for unit in units}, Interval(now, now + _SPAN)
    for written in (False, True):
        if written:
            assert write_pages(now=now) > 0
        assert _from_pages(roots, span) == _from_rows(roots, span)
        for minutes in (30, 75, 240, 690, 1440):
            found = find_free_slots(
                world.actor("officer"), units, now=now, after=now, until=span.end, minutes=minutes, count=99
            )
            plain = [(slot.unit, slot.interval.start) for slot in _plain(units, now, minutes)]
            assert [(each.unit.pk, each.starts_at) for each in found] == plain, minutes


def test_every_change_of_a_booking_throws_its_pages_away(world: World, rooms: dict[str, Unit]) -> None:
    officer, room = world.actor("officer"), rooms["TALK-A"]

    def lacking() -> set[str]:
        kept = set(LedgerPage.objects.filter(root=room).values_list("month", flat=True))
        gone = [month for month in months_of(Interval(world.now, world.now + timedelta(days=90))) if month not in kept]
        write_pages(now=world.now)
        return {f"{month:%m}" for month in gone}

    assert lacking() == {"11", "12", "01", "02"}
    booking = book(world, room)
    assert lacking() == {"11"}
    later = days_on(20)
    move_booking(
        actor=officer,
        now=world.now,
        booking=booking,
        version=booking.version,
        unit=room,
        starts_at=at("10:00", later),
        ends_at=at("11:00", later),
    )
    assert lacking() == {"11", "12"}, "where it was and where it went"
    booking.refresh_from_db()
    cancel_booking(actor=officer, now=world.now, booking=booking, reason="改期")
    assert lacking() == {"12"}
    assert lacking() == set()


def test_months_of_a_span_are_those_it_touches() -> None:
    start = datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert [f"{each:%y-%m}" for each in months_of(Interval(start, start + timedelta(hours=1)))] == ["26-11"]
    found = months_of(Interval(start, start + timedelta(days=63)))
    assert [f"{each:%y-%m}" for each in found] == ["26-11", "26-12", "27-01", "27-02"]
