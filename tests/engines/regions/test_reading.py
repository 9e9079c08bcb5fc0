"""Tables of text: what is read, and what is refused with row and column."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.findings import Finding, RefusedError
from feidi.engines.regions import (
    CODES,
    CODES_EN,
    Source,
    flows_of,
    matrix_of,
    read_flows,
    read_matrix,
    read_relatedness,
    relatedness,
    words_of,
)


def rows(text: str) -> list[tuple[int, list[str]]]:
    return [(number, line.split("|")) for number, line in enumerate(text.splitlines(), 1)]


def told(findings: tuple[Finding, ...]) -> list[tuple[str, int | None, str | None]]:
    return [(each.code, each.row, each.column) for each in findings]


def test_a_table_with_its_source() -> None:
    text = "\ufeff# 来源: 某统计年鉴\n# 年份：2023年\n#单位: 人\n# 虚构: 是\n\n地区|陶瓷| 电子||\n甲|1,200| ３.５\n乙|0|1e3|\n"
    matrix, findings = read_matrix(rows(text))
    assert matrix is not None
    assert findings == ()
    assert (matrix.regions, matrix.industries) == (("甲", "乙"), ("陶瓷", "电子"))
    assert matrix.values.tolist() == [[1200.0, 3.5], [0.0, 1000.0]]
    assert matrix.source == Source("某统计年鉴", 2023, "人", invented=True)


def test_what_is_given_by_hand_is_overridden_by_the_table() -> None:
    matrix, _findings = read_matrix(rows("# 年份: 2021\n|a|b\n甲|1|2\n"), Source("所问者", 2020))
    assert matrix is not None
    assert matrix.source == Source("所问者", 2021)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|a|b\n甲|1|\n", [("regions.cell_missing", 2, "b")]),
        ("|a|b\n甲|1\n", [("regions.cell_missing", 2, "b")]),
        ("|a|b\n甲|1|多\n", [("regions.not_number", 2, "b")]),
        ("|a|b\n甲|1|3万\n", [("regions.not_number", 2, "b")]),
        ("|a|b\n甲|1|1,2,3\n", [("regions.not_number", 2, "b")]),
        ("|a|b\n甲|1|nan\n", [("regions.not_number", 2, "b")]),
        ("|a|b\n甲|1|e5\n", [("regions.not_number", 2, "b")]),
        ("|a|b\n甲|-1|2\n", [("regions.negative", 2, "a")]),
        ("|a|b\n甲|1e99|2\n", [("regions.out_of_range", 2, "a")]),
        ("|a|b\n甲|1|2|3\n", [("regions.row_longer", 2, None)]),
        ("|a|b\n|1|2\n", [("regions.row_label_missing", 2, None)]),
        ("|a||b\n甲|1|2|3\n", [("regions.label_missing", None, None)]),
        ("|a|a\n甲|1|2\n", [("regions.label_twice", None, "a")]),
        ("|a|b\n甲|1|2\n乙|1|2\n\n甲|1|2\n", [("regions.label_twice", 5, None)]),
        ("|a|b\n甲|0|0\n", [("regions.all_zero", None, None)]),
        ("|a|b\n", [("regions.empty", None, None)]),
        ("", [("regions.empty", None, None)]),
        ("甲\n乙\n", [("regions.empty", None, None)]),
    ],
)
def test_what_cannot_be_reckoned_with(text: str, expected: list[tuple[str, int | None, str | None]]) -> None:
    matrix, findings = read_matrix(rows(text))
    assert matrix is None
    assert told(findings) == expected
    assert all("{" not in words_of(each) for each in findings)


def test_a_region_of_zeros_is_a_problem_an_industry_of_zeros_a_note() -> None:
    matrix, findings = read_matrix(rows("|a|b\n甲|1|0\n乙|0|0\n"))
    assert matrix is not None
    assert [(each.code, each.level, each.row, each.column) for each in findings] == [
        ("regions.region_zero", "problem", 3, None),
        ("regions.industry_zero", "note", None, "b"),
    ]


def test_many_faults_are_counted_not_all_listed() -> None:
    _matrix, findings = read_matrix(rows("|" + "|".join(f"i{n}" for n in range(60)) + "\n甲" + "|x" * 60 + "\n"))
    assert len(findings) == 21
    assert (findings[-1].code, findings[-1].params["n"]) == ("regions.more", 40)


def test_a_relatedness_in_any_order_of_rows() -> None:
    related, findings = read_relatedness(rows("|a|b\nb|0.5|9\na||2\n"))
    assert related is not None
    assert findings == ()
    assert related.industries == ("a", "b")
    assert related.values.tolist() == [[0, 2], [0.5, 0]]
    assert related.directed


def test_a_relatedness_that_is_no_square() -> None:
    related, findings = read_relatedness(rows("|a|b\na|0|1\nc|1|0\n"))
    assert related is None
    assert told(findings) == [("regions.not_square", None, "b"), ("regions.not_square", 3, "c")]


def test_flows_with_their_outputs() -> None:
    flows, findings = read_flows(rows("# 年份: 2020\n|a|b\na|1|2\nb|3|4\n总 产出|10|20\n"))
    assert flows is not None
    assert findings == ()
    assert (flows.values.tolist(), flows.outputs.tolist(), flows.source.year) == ([[1, 2], [3, 4]], [10, 20], 2020)
    flows, findings = read_flows(rows("|a|b\na|1|2\nb|3|4\n"))
    assert flows is None
    assert told(findings) == [("regions.no_outputs", None, None)]


def test_numbers_are_held_to_the_same() -> None:
    with pytest.raises(RefusedError) as caught:
        matrix_of(["甲", "甲"], ["a", "b"], [[1, float("nan")], [-1, True]])
    refusal = caught.value.refusal
    assert refusal.code == "regions.matrix_faulty"
    assert [each.code for each in refusal.reasons] == [
        "regions.label_twice", "regions.cell_missing", "regions.negative", "regions.not_number"]  # fmt: skip
    for shape in ([[1, 2]], [[1, 2], [3]], [[1, 2, 3], [4, 5, 6]]):
        with pytest.raises(RefusedError):
            matrix_of(["甲", "乙"], ["a", "b"], shape)
    with pytest.raises(RefusedError):
        relatedness(["a", "b"], [[0, -1], [1, 0]])
    with pytest.raises(RefusedError):
        flows_of(["a"], [[1]], [-5])


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=6))
def test_no_text_breaks_the_reading(table: list[list[str]]) -> None:
    numbered = list(enumerate(table, 1))
    for read in (read_matrix, read_relatedness, read_flows):
        value, findings = read(numbered)
        assert (value is None) == any(each.level == "fatal" for each in findings)


def test_every_code_has_words_in_both_languages() -> None:
    assert list(CODES) == list(CODES_EN)
    assert all(what.strip() for pairs in (CODES, CODES_EN) for what, _fix in pairs.values())
