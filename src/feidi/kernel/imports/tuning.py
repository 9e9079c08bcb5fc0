"""SQLite while bulk work runs: more cache, fewer checkpoints. PostgreSQL needs neither."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

#: KiB of page cache while staging and committing (negative: KiB, not pages).
_CACHE = -262_144
#: Pages of 4 KiB in the log before it is copied back: the same index pages are then copied once, not fifty times.
_CHECKPOINT = 50_000


@contextmanager
def bulk_tuned() -> Iterator[None]:
    """Run a block with bulk settings on this connection; the former ones come back afterwards."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        former = {}
        for name, value in (("cache_size", _CACHE), ("wal_autocheckpoint", _CHECKPOINT)):
            cursor.execute(f"PRAGMA {name}")
            former[name] = int(cursor.fetchone()[0])
            cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in former.items():
                cursor.execute(f"PRAGMA {name} = {value}")
