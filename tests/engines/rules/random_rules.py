"""Random clauses and random facts that lie on their edges: what the evaluators are compared on.

Every construct of the language occurs, every kind of fact, closed and open ranges, unknown values and intervals. A fact
of a drawn subject lies, as often as not, at, just below or just above a constant that some clause holds it against.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from benchmarks.inside.rule_parts import plain_clause, ratio, term
from feidi.engines.rules.amounts import (
    Amount,
    Band,
    Banded,
    ByCode,
    ByYear,
    Capped,
    Fixed,
    Largest,
    Less,
    Progressive,
    Rate,
    Rounding,
    Smallest,
    Step,
    Sum,
    Times,
    Unstated,
    Where,
    amounts_in,
)
from feidi.engines.rules.clauses import Clause, ClauseSet
from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
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
    Span,
    atoms_of,
)
from feidi.engines.rules.days import holding, running
from feidi.engines.rules.facts import FactDef, FactDictionary, Facts, FactType, Interval, Value, dictionary_of, ordinal

AS_OF = date(2026, 2, 28)
_DAY = ordinal(AS_OF)
_CODES = ("north", "south", "east", "west")
_TITLES = ("t1", "t2", "t3", "t4", "t5")
_LEVELS = ("none", "district", "city", "province", "nation")

DICTIONARY = dictionary_of(
    [
        FactDef("sales", "sales", FactType.NUMBER, unit="元", scale=2, lo=0, hi=10**14),
        FactDef("spend", "spend", FactType.NUMBER, unit="元", scale=2, lo=0),
        FactDef("profit", "profit", FactType.NUMBER, unit="元", scale=2),
        FactDef("staff", "staff", FactType.NUMBER, unit="人", lo=0, hi=60),
        FactDef("score", "score", FactType.NUMBER, unit="分", lo=-20, hi=20),
        FactDef("paid", "paid", FactType.NUMBER, unit="元", scale=2, lo=0, hi=10**12),
        FactDef("founded", "founded", FactType.DATE, lo=_DAY - 9000, hi=_DAY + 400),
        FactDef("moved", "moved", FactType.DATE),
        FactDef("centre", "centre", FactType.LEVEL, codes=_LEVELS),
        FactDef("grade", "grade", FactType.LEVEL, codes=("C", "B", "A")),
        FactDef("local", "local", FactType.YESNO),
        FactDef("clean", "clean", FactType.YESNO),
        FactDef("judged:R:1", "judged:R:1", FactType.YESNO, judgement=True),
        FactDef("region", "region", FactType.CODE, codes=_CODES),
        FactDef("titles", "titles", FactType.CODES, codes=_TITLES),
    ]
)
_NUMBERS = ("sales", "spend", "profit", "staff", "score", "paid")
_DATES = ("founded", "moved")
_RANKED = ("centre", "grade")
_YESNO = ("local", "clean", "judged:R:1")
_NEAR = {"founded": _DAY - 1100, "moved": _DAY - 1100}


@dataclass(slots=True)
class Maker:
    """Draws rules. ``deep`` bounds how far conditions and amounts nest."""

    chance: random.Random
    deep: int = 3

    # -- conditions -----------------------------------------------------------------------------------------------

    def condition(self, depth: int = 0) -> Condition:
        """Return a condition."""
        if depth < self.deep and self.chance.random() < 0.55:
            return self._joined(depth + 1)
        return self.chance.choice(
            (self._compare, self._compare, self._several, self._ratio, self._since, self._on_day, self._level,
             self._is, self._one_of, self._holds)
        )()  # fmt: skip

    def _joined(self, depth: int) -> Condition:
        parts = tuple(self.condition(depth) for _part in range(self.chance.choice((0, 1, 2, 2, 3, 4))))
        return self.chance.choice(
            (
                lambda: All(parts),
                lambda: All(parts),
                lambda: Any(parts),
                lambda: AtLeast(self.chance.randint(0, len(parts) + 1), parts),
                lambda: Not(self.condition(depth)),
            )
        )()

    def number(self) -> Fraction:
        """Return a constant: small, so that values meet it, and often not whole."""
        return Fraction(
            self.chance.randint(-25, 60) * self.chance.choice((1, 1, 2)), self.chance.choice((1, 1, 1, 2, 3))
        )

    def linear(self, most: int = 3, facts: tuple[str, ...] = _NUMBERS) -> Linear:
        """Return a sum of one or more facts."""
        chosen = sorted(self.chance.sample(facts, self.chance.randint(1, min(most, len(facts)))))
        coefficients = (-2, -1, 1, 1, 1, 2, 3, Fraction(1, 2), Fraction(-3, 10), Fraction(7, 3))
        return Linear(tuple((fact, Fraction(self.chance.choice(coefficients))) for fact in chosen), self.number())

    def _compare(self) -> Condition:
        factor = self.chance.choice((1, 1, 1, -1, Fraction(1, 2)))
        return Compare(term(self.chance.choice(_NUMBERS), factor, self.number()), self._op())

    def _several(self) -> Condition:
        return Compare(self.linear(), self._op())

    def _ratio(self) -> Condition:
        above, below = self.chance.sample(_NUMBERS, 2)
        rate = Fraction(self.chance.choice((0, 3, 5, 10, 50, 100, -20)), 100)
        constant = self.number() if self.chance.random() < 0.2 else Fraction(0)
        return ratio(above, below, rate, self._op(), constant)

    def _op(self) -> Op:
        return self.chance.choice(list(Op))

    def _since(self) -> Condition:
        op = self.chance.choice((Op.GE, Op.GT, Op.LE, Op.LT))
        return Since(self.chance.choice(_DATES), op, self.chance.randint(0, 4), self.chance.choice(list(Span)))

    def _on_day(self) -> Condition:
        return OnDay(self.chance.choice(_DATES), self._op(), _DAY - self.chance.randint(-2, 1200))

    def _level(self) -> Condition:
        fact = self.chance.choice(_RANKED)
        if self.chance.random() < 0.2:
            codes = DICTIONARY[fact].codes
            return OneOf(fact, frozenset(self.chance.sample(codes, self.chance.randint(0, len(codes)))))
        return Compare(term(fact, 1, -self.chance.randint(0, 4)), self._op())

    def _is(self) -> Condition:
        return Is(self.chance.choice(_YESNO), self.chance.random() < 0.7)

    def _one_of(self) -> Condition:
        return OneOf("region", frozenset(self.chance.sample(_CODES, self.chance.randint(0, 4))))

    def _holds(self) -> Condition:
        return Holds(
            "titles", frozenset(self.chance.sample(_TITLES, self.chance.randint(0, 5))), self.chance.randint(0, 3)
        )

    # -- amounts --------------------------------------------------------------------------------------------------

    def amount(self, depth: int = 0) -> Amount:
        """Return an amount."""
        leaves: tuple[Callable[[], Amount], ...] = (self._fixed, self._fixed, self._rate, self._progressive)
        if depth == 0 and self.chance.random() < 0.04:
            return Unstated("not seen")
        if depth >= self.deep or self.chance.random() < 0.3:
            return self.chance.choice(leaves)()
        below = depth + 1
        return self.chance.choice(
            (
                lambda: self._banded(below),
                lambda: ByCode(self.chance.choice((*_RANKED, "region", "titles")), (), self._other(below)),
                lambda: self._by_code(below),
                lambda: self._by_code(below),
                lambda: self._by_year(below),
                lambda: self._times(below),
                lambda: Less(self.amount(below), self.linear(2)),
                lambda: self._capped(below),
                lambda: self._capped(below),
                lambda: Sum(tuple(self.amount(below) for _part in range(self.chance.randint(0, 3)))),
                lambda: Largest(tuple(self.amount(below) for _part in range(self.chance.randint(0, 3)))),
                lambda: Smallest(tuple(self.amount(below) for _part in range(self.chance.randint(0, 3)))),
                lambda: Where(self.condition(self.deep - 1), self.amount(below), self._other(below)),
            )
        )()

    def _other(self, depth: int) -> Amount | None:
        return self.amount(depth) if self.chance.random() < 0.5 else None

    def _fixed(self) -> Amount:
        return Fixed(Fraction(self.chance.randint(-1, 90), self.chance.choice((1, 1, 1, 3))))

    def _rate(self) -> Amount:
        return Rate(self.linear(2))

    def _progressive(self) -> Amount:
        ends: list[Fraction | None] = sorted(Fraction(self.chance.randint(-5, 60)) for _step in range(2))
        if self.chance.random() < 0.6:
            ends.append(None)
        rates = (Fraction(-1, 10), Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(2))
        return Progressive(self.linear(2), tuple(Step(end, self.chance.choice(rates)) for end in ends))

    def _banded(self, depth: int) -> Amount:
        edges = sorted(self.number() for _edge in range(3))
        pairs = [(None, edges[0]), (edges[0], edges[1]), (edges[1], edges[2]), (edges[1], None), (edges[2], edges[0])]
        bands = tuple(
            Band(lo, self.chance.random() < 0.6, hi, self.chance.random() < 0.4, self.amount(depth))
            for lo, hi in self.chance.sample(pairs, self.chance.randint(1, 4))
        )
        basis = self.linear(1 if self.chance.random() < 0.7 else 2, (*_NUMBERS, "centre"))
        return Banded(basis, bands)

    def _by_code(self, depth: int) -> Amount:
        fact = self.chance.choice((*_RANKED, "region", "titles"))
        codes = DICTIONARY[fact].codes
        some = self.chance.sample(codes, self.chance.randint(1, len(codes)))
        return ByCode(fact, tuple((code, self.amount(depth)) for code in some), self._other(depth))

    def _by_year(self, depth: int) -> Amount:
        return ByYear(
            self.chance.choice(_DATES),
            self.chance.choice((Span.YEAR, Span.MONTH, Span.YEAR)),
            ((1, 2, self.amount(depth)), (3, 3, self.amount(depth)), (2, 5, self.amount(depth))),
        )

    def _times(self, depth: int) -> Amount:
        fact = self.chance.choice((*_RANKED, "region", "titles"))
        codes = DICTIONARY[fact].codes
        factors = (Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(3, 2), Fraction(2))
        some = self.chance.sample(codes, self.chance.randint(1, len(codes)))
        table = tuple((code, self.chance.choice(factors)) for code in some)
        return Times(self.amount(depth), fact, table, self.chance.choice(factors))

    def _capped(self, depth: int) -> Amount:
        used = self.linear(2) if self.chance.random() < 0.4 else None
        return Capped(self.amount(depth), self.amount(depth), used=used)

    def clause(self, code: str) -> Clause:
        """Return a clause."""
        return plain_clause(
            code,
            self.condition(),
            None if self.chance.random() < 0.1 else self.amount(),
            rounding=self.chance.choice(list(Rounding)),
            unit_fen=self.chance.choice((1, 1, 10, 100)),
        )


def random_clauses(count: int, seed: int, deep: int = 3) -> ClauseSet:
    """Return that many clauses over ``DICTIONARY``."""
    maker = Maker(random.Random(seed), deep)
    made = [maker.clause(f"R{number:03d}") for number in range(count)]
    return ClauseSet({clause.code: clause for clause in made})


def random_facts(
    clauses: ClauseSet, count: int, seed: int, *, unknown: float = 0.15, intervals: float = 0.1
) -> list[Facts]:
    """Return the facts of that many subjects, many at, just below and just above the constants of the clauses."""
    chance, edges = random.Random(seed), edges_of(clauses)
    rows = []
    for _row in range(count):
        row = {}
        for definition in DICTIONARY:
            if chance.random() >= unknown:
                row[definition.id] = _value(definition, edges[definition.id], chance, intervals)
        rows.append(row)
    return rows


def _value(definition: FactDef, edges: list[int], chance: random.Random, intervals: float) -> Value:
    match definition.type:
        case FactType.YESNO:
            return chance.random() < 0.5
        case FactType.CODE:
            return chance.choice(definition.codes)
        case FactType.CODES:
            return frozenset(code for code in definition.codes if chance.random() < 0.35)
        case _:
            one = _whole(definition, edges, chance)
            if chance.random() >= intervals:
                return Interval(one, one)
            other = _whole(definition, edges, chance)
            ends = (min(one, other), max(one, other))
            return chance.choice((Interval(*ends), Interval(*ends), Interval(None, ends[1]), Interval(ends[0], None)))


def _whole(definition: FactDef, edges: list[int], chance: random.Random) -> int:
    near = _NEAR.get(definition.id, 20)
    value = chance.choice(edges) if edges and chance.random() < 0.6 else near + chance.randint(-45, 60)
    if chance.random() < 0.03:
        value *= 10**9 if definition.type is FactType.NUMBER else 1
    reach = definition.range
    if reach.lo is not None:
        value = max(value, reach.lo)
    return value if reach.hi is None else min(value, reach.hi)


def edges_of(clauses: ClauseSet) -> dict[str, list[int]]:
    """Return, for every fact, the whole numbers at, below and above each constant it is held against by itself."""
    found: dict[str, set[int]] = defaultdict(set)
    for clause in clauses.clauses.values():
        for fact, value in _edges(clause):
            found[fact].update((value - 1, value, value + 1))
    return defaultdict(list, {fact: sorted(values) for fact, values in found.items()})


def _edges(clause: Clause) -> Iterator[tuple[str, int]]:
    yield from _edges_of_condition(clause.condition)
    waiting = [] if clause.amount is None else [clause.amount]
    while waiting:
        amount = waiting.pop()
        waiting.extend(amounts_in(amount))
        match amount:
            case Banded(basis=basis, bands=bands) if len(basis.terms) == 1:
                fact, factor = basis.terms[0]
                ends = [end for band in bands for end in (band.lo, band.hi) if end is not None]
                yield from ((fact, floor((end - basis.constant) / factor)) for end in ends)
            case ByYear(since=since, span=span, table=table):
                days = [running(first, last, span, _DAY) for first, last, _amount in table]
                yield from ((since, end) for each in days for end in (each.lo, each.hi) if end is not None)
            case Where(condition=condition):
                yield from _edges_of_condition(condition)
            case _:
                pass


def _edges_of_condition(condition: Condition) -> Iterator[tuple[str, int]]:
    for atom in atoms_of(condition):
        match atom:
            case Compare(linear=Linear(terms=((fact, factor),), constant=constant)):
                yield fact, floor(-constant / factor)
            case OnDay(fact=fact, day=day):
                yield fact, day
            case Since(fact=fact):
                days = holding(atom, _DAY)
                yield from ((fact, end) for end in (days.lo, days.hi) if end is not None)
            case _:
                pass


def dictionary() -> FactDictionary:
    """Return the dictionary that the random rules are over."""
    return DICTIONARY
