"""The last sentences of ``docs/policy_language.md``: near misses, the best combination, the next question (see test_meaning)."""

from __future__ import annotations

from fractions import Fraction

from feidi.engines.rules.amounts import Capped
from feidi.engines.rules.asking import next_questions
from feidi.engines.rules.clauses import Decision, SharedCap, ValidityState, ValidityTerm, Window
from feidi.engines.rules.combining import LeftOut, combine
from feidi.engines.rules.conditions import All, Any, AtLeast, Is, Not
from feidi.engines.rules.near import near_misses
from feidi.engines.rules.outcome import evaluate
from tests.engines.rules.rules_by_hand import AS_OF, DICTIONARY, WAN, at_least, clause, clauses, fixed, known, rate

DAY = AS_OF.toordinal()


def test_sentence_22_near_misses() -> None:
    def paths(condition: object, **facts: object) -> list[tuple[int, ...]]:
        found = near_misses(clauses(clause(condition)), known(**facts), DICTIONARY, as_of=AS_OF)  # type: ignore[arg-type]
        return [miss.path for miss in found]

    sales, local, clean = at_least("sales", 100), Is("local"), Is("clean")
    assert paths(All((sales, local)), sales=99, local=True) == [(0,)]
    assert paths(All((sales, local)), sales=99, local=False) == []  # two fail
    assert paths(All((sales, local)), sales=99) == []  # the other is not certain
    assert paths(All((sales, local)), sales=100) == []  # not 不符合
    # either of two would do
    assert paths(All((local, Any((sales, clean)))), local=True, sales=99, clean=False) == [(1, 0), (1, 1)]
    assert paths(AtLeast(2, (sales, local, clean)), sales=99, local=True, clean=False) == [(0,), (2,)]
    # under 非 an atom fails when it holds
    assert paths(All((local, Not(clean))), local=True, clean=True) == [(1, 0)]
    assert paths(Not(Any((local, clean))), local=True, clean=False) == [(0, 0)]
    # written twice it is two
    assert paths(All((local, local)), local=False) == []
    (miss,) = near_misses(
        clauses(clause(All((sales, local)), fixed(5))), known(sales=99, local=True), DICTIONARY, as_of=AS_OF
    )
    assert (miss.clause, miss.why.needed, miss.why.actual, miss.granted.fen) == ("A-01", "≥ 1元", "0.99元", 5 * WAN)


def test_sentence_23_the_best_combination() -> None:
    large = clause(amount=fixed(50), code="B")
    small = clause(amount=fixed(30), code="A", excludes=frozenset({"B"}))
    other = clause(amount=fixed(20), code="C", shared_caps=("合计",))
    fourth = clause(amount=fixed(20), code="D", shared_caps=("合计",))
    review = clause(amount=fixed(90), code="E", decision=Decision.REVIEW)
    closed = clause(amount=fixed(90), code="F", window=Window(None, DAY - 1))
    listed = clauses(large, small, other, fourth, review, closed, shared_caps={"合计": SharedCap("合计", 20 * WAN)})
    outcomes = [evaluate(each, {}, DICTIONARY, as_of=AS_OF) for each in listed.clauses.values()]
    answer = combine(listed, outcomes)
    assert (answer.best.clauses, answer.best.total_fen) == (("B", "C"), 70 * WAN)  # fewer, then the smaller code
    assert (answer.runner_up.clauses, answer.runner_up.total_fen) == (("B", "D"), 70 * WAN)
    assert [(each.clause, each.excluded_by, each.caps, each.instead_fen) for each in answer.given_up] == [
        ("A", ("B",), (), 50 * WAN), ("D", (), ("合计",), 70 * WAN),
    ]  # fmt: skip
    assert [each.clause for each in answer.possible] == ["E"]
    assert answer.left_out == {"F": LeftOut.WINDOW_CLOSED}


def test_sentence_24_the_next_question() -> None:
    listed = clauses(
        clause(Is("local"), fixed(30), code="A"),
        clause(Is("clean"), fixed(20), code="B"),
        clause(All((Is("clean"), Is("local"))), fixed(500), code="C"),  # lacks two: unlocked by neither alone
        clause(amount=Capped(rate("rd", Fraction(1, 5)), fixed(15)), code="D"),  # a rule's own cap bounds it
        clause(amount=rate("sales", Fraction(1, 5)), code="E"),  # only the declared range would
        clause(Is("clean"), fixed(900), code="F", decision=Decision.REVIEW),  # enters no sum
        clause(Is("clean"), fixed(900), code="G", validity=ValidityTerm(ValidityState.IN_FORCE, None, DAY - 1)),
    )
    asked_next = next_questions(listed, {}, DICTIONARY, as_of=AS_OF)
    assert [(each.fact, each.unlocks_fen, each.clauses, each.helps) for each in asked_next] == [
        ("local", 30 * WAN, ("A",), ("C",)),
        ("clean", 20 * WAN, ("B",), ("C", "F")),
        ("rd", 15 * WAN, ("D",), ()),
        ("sales", 0, ("E",), ()),
    ]
    assert next_questions(listed, {}, DICTIONARY, as_of=AS_OF, top=1) == asked_next[:1]
    # what is certain already is not unlocked
    (first, *_rest) = next_questions(
        listed, known(rd=(50 * WAN, None), local=True, clean=True), DICTIONARY, as_of=AS_OF
    )
    assert (first.fact, first.unlocks_fen) == ("rd", 5 * WAN)
