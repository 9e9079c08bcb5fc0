"""The one visible clock: working days, standing still while the applicant is waited for, late shown late."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feidi.domain.talent.selectors.clocks import ClockState, Pause, overlapping, promise_of, read_clock
from feidi.kernel.calendar.almanac import Almanac, Expected

WEEKS = Almanac.build({}, Expected())
MONDAY = date(2026, 3, 2)


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def test_without_a_pause_it_is_due_on_the_promised_working_day() -> None:
    reading = read_clock(WEEKS, MONDAY, 5, [], on=after(1))
    assert (reading.due_on, reading.used, reading.left, reading.state) == (after(7), 1, 4, ClockState.RUNNING)


def test_a_pause_moves_the_day_it_is_due_by_the_working_days_waited() -> None:
    # stands still after Wednesday, goes on from the next Wednesday: five working days are not counted
    reading = read_clock(WEEKS, MONDAY, 5, [Pause(after(2), after(9))], on=after(10))
    assert (reading.used, reading.waited, reading.due_on) == (3, 5, after(14))
    assert read_clock(WEEKS, MONDAY, 5, [Pause(after(2), after(9))], on=after(14)).left == 0


def test_while_it_stands_still_nobody_says_when_it_is_due_but_how_much_is_left() -> None:
    reading = read_clock(WEEKS, MONDAY, 5, [Pause(after(2), None)], on=after(30))
    assert (reading.state, reading.due_on, reading.left) == (ClockState.PAUSED, None, 3)


def test_a_pause_after_it_was_due_does_not_make_it_in_time() -> None:
    reading = read_clock(WEEKS, MONDAY, 5, [Pause(after(8), after(20))], on=after(21))
    assert (reading.due_on, reading.state, reading.over) == (after(7), ClockState.LATE, 2)


def test_finished_late_stays_late_and_finished_in_time_stays_in_time() -> None:
    late = read_clock(WEEKS, MONDAY, 5, [], on=after(60), finished_on=after(8))
    kept = read_clock(WEEKS, MONDAY, 5, [], on=after(60), finished_on=after(7))
    assert (late.state, late.over, kept.state, kept.used) == (ClockState.FINISHED_LATE, 1, ClockState.KEPT, 5)


def test_without_a_promise_it_is_neither_in_time_nor_late() -> None:
    running = read_clock(WEEKS, MONDAY, None, [], on=after(200))
    done = read_clock(WEEKS, MONDAY, None, [], on=after(200), finished_on=after(200))
    assert (running.state, done.state) == (ClockState.NO_PROMISE, ClockState.FINISHED_NO_PROMISE)
    assert (running.left, running.over, running.due_on) == (None, 0, None)


def test_steps_side_by_side_take_the_longest_and_one_after_the_other_their_sum() -> None:
    assert promise_of([(10, False), (15, False)]) == 15
    assert promise_of([(5, False), (7, True), (10, False)]) == 12
    assert promise_of([(5, False), (None, True)]) is None
    assert promise_of([]) is None


PAUSES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=4).map(
    lambda pairs: [Pause(after(start), after(start + long)) for start, long in pairs]
)


@given(PAUSES, st.integers(1, 30))
def test_on_the_day_it_is_due_exactly_the_promise_is_used(pauses: list[Pause], promised: int) -> None:
    if overlapping(pauses):
        return
    reading = read_clock(WEEKS, MONDAY, promised, pauses, on=after(400))
    assert reading.due_on is not None
    on_that_day = read_clock(WEEKS, MONDAY, promised, pauses, on=reading.due_on)
    day_before = read_clock(WEEKS, MONDAY, promised, pauses, on=reading.due_on - timedelta(days=1))
    assert (on_that_day.used, day_before.used < promised) == (promised, True)
