"""A batch by the columnar kernel: rows are read, answered and written stretch by stretch, two stretches at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from feidi.engines.rules.many import (
    Batch,
    Columns,
    Program,
    amounts_of,
    constant_amount,
    evaluate_many,
    faults_of,
    near_bits,
)
from feidi.engines.rules.many.kernel import thread_count
from feidi.engines.rules.many.rowwise import words_by_row
from feidi.portals.cli.policy.batch_facts import FactsTable, columns_in, stretches

#: The columns of the verdicts (and near misses) and of the amounts of one stretch, key first.
Answered = tuple[list[Any], list[list[Any]]]
_In = TypeVar("_In")
_Out = TypeVar("_Out")


def answers(program: Program, table: FactsTable, *, amounts: str, near: bool) -> Iterator[Answered]:
    """Yield the answers of every stretch, in the order of the file. Raises ``FactColumnError``."""
    if near:
        faults_of(program)

    def one(batch: pa.RecordBatch) -> Answered:
        return _answered(program, table, batch, amounts=amounts, near=near)

    yield from _ahead(one, stretches(table), thread_count())


def _ahead(work: Callable[[_In], _Out], given: Iterator[_In], threads: int) -> Iterator[_Out]:
    """Work on what is given, some at a time, and yield in order: no more is read than is worked on, and one."""
    with ThreadPoolExecutor(threads) as pool:
        waiting: list[Future[_Out]] = [pool.submit(work, each) for each in islice(given, threads + 1)]
        while waiting:
            done = waiting.pop(0).result()
            waiting += [pool.submit(work, each) for each in islice(given, 1)]
            yield done


def _answered(program: Program, table: FactsTable, batch: pa.RecordBatch, *, amounts: str, near: bool) -> Answered:
    columns, key = columns_in(table, batch), batch.column(table.key)
    found = evaluate_many(program, columns, threads=1)
    words = [*words_by_row(found.eligible, found.n), *words_by_row(found.unknown, found.n)]
    granted = (
        [] if amounts == "none" else list(_amounts(program, columns, found, key, eligible_only=amounts == "eligible"))
    )
    if near:
        words += words_by_row(near_bits(program, columns, threads=1), found.n)
    return [key, *words], granted


def _amounts(
    program: Program, columns: Columns, found: Batch, key: pa.Array, *, eligible_only: bool
) -> Iterator[list[Any]]:
    differs = [number for number in range(len(program.clauses)) if constant_amount(program, number) is None]
    for each in amounts_of(program, columns, found, clauses=differs, eligible_only=eligible_only):
        hi = pa.array(each.hi, mask=None if each.open is None else np.ascontiguousarray(each.open))
        yield [key.take(pa.array(each.rows)), np.full(len(each.rows), each.clause, np.int16), each.lo, hi]
