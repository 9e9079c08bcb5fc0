"""The fact dictionary: what a fact holds, and what is told of one that is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from feidi.engines.rules.codes import how_of, what_of
from feidi.engines.rules.facts import FactType
from feidi.engines.rules.language import parse_dictionary
from tests.engines.rules.language.support import dictionary, source

WHOLE = """
valid_from: 2026-11-29
source: 演示
facts:
  - id: rd_spend
    name: 研发费用
    name_en: R&D spending
    type: number
    unit: 元
    scale: 2
    range: ["0元", "1亿元"]
    subject: organization
    period: year
    source: 审计报告
    confirmer: 科技主管部门
    refresh_days: 365
    question: {zh: "是多少？", en: "How much?"}
    aliases: [研发投入]
    fair_competition: 本地纳税
"""


def test_a_fact_is_read_whole() -> None:
    found, findings = parse_dictionary([source(WHOLE, "cn/facts.yaml")])
    assert not findings
    fact = found["rd_spend"]
    assert (fact.name, fact.name_en, fact.type, fact.unit, fact.scale) == (
        "研发费用",
        "R&D spending",
        FactType.NUMBER,
        "元",
        2,
    )
    assert (fact.lo, fact.hi, fact.period, fact.refresh_days) == (0, 10**10, "year", 365)
    assert (fact.question, fact.question_en, fact.fair_competition) == ("是多少？", "How much?", "本地纳税")
    assert found.find("研发投入") == found.find("rd_spend") == fact
    assert fact.is_money


def test_codes_are_a_list_or_a_table_with_labels() -> None:
    words = dictionary()
    assert words["centre"].codes == ("无", "区级", "市级", "省级", "国家级")
    assert words["titles"].labels["little_giant"] == "专精特新小巨人"
    assert words["founded"].lo == date(1978, 1, 1).toordinal()
    assert (words["share"].lo, words["share"].hi) == (0, 10_000)


def facts(*lines: str) -> str:
    return "valid_from: 2026-11-29\nsource: 演示\nfacts:\n" + "".join(f"  - {{{each}}}\n" for each in lines)


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("id: A1, name: 甲, type: yesno", "id_shape", "小写"),
        ("id: a, name: 3甲, type: yesno", "word_shape", "起头"),
        ("id: a, name: 研发(费), type: yesno", "word_shape", "括号"),
        ("id: a, name: 全部, type: yesno", "word_shape", "全部"),
        ("id: a, name: 甲, type: 数值", "choice_unknown", "number"),
        ("id: a, name: 甲, type: number, unit: 万元, scale: 2", "money_unit", "2000万元"),
        ("id: a, name: 甲, type: number, unit: 元", "money_scale", "scale: 2"),
        ("id: a, name: 甲, type: number, unit: 元, scale: 2, range: [0, 300]", "unit_needed", "300万元"),
        ('id: a, name: 甲, type: number, unit: 元, scale: 2, range: ["3元", "1元"]', "range_reversed", "小的在前"),
        ('id: a, name: 甲, type: number, unit: 元, scale: 2, range: ["0.001元", null]', "too_exact", "2"),
        ("id: a, name: 甲, type: number, unit: 人, range: 3", "range_expected", "null"),
        ("id: a, name: 甲, type: number, unit: 人, scale: 9", "whole_expected", "6"),
        ("id: a, name: 甲, type: yesno, unit: 人", "not_of_type", "unit"),
        ("id: a, name: 甲, type: yesno, codes: [是]", "not_of_type", "codes"),
        ("id: a, name: 甲, type: level", "codes_expected", "低的在前"),
        ("id: a, name: 甲, type: level, codes: [市级, 市级]", "codes_expected", "codes"),
        ("id: a, name: 甲, type: codes, codes: {x: 甲, y: 甲}", "code_twice", "一次"),
        ("id: a, name: 甲, type: codes, codes: [甲、乙]", "code_shape", "顿号"),
        ("id: a, name: 甲, type: yesno, subject: firm", "choice_unknown", "organization"),
        ("id: a, name: 甲, type: yesno, aliases: 乙", "list_expected", "[甲, 乙]"),
        ("id: a, name: 甲, type: yesno, nmae: 乙", "key_unknown", "name"),
        ("id: a, name: 甲, type: yesno, refresh_days: 0", "whole_expected", "整数"),
        ("id: a, name: 甲, type: date, range: [昨天, null]", "day_expected", "2025-01-31"),
    ],
)
def test_a_fact_with_a_fault_is_left_out_and_told(line: str, code: str, says: str) -> None:
    found, findings = parse_dictionary([source(facts(line, "id: good, name: 好的, type: yesno"), "cn/facts.yaml")])
    assert list(found.facts) == ["good"]
    finding = next(each for each in findings if each.code == f"rules.{code}")
    assert says in what_of(finding) + how_of(finding)
    assert finding.row == 4


def test_a_word_is_one_fact_whatever_file_it_stands_in() -> None:
    one = source(facts("id: a, name: 研发费用, type: yesno"), "cn/facts.yaml")
    other = source(
        facts("id: b, name: 乙, type: yesno, aliases: [研发费用]", "id: c, name: 丙, type: yesno"), "x/facts.yaml"
    )
    found, findings = parse_dictionary([one, other])
    assert list(found.facts) == ["a", "c"]
    assert [each.code for each in findings] == ["rules.word_taken"]
    assert "x/facts.yaml:4" in what_of(findings[0])
