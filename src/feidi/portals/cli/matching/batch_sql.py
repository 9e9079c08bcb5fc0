"""A batch whose shortlists an engine of SQL makes: tables as Parquet, one statement, DuckDB on this machine or Spark on many."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from feidi.engines.affinity.checks import checks_of, looked_at
from feidi.engines.affinity.index import Index
from feidi.engines.affinity.many import Pairs, match_listed
from feidi.engines.affinity.model import Asking, Need
from feidi.engines.affinity.shortlist import Listed, Shortlist
from feidi.engines.affinity.sql import statement
from feidi.engines.affinity.tables import Tables, offsets_of, tables_of

if TYPE_CHECKING:
    from feidi.engines.affinity.view import View

#: Needs that are asked in one statement.
TOGETHER: Final = 5_000
_ORDER: Final = "ORDER BY need, score DESC, offer"


class _Engine(Protocol):
    def rows(self, folder: Path, tables: Sequence[str], query: str) -> pa.Table:
        """Answer a query over Parquet files of a folder."""

    def close(self) -> None:
        """Let go of it."""


class _DuckDb:
    def __init__(self) -> None:
        import duckdb  # noqa: PLC0415 - an extra

        self._connection = duckdb.connect()

    def rows(self, folder: Path, tables: Sequence[str], query: str) -> pa.Table:
        for name in tables:
            path = str(folder / f"{name}.parquet").replace("'", "''")
            # a view takes no parameters; the path is quoted
            self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608
        return self._connection.sql(query).to_arrow_table()

    def close(self) -> None:
        self._connection.close()


class _Spark:
    def __init__(self) -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - only for those who need it

        self._session: Any = (
            SparkSession.builder.appName("feidi match batch")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.ui.enabled", "false")
            .getOrCreate()
        )

    def rows(self, folder: Path, tables: Sequence[str], query: str) -> pa.Table:
        for name in tables:
            self._session.read.parquet(str(folder / f"{name}.parquet")).createOrReplaceTempView(name)
        return self._session.sql(query).toArrow()

    def close(self) -> None:
        self._session.stop()


def answers(engine: str, folder: Path, needs: Sequence[Need], asking: Asking) -> Iterator[Pairs]:
    """Yield the lists of the needs, in their order."""
    view = Index.open(folder).view
    running: _Engine = _DuckDb() if engine == "duckdb" else _Spark()
    try:
        for first in range(0, len(needs), TOGETHER):
            yield _together(running, view, needs[first : first + TOGETHER], first, asking)
    finally:
        running.close()


def shortlists(engine: str, view: View, needs: Sequence[Need], asking: Asking) -> pa.Table:
    """Return need, offer (numbered over all parts) and BM25 score of the shortlists as an engine of SQL makes them."""
    running: _Engine = _DuckDb() if engine == "duckdb" else _Spark()
    try:
        return _asked(running, tables_of(view, needs, asking), asking)
    finally:
        running.close()


def _asked(engine: _Engine, tables: Tables, asking: Asking) -> pa.Table:
    with tempfile.TemporaryDirectory(prefix="feidi-match-") as work:
        for name, table in tables.tables.items():
            parquet.write_table(_typed(table), Path(work) / f"{name}.parquet")
        query = f"{statement(tables.checks, asking.looked_at)}\n{_ORDER}"
        return engine.rows(Path(work), list(tables.tables), query)


def _typed(table: dict[str, Any]) -> pa.Table:
    kinds = {"check_name": pa.string(), "gain": pa.float64(), "weight": pa.float64()}
    return pa.table({name: pa.array(each, kinds.get(name, pa.int64())) for name, each in table.items()})


def _together(engine: _Engine, view: View, needs: Sequence[Need], first: int, asking: Asking) -> Pairs:
    found = _asked(engine, tables_of(view, needs, asking), asking)
    columns = (found.column(name).to_pylist() for name in ("need", "offer", "score"))
    pairs = Pairs()
    for number, rows in groupby(zip(*columns, strict=True), key=lambda row: row[0]):
        need = needs[number]
        match_listed(view, first + number, need, asking, _shortlist(view, need, asking, list(rows)), pairs)
    return pairs


def _shortlist(view: View, need: Need, asking: Asking, rows: list[tuple[int, int, float]]) -> Shortlist:
    checks = tuple(checks_of(need.facts, asking.on))
    numbers = np.array([row[1] for row in rows], np.int64)
    sums = np.array([row[2] for row in rows], np.float32)
    offsets, listed = offsets_of(view), []
    for part in range(len(view.parts)):
        inside = (numbers >= offsets[part]) & (numbers < offsets[part + 1])
        own = numbers[inside] - offsets[part]
        answers = looked_at(checks, view.parts[part].segment.columns, own)
        listed.append(Listed(part, own, sums[inside], answers))
    return Shortlist(checks, tuple(listed), (), 0.0)
