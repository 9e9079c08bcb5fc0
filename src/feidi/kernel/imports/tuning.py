"""The process and SQLite while bulk work runs: no search for cycles, more cache, fewer checkpoints."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection

#: KiB of page cache while staging and committing (negative: KiB, not pages).
_CACHE = -131_072
_COMMIT_CACHE = -262_144
#: Pages of 4 KiB in the log before it is copied back: the same index pages are then copied once, not fifty times.
_CHECKPOINT = 50_000
_FILE = 1
#: A staged project with its audit entry fits into one page.
_PAGE = 16_384


@contextmanager
def bulk_tuned() -> Iterator[None]:
    """Run a block with bulk settings on this connection; the former ones come back afterwards.

    Rows by the million make the collector of cycles run all the time and find none: it rests meanwhile.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        with _tuned_sqlite() if connection.vendor == "sqlite" else nullcontext():
            yield
    finally:
        if resting:
            gc.enable()


@contextmanager
def commit_tuned() -> Iterator[None]:
    """Run the one large transaction: start with a short log, and copy it back only after the lock is let go."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
        cursor.execute(f"PRAGMA cache_size = {_COMMIT_CACHE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
            cursor.execute(f"PRAGMA cache_size = {_CACHE}")
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


@contextmanager
def _tuned_sqlite() -> Iterator[None]:
    with connection.cursor() as cursor:
        former = {}
        settings = [("cache_size", _CACHE), ("wal_autocheckpoint", _CHECKPOINT)]
        if not connection.in_atomic_block:
            # staging tables go to a file of their own; in memory they would take as much as the whole ledger
            settings.append(("temp_store", _FILE))
            cursor.execute(f"PRAGMA temp.page_size = {_PAGE}")
        for name, value in settings:
            cursor.execute(f"PRAGMA {name}")
            former[name] = int(cursor.fetchone()[0])
            cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in former.items():
                cursor.execute(f"PRAGMA {name} = {value}")
