"""A batch by an engine of SQL: DuckDB on this machine, Spark on many. The queries are emitted, the files the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol

from feidi.engines.rules.many import Program
from feidi.engines.rules.sql import (
    DUCKDB,
    SPARK,
    Dialect,
    amount_queries,
    fault_query,
    verdict_query,
)
from feidi.portals.cli.policy.batch_facts import TOGETHER, FactsTable

if TYPE_CHECKING:
    import pyarrow as pa

_TABLE: Final = "facts"
#: Queries that are asked in one go: each looks at the facts once more, and a plan has its limits.
_UNITED: Final = 20


class SqlEngine(Protocol):
    """Answers queries over the table ``facts``."""

    dialect: Dialect

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a query."""

    def close(self) -> None:
        """Let go of it."""


class DuckDb:
    """DuckDB within this process."""

    dialect = DUCKDB

    def __init__(self, table: FactsTable) -> None:
        import duckdb  # noqa: PLC0415 - an extra

        self._connection = duckdb.connect()
        path = str(table.path).replace("'", "''")
        # a view takes no parameters; the path is quoted
        self._connection.execute(f"CREATE VIEW {_TABLE} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a query."""
        yield from self._connection.sql(query).to_arrow_reader(TOGETHER)

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()


class Spark:
    """Spark: the session there is, else one on this machine."""

    dialect = SPARK

    def __init__(self, table: FactsTable) -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - only for those who need it

        self._session: Any = (
            SparkSession.builder.appName("feidi policy batch")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.ui.enabled", "false")
            .getOrCreate()
        )
        self._session.read.parquet(str(table.path)).createOrReplaceTempView(_TABLE)

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a query."""
        yield from self._session.sql(query).toArrow().to_batches(TOGETHER)

    def close(self) -> None:
        """Let go of it."""
        self._session.stop()


def faults(engine: SqlEngine, program: Program, table: FactsTable) -> dict[str, int]:
    """Return, by fact, how many rows have a value that it cannot have."""
    query = fault_query(program, table.given, engine.dialect, table=_TABLE, key=table.key)
    row = next(engine.rows(query)).to_pylist()[0]
    return {name.removeprefix("fact "): int(n) for name, n in row.items() if name.startswith("fact ") and n}


def verdicts(engine: SqlEngine, program: Program, table: FactsTable, *, near: bool) -> Iterator[list[Any]]:
    """Yield the columns of the verdicts (and near misses), in no particular order of rows."""
    query = verdict_query(program, table.given, engine.dialect, table=_TABLE, key=table.key, near=near)
    yield from (list(batch.columns) for batch in engine.rows(query))


def amounts(engine: SqlEngine, program: Program, table: FactsTable, *, eligible_only: bool) -> Iterator[list[Any]]:
    """Yield the columns of the amounts."""
    queries = amount_queries(
        program, table.given, engine.dialect, table=_TABLE, key=table.key, eligible_only=eligible_only
    )
    yield from _united(engine, queries)


def _united(engine: SqlEngine, queries: Iterable[str]) -> Iterator[list[Any]]:
    waiting = list(queries)
    for first in range(0, len(waiting), _UNITED):
        query = "\nUNION ALL\n".join(waiting[first : first + _UNITED])
        yield from (list(batch.columns) for batch in engine.rows(query))
