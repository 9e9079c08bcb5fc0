"""Conditions to the graph: every condition becomes two plain questions, whether it is certain and whether possible.

Comparisons become whole numbers: denominators cleared, common divisors taken out, the threshold moved to the next
whole number. So ``lowered`` asks exactly what the reference (``meaning``) answers, without a fraction.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

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
    OnDay,
    OneOf,
    Op,
    Since,
)
from feidi.engines.rules.days import holding
from feidi.engines.rules.facts import FactDictionary, FactType, Interval
from feidi.engines.rules.lowering.graph import (
    NO,
    YES,
    End,
    Ending,
    Exceeds,
    Graph,
    HasCode,
    Quotient,
    Reaches,
    Total,
    Whole,
)

#: The nodes of (certain, possible).
Pair = tuple[int, int]
_YESNO = Interval(0, 1)


class Lowering:
    """Lowers conditions over one dictionary, for one day, into one graph."""

    def __init__(self, dictionary: FactDictionary, day: int) -> None:
        self.dictionary, self.day, self.graph = dictionary, day, Graph()
        self._known: dict[Condition, Pair] = {}
        #: facts that a branch of an amount takes to lie within something: their lower and upper ends
        self.narrowed: dict[str, Pair] = {}

    def condition(self, condition: Condition) -> Pair:
        """Return the nodes for certain and possible."""
        match condition:
            case All(parts=parts):
                pairs = [self.condition(part) for part in parts]
                return self.graph.every(c for c, _p in pairs), self.graph.every(p for _c, p in pairs)
            case Any(parts=parts):
                pairs = [self.condition(part) for part in parts]
                return self.graph.some(c for c, _p in pairs), self.graph.some(p for _c, p in pairs)
            case AtLeast(k=k, parts=parts):
                pairs = [self.condition(part) for part in parts]
                return self.graph.count(k, (c for c, _p in pairs)), self.graph.count(k, (p for _c, p in pairs))
            case Not(part=part):
                return self.negated(self.condition(part))
            case _:
                return self._once(condition)

    def negated(self, pair: Pair) -> Pair:
        """Return the pair of the contrary: certain where the other is not possible."""
        certain, possible = pair
        return self.graph.opposite(possible), self.graph.opposite(certain)

    def _once(self, atom: Atom) -> Pair:
        if self.narrowed:
            return self._atom(atom)
        if atom not in self._known:
            self._known[atom] = self._atom(atom)
        return self._known[atom]

    def _atom(self, atom: Atom) -> Pair:
        match atom:
            case Compare():
                return self._compare(atom)
            case OnDay(fact=fact, op=Op.NE, day=day):
                return self.stands(Linear(((fact, Fraction(1)),), Fraction(-day)), Op.NE)
            case Since(fact=fact) | OnDay(fact=fact):
                return self._within(fact, holding(atom, self.day))
            case Is(fact=fact, value=value):
                yes = self.reaches(Linear(((fact, Fraction(1)),), Fraction(-1)))
                return yes if value else self.negated(yes)
            case OneOf():
                return self._one_of(atom)
            case Holds(fact=fact, codes=codes, k=k):
                return self._holds(fact, codes, k)

    # -- numbers, levels, days ------------------------------------------------------------------------------------

    def range_of(self, fact: str) -> Interval:
        """Return the values a fact can have when nothing is known of it, as numbers."""
        definition = self.dictionary[fact]
        return _YESNO if definition.type is FactType.YESNO else definition.range

    def _within(self, fact: str, days: Interval) -> Pair:
        """Return whether every and whether some day that a fact can be lies within days."""
        if days.lo is not None and days.hi is not None and days.lo > days.hi:
            return NO, NO
        ends = [
            self.stands(Linear(((fact, Fraction(1)),), Fraction(-day)), op)
            for day, op in ((days.lo, Op.GE), (days.hi, Op.LE))
            if day is not None
        ]
        return self.graph.every(certain for certain, _p in ends), self.graph.every(possible for _c, possible in ends)

    def _compare(self, atom: Compare) -> Pair:
        if atom.denominator is None:
            return self.stands(atom.linear, atom.op)
        defined = self.reaches(atom.denominator, strict=True)[0]
        certain, possible = self.stands(atom.linear, atom.op, atom.denominator)
        return (
            self.graph.every((defined, certain)),
            self.graph.some((self.graph.opposite(defined), possible)),
        )

    def stands(self, linear: Linear, op: Op, below: Linear | None = None) -> Pair:
        """Return whether every and whether some value of a sum stands so to 0."""
        match op:
            case Op.GE:
                return self.reaches(linear, below=below)
            case Op.GT:
                return self.reaches(linear, strict=True, below=below)
            case Op.LT:
                return self.negated(self.reaches(linear, below=below))
            case Op.LE:
                return self.negated(self.reaches(linear, strict=True, below=below))
            case Op.EQ:
                return self._equals(linear, below)
            case Op.NE:
                return self.negated(self._equals(linear, below))

    def _equals(self, linear: Linear, below: Linear | None) -> Pair:
        up = self.reaches(linear, below=below)
        down = self.negated(self.reaches(linear, strict=True, below=below))
        return self.graph.every((up[0], down[0])), self.graph.every((up[1], down[1]))

    def reaches(self, linear: Linear, *, strict: bool = False, below: Linear | None = None) -> Pair:
        """Return whether the lower and whether the upper end of a sum is at least 0 (more than 0 when ``strict``)."""
        terms = tuple((fact, coefficient) for fact, coefficient in linear.terms if coefficient)
        if not terms:
            holds = linear.constant > 0 if strict else linear.constant >= 0
            return (YES, YES) if holds else (NO, NO)
        if any(fact in self.narrowed for fact, _coefficient in terms):
            return self._reaches_numbers(linear, strict=strict)
        scale, whole = whole_terms(terms)
        threshold = -linear.constant * scale
        at = math.floor(threshold) + 1 if strict else math.ceil(threshold)
        quotient = None if below is None else quotient_of(linear, below, strict=strict)
        if whole[0][1] > 0 or quotient is not None:
            return self._reach(whole, End.LO, at, quotient), self._reach(whole, End.HI, at, quotient)
        turned = tuple((fact, -coefficient) for fact, coefficient in whole)
        # -x ≥ at  is  not (x ≥ 1 - at), and the ends change places
        return (
            self.graph.opposite(self._reach(turned, End.HI, 1 - at, quotient)),
            self.graph.opposite(self._reach(turned, End.LO, 1 - at, quotient)),
        )

    def _reach(self, terms: tuple[tuple[str, int], ...], end: End, at: int, quotient: Quotient | None) -> int:
        lo, hi = span_of(terms, {fact: self.range_of(fact) for fact, _coefficient in terms})
        if lo is not None and at <= lo:
            return YES
        if hi is not None and at > hi:
            return NO
        return self.graph.add(Reaches(Total(terms), end, at, quotient))

    def _reaches_numbers(self, linear: Linear, *, strict: bool) -> Pair:
        scale = whole_scale(linear)
        lo, hi = self.ends_of(linear, scale)
        at = 1 if strict else 0
        return self.exceeds(lo, at, otherwise=False), self.exceeds(hi, at, otherwise=True)

    def exceeds(self, number: int, at: int, *, otherwise: bool) -> int:
        """Return the question whether a number is at least ``at``."""
        node = self.graph.nodes[number]
        if isinstance(node, Whole):
            return YES if (otherwise if node.value is None else node.value >= at) else NO
        return self.graph.add(Exceeds(number, at, otherwise))

    def end_of(self, fact: str) -> Pair:
        """Return the lower and the upper end of a fact as numbers."""
        if fact in self.narrowed:
            return self.narrowed[fact]
        return self.graph.add(Ending(fact, End.LO)), self.graph.add(Ending(fact, End.HI))

    def ends_of(self, linear: Linear, scale: int) -> Pair:
        """Return the lower and the upper end of a sum, times ``scale`` (which makes its coefficients whole)."""
        lo, hi = [], []
        for fact, coefficient in linear.terms:
            factor, (low, high) = int(coefficient * scale), self.end_of(fact)
            lo.append((low if factor > 0 else high, factor))
            hi.append((high if factor > 0 else low, factor))
        constant = int(linear.constant * scale)
        return self.graph.added(lo, constant), self.graph.added(hi, constant)

    # -- codes ----------------------------------------------------------------------------------------------------

    def _one_of(self, atom: OneOf) -> Pair:
        definition = self.dictionary[atom.fact]
        if definition.type is FactType.LEVEL:
            return self._level_of(atom)
        asked = sorted(atom.codes & set(definition.codes) if definition.codes else atom.codes)
        certain = self.graph.some(self.graph.add(HasCode(atom.fact, code, End.LO)) for code in asked)
        possible = self.graph.some(self.graph.add(HasCode(atom.fact, code, End.HI)) for code in asked)
        if not definition.codes:
            return certain, possible
        return (YES, YES) if set(definition.codes) <= atom.codes else (certain, possible)

    def _level_of(self, atom: OneOf) -> Pair:
        ranks = {code: rank for rank, code in enumerate(self.dictionary[atom.fact].codes)}
        equal = {
            code: self.stands(Linear(((atom.fact, Fraction(1)),), Fraction(-rank)), Op.EQ)[1]
            for code, rank in ranks.items()
        }
        return (
            self.graph.every(self.graph.opposite(node) for code, node in equal.items() if code not in atom.codes),
            self.graph.some(node for code, node in equal.items() if code in atom.codes),
        )

    def _holds(self, fact: str, codes: frozenset[str], k: int) -> Pair:
        declared = self.dictionary[fact].codes
        asked = sorted(codes & set(declared) if declared else codes)
        return (
            self.graph.count(k, (self.graph.add(HasCode(fact, code, End.LO)) for code in asked)),
            self.graph.count(k, (self.graph.add(HasCode(fact, code, End.HI)) for code in asked)),
        )


def whole_terms(terms: tuple[tuple[str, Fraction], ...]) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    """Return the factor that makes the coefficients whole without a common divisor, and the terms so made."""
    denominator = math.lcm(*(coefficient.denominator for _fact, coefficient in terms))
    divisor = math.gcd(*(int(coefficient * denominator) for _fact, coefficient in terms))
    scale = Fraction(denominator, divisor)
    return scale, tuple(sorted((fact, int(coefficient * scale)) for fact, coefficient in terms))


def whole_scale(linear: Linear) -> int:
    """Return the least factor that makes a sum whole."""
    return math.lcm(linear.constant.denominator, *(coefficient.denominator for _fact, coefficient in linear.terms))


def span_of(terms: tuple[tuple[str, int], ...], ranges: Mapping[str, Interval]) -> tuple[int | None, int | None]:
    """Return the least and the greatest value a sum can have; None: no bound."""
    lo: int | None = 0
    hi: int | None = 0
    for fact, coefficient in terms:
        reach = ranges[fact]
        low, high = (reach.lo, reach.hi) if coefficient > 0 else (reach.hi, reach.lo)
        lo = None if lo is None or low is None else lo + coefficient * low
        hi = None if hi is None or high is None else hi + coefficient * high
    return lo, hi


def quotient_of(linear: Linear, below: Linear, *, strict: bool) -> Quotient | None:
    """Write ``linear`` ≥ 0 as a ratio of two sums that share no fact, by the denominator; None when it is not one."""
    if not below.terms:
        return None
    coefficients = dict(linear.terms)
    first, unit = below.terms[0]
    rate = -coefficients.get(first, Fraction(0)) / unit
    above = {fact: coefficients.get(fact, Fraction(0)) + rate * each for fact, each in below.terms}
    if rate <= 0 or any(above.values()):
        return None
    terms = tuple((fact, each) for fact, each in linear.terms if fact not in above and each)
    constant = linear.constant + rate * below.constant
    if not terms:
        return None
    up, down = _scale(terms, constant), _scale(below.terms, below.constant)
    # (above · up) / (below · down) ≥ rate · up / down
    rate = rate * up / down
    return Quotient(
        tuple((fact, int(each * up)) for fact, each in terms), int(constant * up),
        tuple((fact, int(each * down)) for fact, each in below.terms), int(below.constant * down),
        rate.numerator, rate.denominator, strict,
    )  # fmt: skip


def _scale(terms: tuple[tuple[str, Fraction], ...], constant: Fraction) -> Fraction:
    denominator = math.lcm(constant.denominator, *(each.denominator for _fact, each in terms))
    return Fraction(denominator, math.gcd(int(constant * denominator), *(int(e * denominator) for _f, e in terms)))
