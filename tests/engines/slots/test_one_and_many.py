"""What is asked of one and what is asked of many are the same: held on random halls, desks, weeks and bookings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.slots import (
    Held,
    Interval,
    Let,
    Lettable,
    Period,
    Place,
    Search,
    Slot,
    Taken,
    area_time,
    area_time_many,
    clash,
    clashes,
    first_free,
    first_free_many,
    hours_used,
    merged,
    no_show_rate,
    occupied_on,
    seconds_of,
    shares_place,
    vacancy_days,
)

START = datetime(2026, 11, 23, tzinfo=UTC)
#: Two rooms, the second with two desks, and a unit that nobody looks at.
ROOTS = {1: 1, 2: 2, 21: 2, 22: 2, 9: 9}


def quarter(first: int, length: int) -> Interval:
    return Interval(START + timedelta(minutes=15 * first), START + timedelta(minutes=15 * (first + length)))


def held_rows(most: int = 12) -> st.SearchStrategy[list[Held]]:
    row = st.builds(
        lambda unit, first, length: Held(f"{unit}/{first}", unit, ROOTS[unit], quarter(first, length)),
        st.sampled_from(sorted(ROOTS)),
        st.integers(0, 180),
        st.integers(1, 40),
    )
    return st.lists(row, max_size=most)


@given(held_rows(), held_rows(30))
def test_clashes_are_those_of_every_pair(wanted: list[Held], held: list[Held]) -> None:
    many = clashes(wanted, held)
    one = [{place for place, each in enumerate(held) if clash(wish, each)} for wish in wanted]
    assert [set(each) for each in many] == one
    for each in many:
        starts = [held[place].interval.start for place in each]
        assert starts == sorted(starts), "in the order of their beginning"


openings = st.lists(st.builds(quarter, st.integers(0, 190), st.integers(1, 30)), max_size=6).map(merged)


@settings(max_examples=200)
@given(
    held_rows(30),
    st.fixed_dictionaries(dict.fromkeys((1, 2, 21, 22), openings)),
    st.integers(0, 100),
    st.integers(1, 120),
    st.sampled_from([900, 1800, 3600, 5400]),
    st.sampled_from([900, 1800, 3600]),
)
def test_the_next_free_slot_of_many_is_that_of_each(
    held: list[Held], opening: dict[int, tuple[Interval, ...]], after: int, horizon: int, length: int, step: int
) -> None:
    search = Search(quarter(after, 1).start, quarter(after, horizon).end, length, step)
    places = [Place(unit, ROOTS[unit]) for unit in (2, 1, 21, 22)]
    one: list[Slot] = []
    for place in places:
        probe = Held("", place.unit, place.root, quarter(0, 1))
        busy = [each.interval for each in held if shares_place(probe, each)]
        found = first_free(place.unit, opening[place.unit], busy, search)
        if found:
            one.append(found)
    order = [place.unit for place in places]
    one.sort(key=lambda slot: (slot.interval.start, order.index(slot.unit)))
    columns = [
        np.array([value(each) for each in held], np.int64)
        for value in (
            lambda each: each.unit,
            lambda each: each.root,
            lambda each: seconds_of(each.interval.start),
            lambda each: seconds_of(each.interval.end),
        )
    ]
    assert first_free_many(places, opening, Taken(*columns), search) == tuple(one)


def test_nothing_to_look_at_is_nothing_found() -> None:
    empty = np.zeros(0, np.int64)
    search = Search(START, START + timedelta(days=1), 3600, 1800)
    assert first_free_many([], {}, Taken(empty, empty, empty, empty), search) == ()


DAY = date(2026, 11, 1)


@st.composite
def lettings(draw: st.DrawFn) -> tuple[list[Lettable], list[Let]]:
    units, lets = [], []
    for at in range(draw(st.integers(0, 5))):
        since = DAY + timedelta(days=draw(st.integers(-20, 40)))
        until = draw(st.none() | st.integers(0, 60).map(lambda days, since=since: since + timedelta(days=days)))
        units.append(Lettable(f"U{at}", draw(st.none() | st.integers(1, 50_000)), since, until))
        day = DAY - timedelta(days=30)
        for _ in range(draw(st.integers(0, 4))):
            first = day + timedelta(days=draw(st.integers(0, 20)))
            day = first + timedelta(days=draw(st.integers(1, 20)))
            lets.append(Let(f"U{at}", first, day))
    return units, lets


@given(lettings(), st.lists(st.tuples(st.integers(-30, 60), st.integers(1, 60)), min_size=1, max_size=5))
def test_area_time_of_many_periods_is_that_of_each(
    rows: tuple[list[Lettable], list[Let]], spans: list[tuple[int, int]]
) -> None:
    units, lets = rows
    periods = [Period(DAY + timedelta(days=at), DAY + timedelta(days=at + length)) for at, length in spans]
    above, below = area_time_many(units, lets, periods)
    for place, period in enumerate(periods):
        one = area_time(units, lets, period)
        assert (one.numerator * 100, one.denominator * 100) == (above[place], below[place])


def test_the_check_values_of_the_definitions() -> None:
    month = Period(DAY, date(2026, 12, 1))
    units = [Lettable("A", 10_000, DAY), Lettable("B", 5_000, DAY), Lettable("C", 5_000, DAY)]
    lets = [Let("A", DAY, date(2026, 11, 16)), Let("B", DAY, date(2026, 12, 1))]
    found = area_time(units, lets, month)
    assert (found.value, found.numerator, found.denominator, found.rows) == (Fraction(1, 2), 3000, 6000, ("A", "B"))
    assert occupied_on(units, lets, DAY).value == Fraction(3, 4)
    assert vacancy_days(units, lets, month).value == 15


@pytest.mark.parametrize(
    "share",
    [
        area_time([], [], Period(DAY, date(2026, 12, 1))),
        occupied_on([Lettable("A", None, DAY)], [Let("A", DAY, date(2026, 12, 1))], DAY),
        vacancy_days([], [], Period(DAY, date(2026, 12, 1))),
        hours_used([], 0),
        no_show_rate([]),
    ],
)
def test_nothing_to_divide_by_is_none_never_zero(share: object) -> None:
    assert share.value is None  # type: ignore[attr-defined]


def test_an_area_that_is_not_known_is_named_and_left_out() -> None:
    units = [Lettable("A", 10_000, DAY), Lettable("?", None, DAY)]
    found = area_time(units, [Let("?", DAY, date(2026, 12, 1))], Period(DAY, date(2026, 12, 1)))
    assert (found.value, found.unknown) == (0, ("?",))
