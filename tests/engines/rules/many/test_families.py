"""Both ends from one look: where the ranges prove it, and nowhere else; the answers are those of the reference."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from benchmarks.inside import policies
from benchmarks.inside.policy_columns import columns, draw
from benchmarks.inside.rule_parts import plain_clause, ratio
from feidi.engines.rules.clauses import ClauseSet
from feidi.engines.rules.conditions import All, Compare, Condition, Linear, Op
from feidi.engines.rules.facts import FactDef, Facts, FactType, Interval, dictionary_of, exactly
from feidi.engines.rules.many import Program, columns_of, evaluate_many, prepare_many
from feidi.engines.rules.many.families import Shared, Sum, families_of, shared_by
from feidi.engines.rules.many.sources import Table
from feidi.engines.rules.outcome import evaluate
from tests.engines.rules.many.support import run_kernel, verdict_at
from tests.engines.rules.random_rules import AS_OF

FACTS = dictionary_of(
    [
        FactDef("x", "x", FactType.NUMBER, lo=0, hi=10**9),
        FactDef("y", "y", FactType.NUMBER, lo=0, hi=10**9),
        FactDef("few", "few", FactType.NUMBER, lo=0, hi=100),
        FactDef("some", "some", FactType.NUMBER, lo=3, hi=120),
        FactDef("loss", "loss", FactType.NUMBER, lo=-1000, hi=1000),
        FactDef("open", "open", FactType.NUMBER, lo=0),
        FactDef("free", "free", FactType.NUMBER),
    ]
)
_NAMES = tuple(FACTS.facts)


def shared_in(program: Program, rows: list[Facts]) -> dict[object, Shared]:
    roots = [node for pair in program.verdicts for node in pair]
    table = Table(columns_of(rows, program.dictionary), program.dictionary)
    return dict(shared_by(families_of(program.graph, roots), table))


def prepared(*conditions: Condition) -> Program:
    listed = {f"C{number}": plain_clause(f"C{number}", each, None) for number, each in enumerate(conditions)}
    return prepare_many(ClauseSet(listed), FACTS, as_of=AS_OF)


def less(one: str, other: str, at: int) -> Condition:
    return Compare(Linear(((one, Fraction(1)), (other, Fraction(-1))), Fraction(-at)), Op.GE)


KNOWN: Facts = {"x": exactly(500), "y": exactly(400), "few": exactly(50)}


def test_a_difference_is_never_certain_without_its_first_fact_and_always_possible() -> None:
    found = shared_in(prepared(less("x", "y", 100)), [KNOWN, {"y": exactly(3)}, {"x": exactly(3)}])
    # without y it is possible only where x reaches the threshold: y is not read as it stands
    assert found == {Sum((("x", 1), ("y", -1))): Shared(frozenset({"x"}))}


@pytest.mark.parametrize(
    "rows",
    [
        [KNOWN],  # nothing is unknown: there is one end anyway
        [KNOWN, {"x": Interval(3, 9), "y": exactly(3)}],  # an interval has two
        [{"x": exactly(10**9), "y": exactly(0)}, {"x": exactly(10**9)}],
    ],
)
def test_nothing_is_shared_where_the_ranges_prove_nothing(rows: list[Facts]) -> None:
    # 10^9 without y is at least 10^9 - 10^9, which reaches 0
    assert shared_in(prepared(less("x", "y", 0)), rows) == {}


def test_ratios_are_computed_in_floating_point_only_where_nothing_is_lost() -> None:
    rates = [ratio("x", "y", Fraction(part, 100)) for part in (3, 5, 10)]
    rows: list[Facts] = [KNOWN, {"x": exactly(5)}, {"y": exactly(9)}]
    ((_sides, shared),) = shared_in(prepared(*rates), rows).items()
    assert shared == Shared(frozenset({"x", "y"}), floats=True)
    long = FactDef("long", "long", FactType.NUMBER, lo=0, hi=10**15)
    wide = dictionary_of([long, FACTS["y"]])
    clauses = {f"C{n}": plain_clause(f"C{n}", ratio("long", "y", Fraction(1, n)), None) for n in (7, 9)}
    program = prepare_many(ClauseSet(clauses), wide, as_of=AS_OF)
    # 63 parts of 10^15 pass 2^53
    facts: list[Facts] = [{"long": exactly(10**15), "y": exactly(7)}, {"y": exactly(2)}]
    ((_sides, shared),) = shared_in(program, facts).items()
    assert not shared.floats


def _condition(chance: random.Random) -> Condition:
    if chance.random() < 0.5:
        above, below = chance.sample(_NAMES, 2)
        op, rate = chance.choice((Op.GE, Op.GT, Op.LT, Op.LE)), Fraction(chance.choice((1, 3, 7, 50)), 100)
        return ratio(above, below, rate, op, chance.choice((0, 0, 5)))
    facts = sorted(chance.sample(_NAMES, chance.choice((1, 2, 2, 3))))
    factors = [Fraction(chance.choice((-3, -1, 1, 2)), chance.choice((1, 1, 2))) for _fact in facts]
    at = Fraction(chance.choice((-200, -1, 0, 1, 40, 400, 10**6)))
    return Compare(Linear(tuple(zip(facts, factors, strict=True)), at), chance.choice(list(Op)))


def _row(chance: random.Random) -> Facts:
    found = {}
    for definition in FACTS:
        reach = definition.range
        low = -1000 if reach.lo is None else reach.lo
        high = min(10**6 if reach.hi is None else reach.hi, chance.choice((100, 1000, 10**6)))
        if chance.random() < 0.75:
            found[definition.id] = exactly(chance.randint(low, max(low, high)))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_the_answers_are_those_of_the_reference(seed: int) -> None:
    chance = random.Random(seed)
    conditions = [All(tuple(_condition(chance) for _part in range(chance.choice((1, 1, 2))))) for _clause in range(40)]
    rows = [_row(chance) for _row_number in range(60)]
    program = prepared(*conditions)
    assert shared_in(program, rows)
    kernel = run_kernel(ClauseSet({each.code: each for each in program.clauses}), rows, FACTS)
    for number, clause in enumerate(program.clauses):
        for row, facts in enumerate(rows):
            wanted = evaluate(clause, facts, FACTS, as_of=AS_OF).verdict
            assert verdict_at(kernel, number, row) is wanted, (clause.condition, facts)


def test_narrow_columns_do_not_wrap_in_a_ratio() -> None:
    """100 of 8 bits times the common denominator of the rates passes 8 bits, with intervals and without."""
    rates = [ratio("few", "some", Fraction(1, part)) for part in (3, 7, 11)]
    exact: list[Facts] = [{"few": exactly(each), "some": exactly(77)} for each in (6, 7, 10, 11, 25, 26, 100)]
    for more in ([], [{"few": exactly(100)}], [{"few": Interval(90, 100), "some": exactly(120)}]):
        rows = [*exact, *more]
        program = prepared(*rates)
        kernel = run_kernel(ClauseSet({each.code: each for each in program.clauses}), rows, FACTS)
        for number, clause in enumerate(program.clauses):
            verdicts = [evaluate(clause, facts, FACTS, as_of=AS_OF).verdict for facts in rows]
            assert [verdict_at(kernel, number, row) for row in range(len(rows))] == verdicts


def test_one_plan_serves_columns_of_which_the_same_is_proved() -> None:
    program = prepare_many(policies.make_clauses(20, 1), policies.make_dictionary(), as_of=policies.AS_OF)
    for seed in range(3):
        evaluate_many(program, columns(draw(200, seed)))
    assert len(program.plans) == 1
