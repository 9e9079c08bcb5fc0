"""Working days against the State Council's notices, and clocks that rest on them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.findings import RefusedError
from feidi.kernel.calendar import working_days
from feidi.kernel.calendar.almanac import FIRST, LAST, Almanac, Due, monthly_day
from feidi.kernel.calendar.clock import Clock, due_date
from feidi.kernel.calendar.shipped import shipped

ALMANAC = Almanac.build(shipped().years, shipped().expected)
YEARS = range(2007, 2027)


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=each) for each in range((date(year + 1, 1, 1) - first).days)]


def test_every_day_agrees_with_chinesecalendar() -> None:
    import chinese_calendar

    differing = [
        day for year in YEARS for day in _days(year) if ALMANAC.is_working(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


def test_2026_has_248_working_days_and_six_make_up_days() -> None:
    working = [day for day in _days(2026) if ALMANAC.is_working(day)]
    assert len(working) == 248
    assert [day.strftime("%m-%d") for day in working if day.weekday() >= 5] == [
        "01-04",
        "02-14",
        "02-28",
        "05-09",
        "09-20",
        "10-10",
    ]


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday to work
        ("2026-02-14", 1, "2026-02-24"),  # over nine days of Spring Festival
        ("2026-02-27", 2, "2026-03-02"),  # the second make-up Saturday, then Monday
        ("2026-09-19", 1, "2026-09-20"),  # a Sunday to work
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-10-10", 1, "2026-10-12"),
        ("2026-11-20", 3, "2026-11-25"),
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-22", 0, "2026-11-22"),  # a Sunday: no day is added
        ("2006-12-29", 1, "2006-12-30"),  # a day of 2006 that the notice of 2007 names
    ],
)
def test_the_nth_working_day_after(start: str, n: int, expected: str) -> None:
    assert ALMANAC.add(date.fromisoformat(start), n).date == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-12-30", 1, Due(date(2026, 12, 31), provisional=False)),
        ("2026-12-31", 1, Due(date(2027, 1, 4), provisional=True)),  # 1 January is a statutory holiday, then a weekend
        ("2027-02-04", 1, Due(date(2027, 2, 9), provisional=True)),  # Spring Festival as far as it can be foreseen
    ],
)
def test_a_year_without_notice_is_provisional(start: str, n: int, due: Due) -> None:
    assert ALMANAC.add(date.fromisoformat(start), n) == due


def test_between_counts_what_add_adds() -> None:
    assert ALMANAC.between(date(2026, 9, 30), date(2026, 10, 12)) == 4
    assert ALMANAC.between(date(2026, 10, 12), date(2026, 9, 30)) == -4
    assert ALMANAC.between(date(2026, 10, 1), date(2026, 10, 7)) == 0


@given(start=st.dates(date(2007, 1, 1), date(2040, 12, 31)), n=st.integers(0, 400))
def test_between_is_the_inverse_of_add(start: date, n: int) -> None:
    found = ALMANAC.add(start, n).date
    assert ALMANAC.between(start, found) == n
    assert n == 0 or ALMANAC.is_working(found)


@given(start=st.dates(date(2007, 1, 1), date(2030, 12, 31)), n=st.integers(0, 60))
def test_add_equals_counting_day_by_day(start: date, n: int) -> None:
    day, left = start, n
    while left:
        day += timedelta(days=1)
        left -= ALMANAC.is_working(day)
    assert ALMANAC.add(start, n).date == day


def test_outside_the_range_is_refused() -> None:
    for ask in (lambda: ALMANAC.is_working(FIRST - timedelta(days=1)), lambda: ALMANAC.add(LAST, 1)):
        with pytest.raises(RefusedError) as refused:
            ask()
        assert refused.value.refusal.code == "calendar.out_of_range"
    with pytest.raises(ValueError, match="negative"):
        ALMANAC.add(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        ("2026-11-22", 23, "2026-11-23"),
        ("2026-11-23", 23, "2026-12-23"),
        ("2026-12-24", 23, "2027-01-23"),
        ("2027-01-31", 31, "2027-02-28"),
        ("2028-01-31", 30, "2028-02-29"),
        ("2027-02-28", 31, "2027-03-31"),
    ],
)
def test_the_day_of_the_month(start: str, day: int, expected: str) -> None:
    assert monthly_day(date.fromisoformat(start), day) == date.fromisoformat(expected)


def test_clocks() -> None:
    start = date(2026, 9, 30)
    assert due_date(Clock(3, "working"), start, using=ALMANAC) == (date(2026, 10, 10), False)
    assert due_date(Clock(14, "calendar"), start, using=ALMANAC) == (date(2026, 10, 14), False)
    assert due_date(Clock(23, "monthly_day"), start, using=ALMANAC) == (date(2026, 10, 23), False)
    assert due_date(Clock(3, "working"), date(2026, 12, 30), using=ALMANAC) == (date(2027, 1, 5), True)
    with pytest.raises(ValueError, match="fortnight"):
        due_date(Clock(1, "fortnight"), start, using=ALMANAC)


@pytest.mark.django_db
def test_a_fresh_database_knows_the_shipped_years(django_assert_num_queries: object) -> None:
    known = working_days.almanac()
    assert known.certain == set(YEARS)
    assert working_days.add_working_days(date(2026, 11, 23), 3) == (date(2026, 11, 26), False)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert working_days.working_days_between(date(2026, 11, 20), date(2026, 11, 27)) == 5
    assert not working_days.is_working(date(2026, 10, 1))
