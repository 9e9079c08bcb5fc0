"""Setting ids apart before the rows exist, so that staged rows can point at each other.

Ids are never given back: a killed import leaves a gap, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Model

Ranges = list[list[int]]


def reserve_ids(model: type[Model], count: int) -> Sequence[int]:
    """Return ``count`` ids of ``model`` that no other insert will ever get. Effect: one short transaction."""
    if count == 0:
        return range(0)
    with transaction.atomic(), connection.cursor() as cursor:
        table = model._meta.db_table
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [f'"{table}"', count],
            )
            return [row[0] for row in cursor.fetchall()]
        # AUTOINCREMENT keeps the last id given in sqlite_sequence; raising it there skips the ids for good
        cursor.execute(
            "INSERT INTO main.sqlite_sequence(name, seq) SELECT %s, 0 "
            "WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_sequence WHERE name = %s)",
            [table, table],
        )
        cursor.execute("UPDATE main.sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        cursor.execute("SELECT seq FROM main.sqlite_sequence WHERE name = %s", [table])
        last = int(cursor.fetchone()[0])
        return range(last - count + 1, last + 1)


def as_ranges(ids: Sequence[int]) -> Ranges:
    """Write ids as inclusive ranges.

    >>> as_ranges([4, 5, 6, 9]), as_ranges(range(2, 5)), as_ranges([])
    ([[4, 6], [9, 9]], [[2, 4]], [])
    """
    if isinstance(ids, range):
        return [[ids[0], ids[-1]]] if len(ids) else []
    found: Ranges = []
    for each in sorted(ids):
        if found and found[-1][1] == each - 1:
            found[-1][1] = each
        else:
            found.append([each, each])
    return found
