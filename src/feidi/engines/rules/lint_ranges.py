"""What can be, by the declared ranges of facts alone: the ends of a sum, an atom that always or never holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf
from typing import Final

from feidi.engines.rules.conditions import All, Atom, Compare, Condition, Linear, OnDay, OneOf, Op
from feidi.engines.rules.facts import FactDictionary, Interval

#: A place on the number line just before (-1), at (0) or just after (1) a number; so an end that is left out has a place too.
Place = tuple[Fraction | float, int]
LOWEST: Final[Place] = (-inf, 0)
HIGHEST: Final[Place] = (inf, 0)
_FLIPPED: Final = {Op.GE: Op.LE, Op.GT: Op.LT, Op.LE: Op.GE, Op.LT: Op.GT, Op.EQ: Op.EQ, Op.NE: Op.NE}
_HOLDS: Final[Mapping[Op, Callable[[Fraction | float, Fraction | float], bool | None]]] = {
    Op.GE: lambda lo, hi: True if lo >= 0 else False if hi < 0 else None,
    Op.GT: lambda lo, hi: True if lo > 0 else False if hi <= 0 else None,
    Op.LE: lambda lo, hi: True if hi <= 0 else False if lo > 0 else None,
    Op.LT: lambda lo, hi: True if hi < 0 else False if lo >= 0 else None,
    Op.EQ: lambda lo, hi: True if lo == hi == 0 else False if lo > 0 or hi < 0 else None,
    Op.NE: lambda lo, hi: True if lo > 0 or hi < 0 else False if lo == hi == 0 else None,
}


@dataclass(frozen=True, slots=True)
class Span:
    """The values from one place to another, both included."""

    lo: Place
    hi: Place

    @property
    def empty(self) -> bool:
        """Whether no value lies in it."""
        return self.lo > self.hi

    def within(self, other: Span) -> Span:
        """Return what both have."""
        return Span(max(self.lo, other.lo), min(self.hi, other.hi))


EVERYTHING: Final = Span(LOWEST, HIGHEST)


def span_of(lo: Fraction | None, hi: Fraction | None, *, lo_in: bool, hi_in: bool, whole: bool = False) -> Span:
    """Return the span between two ends, each belonging to it or not; of whole numbers the ends are whole."""
    low: Place = LOWEST if lo is None else (lo, 0 if lo_in else 1)
    high: Place = HIGHEST if hi is None else (hi, 0 if hi_in else -1)
    if whole and lo is not None:
        low = (Fraction(ceil(lo) if lo_in else floor(lo) + 1), 0)
    if whole and hi is not None:
        high = (Fraction(floor(hi) if hi_in else ceil(hi) - 1), 0)
    return Span(low, high)


def after(place: Place, *, whole: bool = False) -> Place:
    """Return the next place: what follows a span without a gap begins there."""
    if whole and place[1] == 0:
        return (place[0] + 1, 0)
    return (place[0], place[1] + 1)


def range_of(fact: str, dictionary: FactDictionary) -> Interval:
    """Return the declared range of a fact, without ends where it is unknown."""
    return dictionary[fact].range if fact in dictionary else Interval(None, None)


def bounds(linear: Linear, dictionary: FactDictionary) -> tuple[Fraction | float, Fraction | float]:
    """Return the least and the greatest value a sum can have."""
    lo: Fraction | float = linear.constant
    hi: Fraction | float = linear.constant
    for fact, coefficient in linear.terms:
        known = range_of(fact, dictionary)
        ends = (known.lo, known.hi) if coefficient > 0 else (known.hi, known.lo)
        lo = -inf if ends[0] is None or lo == -inf else lo + coefficient * ends[0]
        hi = inf if ends[1] is None or hi == inf else hi + coefficient * ends[1]
    return lo, hi


def always(atom: Atom, dictionary: FactDictionary) -> bool | None:
    """Return True or False for an atom that holds, or fails, for every value its facts can have; else None."""
    match atom:
        case Compare(linear=linear, op=op, denominator=below):
            found = _HOLDS[op](*bounds(linear, dictionary))
            undefined = below is not None and bounds(below, dictionary)[0] <= 0
            return None if undefined and found else found
        case OnDay(fact=fact, op=op, day=day):
            return _HOLDS[op](*bounds(Linear(((fact, Fraction(1)),), Fraction(-day)), dictionary))
        case OneOf(fact=fact, codes=codes) if fact in dictionary:
            return True if set(dictionary[fact].codes) <= codes else None
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Limit:
    """What one comparison asks of a sum of facts: terms (first coefficient 1) within a span."""

    terms: tuple[tuple[str, Fraction], ...]
    span: Span
    atom: Atom


def limit_of(atom: Atom) -> Limit | None:
    """Return a comparison as a limit on its sum; None for what is none (≠, ratios, codes)."""
    if isinstance(atom, OnDay):
        linear, op = Linear(((atom.fact, Fraction(1)),), Fraction(-atom.day)), atom.op
    elif isinstance(atom, Compare) and atom.denominator is None and atom.linear.terms:
        linear, op = atom.linear, atom.op
    else:
        return None
    first = linear.terms[0][1]
    op = op if first > 0 else _FLIPPED[op]
    at = -linear.constant / first
    spans = {
        Op.GE: Span((at, 0), HIGHEST), Op.GT: Span((at, 1), HIGHEST), Op.LE: Span(LOWEST, (at, 0)),
        Op.LT: Span(LOWEST, (at, -1)), Op.EQ: Span((at, 0), (at, 0)),
    }  # fmt: skip
    if op not in spans:
        return None
    return Limit(tuple((fact, each / first) for fact, each in linear.terms), spans[op], atom)


def demanded(condition: Condition) -> list[Condition]:
    """Return what a condition certainly asks: its parts through nested 全部."""
    found: list[Condition] = []
    waiting = [condition]
    while waiting:
        each = waiting.pop()
        if isinstance(each, All):
            waiting.extend(reversed(each.parts))
        else:
            found.append(each)
    return found


def limits_on(condition: Condition) -> dict[tuple[tuple[str, Fraction], ...], Span]:
    """Return, for each sum that a condition certainly limits, the span it must lie in."""
    found: dict[tuple[tuple[str, Fraction], ...], Span] = {}
    for each in _limits(demanded(condition)):
        found[each.terms] = found.get(each.terms, EVERYTHING).within(each.span)
    return found


def _limits(parts: Iterable[Condition]) -> Iterable[Limit]:
    for part in parts:
        limit = limit_of(part) if isinstance(part, Compare | OnDay) else None
        if limit is not None:
            yield limit


def clashes(condition: Condition) -> list[tuple[Atom, Atom]]:
    """Return pairs of atoms that a condition asks together and that no value satisfies together."""
    found: list[tuple[Atom, Atom]] = []
    seen: dict[tuple[tuple[str, Fraction], ...], list[Limit]] = {}
    for each in _limits(demanded(condition)):
        earlier = seen.setdefault(each.terms, [])
        found += [(other.atom, each.atom) for other in earlier if other.span.within(each.span).empty]
        earlier.append(each)
    return found
