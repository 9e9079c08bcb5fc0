"""The rooms of the invented outpost: ``prepare``, ``race SLOTS FIRST N``, ``check SLOTS``, ``year ROOMS BOOKINGS``.

Run as a child of ``benchmarks.booking_race`` and ``benchmarks.space``; prints JSON. ``race`` says that it is ready and waits to be told when. ``year`` writes the ledger in bulk, past the services.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.places import sync_places
from feidi.domain.space.enums import BOOKING, BookingState, OccupationReason, UnitKind
from feidi.domain.space.models import Booking, LedgerPage, Occupation, Unit
from feidi.domain.space.selectors.free import FreeSlot, find_free_slots
from feidi.domain.space.selectors.grid import day_grid
from feidi.domain.space.selectors.rules import opening_of, rules_of
from feidi.domain.space.selectors.taken import taken_within
from feidi.domain.space.services.bookings import Wish, book_unit
from feidi.domain.space.services.paging import write_pages
from feidi.domain.space.services.syncing import sync_units
from feidi.engines.findings import RefusedError
from feidi.engines.slots import Interval, Place, Search, first_free_many
from feidi.kernel.access import Actor, ActorKind, actor_for_user
from feidi.kernel.audit.verify import verify
from feidi.kernel.content.publishing import load_folder
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import new_uid
from feidi.portals.ui import clock

#: A Monday morning in Shanghai, as in the tests.
NOW: Final = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
_CODES: Final = ("TALK-A", "TALK-B", "HALL-W", "EXC")
_HOURS: Final = (1, 2, 3, 6, 7)  # UTC: 9, 10, 11, 14, 15 in Shanghai
_ROUNDS: Final = 60
#: As long as the rooms are open: with a booking on every day, no room is free for so long.
WHOLE_DAY: Final = 690
OK: Final = 200


def main() -> None:
    """Run one mode."""
    mode, *words = sys.argv[1:]
    modes: dict[str, Callable[..., Any]] = {"prepare": _prepare, "race": _race, "check": _check, "year": _year}
    print(json.dumps(modes[mode](*words)))


def _prepare() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    installer = Actor(kind=ActorKind.COMMAND, label="benchmark")
    load_folder(actor=installer, now=NOW)
    sync_places(actor=installer, now=NOW)
    sync_units(actor=installer, now=NOW)
    user = User(login="officer", display_name="张专员", created_at=NOW)
    user.set_unusable_password()
    user.save()
    outpost = Outpost.objects.get(code="yunbin")
    Membership.objects.create(user=user, role="officer", outpost=outpost, valid_from=date(2020, 1, 1), created_at=NOW)


def _officer() -> Actor:
    return actor_for_user(User.objects.get(login="officer"), NOW)


def _slots(count: int) -> list[tuple[Unit, datetime]]:
    days = [date(2026, 11, 24) + timedelta(days=each) for each in range(14)]
    working = [day for day in days if day.weekday() < 5][:10]
    units = Unit.objects.filter(code__in=_CODES, outpost__code="yunbin").select_related("outpost__home", "parent")
    found = [
        (unit, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
        for unit in sorted(units, key=lambda each: each.code)
        for day in working
        for hour in _HOURS
    ]
    return found[:count]


def _race(slots: str, first: str, clients: str) -> dict[str, Any]:
    places, actor = _slots(int(slots)), _officer()
    connection.close()
    print("ready", flush=True)
    start = float(sys.stdin.readline())
    with ThreadPoolExecutor(int(clients)) as pool:
        said = list(pool.map(lambda n: _client(int(first) + n, places, actor, start), range(int(clients))))
    keys = ("won", "booked_s", "refused_s")
    whole: dict[str, Any] = {key: [value for each in said for value in each[key]] for key in keys}
    return whole | {
        "refused": sum(len(each["refused_s"]) for each in said),
        "unexplained": sum(each["unexplained"] for each in said),
        "again": sum(each["again"] for each in said),
        "ended": time.time(),
    }


def _client(number: int, places: list[tuple[Unit, datetime]], actor: Actor, start: float) -> dict[str, Any]:
    order = list(range(len(places)))
    random.Random(number).shuffle(order)
    found: dict[str, Any] = {"won": [], "booked_s": [], "refused_s": [], "unexplained": 0, "again": 0}
    time.sleep(max(0.0, start - time.time()))
    for place in order:
        unit, at = places[place]
        begun = time.perf_counter()
        error, again = _ask(actor, Wish(unit, at, at + timedelta(hours=1), f"客户{number}"))
        spent, found["again"] = time.perf_counter() - begun, found["again"] + again
        if error is None:
            found["won"].append(place)
            found["booked_s"].append(spent)
        else:
            found["refused_s"].append(spent)
            codes = [each.code for each in error.refusal.reasons]
            found["unexplained"] += error.refusal.code != "space.unit_taken" or "space.taken_by" not in codes
    connection.close()
    return found


def _ask(actor: Actor, wish: Wish) -> tuple[RefusedError | None, int]:
    again = 0
    while True:
        try:
            book_unit(actor=actor, now=NOW, wish=wish)
        except RefusedError as error:
            return error, again
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            again += 1
        else:
            return None, again


def _check(_slots: str) -> dict[str, int]:
    """What the race left: confirmed bookings, pairs of live rows that overlap, faults of the audit trail."""
    rows = list(Occupation.objects.filter(freed_at__isnull=True).order_by("root_id", "unit_id", "starts_at"))
    pairs = pairwise(rows)
    return {
        "bookings": Booking.objects.filter(state=BookingState.CONFIRMED).count(),
        "overlaps": sum(one.unit_id == other.unit_id and other.starts_at < one.ends_at for one, other in pairs),
        "faults": len(verify().faults),
    }


def _year(rooms: str, bookings: str) -> dict[str, Any]:
    units = _fill(int(rooms), int(bookings))
    actor, days = _officer(), [NOW + timedelta(days=each % 200) for each in range(_ROUNDS)]
    _planned()

    def free(minutes: int, after: datetime) -> list[FreeSlot]:
        return find_free_slots(actor, units, now=NOW, after=after, minutes=minutes, count=5)

    def searches(minutes: int) -> list[float]:
        return [_timed(lambda at=at: free(minutes, at)) for at in days]

    nothing = f"{WHOLE_DAY} minutes: nothing is free for 90 days"
    times = {
        "next free hour": searches(60),
        f"{nothing}, no page of the ledger kept": searches(WHOLE_DAY),
    }
    write_pages(now=NOW, days=timedelta(days=290))
    _planned()
    times[nothing] = searches(WHOLE_DAY)
    LedgerPage.objects.filter(root__in=units[::10]).delete()
    times[f"{nothing}, one page of ten lacks"] = searches(WHOLE_DAY)
    times |= {
        **_engine(units),
        "grid of a day, no page around it": _grids(actor, units, days),
        "grid page": _pages(days),
    }
    return {
        "rooms": len(units),
        "bookings": Booking.objects.filter(unit__in=units).count(),
        "vendor": connection.vendor,
        "found": len(free(WHOLE_DAY, NOW)),
        "times": times,
    }


def _planned() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _grids(actor: Actor, units: list[Unit], days: list[datetime]) -> list[float]:
    return [_timed(lambda at=at: day_grid(actor, units, at.date(), NOW)) for at in days]


def _pages(days: list[datetime]) -> list[float]:
    """The page of a day as staff get it, whole: from the request to its bytes, in this process."""
    clock.now = lambda: NOW
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(login="officer"))
    found = []
    for at in [days[0], *days]:  # the first compiles the templates
        begun = time.perf_counter()
        answer = client.get("/space/", {"day": at.date().isoformat()})
        found.append(time.perf_counter() - begun)
        assert answer.status_code == OK, answer.status_code
    return found[1:]


def _engine(units: list[Unit]) -> dict[str, list[float]]:
    """The engine alone: the whole year's ledger as columns, 90 days of all rooms."""
    span = Interval(NOW - timedelta(days=1), NOW + timedelta(days=366))
    taken = taken_within({unit.root_id for unit in units}, span)
    hours = opening_of(rules_of(units[0].outpost), ["day"], Interval(span.start, NOW + timedelta(days=90)))["day"]
    places, doors = [Place(unit.pk, unit.pk) for unit in units], {unit.pk: hours for unit in units}

    def search(minutes: int) -> object:
        asked = Search(NOW, NOW + timedelta(days=90), minutes * 60, 1800)
        return first_free_many(places, doors, taken, asked)

    return {
        f"engine alone, {len(taken.unit):,} rows, {minutes} minutes": [
            _timed(lambda minutes=minutes: search(minutes)) for _ in range(_ROUNDS)
        ]
        for minutes in (60, WHOLE_DAY)
    }


def _fill(rooms: int, bookings: int) -> list[Unit]:
    """Make rooms and a year of bookings, an hour and a half each at most, past the services."""
    generator = random.Random(7)
    model = Unit.objects.select_related("outpost__home", "zone").get(code="TALK-A")
    units = [
        Unit(
            outpost=model.outpost,
            zone=model.zone,
            kind=UnitKind.ROOM,
            code=f"B{number:03d}",
            name=f"会议室{number}",
            bookable=True,
            hours="day",
            valid_from=date(2020, 1, 1),
            created_at=NOW,
        )
        for number in range(rooms)
    ]
    Unit.objects.bulk_create(units)
    units = list(Unit.objects.filter(code__startswith="B0").select_related("outpost__home", "zone", "parent"))
    organizer = User.objects.get(login="officer")
    made: list[Booking] = []
    begin = datetime(2026, 11, 23, 8, 30, tzinfo=SHANGHAI)
    per_day = bookings / (rooms * 313)  # working days and Saturdays of a year
    for day in range(366):
        morning = begin + timedelta(days=day)
        if morning.weekday() == 6:  # Sunday
            continue
        for unit in units:
            at = morning
            for _ in range(int(per_day) + (generator.random() < per_day % 1)):
                at += timedelta(minutes=30 * generator.choice((0, 0, 1)))
                length = timedelta(minutes=30 * generator.choice((2, 3)))
                made.append(_booking(unit, organizer, at, at + length))
                at += length
    Booking.objects.bulk_create(made, batch_size=5000)
    Occupation.objects.bulk_create((_held(each) for each in made), batch_size=5000)
    return units


def _booking(unit: Unit, organizer: User, start: datetime, end: datetime) -> Booking:
    return Booking(
        uid=new_uid(),
        outpost=unit.outpost,
        unit=unit,
        starts_at=start,
        ends_at=end,
        purpose="例会",
        organizer=organizer,
        state=BookingState.CONFIRMED,
        recorded_by="benchmark",
        created_at=NOW,
    )


def _held(booking: Booking) -> Occupation:
    return Occupation(
        unit=booking.unit,
        root=booking.unit,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        reason=OccupationReason.BOOKING,
        subject_kind=BOOKING,
        subject_uid=booking.uid,
        recorded_by="benchmark",
        created_at=NOW,
    )


def _timed(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
