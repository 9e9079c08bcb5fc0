"""Lines of conditions: what is read, and what is refused with which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any as Anything

import pytest

from feidi.engines.rules.codes import how_of, what_of
from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Holds,
    Is,
    Linear,
    Mark,
    Not,
    OnDay,
    OneOf,
    Op,
    Since,
    Span,
    parts_of,
)
from feidi.engines.rules.language import RuleError, judgements_of, parse_condition
from tests.engines.rules.language.support import dictionary

WORDS = dictionary()
WAN = 1_000_000


def bare(condition: Condition) -> Condition:
    """Return a condition without its marks."""
    parts = tuple(bare(each) for each in parts_of(condition))
    if isinstance(condition, All | Any | AtLeast):
        condition = replace(condition, parts=parts)
    elif isinstance(condition, Not):
        condition = replace(condition, part=parts[0])
    return replace(condition, mark=Mark())


def read(value: Anything) -> Condition:
    return bare(parse_condition(value, WORDS))


def number(constant: float | Fraction, op: Op, **terms: int | Fraction) -> Compare:
    listed = tuple((fact, Fraction(each)) for fact, each in sorted(terms.items()))
    return Compare(Linear(listed, Fraction(constant)), op)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("研发费用 >= 300万元", number(-300 * WAN, Op.GE, rd_spend=1)),
        ("研发费用≥300万元", number(-300 * WAN, Op.GE, rd_spend=1)),
        ("研发投入 不低于 0.03亿元", number(-300 * WAN, Op.GE, rd_spend=1)),
        ("研发费用 高于 3,000,000元", number(-300 * WAN, Op.GT, rd_spend=1)),
        ("研发费用 不高于 1.5亿元", number(-15_000 * WAN, Op.LE, rd_spend=1)),
        ("研发费用 低于 2元", number(-200, Op.LT, rd_spend=1)),
        ("研发费用 ≠ 0元", number(0, Op.NE, rd_spend=1)),
        ("固定资产投资 - 地价款 >= 2000万元", number(-2000 * WAN, Op.GE, invested=1, land=-1)),
        ("2000万元 <= 固定资产投资 - 地价款", number(2000 * WAN, Op.LE, invested=-1, land=1)),
        ("营业收入 >= 研发费用 + 地价款", number(0, Op.GE, revenue=1, rd_spend=-1, land=-1)),
        ("2 * 研发费用 > 营业收入", number(0, Op.GT, rd_spend=2, revenue=-1)),
        ("研发费用 * 50% > 营业收入 / 3", number(0, Op.GT, rd_spend=Fraction(1, 2), revenue=Fraction(-1, 3))),
        ("研发费用 - 研发费用 >= 0元", Compare(Linear(), Op.GE)),
        ("购置面积 >= 800㎡", number(-80_000, Op.GE, area=1)),
        ("购置面积 >= 0.08万平方米", number(-80_000, Op.GE, area=1)),
        ("储能容量 > 6MWh", number(-6000, Op.GT, energy=1)),
        ("高新收入占比 >= 60%", number(-6000, Op.GE, share=1)),
        ("高新收入占比 >= 0.6", number(-6000, Op.GE, share=1)),
        ("职工人数 >= 10", number(-10, Op.GE, staff=1)),
        ("职工人数 >= 1万人", number(-10_000, Op.GE, staff=1)),
        ("研发机构级别 不低于 市级", number(-2, Op.GE, centre=1)),
        ("研发机构级别 = 国家级", number(-4, Op.EQ, centre=1)),
        ("成立日期 满 3年", Since("founded", Op.GE, 3, Span.YEAR)),
        ("成立日期满3年", Since("founded", Op.GE, 3, Span.YEAR)),
        ("成立日期 不满 6个月", Since("founded", Op.LT, 6, Span.MONTH)),
        ("成立日期 已过 30天", Since("founded", Op.GT, 30, Span.DAY)),
        ("成立日期 未超过 3年", Since("founded", Op.LE, 3, Span.YEAR)),
        ("成立日期 >= 2025-01-01", OnDay("founded", Op.GE, date(2025, 1, 1).toordinal())),
        ("在佛山工作", Is("in_foshan")),
        ("在佛山工作 = 是", Is("in_foshan")),
        ("在佛山工作 = 否", Is("in_foshan", value=False)),
        ("非 在佛山工作", Not(Is("in_foshan"))),
        ("引荐人类型 属于 法人、其他组织", OneOf("referrer", frozenset({"法人", "其他组织"}))),
        ("引荐人类型 不属于 自然人", Not(OneOf("referrer", frozenset({"自然人"})))),
        ("企业称号 含 省级专精特新、little_giant", Holds("titles", frozenset({"provincial_sme", "little_giant"}))),
        ("企业称号 含其中2项 省级专精特新、单项冠军", Holds("titles", frozenset({"provincial_sme", "champion"}), 2)),
        ("企业称号 不含 单项冠军", Not(Holds("titles", frozenset({"champion"})))),
        ("无", All(())),
        ("营业收入 在 [2000万元, )", number(-2000 * WAN, Op.GE, revenue=1)),
        ("营业收入 在 (, 5000万元)", number(-5000 * WAN, Op.LT, revenue=1)),
    ],
)
def test_a_line_is_read(line: str, meant: Condition) -> None:
    assert read(line) == meant


def test_an_interval_is_a_condition_for_each_end() -> None:
    low, high = number(-2000 * WAN, Op.GE, revenue=1), number(-5000 * WAN, Op.LT, revenue=1)
    assert read("营业收入 在 [2,000万元, 5,000万元）") == All((low, high))
    first, last = date(2025, 1, 1).toordinal(), date(2025, 12, 31).toordinal()
    assert read("成立日期 在 [2025-01-01, 2025-12-31]") == All(
        (OnDay("founded", Op.GE, first), OnDay("founded", Op.LE, last))
    )


def test_a_ratio_keeps_its_denominator() -> None:
    found = read("研发费用 / 营业收入 >= 5%")
    assert found == Compare(
        Linear((("rd_spend", Fraction(1)), ("revenue", Fraction(-1, 20)))),
        Op.GE,
        Linear((("revenue", Fraction(1)),)),
    )
    assert read("5% <= 研发费用 / 营业收入") == found
    per_head = read("营业收入 / 职工人数 >= 50万元/人")
    assert isinstance(per_head, Compare)
    assert per_head.linear == Linear((("revenue", Fraction(1)), ("staff", Fraction(-50 * WAN))))


def test_groups_nest_in_a_mapping_and_in_one_line() -> None:
    listed = {"全部": ["在佛山工作", {"至少2项": ["无不良记录", "职工人数 >= 3人", {"非": "成立日期 满 1年"}]}]}
    line = "全部（在佛山工作；至少2项（无不良记录；职工人数 >= 3人；非（成立日期 满 1年）））"
    found = read(listed)
    assert found == read(line)
    assert isinstance(found, All)
    assert isinstance(found.parts[1], AtLeast)
    assert found.parts[1].k == 2


def test_a_condition_carries_its_own_citation_and_words() -> None:
    value = {"条件": "研发费用 >= 300万元", "依据": "第三条第二项", "原文": "不低于300万元", "说明": "研发够多"}
    found = parse_condition(value, WORDS)
    assert (found.mark.article, found.mark.quote, found.mark.words) == ("第三条第二项", "不低于300万元", "研发够多")


def test_a_judgement_is_a_fact_of_the_clause_and_the_same_words_are_one() -> None:
    value = {"全部": [{"人工核定": "起到实质性作用"}, "人工核定：起到实质性作用", {"人工核定": "技术先进"}]}
    assert bare(parse_condition(value, WORDS, code="A-1")) == All(
        (Is("judged:A-1:1"), Is("judged:A-1:1"), Is("judged:A-1:2"))
    )
    facts = judgements_of(value, WORDS, code="A-1")
    assert [(each.name, each.judgement) for each in facts] == [("起到实质性作用", True), ("技术先进", True)]


def refusal(value: Anything) -> tuple[str, str, str]:
    with pytest.raises(RuleError) as caught:
        parse_condition(value, WORDS)
    finding = caught.value.findings[0]
    return finding.code.removeprefix("rules."), what_of(finding), how_of(finding)


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        ("研发支出 >= 3万元", "fact_unknown", "研发费用"),
        ("研发费用占比 >= 3%", "fact_unknown", "研发费用"),
        ("霹雳 >= 3", "fact_not_in_dictionary", "霹雳"),
        ("研发费用 >= 300", "unit_needed", "300万元"),
        ("研发费用 >= 300㎡", "units_differ", "㎡"),
        ("研发费用 >= 300万园", "unit_unknown", "万园"),
        ("研发费用 >= 300万元以上", "unit_unknown", ">="),
        ("高新收入占比 >= 60", "unit_needed", "60%"),
        ("高新收入占比 >= 1", "unit_needed", "1%"),
        ("购置面积 >= 800", "unit_needed", "800㎡"),
        ("职工人数 >= 10%", "units_differ", "人"),
        ("研发费用 >=", "line_ends", "没有写完"),
        ("研发费用", "operator_needed", ">="),
        ("研发费用 300万元", "operator_needed", "300万元"),
        ("研发费用 >= 300万元 且 在佛山工作", "not_understood", "且"),
        ("研发费用 * 营业收入 >= 1元", "not_linear", "相乘"),
        ("研发费用 / 营业收入 >= 高新收入占比", "ratio_against_fact", ">= 5%"),
        ("研发费用 / 营业收入 >= 地价款 / 营业收入", "two_ratios", "比率"),
        ("研发费用 + 地价款 / 营业收入 >= 5%", "ratio_in_sum", "括号"),
        ("(研发费用 >= 1元", "bracket_open", ")"),
        ("3万元 >= 2万元", "no_fact", "事实"),
        ("营业收入 在 [5万元, 3万元)", "interval_reversed", "颠倒"),
        ("营业收入 在 (3万元, 3万元]", "interval_reversed", "端点"),
        ("营业收入 在 5万元到3万元", "interval_expected", "["),
        ("营业收入 在 [, )", "interval_expected", "["),
        ("研发机构级别 不低于 部级", "code_unknown", "省级"),
        ("研发机构级别 >= 2", "code_unknown", "区级"),
        ("研发机构级别", "operator_needed_level", "不低于"),
        ("企业称号 含 小巨人", "code_unknown", "专精特新小巨人"),
        ("企业称号 = 单项冠军", "operator_needed_codes", "含"),
        ("企业称号 含其中3项 省级专精特新、单项冠军", "at_least_impossible", "2"),
        ("引荐人类型 含 法人", "operator_needed_code", "属于"),
        ("成立日期 满 三年", "span_expected", "3年"),
        ("成立日期 >= 2025-02-30", "day_impossible", "2025-02-30"),
        ("成立日期 >= 去年", "day_expected", "2025-01-31"),
        ("成立日期", "operator_needed_date", "满 3年"),
        ("成立日期 + 职工人数 >= 1", "operator_needed_date", "满 3年"),
        ("在佛山工作 = 对", "operator_needed_yesno", "是"),
        ("", "condition_empty", "无"),
        (None, "condition_expected", "无"),
        (True, "condition_expected", "True"),
        (300, "condition_expected", "300"),
        (["在佛山工作"], "list_needs_word", "全部"),
        ({"全体": ["在佛山工作"]}, "group_unknown", "全部"),
        ({"全部": "在佛山工作"}, "parts_expected", "- "),
        ({"全部": []}, "parts_expected", "- "),
        ({"至少3项": ["在佛山工作", "无不良记录"]}, "at_least_impossible", "3"),
        ({"全部": ["在佛山工作"], "任一": ["无不良记录"]}, "one_key", "全部"),
        ({"条件": "在佛山工作", "依剧": "x"}, "key_unknown", "依据"),
        ({"人工核定": ""}, "manual_words", "一句话"),
        ({}, "one_key", "一个"),
        ("研发费用 >= " + "9" * 30 + "元", "number_too_long", "24"),
        ("研" * 3000, "line_too_long", "2000"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused_in_words(value: Anything, code: str, says: str) -> None:
    found, what, how = refusal(value)
    assert found == code
    assert says in what + how
    assert "{" not in what + how


def test_all_faults_of_a_rule_are_told_at_once() -> None:
    with pytest.raises(RuleError) as caught:
        parse_condition({"全部": ["研发支出 >= 3万元", {"任一": ["职工人数 >= 3㎡", "在佛山工作 = 对"]}]}, WORDS)
    assert [each.code for each in caught.value.findings] == [
        "rules.fact_unknown", "rules.units_differ", "rules.operator_needed_yesno",
    ]  # fmt: skip
