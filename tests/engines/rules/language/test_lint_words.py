"""Gaps and overlaps of tiers read as people say them, in both languages, and say exactly which values they hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.rules.conditions import Linear
from feidi.engines.rules.lint_ranges import HIGHEST, LOWEST, Span
from feidi.engines.rules.lint_words import span_words, years_words
from feidi.engines.rules.quantities import said_in
from feidi.kernel.messages import text_of
from tests.engines.rules.language.support import dictionary
from tests.engines.rules.language.test_lint import linted, scale

WORDS = dictionary()
WAN = 1_000_000


def said(fact: str, span: Span, *, whole: bool = True) -> tuple[str, str]:
    definition = WORDS.find(fact)
    assert definition is not None
    return span_words(span, said_in(Linear(((definition.id, Fraction(1)),)), WORDS), whole=whole)


def whole(lo: int, hi: int) -> Span:
    return Span((Fraction(lo), 0), (Fraction(hi), 0))


@pytest.mark.parametrize(
    ("fact", "span", "zh", "en"),
    [
        ("研发费用", whole(3000 * WAN, 3500 * WAN - 1), "3,000万元（含）至 3,500万元（不含）",
         "from 30,000,000 yuan (included) to 35,000,000 yuan (not included)"),
        ("研发费用", whole(3000 * WAN + 1, 3500 * WAN), "3,000万元（不含）至 3,500万元（含）",
         "from 30,000,000 yuan (not included) to 35,000,000 yuan (included)"),
        ("研发费用", whole(1234, 5678), "12.34元（含）至 56.78元（含）",
         "from 12.34 yuan (included) to 56.78 yuan (included)"),
        ("研发费用", whole(1000 * WAN, 1000 * WAN), "1,000万元", "10,000,000 yuan"),
        ("研发费用", Span((Fraction(3000 * WAN), 0), HIGHEST), "3,000万元（含）以上", "30,000,000 yuan or more"),
        ("研发费用", Span((Fraction(3000 * WAN + 1), 0), HIGHEST), "3,000万元（不含）以上", "more than 30,000,000 yuan"),
        ("研发费用", Span(LOWEST, (Fraction(3000 * WAN - 1), 0)), "3,000万元（不含）以下", "less than 30,000,000 yuan"),
        ("研发费用", Span(LOWEST, HIGHEST), "任何数", "any number"),
        ("职工人数", whole(10, 19), "10人（含）至 20人（不含）", "from 10 people (included) to 20 people (not included)"),
        ("职工人数", whole(1000, 1025), "1,000人（含）至 1,025人（含）", "from 1,000 people (included) to 1,025 people (included)"),
        ("职工人数", whole(1, 2), "1人（含）至 2人（含）", "from 1 people (included) to 2 people (included)"),
        ("高新收入占比", whole(6000, 6999), "60%（含）至 70%（不含）", "from 60% (included) to 70% (not included)"),
    ],
)  # fmt: skip
def test_a_span_reads_as_people_say_it(fact: str, span: Span, zh: str, en: str) -> None:
    assert said(fact, span) == (zh, en)


def test_where_values_are_not_whole_only_the_ends_themselves_are_said() -> None:
    between = Span((Fraction(1, 2), 1), (Fraction(5, 2), -1))
    assert said("职工人数", between, whole=False)[0] == "0.5人（不含）至 2.5人（不含）"


@given(lo=st.integers(0, 10**6), more=st.integers(1, 10**6))
def test_the_words_hold_just_the_values_of_the_span(lo: int, more: int) -> None:
    zh = said("职工人数", whole(lo, lo + more))[0]
    low, high = (each.partition("人（") for each in zh.split("至 "))
    first = int(low[0].replace(",", "")) + low[2].startswith("不含")
    last = int(high[0].replace(",", "")) - high[2].startswith("不含")
    assert (first, last) == (lo, lo + more)


def test_years() -> None:
    assert years_words(3, 3) == ("第 3 年", "year 3")
    assert years_words(3, 5) == ("第 3-5 年", "years 3-5")


def test_the_page_says_it_in_the_reader_s_language() -> None:
    (gap,) = linted(scale("[1000万元, 3000万元)", "[3500万元, )"))
    assert "第 1 档与下一档之间有空档：3,000万元（含）至 3,500万元（不含） 不给钱" in text_of(gap)
    (unreachable,) = linted(scale("[300万元, )", "[500万元, 3000万元)"))
    with override("en"):
        assert "from 30,000,000 yuan (included) to 35,000,000 yuan (not included) gets nothing" in text_of(gap)
        assert text_of(unreachable).endswith("can never be reached: the bands before it take all of it")
