"""Amounts as read, as kept in a row, as typed into a form."""

from __future__ import annotations

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.money import MoneyText
from feidi.kernel.money import clear_money, format_money, format_money_text, money_of, set_money
from feidi.kernel.money.forms import MoneyTextField


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("fen", "currency", "reading", "exact"),
    [
        (1_200_000_000, "CNY", "1,200万元", "12,000,000元"),
        (35_000_000_000, "CNY", "3.5亿元", "350,000,000元"),
        (80_000, "CNY", "800元", "800元"),
        (0, "CNY", "0元", "0元"),
        (1, "CNY", "0.01元", "0.01元"),
        (1_234_567_890, "CNY", "1,234.57万元", "12,345,678.90元"),
        (999_999_999_999, "CNY", "100亿元", "9,999,999,999.99元"),
        (9_999_999_900, "CNY", "1亿元", "99,999,999元"),
        (999_999, "CNY", "9,999.99元", "9,999.99元"),
        (-1_200_000_000, "USD", "-1,200万美元", "-12,000,000美元"),
        (500_000_000, None, "500万（币种未知）", "5,000,000（币种未知）"),
        (500_000_000, "DEM", "500万 DEM", "5,000,000 DEM"),
    ],
)
def test_reading_and_exact(fen: int, currency: str | None, reading: str, exact: str) -> None:
    assert format_money(fen, currency) == reading
    assert format_money(fen, currency, reading=False) == exact


def test_english_keeps_whole_units() -> None:
    with translation.override("en"):
        assert format_money(1_200_000_000, "DEM") == "12,000,000 DEM"


@given(st.integers(-(10**17), 10**17))
def test_the_exact_text_loses_nothing(fen: int) -> None:
    text = format_money(fen, "CNY", reading=False).removesuffix("元").replace(",", "")
    whole, _, cents = text.lstrip("-").partition(".")
    assert (int(whole) * 100 + int(cents or 0)) * (-1 if text.startswith("-") else 1) == fen


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (MoneyText("1200万", 1_200_000_000, 1_200_000_000, "CNY"), "1,200万元"),
        (MoneyText("约1200万", 1_200_000_000, 1_200_000_000, "CNY", approximate=True), "约1,200万元"),
        (MoneyText("", 1_200_000_000, None, "CNY"), "≥ 1,200万元"),
        (MoneyText("", None, 1_200_000_000, "CNY"), "≤ 1,200万元"),
        (MoneyText("", 100_000_000, 1_200_000_000, "CNY"), "100万元 – 1,200万元"),
        (MoneyText("数千万人民币"), "数千万人民币"),
        (MoneyText(""), "—"),
    ],
)
def test_bounds_and_words(value: MoneyText, text: str) -> None:
    assert format_money_text(value) == text


class Row:
    planned_lo_fen = planned_hi_fen = None
    planned_currency = planned_text = ""
    planned_approximate = False


def test_columns_round_trip() -> None:
    row = Row()
    assert money_of(row, "planned") == MoneyText("")  # type: ignore[arg-type]
    value = MoneyText("500-800万美元", 500_000_000, 800_000_000, "USD", approximate=True)
    columns = set_money(row, "planned", value)  # type: ignore[arg-type]
    assert sorted(columns) == sorted(f"planned_{x}" for x in ("lo_fen", "hi_fen", "currency", "text", "approximate"))
    assert money_of(row, "planned") == value  # type: ignore[arg-type]
    clear_money(row, "planned")  # type: ignore[arg-type]
    assert money_of(row, "planned") == MoneyText("")  # type: ignore[arg-type]
    with pytest.raises(AttributeError, match="no column spent_lo_fen"):
        set_money(row, "spent", value)  # type: ignore[arg-type]


class AmountForm(forms.Form):
    amount = MoneyTextField(unit_hint="万元", currency_hint="CNY", required=False)
    bare = MoneyTextField(required=False)


@pytest.mark.parametrize(
    ("written", "lo", "hi", "currency"),
    [
        ("1200", 1_200_000_000, 1_200_000_000, "CNY"),
        ("1.2亿 美元", 12_000_000_000, 12_000_000_000, "USD"),
        ("500-800万元", 500_000_000, 800_000_000, "CNY"),
        ("", None, None, None),
        ("未透露", None, None, None),
    ],
)
def test_typed_amounts(written: str, lo: int | None, hi: int | None, currency: str | None) -> None:
    form = AmountForm({"amount": written})
    assert form.is_valid(), form.errors
    value = form.cleaned_data["amount"]
    assert (value.text, value.lo_fen, value.hi_fen) == (written, lo, hi)
    assert value.currency == currency or lo is None


def test_an_amount_without_currency_stays_without() -> None:
    form = AmountForm({"bare": "1200万"})
    assert form.is_valid()
    assert form.cleaned_data["bare"].currency is None


def test_what_may_mean_two_amounts_is_refused_with_the_reason() -> None:
    form = AmountForm({"amount": "1,2万"})
    assert not form.is_valid()
    assert form.has_error("amount", "unclear")
    assert form["amount"].value() == "1,2万"


def test_shown_again_as_it_was_written() -> None:
    initial = {"amount": MoneyText("约3000万", 3_000_000_000, 3_000_000_000, "CNY", approximate=True)}
    assert AmountForm(initial=initial)["amount"].value() == "约3000万"
    assert not AmountForm({"amount": "约3000万"}, initial=initial).has_changed()
    figure = {"amount": MoneyText("", 3_000_000_000, 3_000_000_000, "CNY")}
    assert AmountForm(initial=figure)["amount"].value() == "30,000,000元"


def test_a_form_takes_no_amount_below_nought_and_names_the_unit_that_is_missing() -> None:
    class Amounts(forms.Form):
        amount = MoneyTextField()
        back = MoneyTextField(below_zero=True)

    with translation.override("zh-hans"):
        form = Amounts({"amount": "-5万元", "back": "-5万元"})
        assert form.errors["amount"] == ["金额“-5万元”是负数。请写不小于 0 的数；登记有误的另行作废或更正。"]
        assert "back" not in form.errors
        told = Amounts({"amount": "5", "back": "0元"}).errors["amount"]
        assert told == ["金额“5”没有写单位。请连单位一起写，如 500万元、126500.35元。"]
