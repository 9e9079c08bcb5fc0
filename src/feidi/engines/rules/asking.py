"""The next question: which unknown fact, once known, unlocks most yuan (sentence 24 of the policy language)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from feidi.engines.rules.clauses import Clause, ClauseSet, Validity, WindowState
from feidi.engines.rules.facts import FactDictionary, Facts, FactType
from feidi.engines.rules.outcome import evaluate, granted_by, is_by_right
from feidi.engines.rules.results import Granted, Outcome, Verdict
from feidi.engines.rules.worlds import world_of


@dataclass(frozen=True, slots=True)
class Question:
    """One fact worth asking.

    ``unlocks_fen``  the most that the clauses could come to which lack only this fact, beyond what is certain already
    ``clauses``      those clauses        ``helps``  the other clauses that lack it, among other facts or without a sum
    """

    fact: str
    unlocks_fen: int
    clauses: tuple[str, ...]
    helps: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    fen: int = 0
    clauses: list[str] = field(default_factory=list)
    helps: list[str] = field(default_factory=list)


def next_questions(
    clauses: ClauseSet, facts: Facts, dictionary: FactDictionary, *,
    as_of: date, top: int = 5, outcomes: Sequence[Outcome] | None = None,
) -> tuple[Question, ...]:  # fmt: skip
    """Return the facts most worth asking, best first; ``outcomes`` where they are known already."""
    if outcomes is None:
        outcomes = [evaluate(clause, facts, dictionary, as_of=as_of) for clause in clauses.clauses.values()]
    endless = _without_upper_ends(dictionary)
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    for outcome in outcomes:
        if outcome.validity is Validity.EXPIRED:
            continue
        stake = _stake(clauses.clauses[outcome.clause], outcome, facts, endless, as_of)
        for fact in outcome.missing:
            (gathered[fact].helps if stake is None else gathered[fact].clauses).append(outcome.clause)
            gathered[fact].fen += stake or 0
    asked = [Question(fact, each.fen, tuple(each.clauses), tuple(each.helps)) for fact, each in gathered.items()]
    return tuple(
        sorted(asked, key=lambda each: (-each.unlocks_fen, -len(each.clauses), -len(each.helps), each.fact))[:top]
    )


def _without_upper_ends(dictionary: FactDictionary) -> FactDictionary:
    """Return the dictionary without the upper ends of numbers: what they alone would bound is not at stake."""
    endless = {
        fact.id: replace(fact, hi=None) if fact.type is FactType.NUMBER else fact for fact in dictionary.facts.values()
    }
    return FactDictionary(endless, dictionary.by_word)


def _stake(clause: Clause, outcome: Outcome, facts: Facts, endless: FactDictionary, as_of: date) -> int | None:
    """Return what the one missing fact could add; None where it is not the only one or the amount enters no sum."""
    if len(outcome.missing) != 1 or not _could_be_added(outcome):
        return None
    granted, _missing = granted_by(clause, world_of(facts, endless, as_of))
    if granted is None:
        return None
    most = granted.lo_fen if granted.hi_fen is None else granted.hi_fen
    return most - granted.lo_fen if outcome.verdict is Verdict.ELIGIBLE else most


def _could_be_added(outcome: Outcome) -> bool:
    """Whether the amount may enter a sum once it is known: by right, in force, no flag, open, stated, not a bound."""
    return (
        outcome.validity is Validity.IN_FORCE
        and outcome.window is not WindowState.CLOSED
        and not outcome.fair_competition
        and is_by_right(outcome)
        and _is_sum(outcome.granted)
    )


def _is_sum(granted: Granted | None) -> bool:
    return granted is not None and not granted.up_to and not granted.unstated
