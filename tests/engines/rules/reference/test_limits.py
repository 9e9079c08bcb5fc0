"""Deep, wide and odd rules: 200 levels are evaluated, one more is refused by name; nothing overflows, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from feidi.engines.rules import conditions
from feidi.engines.rules.amounts import Amount, ByCode, Capped, Largest, Sum, Times, Where
from feidi.engines.rules.conditions import All, AtLeast, Condition, Is, Not
from feidi.engines.rules.depth import MAX_DEPTH, RuleTooDeepError, depth_of
from feidi.engines.rules.explaining import explain, explain_amount
from feidi.engines.rules.facts import FactDef, FactType, dictionary_of, exactly
from feidi.engines.rules.near import near_misses_of
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.prepared import Prepared
from feidi.engines.rules.results import Verdict
from tests.engines.rules.rules_by_hand import AS_OF, DICTIONARY, WAN, at_least, clause, clauses, fixed, known

CONDITIONS: dict[str, Callable[[Condition], Condition]] = {
    "all": lambda part: All((part, Is("clean"))),
    "any": lambda part: conditions.Any((part, Is("clean", value=False))),
    "at_least": lambda part: AtLeast(1, (part,)),
    "not": Not,
}
AMOUNTS: dict[str, Callable[[Amount], Amount]] = {
    "sum": lambda part: Sum((part,)),
    "largest": lambda part: Largest((part, fixed(1))),
    "capped": lambda part: Capped(part, fixed(7)),
    "where": lambda part: Where(Is("clean"), part),
    "by_code": lambda part: ByCode("kind", (("legal", part),)),
    "times": lambda part: Times(part, "kind", (("legal", Fraction(1)),)),
}
FACTS = known(local=True, clean=True, kind="legal")


def below(frames: int, ask: Callable[[], object]) -> object:
    """Ask from that deep in the stack, as a page is."""
    return ask() if frames == 0 else below(frames - 1, ask)


def nested(wrap: Callable[[Any], Any], leaf: Any, depth: int) -> Any:
    for _level in range(depth - 1):
        leaf = wrap(leaf)
    return leaf


@pytest.mark.parametrize("wrap", CONDITIONS.values(), ids=CONDITIONS)
def test_conditions_of_the_greatest_depth(wrap: Callable[[Condition], Condition]) -> None:
    rule = clause(nested(wrap, Is("local"), MAX_DEPTH), fixed(5))
    assert depth_of(rule.condition) == MAX_DEPTH
    outcome = below(120, lambda: evaluate(rule, FACTS, DICTIONARY, as_of=AS_OF))
    assert (outcome,) == Prepared(clauses(rule), DICTIONARY, as_of=AS_OF).evaluate_all(FACTS)
    below(120, lambda: explain(rule, FACTS, DICTIONARY, as_of=AS_OF))
    below(120, lambda: near_misses_of(rule, known(local=False, clean=True), DICTIONARY, as_of=AS_OF))


@pytest.mark.parametrize("wrap", AMOUNTS.values(), ids=AMOUNTS)
def test_amounts_of_the_greatest_depth(wrap: Callable[[Amount], Amount]) -> None:
    rule = clause(amount=nested(wrap, fixed(5), MAX_DEPTH))
    outcome = below(120, lambda: evaluate(rule, FACTS, DICTIONARY, as_of=AS_OF))
    assert outcome.granted.fen == 5 * WAN
    assert (outcome,) == Prepared(clauses(rule), DICTIONARY, as_of=AS_OF).evaluate_all(FACTS)
    steps = below(120, lambda: explain_amount(rule, FACTS, DICTIONARY, as_of=AS_OF))
    assert max(step.depth for step in steps) == MAX_DEPTH - 1


def test_one_level_more_is_refused_by_name() -> None:
    too_deep = [
        clause(nested(CONDITIONS["all"], Is("local"), MAX_DEPTH + 1), code="D-1"),
        clause(amount=nested(AMOUNTS["sum"], fixed(5), 5000), code="D-2"),
        clause(amount=Where(nested(CONDITIONS["not"], Is("local"), MAX_DEPTH), fixed(5)), code="D-3"),
    ]
    for rule in too_deep:
        for ask in (
            lambda rule=rule: evaluate(rule, FACTS, DICTIONARY, as_of=AS_OF),
            lambda rule=rule: explain(rule, FACTS, DICTIONARY, as_of=AS_OF),
            lambda rule=rule: explain_amount(rule, FACTS, DICTIONARY, as_of=AS_OF),
            lambda rule=rule: near_misses_of(rule, FACTS, DICTIONARY, as_of=AS_OF),
            lambda rule=rule: Prepared(clauses(rule), DICTIONARY, as_of=AS_OF),
        ):
            with pytest.raises(RuleTooDeepError, match=rule.code):
                ask()


def test_a_rule_of_ten_thousand_parts_is_answered() -> None:
    parts = tuple(at_least("sales", number) for number in range(10_000))
    rule = clause(All(parts), fixed(5))
    prepared = Prepared(clauses(rule), DICTIONARY, as_of=AS_OF)
    for sales, verdict in ((9_999, Verdict.ELIGIBLE), (9_998, Verdict.NOT_ELIGIBLE)):
        facts = known(sales=sales)
        assert evaluate(rule, facts, DICTIONARY, as_of=AS_OF).verdict is verdict
        assert prepared.evaluate_all(facts)[0].verdict is verdict


def test_a_judgement_that_the_dictionary_does_not_have_is_unknown_until_recorded() -> None:
    judged = FactDef("judged:A-01:1", "起到实质性作用", FactType.YESNO, judgement=True)
    rule = clause(All((Is("judged:A-01:1"), Is("local"))), fixed(5), manual=(judged,))
    prepared = Prepared(clauses(rule), DICTIONARY, as_of=AS_OF)
    for facts, verdict, missing in (
        ({"local": True}, Verdict.UNKNOWN, ("judged:A-01:1",)),
        ({"local": True, "judged:A-01:1": True}, Verdict.ELIGIBLE, ()),
        ({"local": True, "judged:A-01:1": False}, Verdict.NOT_ELIGIBLE, ()),
    ):
        outcome = evaluate(rule, facts, DICTIONARY, as_of=AS_OF)
        assert (outcome.verdict, outcome.missing) == (verdict, missing)
        assert prepared.evaluate_all(facts) == (outcome,)
        why = explain(rule, facts, DICTIONARY, as_of=AS_OF)
        assert "起到实质性作用" in why.parts[0].words
        assert prepared.explain("A-01", facts) == why


def test_a_fact_without_a_declared_end_is_without_end() -> None:
    dictionary = dictionary_of([FactDef("x", "x", FactType.NUMBER, unit="元", scale=2)])
    rule = clause(at_least("x", 10**30), fixed(5))
    prepared = Prepared(clauses(rule), dictionary, as_of=AS_OF)
    for facts, verdict in (
        ({}, Verdict.UNKNOWN),
        ({"x": exactly(10**30)}, Verdict.ELIGIBLE),
        ({"x": exactly(10**30 - 1)}, Verdict.NOT_ELIGIBLE),
    ):
        assert evaluate(rule, facts, dictionary, as_of=AS_OF).verdict is verdict
        assert prepared.evaluate_all(facts)[0].verdict is verdict
