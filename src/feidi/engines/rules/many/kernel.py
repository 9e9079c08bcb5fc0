"""The kernel: a plan over columns, stretch by stretch of rows that fit the cache, on several threads.

Every question becomes one comparison of an array with a whole number and one packing of its answers into bits; all
joining is done 64 rows at a time. numpy lets go of the interpreter while it compares, so two threads use two cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import local
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.rules.many.columns import WORD, Array, Column, padded_length
from feidi.engines.rules.many.plan import ALL, AND, NOT, NOTHING, OR, Asked, CodeAsked, Join, Plan
from feidi.engines.rules.many.sources import Stretch, Table, narrowed

Words = NDArray[np.uint64]

STRETCH: Final = 65_536
"""Rows that are looked at together."""
_TOGETHER: Final = 4
"""Thresholds that are compared in one call."""
_EVERY = np.uint64(2**64 - 1)
_JOINS: Final[dict[str, Callable[..., Any]]] = {AND: np.bitwise_and, OR: np.bitwise_or}


def thread_count() -> int:
    """Return how many threads are used: the cores this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class Kernel:
    """Runs a plan over a table."""

    def __init__(self, plan: Plan, table: Table, *, threads: int | None = None, stretch: int = STRETCH) -> None:
        self.plan, self.table, self.stretch = plan, table, stretch
        self.threads = thread_count() if threads is None else threads
        self._own = local()

    def run(self, take: Callable[[list[Words], slice, slice], None]) -> None:
        """Give the answers of every stretch to ``take``: the registers, its rows, its words. From several threads."""
        length = padded_length(self.table.columns.n)
        parts = [(first, min(first + self.stretch, length)) for first in range(0, length, self.stretch)]

        def one(part: tuple[int, int]) -> None:
            take(self.registers(*part), slice(*part), slice(part[0] // WORD, part[1] // WORD))

        if self.threads == 1 or len(parts) <= 1:
            for part in parts:
                one(part)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            for done in [pool.submit(one, part) for part in parts]:
                done.result()

    def registers(self, first: int, last: int) -> list[Words]:
        """Return the answers for one stretch of rows, by register. They hold until this thread asks for the next."""
        space = self._space(last - first)
        stretch, found = Stretch(self.table, first, last), space.registers
        for asked in self.plan.asked:
            _compare(asked, stretch, space)
        for code in self.plan.codes:
            found[code.target] = _codes(code, stretch, space)
        for fact, register in self.plan.unknown:
            found[register] = _unknown(self.table.column(fact), first, last)
        for function, left, right, target in space.joins:
            function(found[left], found[right], target)
        return found

    def _space(self, rows: int) -> _Space:
        spaces: dict[int, _Space] = getattr(self._own, "spaces", None) or {}
        if rows not in spaces:
            spaces[rows] = _Space(self.plan, rows)
            self._own.spaces = spaces
        return spaces[rows]


class _Space:
    """What one thread writes into, for stretches of one length."""

    def __init__(self, plan: Plan, rows: int) -> None:
        self.answers = np.empty((_TOGETHER, rows), dtype=bool)
        words = rows // WORD
        made = np.empty((len(plan.joins), words), dtype=np.uint64)
        self.registers: list[Words] = [made[0] if len(made) else np.empty(words, np.uint64)] * plan.registers
        self.joins: list[tuple[Callable[..., Any], int, int, Words]] = []
        for join, target in zip(plan.joins, made, strict=True):
            self.registers[join.target] = target
            self._add(join, target)

    def _add(self, join: Join, target: Words) -> None:
        if join.kind in {ALL, NOTHING}:
            target.fill(_EVERY if join.kind == ALL else np.uint64(0))
        elif join.kind == NOT:
            self.joins.append((_invert, join.left, join.left, target))
        else:
            self.joins.append((_JOINS[join.kind], join.left, join.right, target))


def _invert(part: Words, _same: Words, target: Words) -> None:
    np.invert(part, target)


def _compare(asked: Asked, stretch: Stretch, space: _Space) -> None:
    numbers, thresholds = narrowed(asked.source.numbers(stretch), asked.thresholds)
    if numbers.dtype == object:
        for threshold, target in zip(thresholds, asked.targets, strict=True):
            space.registers[target] = _packed((numbers >= threshold).astype(bool))
        return
    against = np.array(thresholds, dtype=numbers.dtype)[:, None]
    for start in range(0, len(thresholds), _TOGETHER):
        some = against[start : start + _TOGETHER]
        answers = space.answers[: len(some)]
        np.greater_equal(numbers, some, answers)
        packed = np.packbits(answers, axis=1).view(np.uint64)
        for target, words in zip(asked.targets[start : start + _TOGETHER], packed, strict=True):
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


def rows_of(bits: Sequence[Any] | Array, n: int) -> NDArray[np.int64]:
    """Return the rows that are set in packed bits, ascending."""
    return np.flatnonzero(np.unpackbits(np.asarray(bits).view(np.uint8), count=n))
