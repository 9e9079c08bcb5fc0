"""Amounts for those subjects that may get them: clause by clause, only the rows whose verdict is possible.

A number is an array, or one number for all rows, with where it has no bound. Where the ranges of the facts prove that
every intermediate number fits, 64 bits are used, else Python's own whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from feidi.engines.rules.facts import FactType
from feidi.engines.rules.lowering.bounds import FITS, Bounds
from feidi.engines.rules.lowering.graph import (
    Added,
    AtLeastThis,
    Chosen,
    Constant,
    Count,
    Divided,
    End,
    Ending,
    Every,
    Exceeds,
    Graph,
    Greatest,
    HasCode,
    Least,
    Opposite,
    Question,
    Reaches,
    Some,
    Whole,
)
from feidi.engines.rules.many.columns import Array, Columns
from feidi.engines.rules.many.program import Batch, Program
from feidi.engines.rules.many.sources import Stretch, Table

Truths = NDArray[np.bool_] | bool
#: Values and where they have no bound (None: nowhere; True: everywhere).
Numbers = tuple[Array | int, Truths | None]


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one clause grants to some rows (ascending): ``lo`` ≤ amount ≤ ``hi`` in hundredths of a yuan.

    ``open``   where no upper bound is known (``hi`` says nothing there); None: nowhere
    """

    clause: int
    rows: NDArray[np.int64]
    lo: NDArray[np.int64]
    hi: NDArray[np.int64]
    open: NDArray[np.bool_] | None


class AmountTooWideError(ValueError):
    """An amount passes the 64 bits of its column. ``clause`` is its number."""

    def __init__(self, clause: int) -> None:
        super().__init__(f"clause {clause}: an amount passes 64 bits")
        self.clause = clause


def constant_amount(program: Program, clause: int) -> tuple[int, int | None] | None:
    """Return lo and hi of an amount that is the same for everybody; None where it is not, or there is no money."""
    pair = program.amounts[clause]
    if pair is None:
        return None
    lo, hi = (program.graph.nodes[number] for number in pair)
    if isinstance(lo, Whole) and isinstance(hi, Whole) and lo.value is not None:
        return lo.value, hi.value
    return None


def amounts_of(
    program: Program,
    columns: Columns,
    batch: Batch,
    *,
    clauses: Sequence[int] | None = None,
    eligible_only: bool = False,
) -> Iterator[Amounts]:
    """Yield, for every clause with money in order, the amounts of the rows whose verdict is possible (or: eligible)."""
    table = Table(columns, program.dictionary)
    bounds = Bounds(program.graph, table.magnitude)
    for clause in range(len(program.clauses)) if clauses is None else clauses:
        pair = program.amounts[clause]
        if pair is not None:
            rows = batch.eligible_rows(clause) if eligible_only else batch.possible_rows(clause)
            kind = np.int64 if bounds.widest(pair) < FITS else object
            yield _amounts(clause, rows, RowWise(program.graph, table, rows, kind), pair)


def _amounts(clause: int, rows: NDArray[np.int64], found: RowWise, pair: tuple[int, int]) -> Amounts:
    (lo, _never), (hi, unbounded) = (found.number(number) for number in pair)
    n = len(rows)
    try:
        ends = _filled(lo, n), _filled(hi, n)
    except OverflowError as error:
        raise AmountTooWideError(clause) from error
    is_open = None if unbounded is None else np.broadcast_to(np.asarray(unbounded, dtype=bool), (n,))
    return Amounts(clause, rows, *ends, is_open)


def _filled(values: Array | int, n: int) -> NDArray[np.int64]:
    return np.broadcast_to(np.asarray(values).astype(np.int64, copy=False), (n,))


class _RowStretch(Stretch):
    """Some rows of all columns, not side by side."""

    def __init__(self, table: Table, rows: NDArray[np.int64]) -> None:
        super().__init__(table, 0, len(rows))
        self.places = rows
        self._plain: dict[tuple[str, End], Array] = {}

    @override
    def plain(self, fact: str, end: End = End.LO) -> Array:
        """Return an end as it stands in its column."""
        column = self.table.column(fact)
        key = fact, end if column.has_intervals else End.LO
        if key not in self._plain:
            self._plain[key] = (column.lo if key[1] is End.LO else column.hi)[self.places]
        return self._plain[key]


class RowWise:
    """Answers nodes of a graph for some rows, each node once.

    ``kind``   64 bits where every number provably fits, else Python's whole numbers (object)
    """

    def __init__(self, graph: Graph, table: Table, rows: NDArray[np.int64], kind: Any) -> None:
        self.graph, self.table, self.stretch = graph, table, _RowStretch(table, rows)
        self.n = len(rows)
        self._numbers: dict[int, Numbers] = {}
        self._truths: dict[int, Truths] = {}
        self.kind = kind

    # -- questions ------------------------------------------------------------------------------------------------

    def truth(self, number: int) -> Truths:
        """Return the answers to a question."""
        if number not in self._truths:
            self._truths[number] = self._truth(self.graph.nodes[number])
        return self._truths[number]

    def _truth(self, node: object) -> Truths:
        match node:
            case Constant(value=value):
                return value
            case Every(parts=parts):
                return self._joined(np.logical_and, parts)
            case Some(parts=parts):
                return self._joined(np.logical_or, parts)
            case Count(k=k, parts=parts):
                return np.asarray(sum(np.asarray(self.truth(part), dtype=np.int64) for part in parts) >= k)
            case Opposite(part=part):
                return np.logical_not(self.truth(part))
            case Exceeds(number=part, at=at, otherwise=otherwise):
                values, unbounded = self.number(part)
                reached = np.asarray(np.asarray(values) >= at, dtype=bool)
                return reached if unbounded is None else np.where(unbounded, otherwise, reached)
            case Reaches() | HasCode():
                return self._leaf(node)
            case _:
                raise TypeError(f"not a question: {node}")

    def _joined(self, join: Callable[[Truths, Truths], Truths], parts: Sequence[int]) -> Truths:
        result = self.truth(parts[0])
        for part in parts[1:]:
            result = join(result, self.truth(part))
        return result

    def _leaf(self, node: Question) -> Truths:
        if isinstance(node, HasCode):
            return self._has_code(node)
        assert isinstance(node, Reaches)  # noqa: S101 - the other leaf
        values, unbounded = self.stretch.total(node.total.terms, 0, node.end)
        reached = np.asarray(values >= node.at, dtype=bool)
        return reached if unbounded is None else np.where(unbounded, node.end is End.HI, reached)

    def _has_code(self, node: HasCode) -> Truths:
        definition = self.table.dictionary[node.fact]
        values, place = self.stretch.plain(node.fact), definition.codes.index(node.code)
        if definition.type is not FactType.CODES:
            there: Truths = values == place
        else:
            there = (values >= 0) & ((values & values.dtype.type(1 << place)) != 0)
        return there if node.end is End.LO else there | (values < 0)

    # -- numbers --------------------------------------------------------------------------------------------------

    def number(self, number: int) -> Numbers:
        """Return the values of a number."""
        if number not in self._numbers:
            self._numbers[number] = self._number(self.graph.nodes[number])
        return self._numbers[number]

    def _number(self, node: object) -> Numbers:
        match node:
            case Whole(value=value):
                return (0, True) if value is None else (value, None)
            case Ending(fact=fact, end=end):
                values, unbounded = self.stretch.end(fact, end)
                return values.astype(self.kind, copy=False), unbounded
            case Added(terms=terms, constant=constant):
                return self._added(terms, constant)
            case AtLeastThis(number=part, least=least):
                low, no_end = self.number(part)
                raised = np.maximum(low, least)
                return (raised if no_end is None else np.where(no_end, least, raised)), None
            case Greatest(parts=parts) | Least(parts=parts):
                return self._extreme(parts, largest=isinstance(node, Greatest))
            case Chosen(question=question, yes=yes, no=no):
                return self._chosen(self.truth(question), self.number(yes), self.number(no))
            case Divided(number=part, by=by, times=times):
                whole, no_bound = self.number(part)
                return whole // by * times, no_bound
            case _:
                raise TypeError(f"not a number: {node}")

    def _added(self, terms: Sequence[tuple[int, int]], constant: int) -> Numbers:
        total: Array | int = constant
        unbounded: Truths | None = None
        for part, coefficient in terms:
            values, is_open = self.number(part)
            total = total + (values if coefficient == 1 else values * coefficient)
            unbounded = _either(unbounded, is_open)
        return total, unbounded

    def _extreme(self, parts: Sequence[int], *, largest: bool) -> Numbers:
        result = self.number(parts[0])
        for part in parts[1:]:
            other = self.number(part)
            if largest:
                result = np.maximum(result[0], other[0]), _either(result[1], other[1])
            else:
                result = _smaller(result, other)
        return result

    def _chosen(self, truths: Truths, yes: Numbers, no: Numbers) -> Numbers:
        values = np.where(truths, yes[0], no[0])
        if yes[1] is None and no[1] is None:
            return values, None
        unbounded = np.where(truths, False if yes[1] is None else yes[1], False if no[1] is None else no[1])
        return values, unbounded if bool(unbounded.any()) else None


def _smaller(one: Numbers, other: Numbers) -> Numbers:
    """Return the smaller of two upper ends; one without a bound is above every other."""
    values: Array = np.asarray(np.minimum(one[0], other[0]))
    if other[1] is not None:
        values = np.where(other[1], one[0], values)
    if one[1] is not None:
        values = np.where(one[1], other[0], values)
    both = None if one[1] is None or other[1] is None else np.logical_and(one[1], other[1])
    return values, both


def _either(one: Truths | None, other: Truths | None) -> Truths | None:
    if one is None or other is None:
        return one if other is None else other
    return np.logical_or(one, other)
