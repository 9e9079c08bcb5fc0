"""Rows that migrations write (the working days of past years): kept, and put back after a flush."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection

#: Django itself fills these again after a flush.
_DJANGOS = {"django_content_type", "auth_permission"}
_rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}


def remember() -> None:
    """Note every row of a freshly migrated database. Tables in the order of their apps, so that keys exist."""
    _rows.clear()
    existing = set(connection.introspection.table_names())
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in existing and table not in _DJANGOS:
            columns = [field.column for field in model._meta.local_concrete_fields]
            with connection.cursor() as cursor:
                names = ", ".join(connection.ops.quote_name(column) for column in columns)
                cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)}")
                found = cursor.fetchall()
            if found:
                _rows[table] = (columns, found)


def put_back() -> None:
    """Write the remembered rows into the emptied tables."""
    for table, (columns, rows) in _rows.items():
        names = ", ".join(connection.ops.quote_name(column) for column in columns)
        holes = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({holes})", rows)
