"""Which tables a backup holds, and how their values become JSON and come back, alike on both databases."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection
from django.db.models import Field, JSONField, Model
from django.utils.duration import duration_string

#: Sessions must not come back to life; the living processes are not those of another machine.
LEFT_OUT = frozenset({"sessions.session", "jobs.process"})
_CHUNK = 2000


def models_to_keep(registry: Apps, tables: Iterable[str]) -> list[type[Model]]:
    """Return the models whose rows a backup holds, in order of label."""
    present = set(tables)
    kept = [
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in LEFT_OUT
        and model._meta.db_table in present
    ]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def fields_to_keep(model: type[Model]) -> list[Field[Any, Any]]:
    """Return the stored fields; what the database computes is left to it."""
    return [each for each in model._meta.concrete_fields if not each.generated]


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode("ascii")
        case _:
            return value


def write_rows(model: type[Model], out: IO[bytes]) -> int:
    """Write one model as JSON lines, a header with the column names first; returns the number of rows."""
    fields = fields_to_keep(model)
    names = [each.attname for each in fields]
    json_at = {place for place, each in enumerate(fields) if isinstance(each, JSONField)}
    header = {"model": model._meta.label_lower, "columns": names}
    out.write(json.dumps(header).encode() + b"\n")
    rows = model._base_manager.order_by("pk").values_list(*names)
    count = 0
    for row in rows.iterator(chunk_size=_CHUNK):
        # a JSON value is JSON already: a text inside it must not be taken for a date
        plain = [value if place in json_at else _plain(value) for place, value in enumerate(row)]
        out.write(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        count += 1
    return count


def load_rows(model: type[Model], lines: Iterator[bytes], columns: list[str]) -> int:
    """Insert JSON lines exactly as they are (no defaults, no automatic dates); returns the number of rows."""
    by_name = {each.attname: each for each in fields_to_keep(model)}
    fields = [by_name[name] for name in columns]
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * len(fields))
    names = ", ".join(quote(str(each.column)) for each in fields)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - quoted names
    count = 0
    with connection.cursor() as cursor:
        while chunk := list(islice(lines, _CHUNK)):
            cursor.executemany(statement, [_stored(fields, json.loads(line)) for line in chunk])
            count += len(chunk)
    return count


def _stored(fields: list[Field[Any, Any]], row: list[Any]) -> list[Any]:
    return [_to_database(each, value) for each, value in zip(fields, row, strict=True)]


def _to_database(field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, JSONField):
        if value is None and field.null:
            return None
        return connection.ops.adapt_json_value(value, field.encoder)
    return field.get_db_prep_save(None if value is None else field.to_python(value), connection)


def empty_tables(models: Iterable[type[Model]]) -> None:
    """Delete what migrations have put into the tables of a place that has just been made."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - quoted


def count_rows(model: type[Model]) -> int:
    """Return how many rows the table has."""
    return model._base_manager.count()
