"""The evaluators side by side: the same facts as columns and as a table, and where their answers differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from feidi.engines.rules.clauses import ClauseSet
from feidi.engines.rules.facts import FactDef, FactDictionary, Facts, FactType, Interval, Value
from feidi.engines.rules.many import Amounts, Batch, Program, amounts_of, columns_of, evaluate_many, prepare_many
from feidi.engines.rules.results import Verdict
from feidi.engines.rules.sql import DUCKDB, Given, amount_queries, verdict_query
from tests.engines.rules.random_rules import AS_OF

Truths = NDArray[np.bool_]


def table_of(rows: Sequence[Facts], dictionary: FactDictionary) -> tuple[pa.Table, dict[str, Given]]:
    """Return facts as a table with a key, and how each stands in it: numbers as two ends, the others as one column."""
    columns: dict[str, pa.Array] = {"key": pa.array(range(len(rows)), pa.int64())}
    given = {}
    for definition in dictionary:
        values = [row.get(definition.id) for row in rows]
        lo, hi = f"{definition.id}_lo", f"{definition.id}_hi"
        if definition.type is FactType.YESNO:
            columns[definition.id] = pa.array(values, pa.bool_())
            given[definition.id] = Given(definition.id, "flag")
        elif definition.type in {FactType.CODE, FactType.CODES}:
            columns[definition.id] = pa.array([_small(definition, each) for each in values], pa.int64())
            given[definition.id] = Given(definition.id)
        else:
            ends = [each if isinstance(each, Interval) else Interval(None, None) for each in values]
            columns[lo] = pa.array([each.lo for each in ends], pa.int64())
            columns[hi] = pa.array([each.hi for each in ends], pa.int64())
            given[definition.id] = Given(lo=lo, hi=hi)
    return pa.table(columns), given


def _small(definition: FactDef, value: Value | None) -> int | None:
    if isinstance(value, frozenset):
        return sum(1 << definition.codes.index(code) for code in value)
    return None if value is None else definition.codes.index(str(value))


@dataclass(slots=True)
class Kernel:
    """What the columnar kernel answers."""

    program: Program
    batch: Batch
    amounts: dict[int, Amounts]
    eligible: Truths
    unknown: Truths


def run_kernel(
    clauses: ClauseSet, rows: Sequence[Facts], dictionary: FactDictionary, *, as_of: date = AS_OF, **how: Any
) -> Kernel:
    program = prepare_many(clauses, dictionary, as_of=as_of)
    columns = columns_of(rows, program.dictionary)
    batch = evaluate_many(program, columns, **how)
    amounts = {each.clause: each for each in amounts_of(program, columns, batch)}
    return Kernel(program, batch, amounts, _bits(batch.eligible, batch.n), _bits(batch.unknown, batch.n))


def _bits(words: NDArray[np.uint64], n: int) -> Truths:
    return np.unpackbits(words.view(np.uint8), axis=1, count=n).astype(bool)


def verdict_at(kernel: Kernel, clause: int, row: int) -> Verdict:
    if kernel.eligible[clause, row]:
        return Verdict.ELIGIBLE
    return Verdict.UNKNOWN if kernel.unknown[clause, row] else Verdict.NOT_ELIGIBLE


def amounts_at(kernel: Kernel, clause: int) -> dict[int, tuple[int, int | None]]:
    """Return, by row, the ends of the amounts that a clause grants."""
    if clause not in kernel.amounts:
        return {}
    each = kernel.amounts[clause]
    his: list[int | None] = each.hi.tolist()
    if each.open is not None:
        his = [None if is_open else hi for hi, is_open in zip(his, each.open.tolist(), strict=True)]
    return dict(zip(each.rows.tolist(), zip(each.lo.tolist(), his, strict=True), strict=True))


def sql_differences(kernel: Kernel, rows: Sequence[Facts], dictionary: FactDictionary) -> int:
    """Return how many verdicts and amounts DuckDB answers otherwise than the kernel."""
    import duckdb

    table, given = table_of(rows, dictionary)
    with duckdb.connect() as connection:
        connection.register("facts", table)
        query = verdict_query(kernel.program, given, DUCKDB, table="facts", key="key")
        found = connection.sql(query).to_arrow_table().sort_by("key")
        different = _verdict_differences(kernel, found)
        for query in amount_queries(kernel.program, given, DUCKDB, table="facts", key="key"):
            different += _amount_differences(kernel, connection.sql(query).to_arrow_table())
    return different


def _verdict_differences(kernel: Kernel, found: pa.Table) -> int:
    different = 0
    for name, mine in (("eligible", kernel.eligible), ("unknown", kernel.unknown)):
        for clause, line in enumerate(mine):
            word = found[f"{name}_{clause // 64}"].to_numpy().view(np.uint64)
            different += int((((word >> np.uint64(clause % 64)) & np.uint64(1)).astype(bool) != line).sum())
    return different


def _amount_differences(kernel: Kernel, found: pa.Table) -> int:
    listed = found.to_pylist()
    if not listed:
        return 0
    theirs = {row["key"]: (row["amount_min_fen"], row["amount_max_fen"]) for row in listed}
    mine = amounts_at(kernel, listed[0]["clause"])
    return (
        len(listed) - len(theirs) + sum(theirs.get(row) != ends for row, ends in mine.items()) + len(theirs) - len(mine)
    )
