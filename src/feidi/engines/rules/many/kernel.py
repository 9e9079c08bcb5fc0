"""The kernel: a plan over columns, stretch by stretch of rows that fit the cache, on several threads.

Every question becomes one comparison of an array with a whole number and one packing of its answers into bits; all
joining is done 64 rows at a time. numpy lets go of the interpreter while it compares, so two threads use two cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from feidi.engines.rules.many.columns import WORD, Array, Column, padded_length
from feidi.engines.rules.many.plan import ALL, AND, NOT, NOTHING, OR, Asked, CodeAsked, Join, Plan
from feidi.engines.rules.many.sources import Scratch, Stretch, Table

Words = NDArray[np.uint64]

STRETCH: Final = 65_536
"""Rows that are looked at together."""
_TOGETHER: Final = 8
"""Thresholds that are compared in one call."""
_DENSE: Final = 7
"""Above one row in so many, all are looked at."""
_JOINS: Final[dict[str, Callable[..., Any]]] = {AND: np.bitwise_and, OR: np.bitwise_or}


def thread_count() -> int:
    """Return how many threads are used: the cores this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class Take(Protocol):
    """Is given the answers of a root for a stretch of rows, from several threads; they hold only during the call."""

    def __call__(self, root: int, words: Words, rows: slice, /) -> None:
        """Keep what is needed."""


class Kernel:
    """Runs a plan over a table."""

    def __init__(self, plan: Plan, table: Table, *, threads: int | None = None, stretch: int = STRETCH) -> None:
        self.plan, self.table, self.stretch = plan, table, stretch
        self.threads = thread_count() if threads is None else threads

    def run(self, take: Take) -> None:
        """Give the answers of every root, in order, for every stretch."""
        length = padded_length(self.table.columns.n)
        parts = [(first, min(first + self.stretch, length)) for first in range(0, length, self.stretch)]
        if self.threads == 1 or len(parts) <= 1:
            for first, last in parts:
                self._one(first, last, take)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            for done in [pool.submit(self._one, first, last, take) for first, last in parts]:
                done.result()

    def _one(self, first: int, last: int, take: Take) -> None:
        space = self._space(last - first)
        stretch = Stretch(self.table, first, last, space.scratch)
        found, rows = space.registers, slice(first, last)
        for asked in self.plan.asked:
            _compare(asked, stretch, space)
            space.scratch.release()
        for code in self.plan.codes:
            found[code.target] = _codes(code, stretch, space)
        for fact, register in self.plan.unknown:
            found[register] = _unknown(self.table.column(fact), first, last)
        for root, (register, joins) in enumerate(space.segments):
            for function, left, right, target in joins:
                function(found[left], found[right], target)
            take(root, found[register], rows)

    def _space(self, rows: int) -> _Space:
        spaces: dict[int, _Space] | None = getattr(self.plan.spaces, "by_rows", None)
        if spaces is None:
            spaces = self.plan.spaces.by_rows = {}
        if rows not in spaces:
            spaces[rows] = _Space(self.plan, rows)
        return spaces[rows]


class _Space:
    """What one thread writes into, for stretches of one length."""

    def __init__(self, plan: Plan, rows: int) -> None:
        self.answers = np.empty((_TOGETHER, rows), dtype=bool)
        self.scratch = Scratch(rows)
        words = rows // WORD
        made = np.empty((max(plan.slots, default=0) + 1, words), dtype=np.uint64)
        pieces = list(made)
        self.registers: list[Words] = [pieces[0]] * plan.registers
        self.joins: list[tuple[Callable[..., Any], int, int, Words]] = []
        for join, slot in zip(plan.joins, plan.slots, strict=True):
            self.registers[join.target] = pieces[slot]
            self._add(join, pieces[slot])
        #: of each root its register, and what is still to be joined for it
        self.segments: list[tuple[int, list[tuple[Callable[..., Any], int, int, Words]]]] = []
        done = 0
        for register, after in plan.roots:
            self.segments.append((register, self.joins[done:after]))
            done = after

    def _add(self, join: Join, target: Words) -> None:
        if join.kind in {ALL, NOTHING}:
            self.joins.append((_everything if join.kind == ALL else _zero, 0, 0, target))
        elif join.kind == NOT:
            self.joins.append((_invert, join.left, join.left, target))
        else:
            self.joins.append((_JOINS[join.kind], join.left, join.right, target))


def _everything(_left: Words, _right: Words, target: Words) -> None:
    target.fill(np.uint64(2**64 - 1))


def _zero(_left: Words, _right: Words, target: Words) -> None:
    target.fill(np.uint64(0))


def _invert(part: Words, _same: Words, target: Words) -> None:
    np.invert(part, target)


def _compare(asked: Asked, stretch: Stretch, space: _Space) -> None:
    numbers = asked.source.numbers(stretch)
    for each in asked.compared(numbers.dtype):
        short = each.shortened(numbers, stretch.scratch)
        for start in range(0, len(each.targets), _TOGETHER):
            some = each.against[start : start + _TOGETHER]
            answers = space.answers[: len(some)]
            np.greater_equal(short, some, answers, casting="unsafe")
            packed = np.packbits(answers, axis=1).view(np.uint64)
            for target, words in zip(each.targets[start : start + _TOGETHER], packed, strict=True):
                space.registers[target] = words


def _codes(code: CodeAsked, stretch: Stretch, space: _Space) -> Words:
    values, answers = stretch.plain(code.fact), space.answers[0]
    if code.is_set:
        np.not_equal(values & values.dtype.type(1 << code.place), 0, answers)
    else:
        np.equal(values, values.dtype.type(code.place), answers)
    return _packed(answers)


def _unknown(column: Column, first: int, last: int) -> Words:
    assert column.unknown is not None  # noqa: S101 - asked only where something is unknown
    bits: Array = column.unknown[first // 8 : last // 8]
    return bits.view(np.uint64) if bits.ctypes.data % 8 == 0 else bits.copy().view(np.uint64)


def _packed(answers: Array) -> Words:
    packed: Words = np.packbits(answers).view(np.uint64)
    return packed


def rows_of(words: Words, n: int) -> NDArray[np.int64]:
    """Return which of ``n`` rows are set, ascending; where they are few only the bytes that hold any are looked at."""
    lines = words.view(np.uint8)
    if int(np.bitwise_count(words).sum()) * _DENSE > n:
        return np.flatnonzero(np.unpackbits(lines, count=n).view(bool))
    there = np.flatnonzero(lines != 0)
    places = np.flatnonzero(np.unpackbits(lines[there]).view(bool))
    rows: NDArray[np.int64] = there[places >> 3]
    rows <<= 3
    places &= 7
    rows += places
    return rows
