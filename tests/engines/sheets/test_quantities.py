"""Whole numbers, areas, yes and no."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.findings import Level
from feidi.engines.sheets import parse_area, parse_integer, parse_yes_no


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200", 1200),
        ("１２００", 1200),
        ("15人", 15),
        ("十五", 15),
        (3.0, 3),
        ("-7", -7),
        ("0", 0),
        (Decimal(9), 9),
        ("两百", 200),
    ],
)
def test_integers(text: str | float | Decimal, expected: int) -> None:
    assert parse_integer(text) == (expected, ())


@pytest.mark.parametrize("text", ["1,2", "3-5人", "若干", "1.5", "12abc", "１，２"])
def test_unclear_integers(text: str) -> None:
    number, findings = parse_integer(text)
    assert number is None
    assert findings[0].level is Level.PROBLEM


def test_blank_is_unknown_not_zero() -> None:
    assert parse_integer("") == (None, ())
    assert parse_integer(None) == (None, ())
    assert parse_yes_no("") == (None, ())
    assert parse_area("")[0].square_metres is None


@pytest.mark.parametrize(
    ("text", "hint", "metres", "codes"),
    [
        ("1200㎡", None, Decimal(1200), []),
        ("1,200.5平方米", None, Decimal("1200.5"), []),
        ("1200", "㎡", Decimal(1200), []),
        ("1.2万平方米", None, Decimal(12000), []),
        ("15亩", None, Decimal(10000), ["sheets.area.converted"]),
        ("15", "亩", Decimal(10000), ["sheets.area.converted"]),
        ("2公顷", None, Decimal(20000), ["sheets.area.converted"]),
        ("0", "㎡", Decimal(0), []),
        ("1200", None, None, ["sheets.area.no_unit"]),
        ("1200坪", None, None, ["sheets.area.unit_unknown"]),
        ("500-800㎡", None, None, ["sheets.number.unclear"]),
    ],
)
def test_areas(text: str, hint: str | None, metres: Decimal | None, codes: list[str]) -> None:
    area, findings = parse_area(text, unit_hint=hint)
    assert area.square_metres == metres
    assert [item.code for item in findings] == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [("是", True), ("√", True), ("Y", True), (True, True), ("否", False), ("×", False), (0, False), ("无", False)],
)
def test_yes_no(text: object, expected: bool) -> None:
    assert parse_yes_no(text) == (expected, ())


@given(st.integers(-(10**14), 10**14))
def test_grouped_integers_read_back(number: int) -> None:
    assert parse_integer(f"{number:,}")[0] == number


@given(st.one_of(st.text(), st.integers(), st.floats(), st.decimals(), st.none()))
def test_nothing_raises(value: str | float | Decimal | None) -> None:
    parse_integer(value)
    parse_area(value, unit_hint="㎡")
    parse_yes_no(value)


def test_absurdly_long_numbers_do_not_raise() -> None:
    for value in ("9" * 10_000, 10**6000, Decimal("1E+9999")):
        assert parse_integer(value)[0] is None
        assert parse_area(value)[0].square_metres is None
