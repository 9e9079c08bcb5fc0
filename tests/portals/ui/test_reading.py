"""Figures, dates and clocks as officials read them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.money import Money, MoneyText
from feidi.kernel.money.display import format_money
from feidi.portals.ui import reading

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _chinese() -> object:
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("fen", "short", "exact"),
    [
        (0, "0元", "0元"),
        (9_999_99, "9,999.99元", "9,999.99元"),
        (10_000_00, "1万元", "10,000元"),
        (1_234_567_89, "123.46万元", "1,234,567.89元"),
        (99_999_999_00, "1亿元", "99,999,999元"),
        (1_234_567_890_00, "12.35亿元", "1,234,567,890元"),
        (-30_000_00, "-3万元", "-30,000元"),
    ],
)
def test_money_is_read_in_wan_or_yi_with_the_exact_amount_behind(fen: int, short: str, exact: str) -> None:
    assert reading.read_money(Money(fen)) == reading.Reading(short, exact)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money(1_200_0000_00, "USD"), "1,200万美元"),
        (Money(5_0000_00, None), "5万（币种未知）"),
        (MoneyText("不超过500万元", None, 500_0000_00, "CNY"), "≤ 500万元"),
        (MoneyText("500万以上", 500_0000_00, None, "CNY"), "≥ 500万元"),
        (MoneyText("1000-2000万", 1000_0000_00, 2000_0000_00, "CNY"), "1,000万元 – 2,000万元"),
        (MoneyText("约300万", 300_0000_00, 300_0000_00, "CNY", approximate=True), "约300万元"),
        (MoneyText("数千万人民币"), "数千万人民币"),
        (None, "—"),
    ],
)
def test_bounds_ranges_and_unknowns_are_never_read_as_plain_amounts(value: Money | MoneyText, text: str) -> None:
    assert reading.read_money(value).text == text


def test_english_reads_whole_units() -> None:
    with translation.override("en"):
        assert format_money(12_345_678_00, "USD").startswith("12,345,678")


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_short_reading_is_within_half_a_hundredth_of_its_unit(fen: int) -> None:
    text = format_money(fen, "CNY").removesuffix("元")
    factor = {"万": 10_000_00, "亿": 100_000_000_00}.get(text[-1], 100)
    shown = float(text.rstrip("万亿").replace(",", "")) * factor
    assert abs(shown - fen) <= factor * 0.005 + abs(fen) * 1e-9 + 0.5


def test_a_moment_is_shown_in_shanghai_time() -> None:
    moment = datetime(2026, 11, 22, 16, 5, tzinfo=ZoneInfo("UTC"))
    assert reading.read_date(moment) == "2026-11-23 00:05"
    assert reading.read_date(TODAY) == "2026-11-23"


@pytest.mark.parametrize(
    ("facts", "text", "tone"),
    [
        ({"due_on": date(2026, 12, 2)}, "还剩 9 天", "ok"),
        ({"due_on": date(2026, 11, 24)}, "还剩 1 天", "soon"),
        ({"due_on": TODAY}, "今天到期", "soon"),
        ({"due_on": date(2026, 11, 19)}, "逾期 4 天", "late"),
        ({"due_on": date(2026, 11, 19), "days_left": -2}, "逾期 2 天", "late"),
        ({"due_on": date(2026, 11, 19), "waiting_since": date(2026, 11, 18)}, "待反馈 · 第 6 天", "waiting"),
        ({"due_on": date(2026, 11, 19), "stopped": True}, "已完成", "done"),
        ({}, "未设时限", "none"),
    ],
)
def test_clocks(facts: dict[str, object], text: str, tone: str) -> None:
    assert reading.read_clock(today=TODAY, **facts) == reading.ClockReading(text, tone)  # type: ignore[arg-type]


def test_what_a_timed_job_did_is_the_systems() -> None:
    with translation.override("zh-hans"):
        assert reading.read_actor("schedule:pipeline.first_reports") == "系统自动"
        assert reading.read_actor("陈晓 (officer)") == "陈晓 (officer)"
