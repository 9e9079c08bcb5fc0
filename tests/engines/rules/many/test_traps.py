"""What engines get wrong on their own, one test each: the kernel and DuckDB say what the reference says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from benchmarks.inside.rule_parts import plain_clause, term
from feidi.engines.rules.amounts import Amount, Band, Banded, Capped, Fixed, Less, Rate, Rounding, Sum, Where
from feidi.engines.rules.clauses import Clause, ClauseSet
from feidi.engines.rules.conditions import All, AtLeast, Compare, Condition, Is, Linear, Not, Op
from feidi.engines.rules.conditions import Any as AnyOf
from feidi.engines.rules.facts import FactDef, FactDictionary, Facts, FactType, Interval, dictionary_of, exactly
from feidi.engines.rules.many import AmountTooWideError, FactColumnError, columns_of, evaluate_many, prepare_many
from feidi.engines.rules.many.rowwise import words_by_row
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.results import Verdict
from feidi.engines.rules.sql import DUCKDB, Given, amount_queries, verdict_query
from feidi.engines.rules.sql.emit import TooWideError
from tests.engines.rules.many.support import amounts_at, run_kernel, sql_differences, table_of, verdict_at
from tests.engines.rules.random_rules import AS_OF

FACTS = dictionary_of(
    [
        FactDef("a", "a", FactType.NUMBER, unit="元", scale=2, lo=0, hi=10**15),
        FactDef("b", "b", FactType.NUMBER, unit="元", scale=2, lo=0, hi=10**15),
        FactDef("loss", "loss", FactType.NUMBER, unit="元", scale=2, lo=-(10**12), hi=10**12),
        FactDef("open", "open", FactType.NUMBER, unit="元", scale=2),
        FactDef("staff", "staff", FactType.NUMBER, unit="人", lo=0, hi=100),
        *(FactDef(name, name, FactType.YESNO) for name in ("p", "q", "r")),
    ]
)
ONE, HUNDRED = Fraction(1), Fraction(100)


def clause(condition: Condition, amount: Amount | None = None, **more: Any) -> Clause:
    return plain_clause("T", condition, amount, **more)


def answers(one: Clause, rows: list[Facts], dictionary: FactDictionary = FACTS) -> list[tuple[Verdict, object]]:
    """Return verdict and ends of the amount of every row; kernel, DuckDB and reference are held equal on the way."""
    kernel = run_kernel(ClauseSet({"T": one}), rows, dictionary)
    granted = amounts_at(kernel, 0)
    mine = [(verdict_at(kernel, 0, row), granted.get(row)) for row in range(len(rows))]
    outcomes = [evaluate(one, facts, dictionary, as_of=AS_OF) for facts in rows]
    theirs = [
        (each.verdict, None if each.granted is None else (each.granted.lo_fen, each.granted.hi_fen))
        for each in outcomes
    ]
    assert mine == theirs
    assert sql_differences(kernel, rows, dictionary) == 0
    return mine


def verdicts(condition: Condition, rows: list[Facts]) -> list[Verdict]:
    return [verdict for verdict, _ends in answers(clause(condition), rows)]


YES, NO, UNKNOWN = Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE, Verdict.UNKNOWN


def test_case_does_not_send_null_to_else() -> None:
    """An unknown condition of an amount is the hull of both branches, never the second one."""
    amount = Where(Is("p"), Fixed(HUNDRED), Fixed(Fraction(7)))
    assert [ends for _verdict, ends in answers(clause(All(()), amount), [{"p": True}, {"p": False}, {}])] == [
        (100, 100), (7, 7), (7, 100),
    ]  # fmt: skip


def test_a_cap_never_becomes_the_amount() -> None:
    """least() ignores a null: an unknown base under a cap would be the cap."""
    capped = Capped(Rate(term("a", Fraction(1, 10))), Fixed(HUNDRED))
    rows: list[Facts] = [
        {},
        {"a": exactly(50)},
        {"a": exactly(10**9)},
        {"a": Interval(500, None)},
        {"a": Interval(500, 700)},
    ]
    assert [ends for _verdict, ends in answers(clause(All(()), capped), rows)] == [
        (0, 100), (5, 5), (100, 100), (50, 100), (50, 70),
    ]  # fmt: skip


def test_without_an_upper_end_there_is_none() -> None:
    """greatest() ignores a null: an amount without a bound would look bounded."""
    both = Sum((Rate(term("open")), Fixed(HUNDRED)))
    assert [ends for _verdict, ends in answers(clause(All(()), both), [{}, {"open": Interval(5, None)}])] == [
        (100, None), (105, None),
    ]  # fmt: skip


def test_at_least_k_counts_an_unknown_part_as_neither() -> None:
    """A sum of casts is null as soon as one part is: at least 2 of 3 would need all three known."""
    two = AtLeast(2, (Is("p"), Is("q"), Is("r")))
    rows: list[Facts] = [{"p": True, "q": True}, {"p": True, "q": False}, {"p": False, "q": False}, {}]
    assert verdicts(two, rows) == [YES, UNKNOWN, NO, UNKNOWN]


def test_at_least_k_of_up_to_seven_parts() -> None:
    """Counted from what holds where few must, from what is lacking where most must."""
    words = dictionary_of([FactDef(f"f{n}", f"f{n}", FactType.YESNO) for n in range(7)])
    chance = np.random.default_rng(5)
    rows: list[Facts] = [
        {fact: bool(each) for fact, each in zip(words.facts, row, strict=True) if each < 2}
        for row in chance.integers(0, 3, (80, 7)).tolist()
    ]
    rules = [
        clause(AtLeast(k, tuple(Is(f"f{n}") for n in range(count)))) for count in range(1, 8) for k in range(count + 2)
    ]
    kernel = run_kernel(ClauseSet({f"T{n}": each for n, each in enumerate(rules)}), rows, words)
    for number, rule in enumerate(rules):
        for row, facts in enumerate(rows):
            assert verdict_at(kernel, number, row) is evaluate(rule, facts, words, as_of=AS_OF).verdict


def test_one_fact_in_two_parts_of_at_least_k_counts_twice() -> None:
    assert verdicts(AtLeast(2, (Is("p"), Is("p"), Is("q"))), [{"p": True}, {"p": False}]) == [YES, NO]


@pytest.mark.parametrize("value", [-7, -1, 0, 1, 7])
def test_negative_numbers_are_not_divided_towards_either_side(value: int) -> None:
    """-7 // 2 is -4 here and -3 there: thresholds move to whole numbers before any engine sees them."""
    for op in Op:
        verdicts(Compare(term("loss", 2, 7), op), [{"loss": exactly(value + step)} for step in (-1, 0, 1)])


@pytest.mark.parametrize("rounding", list(Rounding))
def test_what_is_taken_away_is_rounded_once_and_never_below_nothing(rounding: Rounding) -> None:
    amount = Less(Rate(term("a", Fraction(1, 3))), term("b"))
    rows: list[Facts] = [{"a": exactly(a), "b": exactly(b)} for a in range(0, 700, 97) for b in (0, 50, 149, 151)]
    for unit in (1, 10, 100):
        answers(clause(All(()), amount, rounding=rounding, unit_fen=unit), rows)


def test_nothing_wraps() -> None:
    """100 万亿元 times a rate passes 2^53, 2^31 by far; sums of several pass 2^63 and are computed wider."""
    most: Facts = {"a": exactly(10**15), "b": exactly(10**15)}
    wide = Linear((("a", Fraction(10**4)), ("b", Fraction(10**4 + 1))), Fraction(-20_001 * 10**15))
    assert verdicts(Compare(wide, Op.GE), [most, {**most, "b": exactly(10**15 - 1)}]) == [YES, NO]
    assert verdicts(Compare(term("a", 1, -(2**31)), Op.GE), [{"a": exactly(2**31)}, {"a": exactly(2**31 - 1)}]) == [
        YES,
        NO,
    ]
    amount = Rate(Linear((("a", Fraction(5_000)), ("b", Fraction(1, 7)))))
    assert answers(clause(All(()), amount), [most])[0][1] == ((5_000 * 7 + 1) * 10**15 // 7 + 1,) * 2


def test_an_amount_beyond_every_column_is_refused_with_its_clause() -> None:
    one = clause(All(()), Rate(term("a", 10**5)))
    with pytest.raises(AmountTooWideError):
        run_kernel(ClauseSet({"T": one}), [{"a": exactly(10**15)}], FACTS)
    program = prepare_many(ClauseSet({"T": one}), FACTS, as_of=AS_OF)
    with pytest.raises(TooWideError, match="T: "):
        list(amount_queries(program, {}, DUCKDB, table="facts", key="key"))


def test_narrow_columns_meet_wide_thresholds() -> None:
    """Staff of at most 100 stands in 8 bits; what it is held against need not."""
    rows: list[Facts] = [{"staff": exactly(each)} for each in (0, 99, 100)]
    assert verdicts(Compare(term("staff", 1, -1000), Op.GE), rows) == [NO, NO, NO]
    assert verdicts(Compare(term("staff", 1, 1000), Op.GT), [*rows, {}]) == [YES, YES, YES, YES]


@pytest.mark.parametrize("op", list(Op))
def test_nothing_over_nothing_is_unknown(op: Op) -> None:
    """0 / 0 ≥ 5 % holds when it is only multiplied out; where the denominator can be 0 nothing is certain or excluded."""
    ratio = Compare(Linear((("a", ONE), ("b", Fraction(-1, 20)))), op, denominator=term("b"))
    rows: list[Facts] = [
        {"a": exactly(0), "b": exactly(0)},
        {"a": exactly(5), "b": exactly(0)},
        {"a": exactly(5)},
        {"a": exactly(5), "b": Interval(0, 10)},
    ]
    assert verdicts(ratio, rows) == [UNKNOWN] * 4


def test_many_rates_of_one_ratio_meet_their_edges() -> None:
    """One division answers a family of rates: rates of 3, 7 and 11 parts, at and beside each edge, all six comparisons."""
    rates = (Fraction(1, 3), Fraction(3, 7), Fraction(5, 11), Fraction(1, 20))
    parts = [Compare(Linear((("a", ONE), ("b", -rate))), op, denominator=term("b")) for rate in rates for op in Op]
    rows: list[Facts] = [
        {"a": exactly(max(0, 231 * 20 * rate.numerator // rate.denominator + step)), "b": exactly(231 * 20)}
        for rate in rates
        for step in (-1, 0, 1)
    ]
    rows += [{"b": exactly(10)}, {"a": exactly(10)}, {"a": Interval(3, 9), "b": Interval(10, 30)}]
    for k in (1, 6, 12, 20):
        verdicts(AtLeast(k, tuple(parts)), rows)
    verdicts(Not(AnyOf(tuple(parts[:3]))), rows)


def test_a_band_end_belongs_where_it_is_written() -> None:
    bands = (
        Band(Fraction(300), True, Fraction(1000), False, Fixed(Fraction(5))),
        Band(Fraction(1000), True, None, False, Rate(term("a", Fraction(1, 100)))),
    )
    rows: list[Facts] = [{"a": exactly(each)} for each in (299, 300, 999, 1000, 1001)]
    rows += [{"a": Interval(999, 1000)}, {"a": Interval(0, 300)}, {}]
    found = [ends for _verdict, ends in answers(clause(All(()), Banded(term("a"), bands)), rows)]
    assert found[:7] == [(0, 0), (5, 5), (5, 5), (10, 10), (10, 10), (5, 10), (0, 5)]
    assert found[7] == (0, 10**13)


def test_rows_come_back_under_their_keys() -> None:
    """A wide projection comes back in any order: every row carries its key, and 65 and more clauses their own bits."""
    duckdb = pytest.importorskip("duckdb")
    chance = np.random.default_rng(3)
    rows: list[Facts] = [{"a": exactly(int(each))} for each in chance.integers(0, 1000, 20_000)]
    clauses = {f"T{n}": clause(Compare(term("a", 1, -7 * n), Op.GE)) for n in range(130)}
    program = prepare_many(ClauseSet(clauses), FACTS, as_of=AS_OF)
    batch = evaluate_many(program, columns_of(rows, FACTS))
    table, given = table_of(rows, FACTS)
    with duckdb.connect(config={"threads": 2, "preserve_insertion_order": "false"}) as connection:
        connection.register("facts", table)
        query = verdict_query(program, given, DUCKDB, table="facts", key="key")
        found = connection.sql(query).to_arrow_table().sort_by("key")
    for word, mine in enumerate(words_by_row(batch.eligible, batch.n)):
        assert (found[f"eligible_{word}"].to_numpy() == mine).all()


def test_a_number_no_engine_can_hold_is_refused() -> None:
    huge = clause(Compare(Linear((("open", Fraction(10**25)),), Fraction(1, 3)), Op.GE))
    program = prepare_many(ClauseSet({"T": huge}), FACTS, as_of=AS_OF)
    assert evaluate_many(program, columns_of([{"open": exactly(1)}], FACTS)).eligible_rows(0).tolist() == [0]
    beyond = Compare(Linear((("a", Fraction(10**25)), ("open", Fraction(10**25 + 1)))), Op.GE)
    program = prepare_many(ClauseSet({"T": clause(beyond)}), FACTS, as_of=AS_OF)
    with pytest.raises(TooWideError):
        verdict_query(program, {"open": Given("open")}, DUCKDB, table="facts", key="key")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"a": exactly(-1)}, "out_of_range"),
        ({"staff": exactly(101)}, "out_of_range"),
        ({"open": exactly(2**62)}, "out_of_range"),
        ({"a": True}, "wrong_type"),
        ({"p": exactly(1)}, "wrong_type"),
        ({"a": Interval(5, 4)}, "crossed"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_row(row: Facts, code: str) -> None:
    with pytest.raises(FactColumnError) as caught:
        columns_of([{"a": exactly(1)}, row], FACTS)
    assert (caught.value.code, caught.value.row) == (code, 1)


def test_no_subject_and_no_clause_are_answered_with_nothing() -> None:
    program = prepare_many(ClauseSet({"T": clause(Is("p"))}), FACTS, as_of=AS_OF)
    assert evaluate_many(program, columns_of([], FACTS)).eligible_rows(0).tolist() == []
    nothing = prepare_many(ClauseSet({}), FACTS, as_of=AS_OF)
    assert evaluate_many(nothing, columns_of([{}], FACTS)).eligible.shape == (0, 1)


def test_changed_rows_are_answered_like_all() -> None:
    rows: list[Facts] = [{"a": exactly(each)} if each % 3 else {} for each in range(300)]
    program = prepare_many(ClauseSet({"T": clause(Compare(term("a", 1, -150), Op.GE))}), FACTS, as_of=AS_OF)
    columns = columns_of(rows, FACTS)
    whole, changed = evaluate_many(program, columns), np.array([299, 3, 150, 151, 0])
    part = evaluate_many(program, columns.take(changed))
    assert changed[part.eligible_rows(0)].tolist() == [299, 151]
    assert set(changed[part.unknown_rows(0)]) == {3, 150, 0}
    assert set(whole.eligible_rows(0)) >= {299, 151}
