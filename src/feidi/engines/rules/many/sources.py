"""Where the questions of a program get their numbers: a fact, a sum of facts, or a ratio, for one stretch of rows.

A source is computed once and answers all questions about it. Sums are whole numbers of 64 bits where the ranges of the
facts prove that they fit, else Python's own; a ratio is answered by one exact division, rounded towards the side on which
a whole threshold cannot be missed. Nothing wraps and nothing is a float.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.lowering.bounds import FITS
from feidi.engines.rules.lowering.graph import End, Quotient, Reaches
from feidi.engines.rules.many.columns import LEAST, MOST, Array, Column, Columns, unknown_column

#: Beyond every sum of Python's whole numbers that a rule comes to.
_FAR: Final = 2**1000
#: Questions from which it pays to make a column of 64 bits narrower first.
_WORTH_NARROWING: Final = 12


class Stretch:
    """Some rows of all columns, and what has been computed of them."""

    def __init__(self, table: Table, first: int, last: int) -> None:
        self.table, self.rows = table, slice(first, last)
        self._ends: dict[tuple[str, End], tuple[Array, Array | None]] = {}

    def plain(self, fact: str, end: End = End.LO) -> Array:
        """Return an end as it stands in its column."""
        column = self.table.column(fact)
        return (column.lo if end is End.LO else column.hi)[self.rows]

    def end(self, fact: str, end: End) -> tuple[Array, Array | None]:
        """Return an end where unknown values reach as far as declared, and where nothing bounds it."""
        key = fact, end
        if key not in self._ends:
            self._ends[key] = self._end(fact, end)
        return self._ends[key]

    def _end(self, fact: str, end: End) -> tuple[Array, Array | None]:
        column, values = self.table.column(fact), self.plain(fact, end)
        bound = column.least if end is End.LO else column.most
        if column.has_intervals:
            open_value = LEAST if end is End.LO else MOST
            return (values, None) if bound is not None else _without(values, values == open_value)
        if column.unknown is None:
            return values, None
        if bound is None:
            return _without(values, values == column.blank)
        if end is End.LO:
            return np.maximum(values, values.dtype.type(bound)), None
        return np.where(values == column.blank, values.dtype.type(bound), values), None

    def total(self, terms: Sequence[tuple[str, int]], constant: int, end: End) -> tuple[Array, Array | None]:
        """Return an end of Σ coefficient × fact + constant, and where nothing bounds it."""
        kind: Any = np.int64 if self.table.fits(terms, constant) else object
        result: Array | None = None
        unbounded: Array | None = None
        for fact, coefficient in terms:
            values, open_rows = self.end(fact, end if coefficient > 0 else end.other)
            part = values.astype(kind, copy=False)
            if coefficient not in {1, -1}:
                part = np.multiply(part, coefficient)
            if result is None:
                result = np.negative(part) if coefficient == -1 else part
            else:
                result = np.subtract(result, part) if coefficient == -1 else np.add(result, part)
            if open_rows is not None:
                unbounded = open_rows if unbounded is None else unbounded | open_rows
        if result is None:
            result = np.zeros(self.rows.stop - self.rows.start, dtype=kind)
        return (result + constant if constant else result), unbounded


def _without(values: Array, unbounded: NDArray[np.bool_]) -> tuple[Array, Array | None]:
    if not bool(unbounded.any()):
        return values, None
    return np.where(unbounded, values.dtype.type(0), values), unbounded


@dataclass(slots=True)
class Table:
    """The columns that a program asks for, and what they prove about sums."""

    columns: Columns
    dictionary: FactDictionary
    _made: dict[str, Column] = field(default_factory=dict)

    def column(self, fact: str) -> Column:
        """Return the column of a fact."""
        found = self.columns.by_fact.get(fact) or self._made.get(fact)
        if found is None:
            found = self._made[fact] = unknown_column(self.columns.n, self.dictionary[fact])
        return found

    def magnitude(self, fact: str) -> int:
        """Return a bound for the absolute value of a fact that is bounded."""
        column = self.column(fact)
        least = column.measured[0] if column.least is None else column.least
        most = column.measured[1] if column.most is None else column.most
        return max(abs(least), abs(most), *map(abs, column.measured))

    def largest(self, terms: Sequence[tuple[str, int]], constant: int) -> int:
        """Return a bound for the absolute value of a sum."""
        return abs(constant) + sum(abs(coefficient) * self.magnitude(fact) for fact, coefficient in terms)

    def is_positive(self, asked: QuotientSource) -> bool:
        """Whether no numerator is negative."""
        least = [self.column(fact).least for fact, _coefficient in asked.above]
        below = any(each is None or each < 0 for each in least) or any(c < 0 for _fact, c in asked.above)
        return not below and asked.above_constant >= 0 and not asked.strict

    def fits(self, terms: Sequence[tuple[str, int]], constant: int) -> bool:
        """Whether a sum of the facts, and every part of it, fits into 64 bits."""
        return self.largest(terms, constant) < FITS


@dataclass(frozen=True, slots=True)
class FactSource:
    """A fact as it stands in its column."""

    fact: str
    end: End

    def numbers(self, stretch: Stretch) -> Array:
        """Return the numbers that the thresholds are compared with."""
        return stretch.plain(self.fact, self.end)

    def threshold(self, asked: Reaches) -> int:
        """Return what the numbers must reach."""
        return asked.at


@dataclass(frozen=True, slots=True)
class SumSource:
    """An end of a sum of facts."""

    terms: tuple[tuple[str, int], ...]
    end: End

    def numbers(self, stretch: Stretch) -> Array:
        """Return the sums; beyond every threshold where nothing bounds them."""
        values, unbounded = stretch.total(self.terms, 0, self.end)
        return values if unbounded is None else np.where(unbounded, _beyond(self.end, values), values)

    def threshold(self, asked: Reaches) -> int:
        """Return what the numbers must reach."""
        return asked.at


@dataclass(frozen=True, slots=True)
class QuotientSource:
    """An end of ``above / below`` in units of 1/``parts``, rounded down, or up where more than a rate is asked."""

    above: tuple[tuple[str, int], ...]
    above_constant: int
    below: tuple[tuple[str, int], ...]
    below_constant: int
    parts: int
    strict: bool
    end: End

    def numbers(self, stretch: Stretch) -> Array:
        """Return the ratios; what they are where the denominator is not positive is never asked."""
        above, above_open = stretch.total(self.above, self.above_constant, self.end)
        below, below_open = stretch.total(self.below, self.below_constant, self.end.other)
        if not stretch.table.fits([(f, c * self.parts) for f, c in self.above], self.above_constant * self.parts):
            above = above.astype(object)
        scaled = above * self.parts if self.parts > 1 else above
        ratio = _quotient(-scaled if self.strict else scaled, np.maximum(below, 1), stretch.table.is_positive(self))
        if self.strict:
            ratio = -ratio
        if above_open is not None:
            ratio = np.where(above_open, _beyond(self.end, ratio), ratio)
        if below_open is not None and self.end is End.LO:
            ratio = np.where(below_open, _beyond(End.LO, ratio), ratio)
        return ratio

    def threshold(self, asked: Reaches) -> int:
        """Return what the numbers must reach."""
        assert asked.quotient is not None  # noqa: S101 - only ratios have this source
        whole = asked.quotient.numerator * (self.parts // asked.quotient.denominator)
        return whole + 1 if self.strict else whole


def _beyond(end: End, values: Array) -> int:
    """Return what stands for no bound: no sum of that type is as far out."""
    far = MOST if values.dtype == np.int64 else _FAR
    return -far if end is End.LO else far


def _quotient(above: Array, below: Array, is_positive: bool) -> Array:  # noqa: FBT001 - what is known of both
    """Return ⌊above / below⌋; without signs the division is cheaper."""
    if not is_positive or above.dtype != np.int64 or below.dtype != np.int64:
        return above // below
    return (above.view(np.uint64) // below.view(np.uint64)).view(np.int64)


Source = FactSource | SumSource | QuotientSource


def common_parts(quotients: Sequence[Quotient]) -> int:
    """Return the units in which every rate of a family of ratios is whole."""
    return math.lcm(*(each.denominator for each in quotients))


def narrowed(numbers: Array, thresholds: Sequence[int]) -> tuple[Array, list[int]]:
    """Return numbers and thresholds that answer the same in fewer bits, where there are enough questions to pay for it.

    x ≥ c is ⌊x / g⌋ ≥ c / g where g divides c; what lies beyond all thresholds may be moved next to them.
    """
    if numbers.dtype == object:
        return numbers, list(thresholds)
    # no number is as far out as LEAST and MOST, but what stands for no bound
    thresholds = [min(max(each, LEAST + 1), MOST) for each in thresholds]
    if numbers.dtype != np.int64 or len(thresholds) < _WORTH_NARROWING:
        return numbers, thresholds
    divisor = math.gcd(*thresholds)
    shift = (divisor & -divisor).bit_length() - 1 if divisor else 0
    limits = np.iinfo(np.int32)
    for by in (1, 1 << shift, divisor):
        least, most = min(thresholds) // by, max(thresholds) // by
        if limits.min < least and most <= limits.max:
            moved = numbers if by == 1 else numbers >> shift if by == 1 << shift else numbers // by
            bounded = np.clip(moved, limits.min, limits.max)
            return bounded.astype(np.int32), [each // by for each in thresholds]
    return numbers, thresholds
