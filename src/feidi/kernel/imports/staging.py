"""Staging tables: each shaped like a model's own table, filled at leisure, copied in one go.

They are temporary tables of the connection that fills and copies them: nobody waits while they are filled, and they
are gone when the process is. They carry the model's CHECK constraints, so that a bad row is refused
here; the copy that follows need not check again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

_PREFIX = "imports_stage"
#: Rows written at a time.
CHUNK = 2_000
_REFERENCE = re.compile(r'\s+REFERENCES "\w+" \("\w+"\) DEFERRABLE INITIALLY DEFERRED', re.IGNORECASE)
#: Left out of the copy: what the real table checks anyway, and what would keep a sequence of its own.
_UNIQUE = re.compile(r",\s*CONSTRAINT \"\w+\" UNIQUE \([^)]*\)|\s+UNIQUE\b(?!\s*\()|\s+AUTOINCREMENT\b", re.IGNORECASE)


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


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def create_stage(model: type[Model], *, purpose: str = "n") -> StageTable:
    """Make an empty staging table for ``model``. ``purpose``: one letter that tells several of a connection apart."""
    target = model._meta.db_table
    name = f"{_PREFIX}_{purpose}_{target}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
        if connection.vendor == "postgresql":
            cursor.execute(f'CREATE TEMPORARY TABLE "{name}" (LIKE "{target}" INCLUDING CONSTRAINTS)')
        else:
            cursor.execute("SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = %s", [target])
            body = str(cursor.fetchone()[0]).partition("(")[2]
            cursor.execute(f'CREATE TEMPORARY TABLE "{name}" ({_UNIQUE.sub("", _REFERENCE.sub("", body))}')
        cursor.execute(f'ALTER TABLE "{name}" ADD COLUMN staged_row integer NULL')
    return StageTable(name, model, tuple(str(each.column) for each in model._meta.concrete_fields))


def drop_stages(tables: Iterable[StageTable]) -> None:
    """Drop staging tables. SQLite throws its whole temporary database away, which takes no time at all."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA temp_store")
            kept = int(cursor.fetchone()[0])
            cursor.execute(f"PRAGMA temp_store = {1 if kept != 1 else 2}")
            cursor.execute(f"PRAGMA temp_store = {kept}")
        return
    for table in tables:
        drop_stage(table)


def drop_stage(table: StageTable) -> None:
    """Drop a staging table."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{table.name}"')


def fill_stage(table: StageTable, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows (values in the order of ``columns``, ``staged_row`` may be among them); returns how many.

    Dates are ISO texts, JSON is text, moments come from ``moment``. Takes no lock that anybody else waits for.
    """
    done = 0
    for chunk in _chunks(rows):
        with _own_transaction():
            _insert(table.name, columns, chunk)
        done += len(chunk)
    return done


def write_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows into a model's own table, one short transaction per chunk; returns how many."""
    done = 0
    for chunk in _chunks(rows):
        with transaction.atomic():
            _insert(model._meta.db_table, columns, chunk)
        done += len(chunk)
    return done


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f'COPY "{table}" ({_quoted(columns)}) FROM STDIN') as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({_quoted(columns)}) VALUES ({marks})', rows)  # noqa: S608 - names come from the models


@contextmanager
def _own_transaction() -> Iterator[None]:
    """A transaction that on SQLite does not lock the database: it only touches temporary tables."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


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


@contextmanager
def checked_before() -> Iterator[None]:
    """Copy without checking again what the staging tables have checked (SQLite; a fifth of the lock's time)."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def moment(value: Any) -> Any:
    """Return a moment as this database stores it."""
    return connection.ops.adapt_datetimefield_value(value)
