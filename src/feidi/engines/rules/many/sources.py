"""Where the questions of a program get their numbers: a fact, a sum of facts, or a ratio, for one stretch of rows.

A source is computed once and answers all questions about it. Sums are whole numbers of 64 bits where the ranges of the
facts prove that they fit, else Python's own; a ratio is answered by one exact division, rounded towards the side on which
a whole threshold cannot be missed, or in floating point where the ranges prove that no answer can differ. Nothing wraps.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.lowering.bounds import FITS
from feidi.engines.rules.lowering.graph import End, Reaches
from feidi.engines.rules.many.columns import LEAST, MOST, Array, Column, Columns, unknown_column

#: Beyond every sum of Python's whole numbers that a rule comes to.
_FAR: Final = 2**1000
Terms = tuple[tuple[str, int], ...]


class Scratch:
    """Arrays of one length to compute in, used again for every source: what stays in the cache need not be fetched."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._arrays: dict[str, list[Array]] = {}
        self._used: dict[str, int] = {}

    def array(self, kind: Any) -> Array:
        """Return an array that nothing else uses until ``release``."""
        name = np.dtype(kind).str
        arrays, used = self._arrays.setdefault(name, []), self._used.get(name, 0)
        if used == len(arrays):
            arrays.append(np.empty(self._rows, dtype=kind))
        self._used[name] = used + 1
        return arrays[used]

    def release(self) -> None:
        """Let all arrays be used again."""
        self._used.clear()


class Stretch:
    """Some rows of all columns, and room to compute with them."""

    def __init__(self, table: Table, first: int, last: int, scratch: Scratch | None = None) -> None:
        self.table, self.rows = table, slice(first, last)
        self.scratch = Scratch(last - first) if scratch is None else scratch

    def plain(self, fact: str, end: End = End.LO) -> Array:
        """Return an end as it stands in its column."""
        column = self.table.column(fact)
        return (column.lo if end is End.LO else column.hi)[self.rows]

    def end(self, fact: str, end: End) -> tuple[Array, Array | None]:
        """Return an end where unknown values reach as far as declared, and where nothing bounds it."""
        column, values = self.table.column(fact), self.plain(fact, end)
        bound = column.least if end is End.LO else column.most
        if column.has_intervals:
            open_value = LEAST if end is End.LO else MOST
            return (values, None) if bound is not None else _without(values, values == open_value)
        if column.unknown is None:
            return values, None
        if bound is None:
            return _without(values, values == column.blank)
        reaching = self.scratch.array(values.dtype)
        if end is End.LO:
            return np.maximum(values, values.dtype.type(bound), out=reaching), None
        np.copyto(reaching, values)
        is_blank = np.equal(values, values.dtype.type(column.blank), out=self.scratch.array(bool))
        np.copyto(reaching, values.dtype.type(bound), where=is_blank)
        return reaching, None

    def total(
        self, terms: Sequence[tuple[str, int]], constant: int, end: End, plain: Container[str] = ()
    ) -> tuple[Array, Array | None]:
        """Return an end of Σ coefficient × fact + constant, and where nothing bounds it; ``plain`` facts as they stand."""
        whole: Any = np.int64 if self.table.fits(terms, constant, plain) else object
        result: Array | None = None
        unbounded: Array | None = None
        for fact, coefficient in terms:
            at = end if coefficient > 0 else end.other
            values, open_rows = (self.plain(fact), None) if fact in plain else self.end(fact, at)
            result = self._added(result, values, coefficient, whole)
            if open_rows is not None:
                unbounded = open_rows if unbounded is None else unbounded | open_rows
        if result is None:
            result = np.zeros(self.rows.stop - self.rows.start, dtype=whole)
        return (result + constant if constant else result), unbounded

    def _added(self, result: Array | None, values: Array, coefficient: int, whole: Any) -> Array:
        """Return a sum with one more part."""
        if whole is object:
            part: Array = values.astype(object) * coefficient
            return part if result is None else result + part
        if result is None and coefficient == 1 and values.dtype == np.int64:
            return values
        room = self.scratch.array(np.int64)
        if result is None:
            np.multiply(values, coefficient, out=room, dtype=np.int64)
            return room
        if coefficient in {1, -1}:
            join = np.add if coefficient == 1 else np.subtract
            join(result, values, out=room, dtype=np.int64)
            return room
        np.multiply(values, coefficient, out=room, dtype=np.int64)
        np.add(result, room, out=room, dtype=np.int64)
        return room


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

    def plain_magnitude(self, fact: str) -> int:
        """Return a bound for the absolute value of what stands in an exact column, known or not."""
        column = self.column(fact)
        return max(abs(column.blank), *map(abs, column.measured))

    def largest(self, terms: Sequence[tuple[str, int]], constant: int, plain: Container[str] = ()) -> int:
        """Return a bound for the absolute value of a sum."""
        found = abs(constant)
        for fact, coefficient in terms:
            found += abs(coefficient) * (self.plain_magnitude(fact) if fact in plain else self.magnitude(fact))
        return found

    def is_positive(self, asked: QuotientSource) -> bool:
        """Whether no numerator is negative."""
        least = [self.column(fact).least for fact, _coefficient in asked.above]
        below = any(each is None or each < 0 for each in least) or any(c < 0 for _fact, c in asked.above)
        return not below and asked.above_constant >= 0 and not asked.strict

    def fits(self, terms: Sequence[tuple[str, int]], constant: int, plain: Container[str] = ()) -> bool:
        """Whether a sum of the facts, and every part of it, fits into 64 bits."""
        return self.largest(terms, constant, plain) < FITS


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
    """An end of a sum of facts, ``plain`` ones as they stand."""

    terms: Terms
    end: End
    plain: frozenset[str] = frozenset()

    def numbers(self, stretch: Stretch) -> Array:
        """Return the sums; beyond every threshold where nothing bounds them."""
        values, unbounded = stretch.total(self.terms, 0, self.end, self.plain)
        return values if unbounded is None else np.where(unbounded, _beyond(self.end, values), values)

    def threshold(self, asked: Reaches) -> int:
        """Return what the numbers must reach."""
        return asked.at


@dataclass(frozen=True, slots=True)
class QuotientSource:
    """An end of ``above / below`` in units of 1/``parts``, rounded down, or up where more than a rate is asked."""

    above: Terms
    above_constant: int
    below: Terms
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
        return _whole_rate(asked, self.parts, strict=self.strict)


@dataclass(frozen=True, slots=True)
class RatioSource:
    """``above / below`` of plain facts in units of 1/``parts``, in floating point where that is proved to lose nothing.

    Where more than a rate is asked it is rounded up.
    """

    above: Terms
    above_constant: int
    below: Terms
    below_constant: int
    parts: int
    strict: bool
    plain: frozenset[str]

    def numbers(self, stretch: Stretch) -> Array:
        """Return the ratios; what they are where the denominator is not positive is never asked."""
        above, _open = stretch.total(self.above, self.above_constant, End.LO, self.plain)
        below, _none = stretch.total(self.below, self.below_constant, End.LO, self.plain)
        ratio, divisor = stretch.scratch.array(np.float64), stretch.scratch.array(np.float64)
        np.multiply(above, float(self.parts), out=ratio)
        np.maximum(below, 1, out=divisor)
        np.divide(ratio, divisor, out=ratio)
        return np.ceil(ratio, out=ratio) if self.strict else ratio

    def threshold(self, asked: Reaches) -> int:
        """Return what the numbers must reach."""
        return _whole_rate(asked, self.parts, strict=self.strict)


Source = FactSource | SumSource | QuotientSource | RatioSource


def _whole_rate(asked: Reaches, parts: int, *, strict: bool) -> int:
    """Return the rate of a ratio in units of 1/parts: what its numbers must reach."""
    assert asked.quotient is not None  # noqa: S101 - only ratios are asked so
    whole = asked.quotient.numerator * (parts // asked.quotient.denominator)
    return whole + 1 if strict else whole


def _beyond(end: End, values: Array) -> int:
    """Return what stands for no bound: no sum of that type is as far out."""
    far = MOST if values.dtype == np.int64 else _FAR
    return -far if end is End.LO else far


def _quotient(above: Array, below: Array, is_positive: bool) -> Array:  # noqa: FBT001 - what is known of both
    """Return ⌊above / below⌋; without signs the division is cheaper."""
    if not is_positive or above.dtype != np.int64 or below.dtype != np.int64:
        return above // below
    return (above.view(np.uint64) // below.view(np.uint64)).view(np.int64)
