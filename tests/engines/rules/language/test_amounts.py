"""Amounts: each kind is read into its shape, and each slip is told."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from feidi.engines.rules.amounts import (
    Band,
    Banded,
    ByCode,
    ByYear,
    Capped,
    Fixed,
    Largest,
    Less,
    Progressive,
    Rate,
    Smallest,
    Step,
    Sum,
    Times,
    Unstated,
    Where,
)
from feidi.engines.rules.codes import how_of, what_of
from feidi.engines.rules.conditions import Linear, Span
from feidi.engines.rules.language import RuleError, parse_amount
from tests.engines.rules.language.support import dictionary

WORDS = dictionary()
WAN = 1_000_000


def fixed(wan: float | Fraction) -> Fixed:
    return Fixed(Fraction(wan) * WAN)


def linear(constant: int = 0, **terms: int | Fraction) -> Linear:
    return Linear(tuple((fact, Fraction(each)) for fact, each in sorted(terms.items())), Fraction(constant))


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("无", None),
        ("30万元", fixed(30)),
        ("1.5亿元", fixed(15_000)),
        ("0.05元", Fixed(Fraction(5))),
        ({"比例": {"基数": "固定资产投资", "率": "30%"}}, Rate(linear(invested=Fraction(3, 10)))),
        ({"比例": {"基数": "固定资产投资 - 地价款 - 100万元", "率": 0.3}},
         Rate(linear(-30 * WAN, invested=Fraction(3, 10), land=Fraction(-3, 10)))),
        ({"单价": {"数量": "购置面积", "每": "1000元"}}, Rate(linear(area=1000))),
        ({"单价": {"数量": "储能容量", "每": "200元/kWh"}}, Rate(linear(energy=20_000))),
        ({"单价": {"数量": "用地面积", "每": "3元/亩"}}, Rate(linear(plot=30))),
        ({"单价": {"数量": "职工人数", "每": "0.5万元"}}, Rate(linear(staff=500_000))),
        ({"累进": {"基数": "营业收入", "档": [{"到": "1000万元", "率": "1%"}, {"到": None, "率": "2%"}]}},
         Progressive(linear(revenue=1), (Step(Fraction(1000 * WAN), Fraction(1, 100)), Step(None, Fraction(1, 50))))),
        ({"按级": {"按": "研发机构级别", "表": {"市级": "5万元", "省级": "10万元"}, "其他": "0元"}},
         ByCode("centre", (("市级", fixed(5)), ("省级", fixed(10))), fixed(0))),
        ({"按级": {"按": "企业称号", "表": {"专精特新小巨人": "5万元"}}}, ByCode("titles", (("little_giant", fixed(5)),))),
        ({"逐年": {"自": "成立日期", "单位": "年", "表": {"3-5": "1万元", "1-2": "2万元", "6": "3万元"}}},
         ByYear("founded", Span.YEAR, ((1, 2, fixed(2)), (3, 5, fixed(1)), (6, 6, fixed(3))))),
        ({"倍数": {"基数": "5万元", "按": "企业称号", "倍": {"省级专精特新": 1.5, "专精特新小巨人": "200%"}}},
         Times(fixed(5), "titles", (("provincial_sme", Fraction(3, 2)), ("little_giant", Fraction(2))))),
        ({"补差": {"金额": "50万元", "已得": "同类已得奖励"}}, Less(fixed(50), linear(received=1))),
        ({"封顶": {"金额": "50万元", "上限": "30万元", "每": "企业", "已用": "同类已得奖励", "名": "每家"}},
         Capped(fixed(50), fixed(30), "firm", linear(received=1), "每家")),
        ({"合计": ["1万元", "2万元"]}, Sum((fixed(1), fixed(2)))),
        ({"取高": ["1万元", "2万元"]}, Largest((fixed(1), fixed(2)))),
        ({"取低": ["1万元", "2万元"]}, Smallest((fixed(1), fixed(2)))),
        ({"未见": "原文未载明比例"}, Unstated("原文未载明比例")),
    ],
)  # fmt: skip
def test_an_amount_is_read(value: Any, meant: Any) -> None:
    assert parse_amount(value, WORDS) == meant


def test_bands_are_in_the_small_units_of_their_basis() -> None:
    found = parse_amount(
        {
            "分档": {
                "按": "高新收入占比",
                "档": [{"区间": "[60%, 80%)", "金额": "1万元"}, {"区间": "[80%, )", "金额": "2万元"}],
            }
        },
        WORDS,
    )
    assert isinstance(found, Banded)
    low, high = found.bands
    assert low == Band(Fraction(6000), True, Fraction(8000), False, fixed(1), 1)
    assert (high.lo, high.hi, high.hi_inclusive) == (8000, None, False)


def test_an_if_takes_any_condition() -> None:
    found = parse_amount({"如果": {"全部": ["在佛山工作", "无不良记录"]}, "则": "1万元", "否则": "2万元"}, WORDS)
    assert isinstance(found, Where)
    assert (found.amount, found.otherwise) == (fixed(1), fixed(2))


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        (30, "unit_needed", "30万元"),
        ("30", "unit_needed", "30元"),
        ("30万", "unit_needed", "30万元"),
        ("30㎡", "not_money", "300万元"),
        ("-3万元", "negative", "负数"),
        ("约30万元", "quantity_expected", "300万元"),
        (None, "quantity_expected", "None"),
        ({"合计": ["1万元", "无"]}, "none_inside", "0元"),
        ({"比列": {}}, "amount_kind", "比例"),
        ({"比例": {"基数": "研发费用"}}, "key_missing", "率"),
        ({"比例": {"基数": "研发费用", "率": "30"}}, "rate_expected", "30%"),
        ({"比例": {"基数": "研发费用", "率": "3000%"}}, "rate_too_high", "%"),
        ({"比例": {"基数": "购置面积", "率": "30%"}}, "basis_unit", "㎡"),
        ({"比例": {"基数": "研发费用 / 营业收入", "率": "30%"}}, "ratio_not_here", "比率"),
        ({"比例": {"基数": "研发费", "率": "30%"}}, "fact_unknown", "研发费用"),
        ({"单价": {"数量": "研发费用", "每": "1000元"}}, "count_expected", "比例"),
        ({"单价": {"数量": "购置面积", "每": "1000元/人"}}, "per_unit", "㎡"),
        ({"分档": {"按": "研发费用", "档": []}}, "rows_expected", "档"),
        ({"分档": {"按": "研发费用", "档": [{"区间": "[3, 5)", "金额": "1万元"}]}}, "unit_needed", "3万元"),
        (
            {"分档": {"按": "研发费用", "档": [{"区间": "[5万元, 3万元)", "金额": "1万元"}]}},
            "interval_reversed",
            "颠倒",
        ),
        ({"分档": {"按": "研发机构级别", "档": [{"区间": "[市级, ]", "金额": "1万元"}]}}, "not_a_number", "级别"),
        ({"累进": {"基数": "营业收入", "档": [{"率": "1%"}, {"到": "3万元", "率": "2%"}]}}, "step_open", "最后"),
        (
            {"累进": {"基数": "营业收入", "档": [{"到": "3万元", "率": "1%"}, {"到": "2万元", "率": "2%"}]}},
            "step_order",
            "从低到高",
        ),
        ({"按级": {"按": "研发费用", "表": {"市级": "1万元"}}}, "fact_type", "number"),
        ({"按级": {"按": "研发机构级别", "表": {"部级": "1万元"}}}, "code_unknown", "省级"),
        ({"按级": {"按": "企业称号", "表": {"单项冠军": "1万元", "champion": "2万元"}}}, "code_repeated", "两次"),
        ({"按级": {"按": "研发机构级别", "表": {}}}, "table_expected", "市级"),
        ({"逐年": {"自": "研发费用", "表": {"1": "1万元"}}}, "fact_type", "date"),
        ({"逐年": {"自": "成立日期", "表": {"0-2": "1万元"}}}, "years_expected", "1-2"),
        ({"逐年": {"自": "成立日期", "表": {"1-3": "1万元", "3-4": "2万元"}}}, "years_twice", "3-4"),
        ({"逐年": {"自": "成立日期", "单位": "季", "表": {"1": "1万元"}}}, "span_unit", "季"),
        ({"倍数": {"基数": "5万元", "按": "企业称号", "倍": {"单项冠军": "两倍"}}}, "quantity_expected", "两倍"),
        ({"倍数": {"基数": "5万元", "按": "企业称号", "倍": {"单项冠军": -2}}}, "factor_expected", "负数"),
        ({"封顶": {"金额": "5万元", "上限": "3万元", "每": "公司"}}, "choice_unknown", "企业"),
        ({"合计": "5万元"}, "amounts_expected", "5万元"),
        ({"未见": None}, "text_expected", "文字"),
        ({"如果": "在佛山工作"}, "key_missing", "则"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused_in_words(value: Any, code: str, says: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_amount(value, WORDS)
    finding = caught.value.findings[0]
    assert finding.code == f"rules.{code}"
    assert says in what_of(finding) + how_of(finding)
    assert not re.search(r"\{[a-z]", what_of(finding) + how_of(finding))
