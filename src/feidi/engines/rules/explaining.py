"""Why, and how much: the tree of conditions with needed and actual, and the steps an amount came about in."""

from __future__ import annotations

from datetime import date

from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.depth import check_depth
from feidi.engines.rules.facts import FactDictionary, Facts
from feidi.engines.rules.meaning import Answer, answer, missing_of
from feidi.engines.rules.reasons import said_of_parts, texts_of
from feidi.engines.rules.results import Truth, Why
from feidi.engines.rules.steps import Step, steps_of
from feidi.engines.rules.worlds import World, world_of


def explain(clause: Clause, facts: Facts, dictionary: FactDictionary, *, as_of: date) -> Why:
    """Return the explanation tree of one clause for one subject; the same shape as its condition."""
    check_depth(clause)
    words = dictionary.including({fact.id: fact for fact in clause.manual})
    world = world_of(facts, words, as_of)
    return why_of(answer(clause.condition, world), world)


def why_of(answered: Answer, world: World) -> Why:
    """Return the explanation of an answer that has been given."""
    condition, truth = answered.condition, answered.truth
    parts = tuple([why_of(part, world) for part in answered.parts])
    texts = texts_of(condition, world.dictionary, world.day)
    if texts.said is None:
        needed, actual = said_of_parts(condition, [part.truth for part in parts])
        missing = tuple(dict.fromkeys(fact for part in parts for fact in part.missing))
    else:
        needed, actual = texts.said(world)
        missing = missing_of(answered, world)
    mark = condition.mark
    return Why(
        texts.kind, truth, texts.words, needed, actual, missing if truth is Truth.UNKNOWN else (),
        texts.facts, mark.article, mark.quote, mark.role, parts,
    )  # fmt: skip


def explain_amount(clause: Clause, facts: Facts, dictionary: FactDictionary, *, as_of: date) -> tuple[Step, ...]:
    """Return how the amount came about, as if the clause's condition held: the whole first, its parts below it."""
    check_depth(clause)
    if clause.amount is None:
        return ()
    words = dictionary.including({fact.id: fact for fact in clause.manual})
    return steps_of(clause, clause.amount, world_of(facts, words, as_of))
