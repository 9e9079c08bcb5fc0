"""Intervals, opening hours and series by the clock on the wall: also where it skips an hour or shows it twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.findings import RefusedError
from feidi.engines.slots import (
    ALWAYS,
    CODES,
    CODES_EN,
    MAX_OCCURRENCES,
    DayKind,
    Hours,
    Interval,
    Opening,
    Recurrence,
    Repeats,
    day_of,
    days_between,
    days_of,
    is_open,
    merged,
    moment,
    occurrences,
    open_between,
    open_on,
    steps_of,
    without,
)

SHANGHAI, YORK, KATHMANDU = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)  # the days on which the clock of New York is put
OFFICE = Hours(((Opening(time(9), time(18)),),) * 5 + ((),) * 2)
START = datetime(2026, 11, 23, tzinfo=UTC)


def hours(first: float, last: float) -> Interval:
    return Interval(START + timedelta(hours=first), START + timedelta(hours=last))


def plain(_day: date) -> DayKind:
    return DayKind.PLAIN


def code_of(error: pytest.ExceptionInfo[RefusedError]) -> str:
    return error.value.refusal.code


def test_an_end_before_the_start_is_refused_with_both() -> None:
    with pytest.raises(RefusedError) as error:
        hours(10, 9)
    assert error.value.refusal.params == {"start": "2026-11-23 10:00", "end": "2026-11-23 09:00"}
    with pytest.raises(RefusedError):
        hours(9, 9)
    with pytest.raises(ValueError, match="aware"):
        Interval(datetime(2026, 1, 1), datetime(2026, 1, 2))


def test_order_is_of_instants_not_of_what_the_wall_says() -> None:
    first = datetime(2026, 11, 1, 1, 45, tzinfo=YORK)
    second = datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=YORK)
    assert Interval(first, second).seconds == 1800
    assert first > second, "two times of one zone are compared by the wall clock: why intervals are kept in UTC"


def test_what_ends_at_ten_does_not_touch_what_begins_at_ten() -> None:
    assert not hours(9, 10).overlaps(hours(10, 11))
    assert hours(9, 10.5).overlaps(hours(10, 11))
    assert merged([hours(9, 10), hours(10, 11)]) == (hours(9, 11),)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=12), st.lists(st.integers(0, 47), max_size=9)
)
def test_without_leaves_just_the_moments_that_nothing_takes(spans: list[tuple[int, int]], holes: list[int]) -> None:
    whole = [hours(start, start + length) for start, length in spans]
    taken = [hours(start, start + 2) for start in holes]
    left = without(whole, taken)
    for hour in range(52):
        here = hours(hour + 0.25, hour + 0.5)
        expected = any(each.covers(here) for each in whole) and not any(each.overlaps(here) for each in taken)
        assert any(each.covers(here) for each in left) is expected


@pytest.mark.parametrize(("day", "length"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24)])
def test_a_day_is_as_long_as_it_is(day: date, length: int) -> None:
    assert day_of(day, YORK).seconds == length * 3600
    assert len(steps_of(day, YORK, 30)) == length * 2
    assert sum(each.seconds for each in open_on(ALWAYS, day, DayKind.PLAIN, YORK)) == length * 3600


def test_hours_that_the_clock_skips_are_not_open() -> None:
    night = Hours(((Opening(time(2), time(3)),),) * 7)
    assert open_on(night, SPRING, DayKind.PLAIN, YORK) == ()
    into_the_gap = Hours(((Opening(time(1), time(2, 30)),),) * 7)
    (found,) = open_on(into_the_gap, SPRING, DayKind.PLAIN, YORK)
    assert found.seconds == 90 * 60


def test_past_midnight_and_across_days() -> None:
    late = Hours(((Opening(time(20), time(2)),),) * 7)
    span = Interval(moment(date(2026, 11, 23), time(0), SHANGHAI), moment(date(2026, 11, 24), time(0), SHANGHAI))
    assert [each.seconds // 3600 for each in open_between(late, span, plain, SHANGHAI)] == [2, 4]
    across = Interval(moment(date(2026, 11, 23), time(23), SHANGHAI), moment(date(2026, 11, 24), time(1), SHANGHAI))
    assert is_open(late, across, plain, SHANGHAI)
    assert is_open(ALWAYS, across, plain, SHANGHAI), "two whole days touch and are one"
    assert not is_open(OFFICE, across, plain, SHANGHAI)


def test_holidays_are_closed_and_made_up_for() -> None:
    monday, saturday = date(2026, 11, 23), date(2026, 11, 28)
    assert open_on(OFFICE, monday, DayKind.HOLIDAY, SHANGHAI) == ()
    assert open_on(OFFICE, saturday, DayKind.PLAIN, SHANGHAI) == ()
    assert [each.seconds for each in open_on(OFFICE, saturday, DayKind.MAKEUP, SHANGHAI)] == [9 * 3600]
    half = Hours(OFFICE.weekly, holiday=(Opening(time(9), time(12)),), makeup=(Opening(time(9), time(17)),))
    assert open_on(half, monday, DayKind.HOLIDAY, SHANGHAI)[0].seconds == 3 * 3600
    assert open_on(half, saturday, DayKind.MAKEUP, SHANGHAI)[0].seconds == 8 * 3600


def test_a_tenancy_ends_at_the_midnight_after_its_last_day() -> None:
    span = days_between(date(2026, 11, 1), date(2026, 11, 30), SHANGHAI)
    assert (span.start.isoformat(), span.end.isoformat()) == ("2026-10-31T16:00:00+00:00", "2026-11-30T16:00:00+00:00")
    with pytest.raises(RefusedError):
        days_between(date(2026, 11, 2), date(2026, 11, 1), SHANGHAI)


def test_the_grid_begins_at_the_midnight_of_its_zone() -> None:
    assert steps_of(date(2026, 11, 23), KATHMANDU, 30)[0].start.astimezone(KATHMANDU).time() == time(0)
    with pytest.raises(RefusedError) as error:
        steps_of(date(2026, 11, 23), SHANGHAI, 45)
    assert code_of(error) == "slots.step_wrong"


def test_a_weekly_hour_stays_an_hour_and_keeps_its_time_on_the_wall() -> None:
    rule = Recurrence(Repeats.WEEKLY, until=date(2026, 3, 15))
    found = occurrences(rule, date(2026, 3, 1), time(1, 30), 60, YORK)
    assert [each.interval.start.astimezone(YORK).time() for each in found] == [time(1, 30)] * 3
    assert {each.interval.seconds for each in found} == {3600}


def test_days_left_out_count_but_do_not_happen() -> None:
    rule = Recurrence(Repeats.DAILY, every=2, count=3, exceptions=frozenset({date(2026, 11, 25)}))
    assert days_of(rule, date(2026, 11, 23)) == (date(2026, 11, 23), date(2026, 11, 27))


def test_a_month_without_a_fifth_monday_is_passed_over() -> None:
    rule = Recurrence(Repeats.MONTHLY, weekdays=(0,), nth=5, count=3)
    assert days_of(rule, date(2026, 1, 1)) == (date(2026, 3, 30), date(2026, 6, 29), date(2026, 8, 31))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Recurrence(Repeats.DAILY), "slots.series_end_unclear"),
        (Recurrence(Repeats.DAILY, count=3, until=date(2027, 1, 1)), "slots.series_end_unclear"),
        (Recurrence(Repeats.DAILY, count=10_000), "slots.series_count_wrong"),
        (Recurrence(Repeats.DAILY, until=date(2062, 1, 1)), "slots.series_too_long"),
        (Recurrence(Repeats.DAILY, until=date(2026, 11, 1)), "slots.ends_before_start"),
        (Recurrence(Repeats.DAILY, every=0, count=1), "slots.every_wrong"),
        (Recurrence(Repeats.WEEKLY, weekdays=(9,), count=1), "slots.weekday_wrong"),
        (Recurrence(Repeats.MONTHLY, count=1), "slots.nth_wrong"),
        (Recurrence(Repeats.MONTHLY, nth=0, count=1), "slots.nth_wrong"),
        (Recurrence(Repeats.DAILY, count=1, exceptions=frozenset({date(2026, 11, 23)})), "slots.series_empty"),
    ],
)
def test_a_rule_that_cannot_be_followed_says_why(rule: Recurrence, code: str) -> None:
    with pytest.raises(RefusedError) as error:
        days_of(rule, date(2026, 11, 23))
    assert code_of(error) == code


def test_the_longest_series_is_just_allowed() -> None:
    first = date(2026, 11, 23)
    last = first + timedelta(days=MAX_OCCURRENCES - 1)
    assert len(days_of(Recurrence(Repeats.DAILY, until=last), first)) == MAX_OCCURRENCES
    with pytest.raises(RefusedError):
        days_of(Recurrence(Repeats.DAILY, until=last + timedelta(days=1)), first)


def test_every_reason_has_words_in_both_languages() -> None:
    assert CODES.keys() == CODES_EN.keys()
