"""Filled databases, made once per process: a test on one of them works in its own transaction, as on the empty one.

Each is a copy of the freshly migrated database with something committed in it. What was made (users, rows) is handed
out as a fresh copy each time, so that no test meets what another has set on it. Tests that commit or that speak of an
empty place stay on the empty database.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

EMPTY = ""
_names: dict[str, str] = {}
_made: dict[str, bytes] = {}
_present = EMPTY


def lay_out(*kinds: str) -> None:
    """Copy the freshly migrated database once for each kind. Called before anything is written to it."""
    empty = str(connection.settings_dict["NAME"])
    connection.close()
    _names.update({EMPTY: empty}, **{kind: _copy(empty, kind) for kind in kinds})


def _copy(empty: str, kind: str) -> str:
    if connection.vendor == "sqlite":
        name = empty.replace(".sqlite3", f".{kind}.sqlite3")
        shutil.copyfile(empty, name)
        return name
    name = f"{empty}_{kind}"
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {empty} STRATEGY FILE_COPY")
    return name


def use(kind: str, make: Callable[[], Any] | None = None) -> None:
    """Let the process work on the database of a kind from here on; the first time, ``make`` fills it."""
    global _present  # noqa: PLW0603 - there is one connection
    if kind != _present:
        connection.close()
        connection.settings_dict["NAME"] = _names[kind]
        _present = kind
    if make is not None and kind not in _made:
        with transaction.atomic():
            _made[kind] = pickle.dumps(make())
            connection.run_on_commit = []  # as in any test, what waits for the commit is not done


def made() -> Any:
    """Return a fresh copy of what fills the database in use; None on the empty one."""
    return pickle.loads(_made[_present]) if _present else None
