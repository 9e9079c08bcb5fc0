"""Many who want the same room at the same moment: exactly one has it, nobody's act is lost, every refusal says why.

Threads with connections of their own, on SQLite and on PostgreSQL alike; past the services too, where the database alone
keeps them apart.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection

from feidi.domain.space.enums import BookingState, OccupationReason, WaitingState
from feidi.domain.space.models import Booking, BookingSeries, Occupation, Unit, WaitingEntry
from feidi.domain.space.selectors.series import SeriesWish
from feidi.domain.space.services.bookings import Wish, book_unit, cancel_booking, move_booking, restore_booking
from feidi.domain.space.services.occupying import occupy_unit, tenancy_span
from feidi.domain.space.services.series import book_series
from feidi.domain.space.services.waiting import wait_for_unit
from feidi.engines.findings import RefusedError
from feidi.engines.slots import Recurrence, Repeats
from feidi.kernel.audit.verify import verify
from feidi.kernel.messages import text_of
from feidi.kernel.subjects import Subject
from tests.support import databases
from tests.support.home import ON_POSTGRESQL, WHOLE
from tests.support.rooms import DAY, at, book, days_on, ledger_is_sound, make_rooms, wish
from tests.support.together import together
from tests.support.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, SLOTS = 64, 200
#: How many want each slot: fewer on SQLite, where one writes at a time anyway, outside test-all.
RIVALS = 8 if ON_POSTGRESQL or WHOLE else 3


@pytest.fixture
def world(transactional_db: None, now: Any) -> World:
    """The invented pair of places, committed, so that other connections see it."""
    return databases.made() or make_world(now)


@pytest.fixture
def rooms(world: World) -> dict[str, Unit]:
    """The outpost's units by code."""
    return make_rooms(world)


@pytest.fixture(autouse=True)
def _threads_change_places_often() -> Iterator[None]:
    """Clients are processes elsewhere. As threads of one interpreter, whoever holds the write lock of SQLite would wait
    five milliseconds for each of its queries while sixty others reckon.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    yield
    sys.setswitchinterval(before)


def refusals(answers: list[Any]) -> list[RefusedError]:
    """Return the refusals; anything else that went wrong is a failure."""
    failed = [each for each in answers if isinstance(each, Exception)]
    assert [each for each in failed if not isinstance(each, RefusedError)] == []
    return failed


def answered(ask: Callable[[], Booking]) -> Booking | RefusedError:
    """Ask until there is an answer: on SQLite a writer whose turn has not come within 20 s is told that it is busy
    (on a machine that does much else besides), and asks again. Nothing of what it asked before has stayed behind.
    """
    while True:
        try:
            return ask()
        except RefusedError as error:
            return error
        except OperationalError as error:
            if "locked" not in str(error):
                raise


def sound() -> None:
    ledger_is_sound()
    assert verify().faults == ()


def slots_of(rooms: dict[str, Unit]) -> list[tuple[Unit, datetime]]:
    """200 hours: four rooms (two of them halves of a hall), five hours, ten working days."""
    working = [days_on(each) for each in range(14) if days_on(each).weekday() < 5][:10]
    units = [rooms[code] for code in ("TALK-A", "TALK-B", "HALL-W", "EXC")]
    hours = [at(f"{hour:02d}:00", day) for day in working for hour in (9, 10, 11, 14, 15)]
    return [(unit, hour) for unit in units for hour in hours]


def test_of_sixty_four_clients_one_has_each_of_two_hundred_slots(world: World, rooms: dict[str, Unit]) -> None:
    slots, actor = slots_of(rooms), world.actor("officer")
    assert len(slots) == SLOTS
    # every slot is wanted by as many clients, every client wants its slots in an order of its own
    wanted: list[list[int]] = [[] for _ in range(CLIENTS)]
    for place in range(SLOTS * RIVALS):
        wanted[(place * 7) % CLIENTS].append(place % SLOTS)
    for client, mine in enumerate(wanted):
        random.Random(client).shuffle(mine)

    def client(number: int) -> list[tuple[int, Any]]:
        found: list[tuple[int, Any]] = []
        for place in wanted[number]:
            unit, start = slots[place]
            one = Wish(unit, start, start + timedelta(hours=1), f"客户{number}")
            found.append((place, answered(lambda one=one: book_unit(actor=actor, now=world.now, wish=one))))
        return found

    answers = together(CLIENTS, client)
    assert refusals(answers) == []
    flat = [pair for answer in answers if not isinstance(answer, Exception) for pair in answer]
    won = Counter(place for place, answer in flat if isinstance(answer, Booking))
    assert won == Counter(range(SLOTS)), "exactly one wins each"
    assert Booking.objects.count() == Occupation.objects.count() == SLOTS, "none lost, none too many"
    holders = {(row.unit_id, row.starts_at): row.purpose for row in Booking.objects.all()}
    for place, answer in flat:
        if isinstance(answer, RefusedError):
            unit, start = slots[place]
            assert answer.refusal.code == "space.unit_taken"
            (reason,) = answer.refusal.reasons
            assert holders[unit.pk, start] in text_of(reason), "the refusal names the booking in the way"
    sound()


def test_past_every_service_the_database_alone_lets_one_in(world: World, rooms: dict[str, Unit]) -> None:
    """Halves against the whole hall, with no lock taken and nobody asked before."""
    units = [rooms["HALL"], rooms["HALL-W"], rooms["HALL-E"]]

    def write(number: int) -> int:
        made = 0
        for hour in range(8, 18):
            unit = units[(number + hour) % 3]
            try:
                Occupation.objects.create(
                    unit=unit,
                    root_id=unit.root_id,
                    starts_at=at(f"{hour:02d}:{'00' if number % 2 else '30'}"),
                    ends_at=at(f"{hour + 1:02d}:00"),
                    reason=OccupationReason.BLOCKING,
                    subject_kind="space.blocking",
                    subject_uid=str(number),
                    recorded_by="race",
                    created_at=world.now,
                )
                made += 1
            except DatabaseError:
                connection.close()  # refused, or (PostgreSQL) one of two that waited for each other
        return made

    answers = together(32, write)
    assert not [each for each in answers if isinstance(each, Exception)]
    ledger = list(Occupation.objects.all())
    assert len(ledger) == sum(each for each in answers if isinstance(each, int))
    assert len(ledger) >= 10
    for one in ledger:
        for other in ledger:
            if one.pk < other.pk and one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                assert {one.unit.code, other.unit.code} == {"HALL-W", "HALL-E"}


def test_of_many_moved_to_one_time_one_gets_there(world: World, rooms: dict[str, Unit]) -> None:
    actor = world.actor("officer")
    mine = [book(world, rooms["TALK-A"], "09:00", "10:00", day=days_on(each)) for each in (0, 1, 2, 3)]
    mine += [book(world, rooms["TALK-B"], "09:00", "10:00", day=days_on(each)) for each in (0, 1, 2, 3)]

    def move(number: int) -> Booking:
        return move_booking(
            actor=actor,
            now=world.now,
            booking=mine[number],
            version=1,
            unit=rooms["EXC"],
            starts_at=at("14:00"),
            ends_at=at("15:00"),
        )

    answers = together(len(mine), move)
    refused = refusals(answers)
    assert len(refused) == len(mine) - 1
    assert {each.refusal.code for each in refused} == {"space.unit_taken"}
    assert Booking.objects.filter(unit=rooms["EXC"]).count() == 1
    assert Booking.objects.filter(version=1).count() == len(mine) - 1, "who was refused stays where it was"
    sound()


def test_of_many_brought_back_one_comes_back(world: World, rooms: dict[str, Unit]) -> None:
    actor = world.actor("officer")
    gone = [
        cancel_booking(actor=actor, now=world.now, booking=book(world, rooms["TALK-A"]), reason="改期")
        for _ in range(12)
    ]
    answers = together(12, lambda number: restore_booking(actor=actor, now=world.now, booking=gone[number]))
    refused = refusals(answers)
    assert len(refused) == 11
    assert {each.refusal.code for each in refused} == {"space.unit_taken"}
    assert Booking.objects.filter(state=BookingState.CONFIRMED).count() == 1
    sound()


def test_of_series_that_cross_one_is_saved_whole_and_no_other_at_all(world: World, rooms: dict[str, Unit]) -> None:
    actor = world.actor("officer")

    def save(number: int) -> BookingSeries:
        # daily, weekly and monthly series through the whole hall and its halves, all through the same Tuesday
        unit = rooms[("HALL", "HALL-W", "HALL")[number % 3]]
        rule = (
            Recurrence(Repeats.DAILY, count=4),
            Recurrence(Repeats.WEEKLY, weekdays=(1, 3), count=5),
            Recurrence(Repeats.MONTHLY, nth=4, count=2),
        )[number % 3]
        one = SeriesWish(unit, f"系列{number}", DAY, time(10), 60, rule)
        return book_series(actor=actor, now=world.now, wish=one)

    answers = together(12, save)
    refused = refusals(answers)
    won = [each for each in answers if isinstance(each, BookingSeries)]
    assert (len(won), len(refused)) == (1, 11)
    for each in refused:
        assert each.refusal.code == "space.series_clashes"
        assert "space.taken_by" in {reason.code for reason in each.refusal.reasons}
    assert set(Booking.objects.values_list("series_id", flat=True)) == {won[0].pk}
    sound()


def test_of_tenancies_that_cross_none_shares_a_day(world: World, rooms: dict[str, Unit]) -> None:
    actor = world.actor("manager")
    desks = [rooms["806"], rooms["806-01"], rooms["806-02"]]

    def let(number: int) -> Occupation:
        first = date(2027, 1 + number % 6, 1)
        span = tenancy_span(first, first + timedelta(days=60))
        return occupy_unit(
            actor=actor,
            now=world.now,
            unit=desks[number % 3],
            starts_at=span.start,
            ends_at=span.end,
            reason=OccupationReason.TENANCY,
            subject=Subject("parties.outpost", world.outpost.uid),
        )

    answers = together(24, let)
    assert {each.refusal.code for each in refusals(answers)} == {"space.unit_taken"}
    assert Occupation.objects.count() == 24 - len(refusals(answers)) >= 2
    ledger_is_sound()
    assert verify().faults == ()


def test_the_freed_hour_goes_to_one_whoever_is_quicker(world: World, rooms: dict[str, Unit]) -> None:
    """One cancels, somebody waits, and others book the very same hour at the same moment."""
    actor = world.actor("officer")
    held = book(world, rooms["TALK-A"])
    entry = wait_for_unit(actor=actor, now=world.now, wish=wish(rooms["TALK-A"], purpose="候补"))

    def act(number: int) -> Booking:
        if number == 0:
            return cancel_booking(actor=actor, now=world.now, booking=held, reason="不用了")
        return book(world, rooms["TALK-A"], "10:30", "11:30", purpose=f"抢{number}")

    answers = together(10, act)
    assert {each.refusal.code for each in refusals(answers)} == {"space.unit_taken"}
    assert not isinstance(answers[0], Exception)
    entry = WaitingEntry.objects.get(pk=entry.pk)
    assert entry.state == WaitingState.BOOKED, "who waited has it in the act that frees it: nobody is quicker"
    assert Booking.objects.filter(state=BookingState.CONFIRMED).count() == 1
    sound()
