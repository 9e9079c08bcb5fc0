"""Profiles and cost files as people write them: what is understood, what is sent back, with which words."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from feidi.engines.costing import (
    Confidence,
    CostFile,
    Figure,
    Range,
    parse_costs,
    read_profile,
    words_of,
)
from feidi.engines.findings import Finding, Level
from tests.engines.costing.support import DAY, HOME, HOST, answer, codes, one

WRONG: list[tuple[object, str]] = [
    ({}, "profile_empty"),
    (["office"], "profile_empty"),
    ({"offices": "200㎡"}, "key_unknown"),
    ({"office": 200}, "unit_missing"),
    ({"office": "200元"}, "unit_wrong"),
    ({"office": "-200㎡"}, "negative"),
    ({"office": "很大"}, "not_quantity"),
    ({"office": True}, "not_quantity"),
    ({"office": ["200㎡"]}, "not_quantity"),
    ({"office": "300-200㎡"}, "not_quantity"),
    ({"office": "9" * 40 + "㎡"}, "too_large"),
    ({"office": "200㎡", "years": 0}, "years"),
    ({"office": "200㎡", "years": "两年"}, "years"),
    ({"office": "200㎡", "office_kind": "b"}, "not_in_list"),
    ({"office": "200㎡", "name": 5}, "not_text"),
    ({"office": "200㎡", "high_tech": "maybe"}, "not_yes_no"),
    ({"people": "九人"}, "people"),
    ({"people": ["研发"]}, "group"),
    ({"people": [{"kind": "研发", "count": "六"}]}, "not_count"),
    ({"people": [{"kind": "研发", "count": -6}]}, "negative"),
    ({"people": [{"kind": "研发", "count": 6, "pay": 3}]}, "key_unknown"),
    ({"people": [{"kind": "研发", "count": 6, "wage": "24万"}]}, "unit_missing"),
    ({"people": [{"kind": "研发", "count": 6, "wage": "24万元/年", "average": "private"}]}, "wage_twice"),
    ({"power": "1kWh/年", "power_shares": {"peak": "50%", "flat": "50%"}}, "shares"),
    ({"power": "1kWh/年", "power_shares": {"peak": "50%", "flat": "50%", "valley": "10%"}}, "shares"),
    ({"conversion": ["magic"]}, "not_in_list"),
    ({"quotes": ["x"]}, "quotes"),
    ({"quotes": {"rent": "5元"}}, "figure_unknown"),
    ({"quotes": {"plant_rent": "5元"}}, "unit_wrong"),
    ({"quotes": {"plant_rent": {"here": "5元/㎡/月"}}}, "key_unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "code"), WRONG, ids=[f"{n}-{code}" for n, (_given, code) in enumerate(WRONG)])
def test_a_bad_profile_is_refused_with_words(given: object, code: str) -> None:
    read, findings = read_profile(given, as_of=DAY, line_of=lambda _path: 7)
    assert read is None
    assert code in codes(findings)
    assert {each.row for each in findings} == {7}
    assert not [each for each in findings if re.search(r"\{\w+\}", words_of(each))]


def test_an_unknown_is_not_an_absent_quantity() -> None:
    assert answer({"office": "1㎡"}, HOME, HOST).left_out == ()
    assert answer({"office": "1㎡", "gas": None}, HOME, HOST).left_out == ("gas",)
    assert answer({"office": "0㎡"}, HOME, HOST).yearly.difference == one(0)


def costs(**row: Any) -> tuple[tuple[Figure, ...], tuple[Finding, ...]]:
    whole = {
        "item": "office_grade_a", "value": 148.4, "unit": "元/㎡/月", "since": date(2025, 7, 1), "until": date(2025, 9, 30),
        "basket": {"zh": "全市", "en": "city"}, "source": "某机构", "confidence": "medium",
    }  # fmt: skip
    given = {key: value for key, value in {**whole, **row}.items() if value != "-"}
    return parse_costs([CostFile("shenzhen", "costs/office.yaml", {"figures": [given]}, lambda _path: 3)])


def test_content_rows_become_exact_figures() -> None:
    (read,), findings = costs()
    assert not findings
    assert read.value == one("148.4")
    assert (read.place, read.line, read.confidence) == ("shenzhen", 3, Confidence.MEDIUM)
    (ranged,), _none = costs(value="-", lo=40, hi=50)
    assert ranged.value == Range(Fraction(40), Fraction(50))
    (unknown,), _none = costs(value=None, note={"zh": "没有查到", "en": "not found"}, since="-", source="-", basket="-")
    assert unknown.value is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"item": "rent"}, "item_unknown"),
        ({"unit": "元/月"}, "figure_unit"),
        ({"value": "148"}, "value_shape"),
        ({"lo": 1}, "value_shape"),
        ({"value": -1}, "value_order"),
        ({"value": "-", "lo": 5, "hi": 4}, "value_order"),
        ({"item": "income_tax", "unit": "%", "value": 120}, "value_order"),
        ({"value": None}, "unknown_unexplained"),
        ({"since": "-"}, "no_period"),
        ({"until": date(2024, 1, 1)}, "period_order"),
        ({"basket": "-"}, "no_basket"),
        ({"source": "-"}, "no_source"),
        ({"confidence": "stated"}, "no_confidence"),
    ],
)
def test_a_faulty_row_is_left_out_and_said(row: dict[str, Any], code: str) -> None:
    figures, (finding,) = costs(**row)
    assert figures == ()
    assert finding.code == f"costing.{code}"
    assert (finding.level, finding.row) == (Level.PROBLEM, 3)
    assert "shenzhen/costs/office.yaml 第3行" in words_of(finding)
