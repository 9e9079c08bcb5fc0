"""Staging tables: each shaped like a model's own table, filled in short transactions, copied in one.

They are made per batch (``imports_stage_<batch>_<table>``) and dropped when the batch ends; those that a
killed process left are dropped when the batch is staged again, or by ``drop_stale``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

_PREFIX = "imports_stage"
#: Rows per short transaction: about a tenth of a second of write lock.
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class StageTable:
    """A staging table. ``columns`` are the model's columns; ``staged_row`` beside them is the row of the file."""

    name: str
    model: type[Model]
    columns: tuple[str, ...]

    @property
    def target(self) -> str:
        """The table it is shaped like."""
        return self.model._meta.db_table


def _quoted(names: Iterable[str], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{name}"' for name in names)


def create_stage(batch_id: int, model: type[Model], *, purpose: str = "n") -> StageTable:
    """Make an empty staging table for ``model``. ``purpose``: one letter that tells several apart."""
    name = f"{_PREFIX}_{batch_id}_{purpose}_{model._meta.db_table}"
    columns = tuple(str(each.column) for each in model._meta.concrete_fields)
    unlogged = "UNLOGGED " if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
        cursor.execute(
            f'CREATE {unlogged}TABLE "{name}" AS SELECT {_quoted(columns)}, CAST(NULL AS integer) AS staged_row '  # noqa: S608 - names come from the models
            f'FROM "{model._meta.db_table}" WHERE 1 = 0'
        )
    return StageTable(name, model, columns)


def fill_stage(table: StageTable, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows (values in the order of ``columns``, ``staged_row`` may be among them); returns how many.

    Dates are ISO texts, JSON is text, moments come from ``moment``. One short transaction per chunk.
    """
    return write_rows(table.name, columns, rows)


def write_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows into a table, one short transaction per chunk; returns how many. Values as in ``fill_stage``."""
    done = 0
    for chunk in _chunks(rows, CHUNK):
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" ({_quoted(columns)}) FROM STDIN') as copy:
                    for row in chunk:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({_quoted(columns)}) VALUES ({marks})', chunk)  # noqa: S608
        done += len(chunk)
    return done


def _chunks(rows: Iterable[Sequence[Any]], size: int) -> Iterator[list[Sequence[Any]]]:
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk


def insert_from(table: StageTable) -> int:
    """Copy every staged row into the real table; returns how many. To be called within the commit."""
    with connection.cursor() as cursor:
        names = _quoted(table.columns)
        cursor.execute(f'INSERT INTO "{table.target}" ({names}) SELECT {names} FROM "{table.name}"')  # noqa: S608
        return int(cursor.rowcount)


def update_from(table: StageTable, columns: Sequence[str]) -> int:
    """Write ``columns`` of the staged rows into the rows of the same id; returns how many."""
    assignments = ", ".join(f'"{name}" = s."{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table.target}" SET {assignments} FROM "{table.name}" AS s WHERE "{table.target}"."id" = s."id"'  # noqa: S608
        )
        return int(cursor.rowcount)


def moved_rows(table: StageTable) -> list[int]:
    """Return the file rows whose target no longer has the version that the staged one follows on."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT s.staged_row FROM "{table.name}" AS s JOIN "{table.target}" AS t ON t."id" = s."id" '  # noqa: S608
            f'WHERE t."version" <> s."version" - 1 ORDER BY s.staged_row'
        )
        return [row[0] for row in cursor.fetchall()]


def drop_stages(batch_id: int) -> None:
    """Drop every staging table of a batch."""
    _drop(name for name in _stage_names() if name.startswith(f"{_PREFIX}_{batch_id}_"))


def drop_stale(living: Iterable[int]) -> None:
    """Drop the staging tables of all batches but ``living``."""
    keep = {str(each) for each in living}
    _drop(name for name in _stage_names() if name.removeprefix(f"{_PREFIX}_").split("_")[0] not in keep)


def _stage_names() -> list[str]:
    with connection.cursor() as cursor:
        return [name for name in connection.introspection.table_names(cursor) if name.startswith(f"{_PREFIX}_")]


def _drop(names: Iterable[str]) -> None:
    for name in list(names):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')


def moment(value: Any) -> Any:
    """Return a moment as this database stores it."""
    return connection.ops.adapt_datetimefield_value(value)
