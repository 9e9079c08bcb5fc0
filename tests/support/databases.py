"""Filled databases, made once per process: a test on one of them works in its own transaction, as on the empty one.

Each is a copy of the freshly migrated database with something committed in it. What was made (users, rows) is handed
out as a fresh copy each time, so that no test meets what another has set on it. On SQLite a test that commits works on
a file of its own, copied for it and thrown away: emptying three hundred tables takes longer. On PostgreSQL it stays on
the empty database, as do tests that speak of an empty place.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction

EMPTY = ""
#: The world as it is after its commits, for tests that commit.
LIVED = "lived"
#: Never in use itself: what places of their own on PostgreSQL begin with (``tests.support.tables``).
PLACE = "place"
_names: dict[str, str] = {}
_made: dict[str, bytes] = {}
_present = EMPTY
_own: list[Path] = []


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


def name_of(kind: str) -> str:
    """Return the name of the database of a kind; "" when it was not laid out."""
    return _names.get(kind, "")


def use(kind: str, make: Callable[[], Any] | None = None) -> None:
    """Let the process work on the database of a kind from here on; the first time, ``make`` fills it."""
    _go_to(kind, _names[kind])
    if make is not None and kind not in _made:
        if kind == LIVED:
            _made[kind] = pickle.dumps(make())
            return
        with transaction.atomic():
            _made[kind] = pickle.dumps(make())
            connection.run_on_commit = []  # as in any test, what waits for the commit is not done


def go_back() -> None:
    """Let the process work on the empty database again, if any was laid out."""
    if _names:
        use(EMPTY)


def use_own(kind: str, make: Callable[[], Any] | None = None) -> None:
    """Let the process work on a file of its own: a copy of the database of a kind. SQLite only."""
    use(kind, make)
    connection.close()  # folds the write-ahead log into the file
    own = Path(_names[kind]).with_suffix(".own.sqlite3")
    shutil.copyfile(_names[kind], own)
    _own.append(own)
    _go_to(kind, str(own))


def leave_own() -> bool:
    """Throw the file of its own away, if the process is on one."""
    if not _own:
        return False
    own = _own.pop()
    use(EMPTY)
    for each in own.parent.glob(f"{own.name}*"):
        each.unlink()
    return True


def _go_to(kind: str, name: str) -> None:
    global _present  # noqa: PLW0603 - there is one connection
    if str(connection.settings_dict["NAME"]) != name:
        connection.close()
        connection.settings_dict["NAME"] = name
    _present = kind


def made() -> Any:
    """Return a fresh copy of what fills the database in use; None on the empty one."""
    return pickle.loads(_made[_present]) if _present else None
