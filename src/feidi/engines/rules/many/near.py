"""Near misses of many: who is 不符合 and would be certain if one atom that certainly fails held, and which atom.

The meaning is that of ``near`` (the reference): every place of a condition counts by itself, an atom under 非 fails when
it holds. An atom alone is lacking where, on every level above it, exactly one part too few is so, and its own is one of
those that are not. Those are questions like all others, joined 64 rows at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from feidi.engines.rules.conditions import All, Any, AtLeast, Condition, Not, parts_of
from feidi.engines.rules.lowering.verdicts import Lowering
from feidi.engines.rules.many.columns import WORD, Columns, padded_length
from feidi.engines.rules.many.kernel import Kernel, Words, rows_of, thread_count
from feidi.engines.rules.many.program import Program, clear_padding
from feidi.engines.rules.many.sources import Table

Path = tuple[int, ...]
_TOGETHER: Final = 32
"""Lines of bits that one task reads."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An atom of a clause, where it stands, and the question whether it alone is what is lacking."""

    clause: int
    path: Path
    node: int


@dataclass(frozen=True, slots=True)
class NearRows:
    """The rows that one atom alone keeps from a clause, ascending."""

    clause: int
    path: Path
    rows: NDArray[np.int32]


def faults_of(program: Program) -> tuple[Fault, ...]:
    """Return every atom of every clause with its question; those that can never be the only fault are left out."""
    if program.faults is None:
        asked = (
            (n, _faults(program.lowering, clause.condition, program.verdicts[n][1]))
            for n, clause in enumerate(program.clauses)
        )
        program.faults = tuple(Fault(n, path, node) for n, found in asked for path, node in found if node)
    return program.faults


def _faults(lowering: Lowering, condition: Condition, possible: int) -> Iterator[tuple[Path, int]]:
    graph = lowering.graph
    # where all parts are needed on every level, one that fails makes the whole impossible by itself
    root = () if _needs_all(condition) else (graph.opposite(possible),)
    waiting: list[tuple[Path, Condition, bool, tuple[int, ...]]] = [((), condition, True, root)]
    while waiting:
        path, each, wanted, above = waiting.pop()
        if isinstance(each, Not):
            waiting.append(((*path, 0), each.part, not wanted, above))
        elif isinstance(each, All | Any | AtLeast):
            one_short = _one_short(lowering, each, wanted=wanted)
            inner = (*above, one_short)
            waiting.extend(((*path, n), each.parts[n], wanted, inner) for n in range(len(each.parts) - 1, -1, -1))
        else:
            certain, possible_here = lowering.condition(each)
            fails = graph.opposite(possible_here) if wanted else certain
            yield path, graph.every((*above, fails))


def _needs_all(condition: Condition) -> bool:
    waiting = [condition]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Any | AtLeast | Not):
            return False
        waiting.extend(parts_of(each))
    return True


def _one_short(lowering: Lowering, joined: All | Any | AtLeast, *, wanted: bool) -> int:
    """Return the question whether exactly one part too few is as wanted."""
    graph, total = lowering.graph, len(joined.parts)
    k = joined.k if isinstance(joined, AtLeast) else 1 if isinstance(joined, Any) else total
    pairs = [lowering.condition(part) for part in joined.parts]
    so = [certain if wanted else graph.opposite(possible) for certain, possible in pairs]
    needed = k if wanted else total + 1 - k
    enough = graph.count(needed - 1, so)
    # an atom that fails makes its own part lacking: where all are needed that need not be asked
    return enough if needed == total else graph.every((enough, graph.opposite(graph.count(needed, so))))


def near_bits(program: Program, columns: Columns, *, threads: int | None = None) -> Words:
    """Return one line of packed bits per fault (``faults_of``): who lacks that atom alone, the first row in the highest bit."""
    table = Table(columns, program.dictionary)
    faults = faults_of(program)
    bits = np.empty((len(faults), padded_length(columns.n) // WORD), dtype=np.uint64)

    def take(fault: int, answers: Words, rows: slice) -> None:
        bits[fault, rows.start // WORD : rows.stop // WORD] = answers

    Kernel(program.plan_for(table, (fault.node for fault in faults)), table, threads=threads).run(take)
    clear_padding(bits, columns.n)
    return bits


def near_many(program: Program, columns: Columns, *, threads: int | None = None) -> list[NearRows]:
    """Return, clause by clause, the rows that one atom alone keeps from it; atoms without such rows are left out."""
    bits, faults = near_bits(program, columns, threads=threads), faults_of(program)

    def read(some: slice) -> list[NDArray[np.int32]]:
        return [rows_of(line, columns.n).astype(np.int32) for line in bits[some]]

    with ThreadPoolExecutor(thread_count() if threads is None else threads) as pool:
        parts = pool.map(read, (slice(first, first + _TOGETHER) for first in range(0, len(faults), _TOGETHER)))
        found = [rows for part in parts for rows in part]
    return [NearRows(fault.clause, fault.path, rows) for fault, rows in zip(faults, found, strict=True) if len(rows)]
