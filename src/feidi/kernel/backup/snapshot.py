"""One consistent moment of a database that others keep writing to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Read one moment within the block; nobody waits for it.

    PostgreSQL: REPEATABLE READ. SQLite in WAL: a deferred read transaction (``atomic()`` would be IMMEDIATE and
    hold up every writer). Not to be called inside a transaction.
    """
    if connection.in_atomic_block:
        message = "a snapshot cannot begin inside a transaction"
        raise RuntimeError(message)
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            # the moment is that of the first read
            cursor.execute("SELECT count(*) FROM sqlite_master")
            cursor.fetchone()
            yield
        finally:
            cursor.execute("ROLLBACK")
