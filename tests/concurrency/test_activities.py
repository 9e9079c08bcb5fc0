"""Many who want the same few places at the same moment, and doors that scan one ticket together: places go out exactly,
the rest waits in order of commit, nobody is lost, one ticket is one entry.

Threads with connections of their own, on SQLite and on PostgreSQL alike: two hundred for twenty places in every run,
a thousand for a hundred among the slow proofs (``make test-all``).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import pytest
from django.db import OperationalError

from feidi.domain.roadshow.enums import CheckInWay, RegistrationState
from feidi.domain.roadshow.models import Activity, CheckIn, Registration
from feidi.domain.roadshow.services.check_ins import Scan, check_in
from feidi.domain.roadshow.services.registrations import cancel_by_link, register
from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.audit.verify import verify
from feidi.kernel.notify.models import Mail
from tests.support import databases
from tests.support.activities import opened, person
from tests.support.together import together
from tests.support.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


@pytest.fixture
def world(transactional_db: None, now: Any) -> World:
    """The invented pair of places, committed, so that other connections see it."""
    return databases.made() or make_world(now)


@pytest.fixture(autouse=True)
def _threads_change_places_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    yield
    sys.setswitchinterval(before)


def answered(ask: Callable[[], T]) -> T | RefusedError:
    """Ask until there is an answer: on SQLite a writer whose turn has not come within 20 s is told so, and asks again."""
    while True:
        try:
            return ask()
        except RefusedError as error:
            return error
        except OperationalError as error:
            if "locked" not in str(error):
                raise


def failures(answers: list[Any]) -> list[Any]:
    flat = [one for each in answers for one in (each if isinstance(each, list) else [each])]
    return [each for each in flat if isinstance(each, Exception)]


def states(row: Activity) -> list[str]:
    return list(row.registrations.order_by("position").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("clients", "each", "places"),
    [pytest.param(20, 10, 20, id="200-for-20"), pytest.param(50, 20, 100, id="1000-for-100", marks=pytest.mark.slow)],
)
def test_all_for_a_few_places(world: World, clients: int, each: int, places: int) -> None:
    row, wanted = opened(world, capacity=places), clients * each

    def one(number: int) -> Registration:
        return register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(number, mail=""))

    def client(number: int) -> list[Any]:
        return [answered(partial(one, n)) for n in range(number * each, (number + 1) * each)]

    answers = together(clients, client)
    assert failures(answers) == []
    rows = list(row.registrations.order_by("position"))
    assert [each.position for each in rows] == list(range(1, wanted + 1)), "none lost, none twice"
    assert [each.pk for each in rows] == sorted(each.pk for each in rows), "positions follow the order of commit"
    assert states(row) == ["registered"] * places + ["waiting"] * (wanted - places)
    assert len({each.phone_index for each in rows}) == wanted
    assert len({each.code for each in rows}) == wanted
    assert verify().faults == ()


def test_one_person_at_many_windows_is_registered_once(world: World) -> None:
    row = opened(world, capacity=20)
    answers = together(
        16, lambda _n: answered(lambda: register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(1)))
    )
    codes = Counter(each.refusal.code for each in answers if isinstance(each, RefusedError))
    assert codes == {"roadshow.registered_already": 15}
    assert (row.registrations.count(), Mail.objects.filter(subject__startswith="报名成功").count()) == (1, 1)


def test_those_who_leave_let_exactly_as_many_in_each_once(world: World) -> None:
    """Ten leave and ten arrive at once: the first ten waiters are in, each written to once, newcomers wait behind."""
    row = opened(world, capacity=10)
    people = [register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(n)) for n in range(30)]

    def act(number: int) -> Any:
        if number % 2:
            return answered(
                lambda: register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(100 + number))
            )
        gone = Registration.objects.select_related("activity__outpost__home").get(pk=people[number // 2].pk)
        return answered(lambda: cancel_by_link(now=world.now, registration=gone))

    assert failures(together(20, act)) == []
    assert states(row) == ["cancelled"] * 10 + ["registered"] * 10 + ["waiting"] * 20
    moved = Mail.objects.filter(subject__startswith="候补成功")
    assert (moved.count(), moved.values("to_hint").count()) == (10, 10)
    assert verify().faults == ()


def test_one_leaves_twice_and_one_waiter_comes_in(world: World) -> None:
    row = opened(world, capacity=1)
    first = register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(1))
    for n in (2, 3):
        register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(n))
    answers = together(12, lambda _n: answered(lambda: cancel_by_link(now=world.now, registration=first)))
    assert sum(1 for each in answers if isinstance(each, Registration)) == 1
    assert states(row) == ["cancelled", "registered", "waiting"]


def test_many_doors_and_one_ticket_are_one_entry(world: World) -> None:
    row = opened(world, capacity=20)
    ticket = register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(1))
    actor = world.actor("officer")

    def door(number: int) -> Any:
        mine = Registration.objects.select_related("activity__outpost__home").get(pk=ticket.pk)
        scan = Scan(f"door-{number % 4}", CheckInWay.SCAN, f"{number % 4}号门")
        return answered(lambda: check_in(actor=actor, now=row.starts_at, registration=mine, scan=scan))

    answers = together(16, door)
    assert failures(answers) == []
    assert CheckIn.objects.count() == 1
    entry = CheckIn.objects.get()
    entries: list[Any] = answers
    assert {each.check_in.pk for each in entries} == {entry.pk}
    assert sum(each.first for each in entries) == sum(f"door-{n % 4}" == entry.nonce for n in range(16))
    assert set(row.registrations.values_list("state", flat=True)) == {RegistrationState.REGISTERED}
