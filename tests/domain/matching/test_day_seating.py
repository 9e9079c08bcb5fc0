"""Seats of a matchmaking day: nobody twice in a slot, no more meetings than tables, everybody who can be seated is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.domain.matching.selectors.day_seating import Seat, seats_for

NEEDS, OFFERS = [f"需{n}" for n in range(6)], [f"供{n}" for n in range(6)]
TWO_SIDES = st.lists(st.tuples(st.sampled_from(NEEDS), st.sampled_from(OFFERS)), unique=True, max_size=24)
BOTH_SIDES = st.lists(st.tuples(st.sampled_from(NEEDS), st.sampled_from(NEEDS)), unique=True, max_size=20)


def _holds(found: dict[tuple[str, str], Seat], slots: int, tables: int) -> None:
    firms = Counter((seat.slot, firm) for pair, seat in found.items() for firm in pair)
    assert all(n == 1 for n in firms.values())
    assert len(set(found.values())) == len(found)
    assert all(1 <= seat.slot <= slots and 1 <= seat.table <= tables for seat in found.values())


@given(pairs=TWO_SIDES, spare=st.integers(0, 2), tables=st.integers(1, 8))
def test_two_sides_are_all_seated_wherever_that_is_possible(
    pairs: list[tuple[str, str]], spare: int, tables: int
) -> None:
    busiest = max(Counter(firm for pair in pairs for firm in pair).values(), default=1)
    slots = max(busiest, -(-len(pairs) // tables)) + spare
    found = seats_for(pairs, slots=slots, tables=tables)
    _holds(found, slots, tables)
    assert set(found) == set(pairs)


@given(pairs=BOTH_SIDES, slots=st.integers(1, 6), tables=st.integers(1, 4))
def test_a_firm_on_both_sides_is_never_in_two_places(pairs: list[tuple[str, str]], slots: int, tables: int) -> None:
    _holds(seats_for(pairs, slots=slots, tables=tables), slots, tables)


BUSY = st.sets(st.tuples(st.integers(1, 5), st.sampled_from([*NEEDS, *OFFERS])), max_size=12)
TAKEN = st.sets(st.tuples(st.integers(1, 5), st.integers(1, 3)), max_size=8)


# each looks through all ways of moving others: a third of a second
@settings(max_examples=25)
@given(pairs=TWO_SIDES, busy=BUSY, taken=TAKEN)
def test_what_stands_fast_is_never_touched(
    pairs: list[tuple[str, str]], busy: set[tuple[int, str]], taken: set[tuple[int, int]]
) -> None:
    found = seats_for(pairs, slots=5, tables=3, taken=taken, busy=busy)
    _holds(found, 5, 3)
    assert not {(seat.slot, seat.table) for seat in found.values()} & taken
    assert not {(seat.slot, firm) for pair, seat in found.items() for firm in pair} & busy
    # whoever is left has no free slot in common with a free table, or would have to move somebody
    sat = {(seat.slot, firm) for pair, seat in found.items() for firm in pair} | busy
    tables = Counter(slot for slot, _table in {*taken, *((each.slot, each.table) for each in found.values())})
    for pair in set(pairs) - set(found):
        assert all(any((slot, one) in sat for one in pair) or tables[slot] >= 3 for slot in range(1, 6))


def test_when_tables_are_short_the_earlier_pairs_sit() -> None:
    pairs = [("甲", "A"), ("乙", "B"), ("丙", "C")]
    assert set(seats_for(pairs, slots=1, tables=2)) == set(pairs[:2])


def test_a_later_pair_takes_the_seat_of_one_that_has_no_slot() -> None:
    pairs = [*(("甲", f"{n}") for n in range(6)), ("乙", "0")]
    found = seats_for(pairs, slots=5, tables=1)
    assert set(found) == {*pairs[:5]}, "all tables are full of those who came first"
    assert set(seats_for(pairs, slots=3, tables=2)) == {*pairs[:3], pairs[6]}


def test_early_slots_fill_first() -> None:
    pairs = [("甲", "A"), ("乙", "B"), ("丙", "C"), ("丁", "D")]
    found = seats_for(pairs, slots=4, tables=3)
    assert [found[pair] for pair in pairs] == [Seat(1, 1), Seat(1, 2), Seat(1, 3), Seat(2, 1)]


@pytest.mark.parametrize("pair", [("甲", "甲")])
def test_nobody_meets_itself(pair: tuple[str, str]) -> None:
    assert seats_for([pair], slots=2, tables=2) == {}
