"""One test for each numbered sentence of ``docs/policy_language.md``, named after its number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from feidi.engines.rules.amounts import (
    Band,
    Banded,
    ByCode,
    ByYear,
    Capped,
    Less,
    Progressive,
    Rounding,
    Step,
    Times,
    Unstated,
)
from feidi.engines.rules.clauses import (
    Decision,
    Trust,
    Validity,
    ValidityState,
    ValidityTerm,
    Window,
    WindowState,
)
from feidi.engines.rules.combining import LeftOut, combine
from feidi.engines.rules.conditions import All, Any, AtLeast, Compare, Holds, Is, Mark, Not, OneOf, Op, Since, Span
from feidi.engines.rules.explaining import explain
from feidi.engines.rules.near import near_misses
from feidi.engines.rules.outcome import can_apply, is_by_right
from feidi.engines.rules.results import Truth, Verdict
from tests.engines.rules.rules_by_hand import (
    AS_OF,
    DICTIONARY,
    WAN,
    asked,
    at_least,
    clause,
    clauses,
    compare,
    ends,
    fixed,
    granted,
    known,
    linear,
    rate,
    verdict,
)

PAGE = Path(__file__).parents[3] / "docs" / "policy_language.md"
YES, NO, UNKNOWN = "eligible", "not_eligible", "unknown"
DAY = AS_OF.toordinal()


def test_every_sentence_has_its_test() -> None:
    meaning = PAGE.read_text("utf-8").split("## Meaning")[1].split("\n## ")[0]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", meaning, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    tests = "".join(file.read_text("utf-8") for file in sorted(Path(__file__).parent.glob("test_meaning*.py")))
    assert sorted(int(number) for number in re.findall(r"^def test_sentence_(\d+)_", tests, re.MULTILINE)) == numbers


def test_sentence_1_four_separate_answers() -> None:
    rule = clause(at_least("rd", 300 * WAN), fixed(5), decision=Decision.REVIEW, trust=Trust.C)
    rule = replace(rule, validity=ValidityTerm(ValidityState.DRAFT))
    for facts, expected in (({"rd": 300 * WAN}, YES), ({"rd": 299 * WAN}, NO), ({}, UNKNOWN)):
        outcome = asked(rule, **facts)
        assert (outcome.verdict, outcome.decision, outcome.validity, outcome.trust) == (
            expected, "review", "draft", "C",
        )  # fmt: skip


def test_sentence_2_absent_is_unknown_and_has_its_declared_range() -> None:
    assert verdict(at_least("rd", 1)) == UNKNOWN
    assert verdict(compare(Op.LE, 0, rd=1)) == UNKNOWN  # not 0
    assert verdict(Is("local")) == verdict(Is("local", value=False)) == UNKNOWN  # not "no"
    # what the range says holds of an unknown value too
    assert verdict(at_least("staff", 1)) == YES
    assert verdict(at_least("staff", 100_001)) == NO
    assert verdict(OneOf("kind", frozenset({"legal", "natural", "other"}))) == YES
    assert verdict(OneOf("kind", frozenset({"somebody"}))) == NO
    assert asked(clause(All((at_least("rd", 1), Is("local"))))).missing == ("rd", "local")


def test_sentence_3_an_interval_stands_for_every_value_in_it() -> None:
    above = at_least("sales", 2000)
    assert verdict(above, sales=(2000, 3000)) == YES
    assert verdict(above, sales=(1999, 2000)) == UNKNOWN  # both ends belong to it
    assert verdict(above, sales=(1000, 1999)) == NO
    # "2000 or more": an open end is the end of the declared range
    assert verdict(above, sales=(2000, None)) == YES
    assert verdict(at_least("staff", 100_001), staff=(5, None)) == NO
    assert verdict(compare(Op.LE, -10, staff=1), staff=(None, 10)) == YES


def test_sentence_4_certain_possible_and_the_verdict() -> None:
    rule = All((at_least("sales", 100), Is("local")))
    assert verdict(rule, sales=100, local=True) == YES
    assert verdict(rule, sales=99) == NO  # whatever the unknown one is
    assert verdict(rule, sales=100) == UNKNOWN
    assert verdict(rule, sales=(90, 110), local=True) == UNKNOWN
    # each atom by itself: one of the two holds for every value, yet neither is certain
    assert verdict(Any((at_least("sales", 100), compare(Op.LT, -100, sales=1)))) == UNKNOWN


def test_sentence_5_one_linear_sum_and_a_fact_is_one_value() -> None:
    assert verdict(Compare(linear(0), Op.GE)) == YES  # A - A >= 0, as it is kept
    # investment without its land: 2,500 - 600 < 2,000
    without_land = compare(Op.GE, -2000 * WAN, sales=1, land=-1)
    assert verdict(without_land, sales=2500 * WAN, land=600 * WAN) == NO
    assert verdict(without_land, sales=2600 * WAN, land=600 * WAN) == YES
    assert verdict(without_land, sales=2600 * WAN) == UNKNOWN
    # 800 ≥ 700 and ≥ a part that is unknown
    assert verdict(compare(Op.GE, 0, sales=1, rd=-1, land=-1), sales=800, rd=700) == UNKNOWN
    assert verdict(compare(Op.GE, 0, sales=1, rd=-1, land=-1), sales=800, rd=801) == NO
    for op, below, at, above in ((Op.GE, NO, YES, YES), (Op.GT, NO, NO, YES), (Op.LE, YES, YES, NO),
                                 (Op.LT, YES, NO, NO), (Op.EQ, NO, YES, NO), (Op.NE, YES, NO, YES)):  # fmt: skip
        assert [verdict(compare(op, -7, staff=1), staff=value) for value in (6, 7, 8)] == [below, at, above]
        assert [verdict(compare(op, -70, staff=10), staff=value) for value in (6, 7, 8)] == [below, at, above]


def test_sentence_6_a_ratio_without_a_denominator_is_unknown() -> None:
    ratio = Compare(linear(0, rd=1, sales=Fraction(-1, 20)), Op.GE, linear(0, sales=1))
    assert verdict(ratio, rd=5, sales=100) == YES
    assert verdict(ratio, rd=49, sales=1000) == NO  # 4.9 %
    assert verdict(ratio, rd=0, sales=0) == UNKNOWN  # cross-multiplied alone, 0 ≥ 0 would hold
    assert verdict(ratio, rd=5, sales=(0, 100)) == UNKNOWN
    assert verdict(ratio, rd=5, sales=(1, 100)) == YES
    assert asked(clause(ratio), rd=0, sales=0).missing == ("sales",)


def test_sentence_7_all_any_at_least_and_not() -> None:
    yes, no, unknown = Is("local"), Is("local", value=False), Is("clean")
    table = {
        (): (YES, NO, NO), (yes,): (YES, YES, NO), (yes, no): (NO, YES, NO), (yes, unknown): (UNKNOWN, YES, UNKNOWN),
        (no, unknown): (NO, UNKNOWN, NO), (yes, yes, unknown): (UNKNOWN, YES, YES), (unknown, unknown): (UNKNOWN,) * 3,
    }  # fmt: skip
    for parts, expected in table.items():
        assert tuple(verdict(each, local=True) for each in (All(parts), Any(parts), AtLeast(2, parts))) == expected
    assert [verdict(Not(part), local=True) for part in (yes, no, unknown)] == [NO, YES, UNKNOWN]
    assert verdict(Not(All((yes, unknown))), local=True) == UNKNOWN
    assert verdict(Not(All((no, unknown))), local=True) == YES


def test_sentence_8_spans_end_on_the_corresponding_day() -> None:
    def since(op: Op, day: date, as_of: date, n: int = 1, span: Span = Span.YEAR) -> str:
        return verdict(Since("founded", op, n, span), as_of, founded=day)

    leap = date(2024, 2, 29)
    assert since(Op.GE, leap, date(2025, 2, 27)) == NO
    assert since(Op.GE, leap, date(2025, 2, 28)) == YES  # the last day of a month that has no 29th
    assert since(Op.GE, date(2026, 1, 31), date(2026, 2, 28), 1, Span.MONTH) == YES
    for op, before, on, after in (
        (Op.GE, NO, YES, YES),
        (Op.LT, YES, NO, NO),
        (Op.LE, YES, YES, NO),
        (Op.GT, NO, NO, YES),
    ):
        days = [date(2025, 3, 14), date(2025, 3, 15), date(2025, 3, 16)]
        assert [since(op, date(2022, 3, 15), as_of, 3) for as_of in days] == [before, on, after]
    assert since(Op.GE, date(2026, 11, 19), AS_OF, 10, Span.DAY) == YES
    assert verdict(Since("founded", Op.GE, 3, Span.YEAR), founded=(DAY - 2000, DAY - 1000)) == UNKNOWN
    assert verdict(Since("founded", Op.GE, 3, Span.YEAR), founded=(DAY - 3000, DAY - 2000)) == YES


def test_sentence_9_a_day_to_come_answers_no_question_of_time() -> None:
    for op in (Op.GE, Op.GT, Op.LE, Op.LT):
        assert verdict(Since("founded", op, 3, Span.YEAR), founded=DAY + 1) == NO
        assert verdict(Since("founded", op, 0, Span.DAY), founded=DAY) == (YES if op in {Op.GE, Op.LE} else NO)


def bands() -> Banded:
    return Banded(
        linear(0, rd=1),
        (
            Band(Fraction(300), True, Fraction(1000), False, fixed(5)),
            Band(Fraction(1000), False, Fraction(3000), True, fixed(10)),
            Band(Fraction(2000), True, None, False, rate("rd", Fraction(1, 2))),
        ),
    )


def test_sentence_10_a_band_is_the_first_that_contains_the_value() -> None:
    expected = {
        299: 0, 300: 5 * WAN, 999: 5 * WAN, 1000: 0, 1001: 10 * WAN, 2000: 10 * WAN, 3000: 10 * WAN, 3001: 1501,
    }  # fmt: skip
    assert {value: granted(bands(), rd=value).fen for value in expected} == expected
    # an interval touches bands and gaps
    assert ends(bands(), rd=(300, 999)) == (5 * WAN, 5 * WAN)
    assert ends(bands(), rd=(999, 1001)) == (0, 10 * WAN)
    # within a band its fact lies in the band
    assert ends(bands(), rd=(2000, 4000)) == (1501, 10 * WAN)
    assert ends(bands(), rd=(3001, 4000)) == (1501, 2000)


def test_sentence_11_the_first_year_begins_on_the_day() -> None:
    yearly = ByYear("founded", Span.YEAR, ((1, 2, fixed(3)), (3, 5, fixed(1))))
    begun = date(2020, 2, 29)
    expected = {
        date(2020, 2, 28): 0, begun: 3, date(2022, 2, 27): 3, date(2022, 2, 28): 1, date(2025, 2, 27): 1, date(2025, 2, 28): 0,
    }  # fmt: skip
    for as_of, wan in expected.items():
        assert granted(yearly, as_of, founded=begun).fen == wan * WAN, as_of
    assert ends(yearly, founded=(DAY - 900, DAY)) == (WAN, 3 * WAN)
    assert ends(yearly, founded=(DAY, DAY + 1)) == (0, 3 * WAN)


def test_sentence_12_amounts_are_intervals_and_a_cap_never_becomes_the_amount() -> None:
    capped = Capped(rate("rd", Fraction(1, 5)), fixed(50), name="每个项目")
    assert ends(capped) == (0, 50 * WAN)
    assert granted(capped).bound_by == ()
    assert ends(capped, rd=(100 * WAN, None)) == (20 * WAN, 50 * WAN)
    assert ends(capped, rd=(100 * WAN, 200 * WAN)) == (20 * WAN, 40 * WAN)
    assert (granted(capped, rd=250 * WAN).fen, granted(capped, rd=250 * WAN).bound_by) == (50 * WAN, ())
    assert (granted(capped, rd=251 * WAN).fen, granted(capped, rd=251 * WAN).bound_by) == (50 * WAN, ("每个项目",))
    assert granted(capped, rd=(251 * WAN, None)).fen == 50 * WAN
    # without an upper end anywhere
    assert ends(rate("land", Fraction(1))) == (0, None)
    # pay the difference, never below 0
    difference = Less(fixed(50), linear(0, got=1))
    assert [granted(difference, got=wan * WAN).fen for wan in (0, 20, 50, 60)] == [50 * WAN, 30 * WAN, 0, 0]
    assert ends(difference) == (0, 50 * WAN)


def test_sentence_13_of_a_set_the_largest() -> None:
    table = ByCode("titles", (("sme", fixed(20)), ("giant", fixed(50))), fixed(1))
    assert granted(table, titles=frozenset({"sme", "giant"})).fen == 50 * WAN
    assert granted(table, titles=frozenset({"sme", "champion"})).fen == 20 * WAN
    assert granted(table, titles=frozenset()).fen == WAN
    assert ends(table) == (WAN, 50 * WAN)
    times = Times(fixed(30), "titles", (("sme", Fraction(3, 2)), ("giant", Fraction(2))))
    assert [granted(times, titles=frozenset(held)).fen for held in ((), ("sme",), ("sme", "giant"))] == [
        30 * WAN, 45 * WAN, 60 * WAN,
    ]  # fmt: skip
    assert ends(times) == (30 * WAN, 60 * WAN)
    level = ByCode("centre", (("市级", fixed(1)), ("省级", fixed(2))))
    assert [granted(level, centre=rank).fen for rank in (1, 2, 3, 4)] == [0, WAN, 2 * WAN, 0]
    assert ends(level, centre=(2, 3)) == (WAN, 2 * WAN)


def test_sentence_14_exact_until_the_one_rounding() -> None:
    third = rate("rd", Fraction(1, 3))
    for rounding, unit, expected in ((Rounding.HALF_UP, 1, 33), (Rounding.DOWN, 1, 33), (Rounding.UP, 1, 34),
                                     (Rounding.HALF_UP, 100, 0), (Rounding.UP, 100, 100)):  # fmt: skip
        found = asked(clause(amount=third, rounding=rounding, unit_fen=unit), rd=100).granted
        assert found is not None
        assert found.fen == expected
    half = asked(clause(amount=rate("rd", Fraction(1, 2))), rd=5).granted
    assert half is not None
    assert half.fen == 3  # half up
    # three thirds are one: nothing is rounded in between
    assert granted(Progressive(linear(0, rd=3), (Step(None, Fraction(1, 3)),)), rd=100).fen == 100
    steps = (Step(Fraction(1000), Fraction(1, 100)), Step(Fraction(2000), Fraction(-1)), Step(None, Fraction(2, 100)))
    assert [granted(Progressive(linear(0, rd=1), steps), rd=rd).fen for rd in (1000, 2000, 3000)] == [10, 10, 30]
    assert granted(rate("rd", Fraction(-1)), rd=100).fen == 0
    assert granted(Times(fixed(1), "kind", (("legal", Fraction(-2)),)), kind="legal").fen == 0


def test_sentence_15_what_is_never_added() -> None:
    plain = asked(clause(amount=fixed(5)))
    assert plain.summable
    bound = asked(clause(amount=fixed(5), up_to=True))
    unstated = asked(clause(amount=Unstated("原文未载明比例")))
    inexact = asked(clause(amount=Capped(rate("rd", Fraction(1, 5)), fixed(50))))
    assert not any(each.summable for each in (bound, unstated, inexact))
    assert unstated.granted is not None
    assert (unstated.granted.lo_fen, unstated.granted.hi_fen, unstated.granted.unstated) == (0, None, "原文未载明比例")
    assert inexact.missing == ("rd",)
    # not stated, but what a cap leaves of it is nothing
    spent = Capped(Unstated("未见"), fixed(10), used=linear(0, got=1))
    assert (granted(spent, got=10 * WAN).fen, granted(spent, got=10 * WAN).unstated) == (0, "")
    assert ends(spent, got=4 * WAN) == (0, 6 * WAN)


def test_sentence_16_validity_at_a_day() -> None:
    term = ValidityTerm(ValidityState.IN_FORCE, DAY - 1, DAY + 1)
    expected = {-2: Validity.NOT_YET, -1: Validity.IN_FORCE, 1: Validity.IN_FORCE, 2: Validity.EXPIRED}
    for away, validity in expected.items():
        assert asked(clause(validity=term), date.fromordinal(DAY + away)).validity is validity
        for state in (ValidityState.DRAFT, ValidityState.UNCONFIRMED):
            stated = asked(clause(validity=replace(term, state=state)), date.fromordinal(DAY + away))
            assert stated.validity == state.value


def test_sentence_17_unconfirmed_and_drafts_stand_apart() -> None:
    for state, reason in ((ValidityState.DRAFT, LeftOut.DRAFT), (ValidityState.UNCONFIRMED, LeftOut.UNCONFIRMED)):
        rule = clause(amount=fixed(5), validity=ValidityTerm(state))
        outcome = asked(rule)
        assert (outcome.verdict, outcome.granted.fen) == (Verdict.ELIGIBLE, 5 * WAN)  # evaluated
        assert not outcome.summable
        assert not can_apply(outcome)
        assert combine(clauses(rule), [outcome]).left_out == {"A-01": reason}
    flagged = clause(amount=fixed(5), fair_competition=("迁移注册地",))
    outcome = asked(flagged)
    assert outcome.fair_competition == ("迁移注册地",)
    assert combine(clauses(flagged), [outcome]).left_out == {"A-01": LeftOut.FAIR_COMPETITION}


def test_sentence_18_who_can_apply() -> None:
    assert can_apply(asked(clause()))
    assert can_apply(asked(clause(window=Window(DAY, DAY))))
    assert not can_apply(asked(clause(at_least("rd", 1))))  # unknown
    assert not can_apply(asked(clause(validity=ValidityTerm(ValidityState.IN_FORCE, None, DAY - 1))))
    by_right = {decision: is_by_right(asked(clause(decision=decision))) for decision in Decision}
    assert by_right == {
        Decision.APPROVAL: True, Decision.AUTOMATIC: True, Decision.REVIEW: False, Decision.CASE_BY_CASE: False,
    }  # fmt: skip


def test_sentence_19_a_quota_refuses_and_a_pool_bounds() -> None:
    quota = All((Compare(linear(-10, cases=1), Op.LT, mark=Mark(role="quota")),))
    assert [verdict(quota, cases=used) for used in (9, 10, 11)] == [YES, NO, NO]
    assert verdict(quota) == UNKNOWN
    (failed,) = near_misses(clauses(clause(quota)), known(cases=10), DICTIONARY, as_of=AS_OF)
    assert failed.why.role == "quota"
    pool = Capped(fixed(50), fixed(100), per="pool", used=linear(0, got=1))
    for used, expected in ((0, 50), (50, 50), (70, 30), (100, 0), (120, 0)):
        outcome = asked(clause(amount=pool), got=used * WAN)
        assert (outcome.verdict, outcome.granted.fen) == (Verdict.ELIGIBLE, expected * WAN)
        assert outcome.granted.bound_by == (("pool",) if used > 50 else ())
    assert ends(pool) == (0, 50 * WAN)


def test_sentence_20_a_claim_in_time_is_a_condition() -> None:
    claim = All((at_least("rd", 1), Since("met", Op.LE, 1, Span.YEAR, mark=Mark(role="claim"))))
    met = date(2025, 10, 1)
    assert verdict(claim, date(2026, 10, 1), rd=1, met=met) == YES
    assert verdict(claim, date(2026, 11, 1), rd=1, met=met) == NO  # 13 months
    why = explain(clause(claim), known(rd=1, met=met), DICTIONARY, as_of=date(2026, 11, 1))
    assert [(part.truth, part.role) for part in why.parts] == [(Truth.YES, "condition"), (Truth.NO, "claim")]


def test_sentence_21_outside_its_window_the_verdict_stays() -> None:
    window = Window(DAY - 1, DAY + 1)
    states = {-2: WindowState.NOT_YET, -1: WindowState.OPEN, 1: WindowState.OPEN, 2: WindowState.CLOSED}
    for away, state in states.items():
        outcome = asked(clause(amount=fixed(5), window=window), date.fromordinal(DAY + away))
        assert (outcome.verdict, outcome.window) == (Verdict.ELIGIBLE, state)
        assert outcome.granted.fen == 5 * WAN
        assert can_apply(outcome) is (state is WindowState.OPEN)
    assert asked(clause()).window is asked(clause(window=Window(None, None))).window is WindowState.NONE


@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_a_set_holds_at_least_k(k: int) -> None:
    holds = Holds("titles", frozenset({"sme", "giant"}), k)
    for held, count in ((("sme", "champion"), 1), (("sme", "giant"), 2), ((), 0)):
        assert verdict(holds, titles=frozenset(held)) == (YES if count >= k else NO)
    assert verdict(holds) == (YES if k == 0 else NO if k > 2 else UNKNOWN)
