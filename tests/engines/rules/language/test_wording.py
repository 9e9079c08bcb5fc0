"""What the engine says of a rule, the language reads back with the same meaning; a clause reads line by line."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Holds,
    Is,
    Linear,
    Not,
    OnDay,
    OneOf,
    Op,
    Since,
    Span,
    parts_of,
)
from feidi.engines.rules.language import parse_amount, parse_condition
from feidi.engines.rules.wording import rule_lines, say_amount, say_condition
from tests.engines.rules.language.support import dictionary, policy
from tests.engines.rules.language.test_conditions import bare
from tests.engines.rules.language.test_policies import CAPS, WHOLE

WORDS = dictionary()
_FLIPPED = {Op.GE: Op.LE, Op.GT: Op.LT, Op.LE: Op.GE, Op.LT: Op.GT, Op.EQ: Op.EQ, Op.NE: Op.NE}


def _scaled(linear: Linear, factor: Fraction) -> Linear:
    return Linear(tuple((fact, each * factor) for fact, each in linear.terms), linear.constant * factor)


def canonical(condition: Condition) -> Condition:
    """Return one of all conditions that mean the same comparison: the first coefficient is 1."""
    if isinstance(condition, Compare):
        first, op = condition.linear.terms[0][1], condition.op
        below = condition.denominator
        if below is not None:
            below = _scaled(below, 1 / abs(below.terms[0][1]))
        return Compare(_scaled(condition.linear, 1 / first), op if first > 0 else _FLIPPED[op], below)
    if isinstance(condition, Not):
        return Not(canonical(condition.part))
    if isinstance(condition, All | Any | AtLeast):
        return replace(condition, parts=tuple(map(canonical, parts_of(condition))))
    return condition


_NUMBERS = st.one_of(st.integers(-(10**15), 10**15), st.integers(-99, 99)).map(Fraction)
_COEFFICIENTS = st.sampled_from([Fraction(n, d) for n in (1, -1, 2, -3, 7) for d in (1, 1, 1, 2, 3, 20)])
_FAMILIES = (
    ("rd_spend", "revenue", "land", "invested"),
    ("area", "plot"),
    ("staff", "scientists"),
    ("share",),
    ("energy",),
)


@st.composite
def _linears(draw: st.DrawFn, family: tuple[str, ...]) -> Linear:
    facts = draw(st.lists(st.sampled_from(family), min_size=1, max_size=3, unique=True))
    return Linear(
        tuple((fact, draw(_COEFFICIENTS)) for fact in sorted(facts)), draw(st.one_of(st.just(Fraction(0)), _NUMBERS))
    )


@st.composite
def _compares(draw: st.DrawFn) -> Compare:
    family = draw(st.sampled_from(_FAMILIES))
    linear, op = draw(_linears(family)), draw(st.sampled_from(list(Op)))
    if draw(st.booleans()):
        return Compare(linear, op)
    per_head = ("staff", "scientists") if family in _FAMILIES[:2] else family
    below = draw(_linears(draw(st.sampled_from([family, per_head]))))
    rate = draw(st.fractions(0, 5, max_denominator=40))
    terms = dict(linear.terms)
    for fact, each in below.terms:
        terms[fact] = terms.get(fact, Fraction(0)) - rate * each
    kept = tuple((fact, each) for fact, each in sorted(terms.items()) if each)
    return Compare(Linear(kept, linear.constant - rate * below.constant), op, below) if kept else Compare(linear, op)


_LEVELS = st.builds(
    lambda rank, op: Compare(Linear((("centre", Fraction(1)),), Fraction(-rank)), op),
    st.integers(0, 4),
    st.sampled_from(list(Op)),
)
_DAYS = st.builds(
    OnDay, st.just("founded"), st.sampled_from([Op.GE, Op.GT, Op.LE, Op.LT, Op.EQ]), st.integers(700_000, 760_000)
)
_SINCE = st.builds(
    Since,
    st.sampled_from(["founded", "met"]),
    st.sampled_from([Op.GE, Op.GT, Op.LE, Op.LT]),
    st.integers(0, 200),
    st.sampled_from(Span),
)
_ATOMS = st.one_of(
    _compares(), _LEVELS, _DAYS, _SINCE,
    st.builds(Is, st.sampled_from(["in_foshan", "clean"]), st.booleans()),
    st.builds(OneOf, st.just("referrer"), st.frozensets(st.sampled_from(["法人", "其他组织", "自然人"]), min_size=1)),
    st.sampled_from([Holds("titles", frozenset({"champion", "little_giant"}), k) for k in (1, 2)]),
)  # fmt: skip


def _grouped(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    at_least = st.tuples(parts, st.integers(1, 3)).map(lambda pair: AtLeast(min(pair[1], len(pair[0])), pair[0]))
    return st.one_of(parts.map(All), parts.map(Any), at_least, inner.map(Not))


_CONDITIONS = st.recursive(_ATOMS, _grouped, max_leaves=8)


@settings(deadline=None, max_examples=100)
@given(condition=_CONDITIONS)
def test_a_condition_that_is_said_is_read_back_with_the_same_meaning(condition: Condition) -> None:
    reads_back(condition)


@pytest.mark.slow
@settings(deadline=None, max_examples=3000)
@given(condition=_CONDITIONS)
def test_many_conditions_that_are_said_are_read_back(condition: Condition) -> None:
    reads_back(condition)


def reads_back(condition: Condition) -> None:
    said = say_condition(condition, WORDS)
    assert canonical(bare(parse_condition(said, WORDS))) == canonical(condition), said


@pytest.mark.parametrize(
    "line",
    [
        "研发费用 ≥ 300万元", "固定资产投资 - 地价款 ≥ 2,000万元", "2 * 研发费用 > 营业收入", "研发费用 / 营业收入 ≥ 5%",
        "营业收入 在 [2,000万元, 5,000万元)", "研发机构级别 不低于 市级", "成立日期 满 3年", "成立日期 在 [2025-01-01, 2025-12-31]",
        "在佛山工作 = 否", "非（在佛山工作）", "引荐人类型 不属于 自然人", "企业称号 含其中2项 省级专精特新、单项冠军", "企业称号 不含 单项冠军",
        "全部（在佛山工作；至少1项（无不良记录；高新收入占比 < 60%））", "无", "营业收入 / 职工人数 ≥ 50万元/人", "购置面积 > 800㎡",
    ],
)  # fmt: skip
def test_a_line_is_said_as_it_is_written(line: str) -> None:
    assert say_condition(parse_condition(line, WORDS), WORDS) == line


def test_a_clause_reads_line_by_line() -> None:
    (clause,) = policy(WHOLE, head=CAPS).clauses
    assert rule_lines(clause, WORDS) == [
        (0, "条件"),
        (1, "同时满足"),
        (2, "研发费用 ≥ 300万元"),
        (2, "人工核定：起到实质性作用"),
        (2, "申领期限：条件达成日 未超过 1年"),
        (2, "名额：本年已核准场景数 < 10个"),
        (0, "金额"),
        (1, "总盘最高 1.5亿元，减去已用的 同类已得奖励（资金总盘）"),
        (2, "5万元"),
        (1, "以上是最高数，不是应得数"),
        (1, "舍去到元"),
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("无", "无"),
        ("30万元", "30万元"),
        ({"比例": {"基数": "研发费用 - 地价款", "率": "30%"}}, "(研发费用 - 地价款) × 30%"),
        ({"单价": {"数量": "购置面积", "每": "1000元"}}, "购置面积 × 1,000元/㎡"),
        ({"分档": {"按": "研发费用", "档": [{"区间": "[300万元, 1000万元)", "金额": "5万元"}, {"区间": "[1000万元, )", "金额": "9万元"}]}},
         "按 研发费用 分档（[300万元, 1,000万元)：5万元；[1,000万元, )：9万元）"),
        ({"累进": {"基数": "营业收入", "档": [{"到": "1000万元", "率": "1%"}, {"到": None, "率": "2%"}]}},
         "按 营业收入 分段累进（至 1,000万元：1%；其余：2%）"),
        ({"按级": {"按": "企业称号", "表": {"单项冠军": "5万元"}, "其他": "1万元"}}, "按 企业称号（单项冠军：5万元；其他：1万元）"),
        ({"逐年": {"自": "成立日期", "表": {"1-2": "2万元", "3": "1万元"}}}, "自 成立日期 起逐年（第 1-2 年：2万元；第 3 年：1万元）"),
        ({"倍数": {"基数": "5万元", "按": "企业称号", "倍": {"单项冠军": 1.5}}}, "按 企业称号 的倍数：单项冠军 1.5倍（5万元）"),
        ({"补差": {"金额": "50万元", "已得": "同类已得奖励"}}, "补差：减去 同类已得奖励（50万元）"),
        ({"封顶": {"金额": "9万元", "上限": {"按级": {"按": "企业称号", "表": {"单项冠军": "5万元"}}}, "每": "年"}},
         "每年最高按下面计（上限 按 企业称号（单项冠军：5万元）；9万元）"),
        ({"合计": ["1万元", "2万元"]}, "合计（1万元；2万元）"),
        ({"取高": ["1万元", {"未见": "未载明"}]}, "取其中最高（1万元；未载明：未载明）"),
        ({"如果": "在佛山工作", "则": "1万元", "否则": "2万元"}, "如果 在佛山工作（1万元）；否则 2万元"),
    ],
)  # fmt: skip
def test_an_amount_reads_in_one_line(value: object, said: str) -> None:
    assert say_amount(parse_amount(value, WORDS), WORDS) == said
