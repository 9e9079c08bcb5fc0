"""What is read of the space: the grid of a day, the plan, the next free slot, figures; with few and with many rows."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Unit, Zone
from feidi.domain.space.selectors.free import find_free_slots
from feidi.domain.space.selectors.grid import day_grid
from feidi.domain.space.selectors.holding import live_in_rooms, live_within
from feidi.domain.space.selectors.premises import list_units, plan_of
from feidi.domain.space.selectors.rules import day_kinds, rules_of
from feidi.domain.space.selectors.standing import unit_states
from feidi.domain.space.selectors.usage import use_figures
from feidi.domain.space.services.attending import check_in_booking, release_no_shows
from feidi.domain.space.services.blocking import block_unit
from feidi.domain.space.services.occupying import end_occupation, occupy_unit, tenancy_span
from feidi.domain.space.services.premises import UnitFacts, add_unit, change_unit, change_zone, void_unit
from feidi.domain.space.services.syncing import sync_units
from feidi.engines.findings import RefusedError
from feidi.engines.slots import DayKind, Interval
from feidi.kernel.access import schedule_actor
from feidi.kernel.subjects import Subject
from tests.support.queries import assert_same_queries
from tests.support.rooms import DAY, at, book, days_on, refused
from tests.support.world import INSTALLER, World

pytestmark = pytest.mark.django_db


def let(world: World, unit: Unit, first: date, last: date) -> Any:
    span = tenancy_span(first, last)
    return occupy_unit(
        actor=world.actor("manager"),
        now=world.now,
        unit=unit,
        starts_at=span.start,
        ends_at=span.end,
        reason=OccupationReason.TENANCY,
        subject=Subject("parties.outpost", world.outpost.uid),
    )


def test_the_invented_floor_adds_up(world: World, rooms: dict[str, Unit]) -> None:
    zones = list(Zone.objects.filter(outpost=world.outpost))
    assert sum(zone.area_m2 or 0 for zone in zones) == 1150
    for zone in zones:
        tops = [unit.area_m2 or 0 for unit in rooms.values() if unit.zone == zone and unit.parent is None]
        assert sum(tops) == zone.area_m2, zone.code
    for code in ("806", "HALL"):
        assert sum(unit.area_m2 or 0 for unit in rooms.values() if unit.parent == rooms[code]) == rooms[code].area_m2
    plan = plan_of(rooms["801"].zone.floor)  # type: ignore[arg-type]
    assert plan is not None
    assert {shape.code for shape in plan.shapes} == {unit.shape for unit in rooms.values() if unit.shape}
    first = next(shape for shape in plan.shapes if shape.code == "r801")
    assert (first.path, first.label_x, first.label_y) == ("0,0 4,0 4,7 0,7", 2, 3.5)


def test_of_a_real_place_only_what_was_published_stands(world: World, rooms: dict[str, Unit]) -> None:
    zones = Zone.objects.filter(outpost__code="chanshen")
    assert zones.count() == 8
    assert {zone.area_m2 for zone in zones} == {zone.lettable for zone in zones} == {None}
    assert not Unit.objects.filter(outpost__code="chanshen").exists()


def test_content_leaves_alone_what_was_edited_by_hand(world: World, rooms: dict[str, Unit]) -> None:
    room = rooms["801"]
    facts = UnitFacts(kind=room.kind, name="801 室（改）", valid_from=room.valid_from, lettable=True)  # type: ignore[arg-type]
    given: dict[str, Any] = {"actor": world.actor("manager"), "now": world.now}
    change_unit(unit=room, version=1, facts=facts, **given)
    with pytest.raises(RefusedError) as error:
        change_unit(unit=room, version=1, facts=facts, **given)
    assert refused(error) == ["space.unit_changed_meanwhile"]
    zone = room.zone
    change_zone(zone=zone, version=zone.version, area_m2=None, lettable=None, **given)
    done = sync_units(actor=INSTALLER, now=world.now)
    assert (done.made, done.changed, done.kept) == (0, 0, ["801"])
    room.refresh_from_db()
    zone.refresh_from_db()
    assert (room.name, zone.area_m2) == ("801 室（改）", None)


def test_units_are_entered_and_taken_out(world: World, rooms: dict[str, Unit]) -> None:
    given: dict[str, Any] = {"actor": world.actor("manager"), "now": world.now}
    facts = UnitFacts(kind="desk", name="临时工位", valid_from=DAY)  # type: ignore[arg-type]
    desk = add_unit(zone=rooms["801"].zone, code="801-1", facts=facts, parent=rooms["801"], **given)
    with pytest.raises(RefusedError) as error:
        add_unit(zone=rooms["801"].zone, code="801-1", facts=facts, **given)
    assert refused(error) == ["space.unit_code_taken"]
    with pytest.raises(RefusedError) as error:
        add_unit(zone=rooms["801"].zone, code="801-1-1", facts=facts, parent=desk, **given)
    assert refused(error) == ["space.part_of_part"]
    with pytest.raises(RefusedError) as error:
        add_unit(
            zone=rooms["801"].zone,
            code="X",
            facts=UnitFacts(kind="room", name="X", valid_from=DAY, bookable=True, hours="never"),  # type: ignore[arg-type]
            **given,
        )
    assert refused(error) == ["space.hours_unknown"]
    held = let(world, rooms["801"], date(2027, 1, 1), date(2027, 1, 31))
    with pytest.raises(RefusedError) as error:
        void_unit(unit=rooms["801"], reason="拆除", **given)
    assert refused(error) == ["space.unit_has_parts"]
    void_unit(unit=desk, reason="拆除", **given)
    with pytest.raises(RefusedError) as error:
        void_unit(unit=rooms["801"], reason="拆除", **given)
    assert refused(error)[0] == "space.unit_held"
    assert held.freed_at is None
    with pytest.raises(RefusedError):
        void_unit(unit=rooms["802"], reason="拆除", actor=world.actor("officer"), now=world.now)


def test_the_calendar_knows_holidays_and_worked_weekends() -> None:
    kind = day_kinds()
    assert kind(date(2026, 11, 24)) is DayKind.PLAIN
    assert kind(date(2026, 11, 28)) is DayKind.PLAIN
    assert kind(date(2026, 10, 1)) is DayKind.HOLIDAY
    assert kind(date(2026, 10, 10)) is DayKind.MAKEUP


def test_the_grid_shows_held_closed_past_and_free(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["HALL-W"], "10:00", "11:30")
    officer = world.actor("officer")
    block_unit(
        actor=world.actor("manager"),
        now=world.now,
        unit=rooms["EXC"],
        starts_at=at("08:30"),
        ends_at=at("12:00"),
        why="布展",
    )
    units = [*list_units(officer, outpost=world.outpost, zone_kind="meeting"), rooms["EXC"]]
    grid = day_grid(officer, units, DAY, world.now)
    assert (grid.heads[0], grid.heads[-1], len(grid.heads)) == ("08:30", "19:30", 23)
    rows = {row.unit.code: row.cells for row in grid.rows}
    assert all(sum(cell.width for cell in cells) == 23 for cells in rows.values())
    (held,) = (cell for cell in rows["HALL-W"] if cell.state == "booked")
    assert (held.starts_at, held.width, held.booking) == (at("10:00"), 3, booking)
    (held,) = (cell for cell in rows["HALL"] if cell.state == "booked")
    assert held.booking == booking, "half a hall held keeps the hall from being held whole"
    assert {cell.state for cell in rows["HALL-E"]} == {"free"}
    assert (rows["EXC"][0].state, rows["EXC"][0].who, rows["EXC"][0].width) == ("blocked", "布展", 7)
    monday = day_grid(officer, units, world.now.date(), world.now)
    assert [cell.state for cell in monday.rows[0].cells][:3] == ["past", "past", "free"]
    sunday = day_grid(officer, units, days_on(5), world.now)
    assert {cell.state for row in sunday.rows for cell in row.cells} == {"closed"}


@pytest.mark.sqlite_is_enough
def test_the_grid_asks_no_more_with_more_rows(world: World, rooms: dict[str, Unit]) -> None:
    officer, shown = world.actor("officer"), list[Unit]()

    def rows(n: int) -> None:
        for code in ("TALK-A", "TALK-B", "EXC")[len(shown) :][:n]:
            shown.append(rooms[code])
            for hour in (11, 14, 16)[: n + 1]:
                book(world, rooms[code], f"{hour}:00", f"{hour + 1}:00")

    assert_same_queries(rows, lambda: day_grid(officer, shown, DAY, world.now), at_most=8)
    assert_same_queries(lambda _n: None, lambda: unit_states(officer, shown, world.now), at_most=8)


def test_the_plan_knows_what_each_unit_is_now(world: World, rooms: dict[str, Unit]) -> None:
    booking = book(world, rooms["HALL-W"], "10:00", "11:00")
    let(world, rooms["806-01"], DAY, days_on(30))
    let(world, rooms["801"], DAY, days_on(30))
    states = unit_states(world.actor("officer"), list(rooms.values()), at("10:30"))

    def state(code: str) -> tuple[str, int]:
        return states[rooms[code].pk].state, states[rooms[code].pk].parts_held

    assert state("HALL-W") == ("booked", 0)
    assert state("HALL") == ("free", 1)
    assert state("HALL-E") == ("free", 0)
    assert state("801") == ("let", 0)
    assert state("806") == ("free", 1)
    assert state("806-01") == ("let", 0)
    assert states[rooms["HALL-W"].pk].booking == booking
    night = unit_states(world.actor("officer"), [rooms["HALL-W"], rooms["801"]], at("23:00"))
    assert [each.state for each in night.values()] == ["closed", "let"]


def test_the_next_free_slot(world: World, rooms: dict[str, Unit]) -> None:
    units = [rooms[code] for code in ("TALK-A", "TALK-B", "HALL", "HALL-W", "801")]
    book(world, rooms["TALK-A"], "08:30", "12:00")
    book(world, rooms["HALL-W"], "08:30", "10:30")

    def find(**more: Any) -> list[tuple[str, str]]:
        given: dict[str, Any] = {"now": world.now, "after": at("08:00"), "minutes": 90, "count": 9, **more}
        found = find_free_slots(world.actor("officer"), units, **given)
        return [(each.unit.code, f"{each.starts_at.astimezone(world.now.tzinfo):%d %H:%M}") for each in found]

    assert find() == [("TALK-B", "24 08:30"), ("HALL", "24 10:30"), ("HALL-W", "24 10:30"), ("TALK-A", "24 12:00")]
    assert find(count=1) == [("TALK-B", "24 08:30")]
    assert find(until=at("09:30")) == []
    assert find(after=at("08:00", days_on(-30)))[0] == ("TALK-A", "23 09:30"), "what is past is not offered"
    assert find(after=at("19:00"), minutes=60)[0] == ("TALK-A", "24 19:00")
    assert find(after=at("19:10"), minutes=60)[0] == ("TALK-A", "25 08:30")
    assert find(after=at("17:30", days_on(4)))[0] == ("TALK-A", "30 08:30"), "over a Sunday"
    assert find_free_slots(world.actor("rival"), units, now=world.now, after=at("08:00"), minutes=60) == []
    for wrong in ({"minutes": 0}, {"until": at("07:00")}):
        with pytest.raises(RefusedError):
            find(**wrong)


def test_a_room_taken_for_weeks_is_found_free_after_them(world: World, rooms: dict[str, Unit]) -> None:
    block_unit(
        actor=world.actor("manager"),
        now=world.now,
        unit=rooms["EXC"],
        starts_at=at("08:00"),
        ends_at=at("12:00", days_on(42)),
        why="装修",
    )
    found = find_free_slots(world.actor("officer"), [rooms["EXC"]], now=world.now, after=at("08:00"), minutes=60)
    assert [each.starts_at for each in found] == [at("12:00", days_on(42))]


def test_figures_open_the_rows_behind_them(world: World, rooms: dict[str, Unit]) -> None:
    first, after = date(2026, 12, 1), date(2026, 12, 31)
    half = let(world, rooms["811"], first, date(2026, 12, 30))
    end_occupation(
        actor=world.actor("manager"),
        now=world.now,
        occupation=half,
        ends_at=tenancy_span(first, date(2026, 12, 15)).end,
    )
    let(world, rooms["806"], first, date(2027, 6, 30))
    came = book(world, rooms["TALK-A"], "09:00", "12:00", day=first)
    missed = book(world, rooms["HALL"], "09:00", "10:00", day=first)
    both = book(world, rooms["HALL"], "14:00", "15:00", day=first)
    for booking in (came, both):
        check_in_booking(actor=world.actor("officer"), now=booking.starts_at, booking=booking)
    later = at("12:00", date(2027, 1, 2))
    release_no_shows(actor=schedule_actor("space.bookings"), now=later)
    figures = use_figures(world.actor("officer"), world.outpost, first, after, later)
    # 65 m² for 15 of 30 days and 240 m² for 30, of 140 + 240 + 260 m²
    assert figures.area_time.value == Fraction(65 * 15 + 240 * 30, 640 * 30)
    assert set(figures.area_time.rows) == {unit.uid for unit in rooms.values() if unit.parent == rooms["806"]} | {
        rooms["811"].uid
    }
    assert figures.occupied.value == Fraction(240, 640)
    # nine rooms and 24 desks; eight rooms empty for 30 days, one for 15
    assert figures.vacancy_days.value == Fraction(8 * 30 + 15, 33)
    assert figures.meeting_use.numerator == 3 + 2, "a hall of two halves takes two places"
    assert figures.meeting_use.rows == (came.uid, both.uid)
    assert figures.no_show.value == Fraction(1, 3)
    assert figures.no_show.rows == (missed.uid,)
    bureau = use_figures(world.actor("bureau"), world.outpost, first, after, later)
    assert bureau.area_time.value == figures.area_time.value


def test_figures_of_nothing_are_not_zero(world: World, rooms: dict[str, Unit]) -> None:
    figures = use_figures(world.actor("rival"), world.outpost, DAY, days_on(30), world.now)
    assert [figures.area_time.value, figures.occupied.value, figures.vacancy_days.value, figures.meeting_use.value] == [
        None
    ] * 4
    assert figures.no_show.value is None
    with pytest.raises(RefusedError):
        use_figures(world.actor("officer"), world.outpost, DAY, DAY, world.now)


def test_hours_and_limits_are_content(world: World) -> None:
    rules = rules_of(world.outpost)
    assert (rules.slot_minutes, rules.release_minutes, rules.days_ahead) == (30, 15, 60)
    assert rules.hours_per_week == 10
    assert set(rules.hours) == {"day", "always"}
    assert "缺省" in rules.source
    assert timedelta(minutes=rules.slot_minutes) == timedelta(minutes=30)


def test_many_rooms_are_read_the_same_by_what_begins_and_what_still_runs(world: World, rooms: dict[str, Unit]) -> None:
    let(world, rooms["806-01"], days_on(-20), days_on(40))
    let(world, rooms["806-02"], days_on(-20), days_on(-1))
    let(world, rooms["806-02"], days_on(1), days_on(40))
    book(world, rooms["HALL"], "09:00", "10:00")
    book(world, rooms["HALL-W"], "10:00", "11:00")
    book(world, rooms["HALL-W"], "11:00", "12:00", day=days_on(1))
    roots = {unit.root_id for unit in rooms.values()}
    for start, end in (("09:30", "10:30"), ("10:00", "11:00"), ("00:00", "23:59"), ("20:00", "21:00")):
        span = Interval(at(start), at(end))
        assert list(live_in_rooms(roots, span)) == list(live_within(roots, span)), (start, end)
    assert not live_in_rooms([], Interval(at("09:00"), at("10:00"))).exists()
