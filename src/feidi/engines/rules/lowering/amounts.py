"""Amounts to the graph: the lower and the upper end of every amount as whole numbers over one fixed denominator.

The meaning is that of ``granting`` (the reference), part by part: a cap bounds the upper end and never becomes the
lower one; where a fact decides between rows, the rows it can fall into form the hull, the fact taken to lie within.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

from feidi.engines.rules.amounts import (
    Amount,
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
    Sum,
    Times,
    Unstated,
    Where,
)
from feidi.engines.rules.conditions import Linear, Op
from feidi.engines.rules.days import running
from feidi.engines.rules.facts import FactType, Interval
from feidi.engines.rules.lowering.graph import YES, End, Graph, HasCode
from feidi.engines.rules.lowering.verdicts import Lowering, Pair, whole_scale
from feidi.engines.rules.pieces import touched, whole_numbers

_ALL = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Ends:
    """lo / scale ≤ amount ≤ hi / scale (nodes); hi may be without bound."""

    lo: int
    hi: int
    scale: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A row of a table: whether the deciding fact can fall into it (a node), and its amount."""

    can_be: int
    ends: Ends


class AmountLowering:
    """Lowers amounts into the graph of a ``Lowering``."""

    def __init__(self, lowering: Lowering) -> None:
        self.conditions = lowering

    @property
    def graph(self) -> Graph:
        """The one graph."""
        return self.conditions.graph

    def granted(self, amount: Amount, rounding: Rounding, unit_fen: int) -> Pair:
        """Return the ends of what a clause grants, rounded once, in hundredths of a yuan."""
        ends = self.ends(amount)
        return self._rounded(ends.lo, ends.scale, rounding, unit_fen), self._rounded(
            ends.hi, ends.scale, rounding, unit_fen
        )

    def _rounded(self, number: int, scale: int, rounding: Rounding, unit: int) -> int:
        whole = scale * unit
        match rounding:
            case Rounding.DOWN:
                return self.graph.divided(number, whole, unit)
            case Rounding.UP:
                return self.graph.divided(self.graph.added([(number, 1)], whole - 1), whole, unit)
            case Rounding.HALF_UP:
                # with an even whole, half of it is a whole number itself
                times = 2 if whole % 2 else 1
                half_more = self.graph.added([(number, times)], whole * times // 2)
                return number if whole == 1 else self.graph.divided(half_more, whole * times, unit)

    def ends(self, amount: Amount) -> Ends:
        """Return the ends of an amount."""
        match amount:
            case Fixed(fen=fen):
                return self._fixed(max(fen, Fraction(0)))
            case Unstated():
                return Ends(self.graph.whole(0), self.graph.whole(None), 1)
            case Rate(linear=linear):
                return self._rate(linear)
            case Progressive():
                return self._progressive(amount)
            case Banded() | ByCode() | ByYear() | Where():
                return self._table(amount)
            case _:
                return self._combined(amount)

    def _table(self, amount: Banded | ByCode | ByYear | Where) -> Ends:
        match amount:
            case Banded():
                return self._banded(amount)
            case ByCode(fact=fact, table=table, otherwise=otherwise):
                other = self._nothing() if otherwise is None else self.ends(otherwise)
                return self._by_code(fact, [(code, self.ends(part)) for code, part in table], other)
            case ByYear():
                return self._by_year(amount)
            case Where():
                certain, possible = self.conditions.condition(amount.condition)
                other = self._nothing() if amount.otherwise is None else self.ends(amount.otherwise)
                return self._hull(
                    [Branch(possible, self.ends(amount.amount)), Branch(self.graph.opposite(certain), other)]
                )

    def _combined(self, amount: Times | Less | Capped | Sum | Largest | Smallest) -> Ends:
        match amount:
            case Times(base=base, fact=fact, table=table, otherwise=otherwise):
                ends = self.ends(base)
                rows = [(code, self._times(ends, factor)) for code, factor in table]
                return self._by_code(fact, rows, self._times(ends, otherwise))
            case Less(amount=part, received=received):
                return self._left(self.ends(part), received)
            case Capped():
                return self._capped(amount)
            case Sum(parts=parts):
                return self._sum([self.ends(part) for part in parts])
            case Largest(parts=parts):
                return self._extreme([self.ends(part) for part in parts], largest=True)
            case Smallest(parts=parts):
                return self._extreme([self.ends(part) for part in parts], largest=False)

    # -- plain ----------------------------------------------------------------------------------------------------

    def _nothing(self) -> Ends:
        return self._fixed(Fraction(0))

    def _fixed(self, value: Fraction) -> Ends:
        node = self.graph.whole(value.numerator)
        return Ends(node, node, value.denominator)

    def _rate(self, linear: Linear) -> Ends:
        scale = whole_scale(linear)
        lo, hi = self.conditions.ends_of(linear, scale)
        return Ends(self.graph.at_least(lo, 0), self._not_below(hi), scale)

    def _not_below(self, hi: int) -> int:
        return self.graph.greatest((hi, self.graph.whole(0)))

    def _progressive(self, amount: Progressive) -> Ends:
        uptos = [step.upto for step in amount.steps if step.upto is not None]
        scale = math.lcm(whole_scale(amount.basis), *(upto.denominator for upto in uptos))
        rates = [max(step.rate, Fraction(0)) for step in amount.steps]
        parts = math.lcm(*(rate.denominator for rate in rates)) if rates else 1
        lo, hi = self.conditions.ends_of(amount.basis, scale)
        steps = [
            (None if step.upto is None else int(step.upto * scale), int(rate * parts))
            for step, rate in zip(amount.steps, rates, strict=True)
        ]
        # without a lower end nothing is certain: what a basis of 0 comes to
        return Ends(self._by_steps(self.graph.at_least(lo, 0), steps), self._by_steps(hi, steps), scale * parts)

    def _by_steps(self, basis: int, steps: Sequence[tuple[int | None, int]]) -> int:
        """Return Σ rate × the part of the basis up to each step; a part is what the basis reaches beyond the step before."""
        terms, before = [], self.graph.whole(0)
        top: int | None = 0
        for end, rate in steps:
            top = None if end is None or top is None else max(top, end)
            reached = basis if top is None else self.graph.least((basis, self.graph.whole(top)))
            reached = self._not_below(reached)
            terms += [(reached, rate), (before, -rate)] if rate else []
            before = reached
        return self.graph.added(_collected(terms))

    def _times(self, ends: Ends, factor: Fraction) -> Ends:
        factor = max(factor, Fraction(0))
        lo, hi = (self.graph.scaled(node, factor.numerator) for node in (ends.lo, ends.hi))
        return Ends(lo, hi, ends.scale * factor.denominator)

    def _left(self, whole: Ends, taken: Linear) -> Ends:
        """Return what is left of a whole when something is taken: never below 0, and nothing negative is taken."""
        scale = math.lcm(whole.scale, whole_scale(taken))
        whole = self._rescaled(whole, scale)
        lo, hi = self.conditions.ends_of(taken, scale)
        least_left = self.graph.added([(whole.lo, 1), (self._not_below(hi), -1)])
        most_left = self.graph.added([(whole.hi, 1), (self.graph.at_least(lo, 0), -1)])
        return Ends(self.graph.at_least(least_left, 0), self._not_below(most_left), scale)

    def _capped(self, amount: Capped) -> Ends:
        cap = self.ends(amount.cap)
        if amount.used is not None:
            cap = self._left(cap, amount.used)
        return self._extreme([self.ends(amount.amount), cap], largest=False)

    def _sum(self, parts: Sequence[Ends]) -> Ends:
        scale, parts = self._alike(parts)
        return Ends(
            self.graph.added(_collected((part.lo, 1) for part in parts)),
            self.graph.added(_collected((part.hi, 1) for part in parts)),
            scale,
        )

    def _extreme(self, parts: Sequence[Ends], *, largest: bool) -> Ends:
        if not parts:
            return self._nothing()
        scale, parts = self._alike(parts)
        join = self.graph.greatest if largest else self.graph.least
        return Ends(join(part.lo for part in parts), join(part.hi for part in parts), scale)

    def _rescaled(self, ends: Ends, scale: int) -> Ends:
        factor = scale // ends.scale
        return Ends(self.graph.scaled(ends.lo, factor), self.graph.scaled(ends.hi, factor), scale)

    def _alike(self, parts: Sequence[Ends]) -> tuple[int, list[Ends]]:
        scale = math.lcm(1, *(part.scale for part in parts))
        return scale, [self._rescaled(part, scale) for part in parts]

    # -- tables ---------------------------------------------------------------------------------------------------

    def _hull(self, branches: Sequence[Branch]) -> Ends:
        """Return the ends over the branches that can be the one; one of them always can."""
        scale, ends = self._alike([branch.ends for branch in branches])
        asked = [branch.can_be for branch in branches]
        none, nothing = self.graph.whole(None), self.graph.whole(0)
        return Ends(
            self.graph.least(self.graph.chosen(can, each.lo, none) for can, each in zip(asked, ends, strict=True)),
            self.graph.greatest(
                self.graph.chosen(can, each.hi, nothing) for can, each in zip(asked, ends, strict=True)
            ),
            scale,
        )

    def _banded(self, amount: Banded) -> Ends:
        terms, constant = amount.basis.terms, amount.basis.constant
        alone = terms[0] if len(terms) == 1 and terms[0][1] else None
        if alone is None:
            scale = whole_scale(amount.basis)
            factor, offset = Fraction(1, scale), Fraction(0)
            basis = Linear(tuple((f, c * scale) for f, c in terms), constant * scale)
        else:
            factor, offset, basis = alone[1], constant, Linear(((alone[0], Fraction(1)),))
        rows, rest = pieces_of(whole_numbers(band, factor, offset) for band in amount.bands)
        branches = []
        for band, pieces in zip(amount.bands, rows, strict=True):
            if not pieces:
                continue
            with self._within(None if alone is None else alone[0], pieces):
                ends = self.ends(band.amount)
            branches.append(Branch(self._touches(basis, pieces), ends))
        return self._hull([*branches, Branch(self._touches(basis, rest), self._nothing())])

    def _touches(self, basis: Linear, pieces: Iterable[Interval]) -> int:
        """Return the question whether a sum can have a value in one of the pieces."""
        asked = []
        for piece in pieces:
            above = YES if piece.lo is None else self._can(basis, Op.GE, piece.lo)
            below = YES if piece.hi is None else self._can(basis, Op.LE, piece.hi)
            asked.append(self.graph.every((above, below)))
        return self.graph.some(asked)

    def _can(self, basis: Linear, op: Op, value: int) -> int:
        return self.conditions.stands(Linear(basis.terms, basis.constant - value), op)[1]

    @contextmanager
    def _within(self, fact: str | None, pieces: Sequence[Interval]) -> Iterator[None]:
        """Take a fact to lie within pieces (in order, apart from each other): the hull of what it can have of them."""
        if fact is None:
            yield
            return
        before = dict(self.conditions.narrowed)
        lo, hi = self.conditions.end_of(fact)
        self.conditions.narrowed[fact] = self._lower_end(lo, pieces), self._upper_end(hi, pieces)
        try:
            yield
        finally:
            self.conditions.narrowed = before

    def _lower_end(self, lo: int, pieces: Sequence[Interval]) -> int:
        number: int | None = None
        for piece in reversed(pieces):
            here = lo if piece.lo is None else self.graph.at_least(lo, piece.lo)
            if number is None or piece.hi is None:
                number = here
            else:
                beyond = self.conditions.exceeds(lo, piece.hi + 1, otherwise=False)
                number = self.graph.chosen(beyond, number, here)
        return lo if number is None else number

    def _upper_end(self, hi: int, pieces: Sequence[Interval]) -> int:
        number: int | None = None
        for piece in pieces:
            here = hi if piece.hi is None else self.graph.least((hi, self.graph.whole(piece.hi)))
            if number is None or piece.lo is None:
                number = here
            else:
                reached = self.conditions.exceeds(hi, piece.lo, otherwise=True)
                number = self.graph.chosen(reached, here, number)
        return hi if number is None else number

    def _by_year(self, amount: ByYear) -> Ends:
        basis, day = Linear(((amount.since, Fraction(1)),)), self.conditions.day
        rows, rest = pieces_of(running(first, last, amount.span, day) for first, last, _amount in amount.table)
        branches = [
            Branch(self._touches(basis, pieces), self.ends(part))
            for (_first, _last, part), pieces in zip(amount.table, rows, strict=True)
            if pieces
        ]
        return self._hull([*branches, Branch(self._touches(basis, rest), self._nothing())])

    def _by_code(self, fact: str, rows: Sequence[tuple[str, Ends]], otherwise: Ends) -> Ends:
        definition = self.conditions.dictionary[fact]
        declared = definition.codes
        if definition.type is FactType.LEVEL:
            can_be = {code: self._can_be_level(fact, rank) for rank, code in enumerate(declared)}
        else:
            can_be = {code: self.graph.add(HasCode(fact, code, End.HI)) for code in declared}
        written = {code for code, _ends in rows}
        listed = [(code, ends) for code, ends in rows if code in can_be]
        if definition.type is FactType.CODES:
            return self._by_set(fact, listed, otherwise)
        other = self.graph.some(node for code, node in can_be.items() if code not in written)
        return self._hull([*(Branch(can_be[code], ends) for code, ends in listed), Branch(other, otherwise)])

    def _can_be_level(self, fact: str, rank: int) -> int:
        return self._touches(Linear(((fact, Fraction(1)),)), (Interval(rank, rank),))

    def _by_set(self, fact: str, rows: Sequence[tuple[str, Ends]], otherwise: Ends) -> Ends:
        """Of a set that is known the largest of its rows, else ``otherwise``; of one that is not known, any of all."""
        if not rows:
            return otherwise
        scale, ends = self._alike([*(each for _code, each in rows), otherwise])
        *tabled, other = ends
        held = [self.graph.add(HasCode(fact, code, End.LO)) for code, _ends in rows]
        can_hold = [self.graph.add(HasCode(fact, code, End.HI)) for code, _ends in rows]
        unknown = self.graph.every((can_hold[0], self.graph.opposite(held[0])))
        nothing, some = self.graph.whole(0), self.graph.some(held)
        lows = [self.graph.chosen(is_held, each.lo, nothing) for is_held, each in zip(held, tabled, strict=True)]
        known = self.graph.chosen(some, self.graph.greatest(lows), other.lo)
        highs = [self.graph.chosen(can, each.hi, nothing) for can, each in zip(can_hold, tabled, strict=True)]
        return Ends(
            self.graph.chosen(unknown, self.graph.least(each.lo for each in ends), known),
            self.graph.greatest((*highs, self.graph.chosen(some, nothing, other.hi))),
            scale,
        )


def _collected(terms: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add up the coefficients of equal numbers."""
    found: dict[int, int] = {}
    for number, coefficient in terms:
        found[number] = found.get(number, 0) + coefficient
    return list(found.items())


def pieces_of(rows: Iterable[Interval]) -> tuple[list[list[Interval]], list[Interval]]:
    """Return what each row takes of all whole numbers when the rows before it have taken theirs, and what is left."""
    listed = list(rows)
    taken: list[list[Interval]] = []
    left = [_ALL]
    for row in listed:
        here = [touched(piece, [row])[0] for piece in left]
        taken.append([within for found in here for _number, within in found])
        left = [rest for piece in left for rest in _beside(piece, row)]
    return taken, left


def _beside(piece: Interval, row: Interval) -> list[Interval]:
    """Return what of a piece lies outside a row."""
    if row.lo is not None and row.hi is not None and row.lo > row.hi:
        return [piece]
    outside = []
    if row.lo is not None:
        outside.append(Interval(None, row.lo - 1))
    if row.hi is not None:
        outside.append(Interval(row.hi + 1, None))
    return [within for each in outside for _number, within in touched(piece, [each])[0]]
