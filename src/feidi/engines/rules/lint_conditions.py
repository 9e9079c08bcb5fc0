"""Conditions that say nothing or too much: always true, never true, two that exclude each other, ratios over nothing."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from typing import Final

from feidi.engines.findings import Finding, Level
from feidi.engines.rules.amounts import Amount, Banded, Capped, Less, Progressive, Rate, Where, amounts_in
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.condition_words import say_atom, say_linear
from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Atom,
    Compare,
    Condition,
    Holds,
    Is,
    Linear,
    Not,
    OneOf,
    atoms_of,
    parts_of,
)
from feidi.engines.rules.fact_values import largest
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language.gathering import finding_at
from feidi.engines.rules.lint_ranges import always, bounds, clashes, demanded, range_of

_LIMIT: Final = 2**63


def lint_conditions(clause: Clause, dictionary: FactDictionary) -> Iterator[Finding]:
    """Yield what is odd in the conditions of a clause, those inside its amount too."""
    for condition in conditions_in(clause):
        yield from _atoms(clause, condition, dictionary)
        yield from _clashes(clause, condition, dictionary)
    yield from _ratios(clause, dictionary)
    yield from _overflows(clause, dictionary)


def conditions_in(clause: Clause) -> Iterator[Condition]:
    """Yield the clause's rule and every 如果 of its amount."""
    yield clause.condition
    for each in amounts_of(clause):
        if isinstance(each, Where):
            yield each.condition


def amounts_of(clause: Clause) -> Iterator[Amount]:
    """Yield every amount of a clause, outermost first."""
    waiting = [] if clause.amount is None else [clause.amount]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(amounts_in(each)))


def _atoms(clause: Clause, condition: Condition, dictionary: FactDictionary) -> Iterator[Finding]:
    for atom in atoms_of(condition):
        words = say_atom(atom, dictionary)
        found = always(atom, dictionary)
        if found is not None:
            code = "rules.lint_always_true" if found else "rules.lint_always_false"
            yield finding_at(clause, code, line=atom.mark.line, words=words)


def _ratios(clause: Clause, dictionary: FactDictionary) -> Iterator[Finding]:
    """Yield each denominator that may be 0 or less, once."""
    seen: set[Linear] = set()
    for condition in conditions_in(clause):
        for atom in atoms_of(condition):
            below = atom.denominator if isinstance(atom, Compare) else None
            if below is not None and below not in seen and bounds(below, dictionary)[0] <= 0:
                seen.add(below)
                words, line = say_linear(below, dictionary), atom.mark.line
                yield finding_at(clause, "rules.lint_ratio_may_be_zero", level=Level.NOTE, line=line, words=words)


def _clashes(clause: Clause, condition: Condition, dictionary: FactDictionary) -> Iterator[Finding]:
    for group in _groups(condition):
        for one, other in (*clashes(group), *_code_clashes(group)):
            first, second = say_atom(one, dictionary), say_atom(other, dictionary)
            yield finding_at(clause, "rules.lint_contradiction", line=other.mark.line, one=first, other=second)


def _groups(condition: Condition) -> Iterator[Condition]:
    """Yield the outermost 全部 of every place where one stands (nested ones belong to it)."""
    waiting: list[Condition] = [condition]
    while waiting:
        each = waiting.pop()
        if isinstance(each, All):
            yield each
            waiting.extend(part for part in demanded(each) if not isinstance(part, All))
        elif isinstance(each, Any | AtLeast | Not):
            waiting.extend(parts_of(each))


def _code_clashes(group: Condition) -> list[tuple[Atom, Atom]]:
    found: list[tuple[Atom, Atom]] = []
    wanted: list[Atom] = []
    for part in demanded(group):
        if isinstance(part, OneOf | Is):
            found += [(other, part) for other in wanted if _excludes(other, part)]
            wanted.append(part)
        elif isinstance(part, Not) and isinstance(part.part, OneOf | Is | Holds):
            found += [(other, part.part) for other in demanded(group) if _same(other, part.part)]  # type: ignore[misc]
    return found


def _excludes(one: Atom, other: Atom) -> bool:
    if isinstance(one, OneOf) and isinstance(other, OneOf):
        return one.fact == other.fact and not one.codes & other.codes
    return isinstance(one, Is) and isinstance(other, Is) and one.fact == other.fact and one.value is not other.value


def _same(one: Condition, negated: Condition) -> bool:
    """Tell whether a demanded atom cannot hold while the negated one does not."""
    match one, negated:
        case OneOf(fact=fact, codes=codes), OneOf(fact=other, codes=others):
            return fact == other and codes <= others
        case Holds(fact=fact, codes=codes, k=k), Holds(fact=other, codes=others, k=most):
            return fact == other and codes <= others and k >= most
        case Is(fact=fact, value=value), Is(fact=other, value=denied):
            return fact == other and value is denied
        case _:
            return False


def linears_of(clause: Clause) -> Iterator[tuple[Linear, int]]:
    """Yield every linear sum of a clause with its line (0: the clause's own)."""
    for condition in conditions_in(clause):
        for atom in atoms_of(condition):
            if isinstance(atom, Compare):
                yield atom.linear, atom.mark.line
    for amount in amounts_of(clause):
        match amount:
            case Rate(linear=linear) | Banded(basis=linear) | Progressive(basis=linear) | Less(received=linear):
                yield linear, 0
            case Capped(used=used) if used is not None:
                yield used, 0
            case _:
                pass


def _overflows(clause: Clause, dictionary: FactDictionary) -> Iterator[Finding]:
    for linear, line in linears_of(clause):
        if magnitude(linear, dictionary) >= _LIMIT:
            words = say_linear(linear, dictionary)
            yield finding_at(clause, "rules.lint_overflow", line=line, words=words)


def magnitude(linear: Linear, dictionary: FactDictionary) -> int:
    """Return how large a sum with whole coefficients can become, by the ranges of its facts."""
    times = lcm(linear.constant.denominator, *(each.denominator for _fact, each in linear.terms))
    total = abs(linear.constant * times)
    for fact, coefficient in linear.terms:
        known, most = range_of(fact, dictionary), largest(dictionary[fact]) if fact in dictionary else 0
        reach = max(most if end is None else abs(end) for end in (known.lo, known.hi))
        total += abs(coefficient * times) * reach
    return int(total)
