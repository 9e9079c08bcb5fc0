"""The meaning of conditions: the reference that the other evaluators are held to (``docs/policy_language.md``).

Every condition answers the pair (certain, possible): certain when it holds for every value its facts can have,
possible when it holds for some. An atom is judged by the interval of what it compares; ``All``, ``Any``, ``AtLeast``
and ``Not`` only combine the pairs of their parts. Every part is answered, decided or not: the tree is the explanation.
"""

from __future__ import annotations

from dataclasses import dataclass

from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Atom,
    Compare,
    Condition,
    Holds,
    Is,
    Not,
    OnDay,
    OneOf,
    Op,
    Since,
    facts_of,
)
from feidi.engines.rules.days import holding
from feidi.engines.rules.facts import Interval
from feidi.engines.rules.results import Truth
from feidi.engines.rules.worlds import Reach, World

Pair = tuple[bool, bool]
_UNKNOWN: Pair = (False, True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one condition answers, with the answers of its parts."""

    condition: Condition
    certain: bool
    possible: bool
    parts: tuple[Answer, ...] = ()

    @property
    def truth(self) -> Truth:
        """The pair in one word."""
        return Truth.of(self.certain, self.possible)


def answer(condition: Condition, world: World) -> Answer:
    """Answer a condition and every part of it. The caller has checked its depth (``depth.check_depth``)."""
    match condition:
        case All(parts=parts):
            answers = tuple([answer(part, world) for part in parts])
            return Answer(condition, all(a.certain for a in answers), all(a.possible for a in answers), answers)
        case Any(parts=parts):
            answers = tuple([answer(part, world) for part in parts])
            return Answer(condition, any(a.certain for a in answers), any(a.possible for a in answers), answers)
        case AtLeast(k=k, parts=parts):
            answers = tuple([answer(part, world) for part in parts])
            certain, possible = sum(a.certain for a in answers), sum(a.possible for a in answers)
            return Answer(condition, certain >= k, possible >= k, answers)
        case Not(part=part):
            inner = answer(part, world)
            return Answer(condition, not inner.possible, not inner.certain, (inner,))
        case _:
            return Answer(condition, *truth_of(condition, world))


def truth_of(atom: Atom, world: World) -> Pair:
    """Return (certain, possible) of one atom."""
    match atom:
        case Compare():
            return _compare(atom, world)
        case Since() | OnDay():
            return _on_days(atom, world)
        case Is(fact=fact, value=value):
            known = world.facts.get(fact)
            return _UNKNOWN if known is None else (known is value, known is value)
        case OneOf():
            return _one_of(atom, world)
        case Holds():
            return _holds(atom, world)


def _compare(atom: Compare, world: World) -> Pair:
    """Judge a sum against 0; a ratio whose denominator can be 0 or less is unknown."""
    if atom.denominator is not None:
        below = world.sum_of(atom.denominator).lo
        if below is None or below <= 0:
            return _UNKNOWN
    return _stands(world.sum_of(atom.linear), atom.op)


def _stands(reach: Reach, op: Op) -> Pair:
    """Return whether every value and whether some value of a range stands so to 0."""
    lo, hi = reach.lo, reach.hi
    match op:
        case Op.GE:
            return lo is not None and lo >= 0, hi is None or hi >= 0
        case Op.GT:
            return lo is not None and lo > 0, hi is None or hi > 0
        case Op.LE:
            return hi is not None and hi <= 0, lo is None or lo <= 0
        case Op.LT:
            return hi is not None and hi < 0, lo is None or lo < 0
        case Op.EQ:
            return lo == hi == 0, (lo is None or lo <= 0) and (hi is None or hi >= 0)
        case Op.NE:
            certain, possible = _stands(reach, Op.EQ)
            return not possible, not certain


def _on_days(atom: Since | OnDay, world: World) -> Pair:
    """Return whether every day and whether some day that the fact can be is one for which the atom holds."""
    reach = world.reach(atom.fact)
    if isinstance(atom, OnDay) and atom.op is Op.NE:
        certain, possible = _within(reach, Interval(atom.day, atom.day))
        return not possible, not certain
    return _within(reach, holding(atom, world.day))


def _within(reach: Interval, days: Interval) -> Pair:
    if days.lo is not None and days.hi is not None and days.lo > days.hi:
        return False, False
    begins = days.lo is None or (reach.lo is not None and reach.lo >= days.lo)
    ends = days.hi is None or (reach.hi is not None and reach.hi <= days.hi)
    can_begin = days.lo is None or reach.hi is None or reach.hi >= days.lo
    can_end = days.hi is None or reach.lo is None or reach.lo <= days.hi
    return begins and ends, can_begin and can_end


def _one_of(atom: OneOf, world: World) -> Pair:
    """Judge a code, or a level by its ranks; one that is not known can be any of those declared."""
    known = world.facts.get(atom.fact)
    can_be = frozenset({known}) if isinstance(known, str) else world.codes_within(atom.fact)
    if not can_be:
        return _UNKNOWN
    return can_be <= atom.codes, bool(can_be & atom.codes)


def _holds(atom: Holds, world: World) -> Pair:
    known = world.facts.get(atom.fact)
    if isinstance(known, frozenset):
        held = len(known & atom.codes) >= atom.k
        return held, held
    declared = world.codes(atom.fact)
    return atom.k <= 0, len(atom.codes & declared if declared else atom.codes) >= atom.k


def missing_of(answered: Answer, world: World) -> tuple[str, ...]:
    """Return the facts that keep an answer from being decided, in rule order: those of its undecided parts."""
    found: dict[str, None] = {}
    waiting = [answered]
    while waiting:
        each = waiting.pop()
        if each.truth is not Truth.UNKNOWN:
            continue
        if each.parts:
            waiting.extend(reversed(each.parts))
        elif not isinstance(each.condition, All | Any | AtLeast | Not):
            found.update(dict.fromkeys(missing_in(each.condition, world)))
    return tuple(found)


def missing_in(atom: Atom, world: World) -> tuple[str, ...]:
    """Return the facts an undecided atom waits for: those not known exactly, else those of a denominator that is 0."""
    waiting = world.open_facts(facts_of(atom))
    if waiting or not isinstance(atom, Compare) or atom.denominator is None:
        return waiting
    return tuple(fact for fact, _coefficient in atom.denominator.terms)
