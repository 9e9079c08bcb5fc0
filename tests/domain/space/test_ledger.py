"""The database itself keeps two from holding one place: whoever writes, past every service, on either database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from feidi.domain.space import triggers
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import HeadLease, Occupation, Unit
from feidi.domain.space.services.blocking import block_unit, lift_blocking
from feidi.domain.space.services.occupying import (
    end_occupation,
    find_occupation,
    free_unit,
    move_occupation,
    occupy_unit,
    tenancy_span,
)
from feidi.engines.findings import RefusedError
from feidi.kernel.subjects import Subject
from tests.support.rooms import DAY, at, book, ledger_is_sound, refused
from tests.support.world import World

pytestmark = pytest.mark.django_db


def row(unit: Unit, start: str, end: str, root: Unit | None = None, **more: Any) -> Occupation:
    """Write past every service."""
    return Occupation.objects.create(
        unit=unit,
        root_id=root.pk if root else unit.root_id,
        starts_at=at(start),
        ends_at=at(end),
        reason=OccupationReason.BLOCKING,
        subject_kind="space.blocking",
        subject_uid="nobody",
        recorded_by="test",
        created_at=at("08:00"),
        **more,
    )


def refuses(act: Any, name: str = triggers.OVERLAP) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def test_two_cannot_hold_one_unit(rooms: dict[str, Unit]) -> None:
    room = rooms["TALK-A"]
    row(room, "10:00", "11:00")
    for start, end in (
        ("10:00", "11:00"),
        ("09:00", "10:30"),
        ("10:30", "12:00"),
        ("10:15", "10:45"),
        ("09:00", "12:00"),
    ):
        refuses(lambda start=start, end=end: row(room, start, end))
    row(room, "09:00", "10:00")
    row(room, "11:00", "12:00")
    row(rooms["TALK-B"], "10:00", "11:00")


def test_a_room_and_its_parts_are_one_place_two_parts_are_two(rooms: dict[str, Unit]) -> None:
    hall, west, east = rooms["HALL"], rooms["HALL-W"], rooms["HALL-E"]
    row(west, "10:00", "11:00")
    refuses(lambda: row(hall, "10:30", "11:30"))
    row(east, "10:30", "11:30")
    row(hall, "12:00", "13:00")
    for part in (west, east):
        refuses(lambda part=part: row(part, "12:30", "13:30"))
    desks = [unit for code, unit in rooms.items() if code.startswith("806-")]
    for desk in desks:
        row(desk, "10:00", "11:00")
    refuses(lambda: row(rooms["806"], "10:00", "11:00"))


def test_moving_and_bringing_back_meet_the_same_wall(rooms: dict[str, Unit]) -> None:
    room = rooms["TALK-A"]
    row(room, "10:00", "11:00")
    other = row(room, "11:00", "12:00")
    gone = row(room, "10:00", "11:00", freed_at=at("08:00"), freed_reason="不用了")

    def move() -> None:
        Occupation.objects.filter(pk=other.pk).update(starts_at=at("10:30"))

    refuses(move)
    refuses(lambda: Occupation.objects.filter(pk=gone.pk).update(freed_at=None))
    away = row(rooms["TALK-B"], "10:00", "11:00")
    refuses(lambda: Occupation.objects.filter(pk=away.pk).update(unit=room, root=room))
    Occupation.objects.filter(pk=other.pk).update(starts_at=at("11:30"))


def test_the_ledger_cannot_lie_about_the_room(rooms: dict[str, Unit]) -> None:
    refuses(lambda: row(rooms["HALL-W"], "10:00", "11:00", root=rooms["HALL-W"]), triggers.ROOT)
    refuses(lambda: row(rooms["TALK-A"], "10:00", "11:00", root=rooms["HALL"]), triggers.ROOT)
    refuses(lambda: Unit.objects.filter(pk=rooms["HALL-W"].pk).update(parent=None), triggers.PARTS)
    refuses(lambda: Unit.objects.filter(pk=rooms["HALL-W"].pk).update(parent=rooms["806"]), triggers.PARTS)

    def part_of_part() -> None:
        west = rooms["HALL-W"]
        Unit.objects.create(
            outpost=west.outpost,
            zone=west.zone,
            parent=west,
            kind="desk",
            code="X",
            name="X",
            valid_from=DAY,
            created_at=at("08:00"),
        )

    refuses(part_of_part, triggers.PARTS)


def test_what_the_database_is_to_refuse_is_installed(db: None) -> None:
    """SQLite drops triggers with a table that a migration makes anew: such a migration must install them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'space_%'")
            assert {name for (name,) in cursor.fetchall()} == {*triggers._SQLITE, *triggers._SQLITE_PAGES}
        else:
            cursor.execute("SELECT conname FROM pg_constraint WHERE conname = %s", [triggers.OVERLAP])
            assert cursor.fetchone()
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'space_%%'")
            assert {name for (name,) in cursor.fetchall()} == {
                triggers.ROOT,
                triggers.PARTS,
                triggers.PAGES,
                f"{triggers.PARTS}_fixed",
            }


def tenancy(world: World, unit: Unit, first: date, last: date, uid: str = "tenancy") -> Occupation:
    span = tenancy_span(first, last)
    return occupy_unit(
        actor=world.actor("manager"),
        now=world.now,
        unit=unit,
        starts_at=span.start,
        ends_at=span.end,
        reason=OccupationReason.TENANCY,
        subject=Subject("parties.outpost", world.outpost.uid if uid == "tenancy" else uid),
    )


def test_tenancies_follow_each_other_and_do_not_overlap(world: World, rooms: dict[str, Unit]) -> None:
    room, desk = rooms["806"], rooms["806-01"]
    tenancy(world, desk, date(2027, 1, 1), date(2027, 6, 30))
    tenancy(world, desk, date(2027, 7, 1), date(2027, 12, 31))
    with pytest.raises(RefusedError) as error:
        tenancy(world, room, date(2027, 6, 30), date(2027, 7, 1))
    assert refused(error) == ["space.unit_taken", "space.taken_by", "space.taken_by"]
    assert error.value.refusal.params["span"] == "2027-06-30 至 2027-07-01"
    assert error.value.refusal.reasons[0].params["span"] == "2027-01-01 至 2027-06-30"
    tenancy(world, rooms["806-02"], date(2027, 1, 1), date(2027, 6, 30))
    with pytest.raises(RefusedError):
        tenancy(world, desk, date(2027, 6, 30), date(2027, 6, 29))
    ledger_is_sound()


def test_no_tenancy_outlasts_the_head_lease(world: World, rooms: dict[str, Unit]) -> None:
    HeadLease.objects.create(
        outpost=world.outpost,
        landlord="滨海物业（演示）",
        premises="8层",
        starts_on=date(2022, 1, 1),
        ends_on=date(2027, 6, 30),
        recorded_by="test",
        created_at=world.now,
    )
    held = tenancy(world, rooms["801"], date(2027, 1, 1), date(2027, 6, 30))
    with pytest.raises(RefusedError) as error:
        tenancy(world, rooms["802"], date(2027, 1, 1), date(2027, 7, 1))
    assert refused(error) == ["space.tenancy_outlasts_lease"]
    span = tenancy_span(date(2027, 1, 1), date(2027, 7, 1))
    with pytest.raises(RefusedError):
        move_occupation(
            actor=world.actor("manager"),
            now=world.now,
            occupation=held,
            unit=rooms["801"],
            starts_at=span.start,
            ends_at=span.end,
        )


def test_freed_is_free_and_stays_in_the_ledger(world: World, rooms: dict[str, Unit]) -> None:
    actor = world.actor("manager")
    held = tenancy(world, rooms["801"], date(2027, 1, 1), date(2027, 6, 30))
    end_occupation(
        actor=actor, now=world.now, occupation=held, ends_at=tenancy_span(date(2027, 3, 31), date(2027, 3, 31)).end
    )
    tenancy(world, rooms["801"], date(2027, 4, 1), date(2027, 6, 30), uid=held.uid)
    held.refresh_from_db()
    with pytest.raises(RefusedError) as error:
        end_occupation(actor=actor, now=world.now, occupation=held, ends_at=held.ends_at)
    assert refused(error) == ["space.not_earlier"]
    freed = free_unit(actor=actor, now=world.now, occupation=held, reason="退租")
    assert (freed.freed_reason, freed.freed_by) == ("退租", actor.label)
    with pytest.raises(RefusedError) as error:
        free_unit(actor=actor, now=world.now, occupation=held, reason="再退")
    assert refused(error) == ["space.freed_before"]
    assert Occupation.objects.filter(unit=rooms["801"]).count() == 2


def test_a_refusal_that_only_the_database_could_give_reads_the_same(
    world: World, rooms: dict[str, Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody wrote past the lock: the constraint answers, and the refusal still names who is there."""
    from feidi.domain.space.services import occupying

    booking = book(world, rooms["TALK-A"], organization=None)
    monkeypatch.setattr(occupying, "refuse_taken", lambda *_args, **_more: None)
    with pytest.raises(RefusedError) as error:
        tenancy(world, rooms["TALK-A"], DAY, DAY + timedelta(days=1))
    assert refused(error) == ["space.unit_taken", "space.taken_by"]
    assert booking.purpose in str(error.value.refusal.reasons[0].params["who"])
    ledger_is_sound()


def test_blocked_is_held_by_its_reason_and_lifted_with_one(world: World, rooms: dict[str, Unit]) -> None:
    actor = world.actor("manager")
    closed = block_unit(
        actor=actor, now=world.now, unit=rooms["HALL"], starts_at=at("08:00"), ends_at=at("12:00"), why="空调检修"
    )
    with pytest.raises(RefusedError) as error:
        book(world, rooms["HALL-W"], "10:00", "11:00")
    assert refused(error) == ["space.unit_taken", "space.taken_by"]
    assert error.value.refusal.reasons[0].params["who"] == "空调检修"
    lift_blocking(actor=actor, now=world.now, blocking=closed, reason="修好了")
    book(world, rooms["HALL-W"], "10:00", "11:00")
    with pytest.raises(RefusedError) as error:
        block_unit(
            actor=actor, now=world.now, unit=rooms["HALL"], starts_at=at("08:00"), ends_at=at("12:00"), why="检修"
        )
    assert refused(error) == ["space.unit_taken", "space.taken_by"]
    with pytest.raises(RefusedError):
        lift_blocking(actor=actor, now=world.now, blocking=closed, reason="再来")
    with pytest.raises(RefusedError):
        block_unit(
            actor=world.actor("officer"),
            now=world.now,
            unit=rooms["EXC"],
            starts_at=at("08:00"),
            ends_at=at("12:00"),
            why="检修",
        )


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (at("11:00"), at("10:00"), "slots.ends_before_start"),
        (at("10:00"), at("10:00"), "slots.ends_before_start"),
        (at("10:00") + timedelta(seconds=1), at("11:00"), "space.parts_of_minutes"),
        (at("10:00", date(2021, 1, 4)), at("11:00", date(2021, 1, 4)), "space.unit_not_there"),
    ],
)
def test_an_interval_that_cannot_be_is_refused(
    world: World, rooms: dict[str, Unit], start: datetime, end: datetime, code: str
) -> None:
    with pytest.raises(RefusedError) as error:
        occupy_unit(
            actor=world.actor("manager"),
            now=world.now,
            unit=rooms["801"],
            starts_at=start,
            ends_at=end,
            reason=OccupationReason.TENANCY,
            subject=Subject("parties.outpost", world.outpost.uid),
        )
    assert refused(error)[0] == code
    assert find_occupation(Subject("parties.outpost", world.outpost.uid)) is None
