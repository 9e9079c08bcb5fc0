"""最新进展: whatever the cell says, the pieces put together are the cell."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from feidi.domain.pipeline.services.ledger.quick import quick_sort_key, valid_uscc
from feidi.domain.pipeline.services.ledger.timeline import parse_timeline, proposed_days, render_timeline
from feidi.domain.pipeline.services.registering import sort_key_of

TODAY = date(2026, 11, 23)
PIECES = st.sampled_from(
    [
        "11.3",
        "11月10日",
        "2025.3.18",
        "12/1",
        "电话沟通",
        "来访，李博士等3人",
        "；",
        ";",
        "。",
        "\n",
        " ",
        "，",
        "3.5亿元",
        "走访",
        "13.40",
        "2.29",
        "微信",
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=200)))
def test_parsed_and_rendered_is_the_same_text(text: str) -> None:
    entries = parse_timeline(text, reference=TODAY)
    assert render_timeline(each.as_written for each in entries) == (text if text.strip() else "")
    assert all(each.on is None or not each.year_proposed or each.on <= TODAY for each in entries)
    assert proposed_days(text, reference=TODAY) == [each.on for each in entries if each.year_proposed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "11.3 电话沟通；11.10 来访，李博士等3人",
            [("2026-11-03", True, "call", ""), ("2026-11-10", True, "visit_in", "李博士等3人")],
        ),
        ("12.20 微信；1.5 走访", [("2025-12-20", True, "message", ""), ("2026-01-05", True, "visit_out", "")]),
        (
            "2025年11月3日 座谈，王总一行5人。11.20 电话",
            [("2025-11-03", False, "meeting", "王总一行5人"), ("2025-11-20", True, "call", "")],
        ),
        ("总投资3.5亿元；拟选址云溪", [(None, False, "note", "")]),
        ("初步接触；11.3 电话；有意向", [(None, False, "note", ""), ("2026-11-03", True, "call", "")]),
        ("2.29 来访", [("2024-02-29", True, "visit_in", "")]),
        ("13.5 乱写", [(None, False, "note", "")]),
    ],
)
def test_what_a_cell_says(text: str, expected: list[tuple[str | None, bool, str, str]]) -> None:
    found = parse_timeline(text, reference=TODAY)
    assert [(e.on.isoformat() if e.on else None, e.year_proposed, e.kind.value, e.people) for e in found] == expected


@given(st.text(alphabet="重庆长江银行长都乐了得地云海检测 ABcd12（）-Ωデé", max_size=20))
def test_the_quick_sort_key_is_the_sort_key(name: str) -> None:
    assert quick_sort_key(name) == sort_key_of(name)


def test_the_quick_check_digit_is_that_of_the_library() -> None:
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    random.seed(1)
    for _ in range(2000):
        base = "91440300" + "".join(random.choices(letters + "IOSVZ", k=9))
        for last in (random.choice(letters), uscc.calc_check_digit(base) if not set(base) & set("IOSVZ") else "I"):
            assert valid_uscc(base + last) == uscc.is_valid(base + last)
