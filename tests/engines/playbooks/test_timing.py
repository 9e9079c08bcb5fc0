"""The longest way equals what brute force finds; days come from the caller; unknown time is a lower bound."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.playbooks import Actual, Clock, Playbook, State, days_late, days_waiting, forecast, ordered
from tests.engines.playbooks.making import playbook, step

DAY = date(2026, 11, 2)


def reckon(clock: Clock, start: date) -> date:
    """Every day is a working day here."""
    return start + timedelta(days=clock.n)


def on(n: int) -> date:
    return DAY + timedelta(days=n)


def timed(code: str, days: int, *after: str) -> dict[str, object]:
    return step(code, *after, clock={"n": days, "unit": "working"})


@st.composite
def graphs(draw: st.DrawFn) -> Playbook:
    steps = []
    for n in range(draw(st.integers(1, 8))):
        after = draw(st.lists(st.sampled_from(range(n)), unique=True, max_size=3)) if n else []
        steps.append(timed(f"s{n}", draw(st.integers(1, 9)), *(f"s{m}" for m in after)))
    return playbook(*draw(st.permutations(steps)))


def every_way(book: Playbook) -> list[tuple[str, ...]]:
    """Return every chain of steps from one that waits for nothing."""
    ways: list[tuple[str, ...]] = []

    def walk(way: tuple[str, ...]) -> None:
        ways.append(way)
        for each in book.steps:
            if way[-1] in each.after:
                walk((*way, each.code))

    for each in book.steps:
        if not each.after:
            walk((each.code,))
    return ways


def length(book: Playbook, way: tuple[str, ...]) -> int:
    return sum(each.clock.n for code in way if (each := book.by_code[code]).clock is not None)


@given(graphs())
def test_the_critical_path_is_the_longest_of_all_ways(book: Playbook) -> None:
    longest = max(length(book, way) for way in every_way(book))
    found = forecast(book, DAY, reckon)
    assert found.end == on(longest)
    assert found.path in every_way(book)
    assert length(book, found.path) == longest
    assert not found.at_least


@given(graphs())
def test_the_order_keeps_what_waits_behind_what_it_waits_for(book: Playbook) -> None:
    place = {each.code: at for at, each in enumerate(ordered(book))}
    assert len(place) == len(book.steps)
    assert all(place[one] < place[each.code] for each in book.steps for one in each.after)


def test_a_circle_has_no_order() -> None:
    with pytest.raises(ValueError, match="→"):
        ordered(playbook(step("a", "b"), step("b", "a")))


def test_a_step_without_clock_makes_every_day_a_lower_bound() -> None:
    found = forecast(playbook(timed("a", 2), step("b", "a", clock=None), timed("c", 3, "b")), DAY, reckon)
    assert (found.end, found.at_least, found.untimed) == (on(5), True, ("b",))


def test_clocks_may_run_from_the_start_or_from_an_earlier_step() -> None:
    book = playbook(
        timed("a", 2),
        timed("b", 4, "a"),
        step("c", "b", clock={"n": 7, "unit": "calendar", "since": "a"}),
        step("d", "c", clock={"n": 3, "unit": "calendar", "since": "run"}),
    )
    found = forecast(book, DAY, reckon)
    assert dict(found.ends) == {"a": on(2), "b": on(6), "c": on(9), "d": on(9)}
    assert found.path == ("a", "c", "d")  # c hangs on a's end, not on b's


def test_what_happened_counts_as_it_happened() -> None:
    book = playbook(timed("a", 2), timed("b", 2, "a"), timed("c", 2, "b"))
    actuals = {"a": Actual(State.DONE, DAY, on(2), on(6)), "b": Actual(State.OPEN, on(6), on(8))}
    late = forecast(book, DAY, reckon, actuals=actuals, today=on(12))
    assert dict(late.ends) == {"a": on(6), "b": on(12), "c": on(14)}
    skipped = forecast(book, DAY, reckon, actuals={**actuals, "b": Actual(State.SKIPPED)}, today=on(7))
    assert (skipped.end, skipped.path) == (on(9), ("a", "c"))


def test_days_are_counted_as_officials_count_them() -> None:
    assert [days_waiting(DAY, on(n)) for n in (0, 1, 8)] == [1, 2, 9]
    assert [days_late(on(3), on(n)) for n in (2, 3, 5)] == [0, 0, 2]
    assert days_late(None, DAY) == 0
