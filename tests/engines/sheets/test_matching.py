"""Matching headers to fields: tolerant of spelling, strict about doubt."""

from __future__ import annotations

import pytest

from feidi.engines.findings import Level
from feidi.engines.sheets import FieldSpec, MatchReason, match_columns, read_workbook
from feidi.engines.sheets.matching import Mapping

_SPEC = (
    FieldSpec("code", "项目编号"),
    FieldSpec("name", "项目名称", ("项目",), required=True),
    FieldSpec("uscc", "统一社会信用代码", ("信用代码",)),
    FieldSpec("sponsor", "投资方/团队", ("投资方", "投资方名称", "投资主体")),
    FieldSpec("plan", "计划总投资(万元)", ("总投资", "投资总额"), unit="万元"),
    FieldSpec("fixed", "其中固定资产投资(万元)", ("固定资产投资",), unit="万元"),
    FieldSpec("signed", "签约日期", ("签约时间",)),
    FieldSpec("planned", "预计签约时间"),
    FieldSpec("floor", "需求(用地/厂房㎡)", ("用地需求",), unit="㎡"),
    FieldSpec("note", "备注"),
)


def _match(*headers: str) -> Mapping:
    text = "\t".join(headers) + "\n" + "\t".join("x" for _ in headers) + "\n"
    return match_columns(read_workbook(text.encode(), name="a.tsv").sheets[0].columns, _SPEC)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("*项目名称", "name"),
        ("项 目 名 称", "name"),
        ("项目名称（必填）", "name"),
        ("计划总投资（万元）", "plan"),
        ("计划总投资", "plan"),
        ("投资方／团队", "sponsor"),
        ("投资主体", "sponsor"),
        ("其中：固定资产投资(万元)", "fixed"),
        ("需求（用地/厂房㎡）", "floor"),
        ("统一社会信用代码：", "uscc"),
    ],
)
def test_names_are_folded(header: str, field: str) -> None:
    mapping = _match(header, "不相干的列")
    assert [match.field for match in mapping.matches] == [field]
    assert mapping.matches[0].certain


def test_every_declared_label_finds_its_own_field() -> None:
    mapping = _match(*(spec.label for spec in _SPEC))
    assert [match.field for match in mapping.matches] == [spec.code for spec in _SPEC]
    assert all(match.reason is MatchReason.LABEL for match in mapping.matches)
    assert mapping.unmatched == ()


def test_the_child_name_of_a_two_row_head_matches() -> None:
    mapping = _match("资金情况-固定资产投资(万元)", "项目名称")
    match = next(item for item in mapping.matches if item.field == "fixed")
    assert (match.reason, match.certain) == (MatchReason.CHILD, False)


def test_two_columns_never_feed_one_field() -> None:
    mapping = _match("签约日期", "签约时间", "项目名称")
    assert mapping.column_of("signed") is not None
    told = [item for item in mapping.findings if item.code == "sheets.columns.same_field"]
    assert [(item.level, item.params["name"], item.params["other"]) for item in told] == [
        (Level.PROBLEM, "签约时间", "签约日期")
    ]
    assert [column.name for column in mapping.unmatched] == ["签约时间"]


def test_units_are_compared() -> None:
    mapping = _match("计划总投资(亿元)", "固定资产投资", "项目名称")
    told = {item.code: item.level for item in mapping.findings}
    assert told["sheets.columns.unit_differs"] is Level.NOTE
    assert told["sheets.columns.unit_missing"] is Level.PROBLEM


def test_missing_required_and_unknown_columns_are_told() -> None:
    mapping = _match("备注", "天气")
    assert {item.code for item in mapping.findings} == {"sheets.columns.required_missing", "sheets.columns.unmatched"}
    assert mapping.field_of(mapping.unmatched[0]) is None


def test_a_likely_match_is_told_and_a_turned_meaning_is_none() -> None:
    mapping = _match("项目编号码", "签约计划时间", "实际签约日期", "项目名称")
    assert [(match.field, match.certain) for match in mapping.matches] == [("code", False), ("name", True)]
    assert [(i.level, i.params["name"]) for i in mapping.findings if i.code == "sheets.columns.likely"] == [
        (Level.PROBLEM, "项目编号码")
    ]


def test_an_unlike_name_is_not_matched() -> None:
    assert _match("项目负责人电话", "天气").matches == ()
