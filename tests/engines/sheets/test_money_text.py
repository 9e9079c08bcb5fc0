"""Amounts as people write them."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feidi.engines.findings import Level
from feidi.engines.sheets import parse_money

_FACTOR = {"万": 10_000, "亿": 100_000_000, "元": 1, "": 1}


def test_every_capital_case(golden: Path) -> None:
    with (golden / "capital_text_cases.csv").open(encoding="utf-8-sig", newline="") as stream:
        cases = list(csv.DictReader(stream))
    assert len(cases) >= 34
    for case in cases:
        expected = [
            int(Decimal(n) * _FACTOR[case["unit"]] * 100) for n in case["expected_number"].split("..") if n
        ] or [None]
        amount, findings = parse_money(case["example"])
        assert (amount.lo_fen, amount.hi_fen, amount.currency or "") == (expected[0], expected[-1], case["currency"]), (
            case
        )
        assert not [item for item in findings if item.level is not Level.NOTE], case
        assert amount.text == case["example"]


@pytest.mark.parametrize("pattern_number", ["3", "1,965", "183.8000", "25,220", "0.5", "14,400.5400"])
def test_capital_patterns_hold_for_other_numbers(golden: Path, pattern_number: str) -> None:
    with (golden / "capital_text_cases.csv").open(encoding="utf-8-sig", newline="") as stream:
        patterns = [case for case in csv.DictReader(stream) if "#" in case["pattern"]]
    for case in patterns:
        amount, _ = parse_money(case["pattern"].replace("#", pattern_number))
        fen = Decimal(pattern_number.replace(",", "")) * _FACTOR[case["unit"]] * 100
        assert amount.lo_fen == amount.hi_fen == int(fen), case
        assert (amount.currency or "") == case["currency"], case


@pytest.mark.parametrize(
    ("text", "yuan", "currency"),
    [
        ("1亿2000万元", 120_000_000, "CNY"),
        ("3千5百万", 35_000_000, None),
        ("人民币壹亿贰仟万元整", 120_000_000, "CNY"),
        ("大写：人民币伍佰万元整", 5_000_000, "CNY"),
        ("伍佰元伍角叁分", Decimal("500.53"), "CNY"),
        ("５００万元", 5_000_000, "CNY"),
        ("50w", 500_000, None),
        ("¥500万", 5_000_000, "CNY"),
        ("HK$2亿", 200_000_000, "HKD"),
        ("-500万元", -5_000_000, "CNY"),
        ("5 亿 元", 500_000_000, "CNY"),
        ("零元整", 0, "CNY"),
    ],
)
def test_exact_amounts(text: str, yuan: Decimal | int, currency: str | None) -> None:
    amount, findings = parse_money(text)
    assert amount.exact is not None
    assert (amount.exact.units, amount.currency) == (yuan, currency)
    assert findings == ()


@pytest.mark.parametrize(
    ("text", "lo", "hi", "approximate"),
    [
        ("1000-3000万元", 1000, 3000, False),
        ("1000万元～3000万元", 1000, 3000, False),
        ("5000万至1亿元", 5000, 10_000, False),
        ("1000万以上", 1000, None, False),
        ("不低于1000万元", 1000, None, False),
        ("1000多万", 1000, None, False),
        ("不超过500万元", None, 500, False),
        ("500万元以内", None, 500, False),
        ("约500万元", 500, 500, True),
        ("500万左右", 500, 500, True),
        ("人民币约5亿元", 50_000, 50_000, True),
    ],
)
def test_ranges_and_bounds(text: str, lo: int | None, hi: int | None, approximate: bool) -> None:
    amount, findings = parse_money(text)
    wan = 1_000_000
    assert (amount.lo_fen, amount.hi_fen) == (lo and lo * wan, hi and hi * wan)
    assert amount.approximate is approximate
    assert amount.exact is None
    assert findings == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,2万", "sheets.money.unclear"),
        ("1,234,56元", "sheets.money.unclear"),
        ("1.234.567元", "sheets.money.unclear"),
        ("1 965万", "sheets.money.unclear"),
        ("(500)", "sheets.money.unclear"),
        ("800-1亿", "sheets.money.unclear"),
        ("3亿5", "sheets.money.unclear"),
        ("二百五万元", "sheets.money.unclear"),
        ("50%", "sheets.money.unclear"),
        ("500", "sheets.money.no_unit"),
        ("500万元（其中外资200万）", "sheets.money.several"),
        ("500万元、300万元", "sheets.money.several"),
        ("500万美元人民币", "sheets.money.several_currencies"),
    ],
)
def test_doubt_gives_no_value_and_a_problem(text: str, code: str) -> None:
    amount, findings = parse_money(text)
    assert (amount.lo_fen, amount.hi_fen) == (None, None)
    assert amount.text == text
    assert [(item.level, item.code) for item in findings] == [(Level.PROBLEM, code)]


def test_bare_number_takes_the_unit_of_its_column() -> None:
    assert parse_money("500", unit_hint="万元")[0].exact == parse_money("500万元")[0].exact
    assert parse_money(500, unit_hint="万美元")[0].currency == "USD"
    assert parse_money(Decimal("0.5"), unit_hint="亿元")[0].lo_fen == 5_000_000_000
    assert parse_money("500", unit_hint="万")[0].currency is None
    assert parse_money("500", unit_hint="万元", currency_hint="HKD")[0].currency == "HKD"


def test_unit_in_the_text_beats_the_column_and_is_noted() -> None:
    amount, findings = parse_money("5亿元", unit_hint="万元")
    assert amount.lo_fen == 50_000_000_000
    assert [item.code for item in findings] == ["sheets.money.unit_from_text"]


def test_yuan_in_a_dollar_column_has_no_known_currency() -> None:
    amount, findings = parse_money("500万元", unit_hint="万美元")
    assert amount.lo_fen == 500_000_000
    assert amount.currency is None
    assert any(item.code == "sheets.money.currency_conflict" for item in findings)


def test_currencies_that_are_not_certain_stay_unknown() -> None:
    for text in ("$500万", "100亿卢布"):
        amount, findings = parse_money(text)
        assert amount.lo_fen is not None
        assert amount.currency is None
        assert [item.code for item in findings] == ["sheets.money.currency_unknown"]


def test_amounts_below_a_fen_are_bounded_not_rounded() -> None:
    amount, findings = parse_money("333.33333333", unit_hint="万元")
    assert (amount.lo_fen, amount.hi_fen) == (333_333_333, 333_333_334)
    assert amount.exact is None
    assert findings[0].code == "sheets.money.below_fen"


@pytest.mark.parametrize("text", ["未透露", "待定", "-", "／", "无", "N/A", "面议", "保密"])
def test_not_stated(text: str) -> None:
    amount, findings = parse_money(text)
    assert (amount.lo_fen, amount.hi_fen, amount.currency) == (None, None, None)
    assert [item.code for item in findings] == ["sheets.money.not_stated"]


@pytest.mark.parametrize("text", ["数千万人民币", "近千万", "百亿级", "上亿元", "数百万美元", "几百万"])
def test_vague(text: str) -> None:
    amount, findings = parse_money(text)
    assert (amount.lo_fen, amount.hi_fen) == (None, None)
    assert [item.code for item in findings] == ["sheets.money.vague"]


@given(st.integers(0, 10**13), st.sampled_from([("元", 1), ("万元", 10_000), ("亿元", 100_000_000)]), st.booleans())
def test_written_amount_reads_back_exactly(fen: int, unit: tuple[str, int], grouped: bool) -> None:
    number = Decimal(fen) / (100 * unit[1])
    text = f"{number:,f}{unit[0]}" if grouped else f"{number:f}{unit[0]}"
    amount, findings = parse_money(text)
    assert (amount.lo_fen, amount.hi_fen, amount.currency) == (fen, fen, "CNY")
    assert findings == ()


_UPPER = "零壹贰叁肆伍陆柒捌玖"


def _uppercase(number: int) -> str:
    """Write 1..99,999,999 in 大写, as a bank does."""
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        gap = "零" if 0 < rest < 1_000 else ""
        return _uppercase(head) + "万" + gap + (_uppercase(rest) if rest else "")
    text, zero = "", False
    for unit, word in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero and text else "") + _UPPER[digit] + word
            zero = False
        else:
            zero = True
    return text


@given(st.integers(1, 99_999_999))
@example(10_010_001)
@example(20_000_305)
def test_uppercase_reads_back(yuan: int) -> None:
    amount, _ = parse_money(f"人民币{_uppercase(yuan)}元整")
    assert amount.lo_fen == amount.hi_fen == yuan * 100


@given(
    st.one_of(
        st.text(),
        st.text("0123456789.,-约万亿千百元以上下人民币美港()（）/年 壹贰零", max_size=20),
        st.integers(),
        st.floats(),
        st.none(),
    ),
    st.one_of(st.none(), st.text(max_size=6), st.just("万元")),
)
def test_never_raises_and_keeps_the_text(value: str | float | None, hint: str | None) -> None:
    amount, _findings = parse_money(value, unit_hint=hint)
    if isinstance(value, str):
        assert amount.text == value.strip()
    if amount.lo_fen is not None and amount.hi_fen is not None:
        assert amount.lo_fen <= amount.hi_fen
