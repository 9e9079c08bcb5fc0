"""Values as people write them: read, written, read back the same; refused with a reason where they cannot be."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.findings import Finding, Level
from feidi.engines.rules.codes import how_of, what_of
from feidi.engines.rules.fact_values import FactValueError, is_absent, largest, parse_value, say_value, value_of_small
from feidi.engines.rules.facts import FactDef, FactType, Interval, Value, exactly
from tests.engines.rules.language.support import dictionary

WORDS = dictionary()
WAN = 1_000_000


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def read(word: str, given_value: Any) -> Value:
    definition = WORDS.find(word)
    assert definition is not None
    return parse_value(definition, given_value)


@pytest.mark.parametrize(
    ("fact", "written", "value"),
    [
        ("研发费用", "2000万元", exactly(2000 * WAN)),
        ("研发费用", "２，０００万元", exactly(2000 * WAN)),
        ("研发费用", "0.2亿元", exactly(2000 * WAN)),
        ("研发费用", "0元", exactly(0)),
        ("研发费用", "2000万元以上", Interval(2000 * WAN, None)),
        ("研发费用", "2000万元(含)以上", Interval(2000 * WAN, None)),
        ("研发费用", "不低于 2000万元", Interval(2000 * WAN, None)),
        ("研发费用", "超过2000万元", Interval(2000 * WAN + 1, None)),
        ("研发费用", "2000万元以下", Interval(0, 2000 * WAN)),
        ("研发费用", "不足2000万元", Interval(0, 2000 * WAN - 1)),
        ("研发费用", "1200万元-1500万元", Interval(1200 * WAN, 1500 * WAN)),
        ("研发费用", "1200-1500万元", Interval(1200 * WAN, 1500 * WAN)),
        ("研发费用", "1200万元至0.15亿元", Interval(1200 * WAN, 1500 * WAN)),
        ("研发费用", {"lo": "1200万元", "hi": None}, Interval(1200 * WAN, None)),
        ("高新收入占比", "65.25%", exactly(6525)),
        ("高新收入占比", 0.6525, exactly(6525)),
        ("高新收入占比", "60%以上", Interval(6000, 10_000)),
        ("职工人数", 12, exactly(12)),
        ("职工人数", "12人", exactly(12)),
        ("职工人数", "1.2万人", exactly(12_000)),
        ("职工人数", "12-15", Interval(12, 15)),
        ("购置面积", "0.08万平方米", exactly(80_000)),
        ("用地面积", "15亩", exactly(150)),
        ("用地面积", "10000㎡", exactly(150)),
        ("成立日期", "2020-01-31", exactly(day("2020-01-31"))),
        ("成立日期", date(2020, 1, 31), exactly(day("2020-01-31"))),
        ("成立日期", datetime(2020, 1, 31), exactly(day("2020-01-31"))),
        ("成立日期", "2020年1月31日", exactly(day("2020-01-31"))),
        ("成立日期", "2020/1/31", exactly(day("2020-01-31"))),
        ("成立日期", "2020-02", Interval(day("2020-02-01"), day("2020-02-29"))),
        ("成立日期", "2020年12月", Interval(day("2020-12-01"), day("2020-12-31"))),
        ("成立日期", "2020年", Interval(day("2020-01-01"), day("2020-12-31"))),
        ("成立日期", "2020-01-02至2020-02-02", Interval(day("2020-01-02"), day("2020-02-02"))),
        ("成立日期", "2020年以前", Interval(day("1978-01-01"), day("2020-12-31"))),
        ("条件达成日", "2020-03-01以后", Interval(day("2020-03-01"), None)),
        ("研发机构级别", "市级", exactly(2)),
        ("研发机构级别", "市级以上", Interval(2, 4)),
        ("研发机构级别", "区级至省级", Interval(1, 3)),
        ("研发机构级别", {"lo": "市级", "hi": "省级"}, Interval(2, 3)),
        ("在佛山工作", "是", True),
        ("在佛山工作", False, False),
        ("在佛山工作", "NO", False),
        ("引荐人类型", "法人", "法人"),
        ("企业称号", ["省级专精特新", "little_giant"], frozenset({"provincial_sme", "little_giant"})),
        ("企业称号", "省级专精特新，单项冠军", frozenset({"provincial_sme", "champion"})),
        ("企业称号", "无", frozenset()),
        ("企业称号", [], frozenset()),
    ],
)
def test_a_value_is_read(fact: str, written: Any, value: Value) -> None:
    assert read(fact, written) == value


@pytest.mark.parametrize(
    ("fact", "written", "code", "says"),
    [
        ("研发费用", 2000, "unit_needed", "2000万元"),
        ("研发费用", "2000", "unit_needed", "2000元"),
        ("研发费用", "2000万", "unit_needed", "2000万元"),
        ("研发费用", "2000㎡", "unit_wrong", "元"),
        ("研发费用", "约2000万元", "quantity_expected", "300万元"),
        ("研发费用", "两千万", "quantity_expected", "两千万"),
        ("研发费用", True, "quantity_expected", "300万元"),
        ("研发费用", float("nan"), "number_expected", "nan"),
        ("研发费用", float("inf"), "number_expected", "inf"),
        ("研发费用", "0.001元", "too_exact", "2"),
        ("研发费用", "-1元", "value_impossible", "0元"),
        ("研发费用", "99999999亿元", "value_impossible", "核对"),
        ("研发费用", "1500万元-1200万元", "value_reversed", "小的在前"),
        ("研发费用", {"low": "1元"}, "value_interval", "lo"),
        ("研发费用", ["1元"], "quantity_expected", "300万元"),
        ("研发费用", "", "value_absent", "留空"),
        ("研发费用", "未知", "value_absent", "留空"),
        ("研发费用", None, "value_absent", "留空"),
        ("高新收入占比", 65, "unit_needed", "65%"),
        ("高新收入占比", 1, "unit_needed", "1%"),
        ("高新收入占比", "120%", "value_impossible", "100%"),
        ("职工人数", 1.5, "too_exact", "0"),
        ("职工人数", "12家", "unit_wrong", "人"),
        ("成立日期", "2020-02-30", "day_impossible", "2020-02-30"),
        ("成立日期", "2020-13", "day_impossible", "2020-13"),
        ("成立日期", "去年", "day_expected", "2025-01-31"),
        ("成立日期", datetime(2020, 1, 1, 10), "day_expected", "2025-01-31"),
        ("成立日期", "1900-01-01", "value_impossible", "1978-01-01"),
        ("研发机构级别", "部级", "code_unknown", "省级"),
        ("在佛山工作", "可能", "value_yesno", "是"),
        ("在佛山工作", 1, "value_yesno", "否"),
        ("引荐人类型", "人", "code_unknown", "法人"),
        ("企业称号", ["小巨人"], "code_unknown", "专精特新小巨人"),
        ("企业称号", 3, "value_codes", "专精特新"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(fact: str, written: Any, code: str, says: str) -> None:
    with pytest.raises(FactValueError) as caught:
        read(fact, written)
    assert caught.value.code == f"rules.{code}"
    finding = Finding(Level.PROBLEM, caught.value.code, caught.value.params)
    assert says in what_of(finding) + how_of(finding)
    assert fact in what_of(finding)


def test_absent_is_unknown_and_no_value() -> None:
    for fact in ("rd_spend", "centre", "referrer", "titles"):
        assert all(is_absent(WORDS[fact], each) for each in (None, "", " ", "未知", "不详", "-", "NULL"))
        assert not any(is_absent(WORDS[fact], each) for each in (0, False, "0", "否", "无", [], "0元"))


def _coded(kind: FactType) -> FactDef:
    return FactDef("grade", "评级", kind, codes=("none", "b", "unknown"), labels={"b": "乙", "unknown": "不详"})


@pytest.mark.parametrize("kind", [FactType.CODE, FactType.CODES, FactType.LEVEL])
def test_a_code_that_is_called_like_nothing_is_a_code(kind: FactType) -> None:
    definition = _coded(kind)
    for written, code in (("none", "none"), ("unknown", "unknown"), ("不详", "unknown"), (" none ", "none")):
        kept = {
            FactType.CODE: code,
            FactType.CODES: frozenset({code}),
            FactType.LEVEL: exactly(definition.codes.index(code)),
        }
        assert not is_absent(definition, written)
        assert parse_value(definition, written) == kept[kind]
    # in other letters it is no code: refused rather than taken for nothing
    assert not is_absent(definition, "None")
    with pytest.raises(FactValueError):
        parse_value(definition, "None")
    assert all(is_absent(definition, each) for each in (None, "", "未知", "n/a"))


def test_values_read_as_they_are_shown() -> None:
    spend, founded = WORDS["rd_spend"], WORDS["founded"]
    assert say_value(spend, None) == "未知"
    assert say_value(spend, exactly(2000 * WAN)) == "2,000万元"
    assert say_value(spend, Interval(2000 * WAN, None)) == "≥ 2,000万元"
    assert say_value(spend, Interval(0, 2000 * WAN)) == "≤ 2,000万元"
    assert say_value(spend, Interval(1200 * WAN, 1500 * WAN)) == "1,200万元 至 1,500万元"
    assert say_value(founded, exactly(day("2020-01-31"))) == "2020-01-31"
    assert say_value(WORDS["titles"], frozenset({"little_giant", "champion"})) == "专精特新小巨人、单项冠军"
    assert say_value(WORDS["in_foshan"], False) == "否"


def _values(definition: FactDef) -> st.SearchStrategy[Value]:
    match definition.type:
        case FactType.YESNO:
            return st.booleans()
        case FactType.CODE:
            return st.sampled_from(definition.codes)
        case FactType.CODES:
            return st.frozensets(st.sampled_from(definition.codes))
        case _:
            known = definition.range
            days = definition.type is FactType.DATE
            low = known.lo if known.lo is not None else day("1980-01-01") if days else -largest(definition)
            high = known.hi if known.hi is not None else day("2099-12-31") if days else largest(definition)
            ends = st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted)
            both = ends.map(lambda pair: Interval(pair[0], pair[1]))
            exact = st.integers(low, high).map(exactly)
            at_least = st.integers(low, high).map(lambda each: Interval(each, known.hi))
            at_most = st.integers(low, high).map(lambda each: Interval(known.lo, each))
            return st.one_of(exact, both, at_least, at_most)


@settings(deadline=None, max_examples=150)
@given(data=st.data(), fact=st.sampled_from(sorted(WORDS.facts)))
def test_what_is_written_is_read_back(data: st.DataObject, fact: str) -> None:
    definition = WORDS[fact]
    value = data.draw(_values(definition))
    said = say_value(definition, value)
    if said != "未知":
        assert parse_value(definition, said) == value


def test_values_kept_as_whole_numbers() -> None:
    assert value_of_small(WORDS["rd_spend"], 5, 5) == exactly(5)
    assert value_of_small(WORDS["rd_spend"], 5, None) == Interval(5, None)
    assert value_of_small(WORDS["rd_spend"], None, None) is None
    assert value_of_small(WORDS["in_foshan"], 1, 1) is True
    assert value_of_small(WORDS["referrer"], 2, 2) == "自然人"
    assert value_of_small(WORDS["titles"], 5, 5) == {"provincial_sme", "champion"}
    for fact, number in (("rd_spend", -1), ("in_foshan", 2), ("referrer", 3), ("titles", 8), ("centre", 9)):
        with pytest.raises(FactValueError):
            value_of_small(WORDS[fact], number, number)
