"""What must hold of any rules and any facts: intervals contain every point, knowing more never flips, order says nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.rules.amounts import Amount, Largest, Smallest, Sum
from feidi.engines.rules.clauses import ClauseSet
from feidi.engines.rules.conditions import All, Any, AtLeast, Condition, Not
from feidi.engines.rules.explaining import explain
from feidi.engines.rules.facts import FactDef, Facts, FactType, Interval, Value, dictionary_of
from feidi.engines.rules.near import near_misses_of
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.prepared import Prepared, facts_in
from feidi.engines.rules.results import Granted, Outcome, Truth, Verdict, Why
from tests.engines.rules.random_rules import AS_OF, DICTIONARY, random_clauses, random_facts

SEEDS = st.integers(0, 10**9)
_REACH = 10**6


def rules_and_facts(seed: int, clauses: int = 4, rows: int = 4) -> tuple[ClauseSet, list[Facts]]:
    drawn = random_clauses(clauses, seed)
    return drawn, random_facts(drawn, rows, seed, unknown=0.3, intervals=0.4)


def outcomes(clauses: ClauseSet, facts: Facts) -> tuple[Outcome, ...]:
    return tuple(evaluate(clause, facts, DICTIONARY, as_of=AS_OF) for clause in clauses.clauses.values())


def one_value(definition: FactDef, known: Value | None, chance: random.Random) -> Value:
    """A value that what is known of a fact allows."""
    if definition.type is FactType.YESNO:
        return chance.random() < 0.5 if known is None else known
    if definition.type is FactType.CODE:
        return chance.choice(definition.codes) if known is None else known
    if definition.type is FactType.CODES:
        return frozenset(code for code in definition.codes if chance.random() < 0.4) if known is None else known
    assert known is None or isinstance(known, Interval)
    lo, hi = definition.range.lo, definition.range.hi
    if isinstance(known, Interval):
        lo, hi = (lo if known.lo is None else known.lo), (hi if known.hi is None else known.hi)
    if lo is None:
        lo = -_REACH if hi is None else hi - _REACH
    if definition.type is FactType.DATE:
        lo = max(lo, AS_OF.toordinal() - 2000)
    hi = max(lo, min(hi if hi is not None else lo + _REACH, lo + _REACH))
    value = chance.choice((lo, hi, chance.randint(lo, hi), min(hi, lo + chance.randint(0, 60))))
    return Interval(value, value)


def filled(facts: Facts, chance: random.Random, share: float = 1) -> Facts:
    """The same facts with some of what was open known exactly."""
    more = dict(facts)
    for definition in DICTIONARY:
        if chance.random() < share:
            more[definition.id] = one_value(definition, facts.get(definition.id), chance)
    return more


def within(inner: Granted, outer: Granted) -> bool:
    if inner.lo_fen < outer.lo_fen:
        return False
    return outer.hi_fen is None or (inner.hi_fen is not None and inner.hi_fen <= outer.hi_fen)


@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_knowing_more_never_flips_a_decided_answer_and_narrows_amounts(seed: int) -> None:
    chance = random.Random(seed)
    clauses, rows = rules_and_facts(seed)
    for facts in rows:
        more = filled(facts, chance, chance.choice((0.3, 1)))
        for before, after in zip(outcomes(clauses, facts), outcomes(clauses, more), strict=True):
            if before.verdict is not Verdict.UNKNOWN:
                assert after.verdict is before.verdict
            if before.granted and after.granted:
                assert within(after.granted, before.granted), (before, after)


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_everything_known_leaves_nothing_missing(seed: int) -> None:
    """But for a ratio without a denominator, and an amount that the text does not state."""
    chance = random.Random(seed)
    clauses, rows = rules_and_facts(seed)
    for outcome, clause in zip(outcomes(clauses, filled(rows[0], chance)), clauses.clauses.values(), strict=True):
        below = {
            fact
            for why in nodes(explain(clause, filled(rows[0], chance), DICTIONARY, as_of=AS_OF))
            for fact in why.facts
        }
        assert set(outcome.missing) <= below | set(facts_in(clause))
        if outcome.verdict is not Verdict.UNKNOWN and outcome.granted and not outcome.granted.unstated:
            assert outcome.granted.lo_fen == outcome.granted.hi_fen or outcome.missing


def nodes(why: Why) -> Iterator[Why]:
    yield why
    for part in why.parts:
        yield from nodes(part)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_prepared_equals_the_reference(seed: int) -> None:
    clauses, rows = rules_and_facts(seed, 6, 6)
    prepared = Prepared(clauses, DICTIONARY, as_of=AS_OF)
    for facts in rows:
        assert prepared.evaluate_all(facts) == outcomes(clauses, facts)
        for code, clause in clauses.clauses.items():
            assert prepared.explain(code, facts) == explain(clause, facts, DICTIONARY, as_of=AS_OF)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_only_the_clauses_that_ask_for_a_changed_fact_are_answered_anew(seed: int) -> None:
    chance = random.Random(seed)
    clauses, (facts, other, *_rest) = rules_and_facts(seed, 6)
    prepared = Prepared(clauses, DICTIONARY, as_of=AS_OF)
    changed = chance.sample(sorted(DICTIONARY.facts), 2)
    now = {**facts, **{fact: other[fact] for fact in changed if fact in other}}
    before = prepared.evaluate_all(facts)
    again = prepared.reevaluate(now, changed, before)
    assert again == outcomes(clauses, now)
    for place, clause in enumerate(clauses.clauses.values()):
        assert (clause.code in prepared.touched_by(changed)) == bool(set(changed) & set(facts_in(clause)))
        if clause.code not in prepared.touched_by(changed):
            assert again[place] is before[place]


def turned(condition: Condition, chance: random.Random) -> Condition:
    """The same condition with the parts of every group in another order."""
    match condition:
        case All(parts=parts) | Any(parts=parts) | AtLeast(parts=parts):
            shuffled = [turned(part, chance) for part in parts]
            chance.shuffle(shuffled)
            return replace(condition, parts=tuple(shuffled))
        case Not(part=part):
            return replace(condition, part=turned(part, chance))
        case _:
            return condition


def turned_amount(amount: Amount | None) -> Amount | None:
    return replace(amount, parts=amount.parts[::-1]) if isinstance(amount, Sum | Largest | Smallest) else amount


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_another_order_of_parts_and_facts_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    clauses, (facts, *_rest) = rules_and_facts(seed)
    again = dict(sorted(facts.items(), key=lambda _item: chance.random()))
    for clause in clauses.clauses.values():
        other = replace(clause, condition=turned(clause.condition, chance), amount=turned_amount(clause.amount))
        one, two = (evaluate(each, known, DICTIONARY, as_of=AS_OF) for each, known in ((clause, facts), (other, again)))
        assert (one.verdict, set(one.missing)) == (two.verdict, set(two.missing))
        assert (one.granted is None) == (two.granted is None)
        if one.granted and two.granted:
            assert (one.granted.lo_fen, one.granted.hi_fen) == (two.granted.lo_fen, two.granted.hi_fen)


@settings(max_examples=50, deadline=None)
@given(SEEDS)
def test_another_order_of_the_dictionary_changes_nothing(seed: int) -> None:
    clauses, (facts, *_rest) = rules_and_facts(seed)
    other = dictionary_of(list(DICTIONARY)[::-1])
    for clause in clauses.clauses.values():
        assert evaluate(clause, facts, other, as_of=AS_OF) == evaluate(clause, facts, DICTIONARY, as_of=AS_OF)


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_the_explanation_says_what_the_outcome_says(seed: int) -> None:
    clauses, rows = rules_and_facts(seed)
    words = {Truth.YES: Verdict.ELIGIBLE, Truth.NO: Verdict.NOT_ELIGIBLE, Truth.UNKNOWN: Verdict.UNKNOWN}
    for facts in rows:
        for clause in clauses.clauses.values():
            why, outcome = (
                explain(clause, facts, DICTIONARY, as_of=AS_OF),
                evaluate(clause, facts, DICTIONARY, as_of=AS_OF),
            )
            assert words[why.truth] is outcome.verdict
            assert why.missing == outcome.missing[: len(why.missing)]
            assert all(not each.missing for each in nodes(why) if each.truth is not Truth.UNKNOWN)


def with_answer(why: Why, path: tuple[int, ...]) -> tuple[bool, bool]:
    """(certain, possible) of a condition by its explanation, with the atom at a path answered the other way."""
    if not path and why.kind not in {"all", "any", "at_least", "not"}:
        flipped = why.truth is Truth.NO
        return flipped, flipped
    pairs = [
        with_answer(part, path[1:])
        if path and number == path[0]
        else (part.truth is Truth.YES, part.truth is not Truth.NO)
        for number, part in enumerate(why.parts)
    ]
    certain, possible = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    if why.kind == "not":
        return not possible, not certain
    k = {"all": len(pairs), "any": 1}.get(why.kind) or (int(why.needed[2:-1]) if why.kind == "at_least" else 0)
    return certain >= k, possible >= k


def atoms_at(why: Why, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Why]]:
    if why.kind not in {"all", "any", "at_least", "not"}:
        yield path, why
    for number, part in enumerate(why.parts):
        yield from atoms_at(part, (*path, number))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_near_misses_are_the_atoms_that_would_turn_the_whole(seed: int) -> None:
    clauses, rows = rules_and_facts(seed)
    for facts in rows:
        for clause in clauses.clauses.values():
            why = explain(clause, facts, DICTIONARY, as_of=AS_OF)
            wanted = {
                path
                for path, atom in atoms_at(why)
                if why.truth is Truth.NO and atom.truth is not Truth.UNKNOWN and with_answer(why, path)[0]
            }
            assert {miss.path for miss in near_misses_of(clause, facts, DICTIONARY, as_of=AS_OF)} == wanted


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(SEEDS)
def test_prepared_equals_the_reference_at_length(seed: int) -> None:
    clauses, rows = rules_and_facts(seed, 6, 6)
    prepared = Prepared(clauses, DICTIONARY, as_of=AS_OF)
    for facts in rows:
        assert prepared.evaluate_all(facts) == outcomes(clauses, facts)
