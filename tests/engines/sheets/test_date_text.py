"""Dates as people write them: exactly what was written, no day and no year made up."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.findings import Level
from feidi.engines.sheets import Precision, parse_date_text


@pytest.mark.parametrize(
    "value",
    ["2023-5-6", "2023/05/06", "2023.5.6", "2023年5月6日", "2023年5月6号", "20230506", 20230506, "２０２３．５．６", "2023-05-06T10:30:00",
     "2023年5月6日 10:30", "2023年5月6日（星期六）", "二〇二三年五月六日", date(2023, 5, 6), datetime(2023, 5, 6, 1, 2)],
)  # fmt: skip
def test_full_dates(value: str | float | date) -> None:
    found, findings = parse_date_text(value)
    assert (found.date, found.precision, found.year_missing) == (date(2023, 5, 6), Precision.DAY, False)
    assert findings == ()


@pytest.mark.parametrize(
    "value", ["2023.5", "2023年5月", "2023-5", "2023/5", "2023/05", "202305", "2023年5月份", Decimal("2023.5")]
)
def test_month_precision_stays_month_precision(value: str | Decimal) -> None:
    found, findings = parse_date_text(value)
    assert (found.date, found.precision, found.year, found.month, found.day) == (None, Precision.MONTH, 2023, 5, None)
    assert findings == ()


def test_a_date_shown_as_a_month_is_a_month() -> None:
    found, _ = parse_date_text(date(2023, 5, 1), precision="month")
    assert (found.date, found.text, found.precision) == (None, "2023-05", Precision.MONTH)


@pytest.mark.parametrize("value", ["5.6", "5月6日", "5-6", "五月六日", Decimal("5.6")])
def test_a_missing_year_is_missing(value: str | Decimal) -> None:
    found, findings = parse_date_text(value)
    assert (found.date, found.year_missing, found.month, found.day) == (None, True, 5, 6)
    assert [item.code for item in findings] == ["sheets.date.year_missing"]
    assert found.with_year(2026).date == date(2026, 5, 6)


def test_29_february_fits_only_a_leap_year() -> None:
    found, _ = parse_date_text("2.29")
    assert found.with_year(2023).year_missing
    assert found.with_year(2024).date == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("value", "expected", "code"),
    [
        (45000, date(2023, 3, 15), "sheets.date.serial"),
        ("45000", date(2023, 3, 15), "sheets.date.serial"),
        ("23.5.6", date(2023, 5, 6), "sheets.date.two_digit_year"),
        ("预计2023年5月6日", date(2023, 5, 6), "sheets.date.approximate"),
    ],
)
def test_repairs_are_noted(value: str | int, expected: date, code: str) -> None:
    found, findings = parse_date_text(value)
    assert found.date == expected
    assert [(item.level, item.code) for item in findings] == [(Level.NOTE, code)]


def test_serials_of_the_other_epoch() -> None:
    assert parse_date_text(43538, date1904=True)[0].date == date(2023, 3, 15)


@pytest.mark.parametrize(
    ("value", "year", "month"),
    [
        ("2023年上半年", 2023, None),
        ("2023Q3", 2023, None),
        ("2023年第三季度", 2023, None),
        ("2023年底", 2023, None),
        ("2023年12月底前", 2023, 12),
        ("5月上旬", None, 5),
    ],
)
def test_parts_keep_their_precision(value: str, year: int | None, month: int | None) -> None:
    found, findings = parse_date_text(value)
    assert (found.date, found.year, found.month, found.day) == (None, year, month, None)
    assert findings[0].code == "sheets.date.part_only"


@pytest.mark.parametrize("value", [Decimal("2023.1"), "5/6/2023"])
def test_a_month_that_may_be_two_months_stays_open(value: str | Decimal) -> None:
    found, findings = parse_date_text(value)
    assert (found.date, found.year, found.month, found.precision) == (None, 2023, None, Precision.YEAR)
    assert [(item.level, item.code) for item in findings] == [(Level.PROBLEM, "sheets.date.month_unclear")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2023-02-30", "impossible"),
        ("2023.13", "impossible"),
        ("2023年5月6日至8日", "range"),
        ("2023.5-2023.8", "range"),
        ("11.3 电话沟通；11.10 来访", "unclear"),
        (Decimal("5.1"), "unclear"),
        ("1", "unclear"),
    ],
)
def test_doubt_gives_no_date_and_a_problem(value: str | Decimal, code: str) -> None:
    found, findings = parse_date_text(value)
    assert (found.date, found.precision) == (None, None)
    assert [(item.level, item.code) for item in findings] == [(Level.PROBLEM, f"sheets.date.{code}")]


@pytest.mark.parametrize("value", ["待定", "上半年", "-", "长期", "明年"])
def test_not_stated(value: str) -> None:
    found, findings = parse_date_text(value)
    assert found.date is None
    assert [item.code for item in findings] == ["sheets.date.not_stated"]


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]),
)
def test_written_dates_read_back(day: date, shape: str) -> None:
    assert parse_date_text(day.strftime(shape))[0].date == day


@given(
    st.one_of(
        st.text(),
        st.text("0123456789.-/年月日至底前约上半", max_size=14),
        st.integers(),
        st.floats(),
        st.decimals(),
        st.none(),
    )
)
def test_never_raises_and_never_invents(value: str | float | Decimal | None) -> None:
    found, _ = parse_date_text(value)
    if found.date is not None:
        assert found.precision is Precision.DAY
        assert (found.date.year, found.date.month, found.date.day) == (found.year, found.month, found.day)
