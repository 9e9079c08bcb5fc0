"""What the database itself refuses about space, on either database and whoever writes.

1. Two live occupations that overlap in time on the same unit, or on a room and a part of it. Read as a rectangle over
   (room, part, time): a part covers its own number, the whole room covers every number, so "the same desk", "the room
   and its desk" and "the room twice" are all one overlap, and two desks of one room are none. PostgreSQL holds it by one
   exclusion constraint over three ranges (ranges bring their own GiST operators: no extension is needed), SQLite by a
   trigger before INSERT and UPDATE that asks the same.
2. An occupation under another room than its unit's.
3. A part that has parts, a room that becomes a part, a part that changes its room: the ledger's ``root`` would lie.
4. (Not refused, but kept:) whatever changes an occupation throws away the page of its room and month
   (``LedgerPage``), so that a page that is there is never older than its rows.

SQLite drops triggers with a table that a later migration makes anew: such a migration installs them again
(``tests/domain/space/test_ledger.py`` fails when they are missing).
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

#: Names by which a service recognises its own database's refusal.
OVERLAP: Final = "space_occupation_no_overlap"
ROOT: Final = "space_occupation_root"
PARTS: Final = "space_unit_parts"
PAGES: Final = "space_occupation_pages"

_OVERLAPPING: Final = """
    SELECT 1 FROM space_occupation o
    WHERE o.root_id = NEW.root_id AND o.freed_at IS NULL AND o.id IS NOT NEW.id
      AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at
      AND (o.unit_id = NEW.unit_id OR o.unit_id = o.root_id OR NEW.unit_id = NEW.root_id)
"""
_OTHER_ROOT: Final = """
    SELECT 1 FROM space_unit u WHERE u.id = NEW.unit_id AND COALESCE(u.parent_id, u.id) <> NEW.root_id
"""
_WRONG_PART: Final = """
    SELECT 1 FROM space_unit u
    WHERE NEW.parent_id IS NOT NULL
      AND ((u.id = NEW.parent_id AND u.parent_id IS NOT NULL) OR u.parent_id = NEW.id)
"""


def statements(vendor: str, *, drop: bool = False) -> list[str]:
    """Return the SQL that installs (or drops) what ``vendor`` is to refuse."""
    if vendor == "postgresql":
        return _POSTGRESQL_DROP if drop else _POSTGRESQL
    return [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE] if drop else list(_SQLITE.values())


def install(connection: BaseDatabaseWrapper) -> None:
    """Install constraint and triggers."""
    _run(connection, statements(connection.vendor))


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drop constraint and triggers."""
    _run(connection, statements(connection.vendor, drop=True))


def _run(connection: BaseDatabaseWrapper, sql: list[str]) -> None:
    with connection.cursor() as cursor:
        for each in sql:
            cursor.execute(each)


def _sqlite(name: str, event: str, table: str, found: str, when: str = "") -> tuple[str, str]:
    made = f"{name}_{event.partition(' ')[0].lower()}"
    condition = f"WHEN {when} " if when else ""
    return made, (
        f"CREATE TRIGGER {made} BEFORE {event} ON {table} FOR EACH ROW {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{name}') WHERE EXISTS ({found}); END"
    )


_LIVE: Final = "NEW.freed_at IS NULL"
_SQLITE: Final[dict[str, str]] = dict(
    (
        _sqlite(OVERLAP, "INSERT", "space_occupation", _OVERLAPPING, _LIVE),
        _sqlite(OVERLAP, "UPDATE", "space_occupation", _OVERLAPPING, _LIVE),
        _sqlite(ROOT, "INSERT", "space_occupation", _OTHER_ROOT),
        _sqlite(ROOT, "UPDATE", "space_occupation", _OTHER_ROOT),
        _sqlite(PARTS, "INSERT", "space_unit", _WRONG_PART),
        _sqlite(PARTS, "UPDATE OF parent_id", "space_unit", "SELECT 1", "NEW.parent_id IS NOT OLD.parent_id"),
    )
)


def _function(name: str, found: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF EXISTS ({found}) THEN "
        f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
    )


_POSTGRESQL: Final = [
    f"""
    ALTER TABLE space_occupation ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist (
        int8range(root_id, root_id, '[]') WITH &&,
        (CASE WHEN unit_id = root_id THEN int8range(NULL, NULL) ELSE int8range(unit_id, unit_id, '[]') END) WITH &&,
        tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (freed_at IS NULL)
    """,
    _function(ROOT, _OTHER_ROOT),
    f"CREATE TRIGGER {ROOT} BEFORE INSERT OR UPDATE ON space_occupation FOR EACH ROW EXECUTE FUNCTION {ROOT}()",
    _function(PARTS, _WRONG_PART),
    f"CREATE TRIGGER {PARTS} BEFORE INSERT ON space_unit FOR EACH ROW EXECUTE FUNCTION {PARTS}()",
    _function(f"{PARTS}_fixed", "SELECT 1"),
    (
        f"CREATE TRIGGER {PARTS}_fixed BEFORE UPDATE OF parent_id ON space_unit FOR EACH ROW "
        f"WHEN (NEW.parent_id IS DISTINCT FROM OLD.parent_id) EXECUTE FUNCTION {PARTS}_fixed()"
    ),
]
_POSTGRESQL_DROP: Final = [
    f"ALTER TABLE space_occupation DROP CONSTRAINT IF EXISTS {OVERLAP}",
    f"DROP TRIGGER IF EXISTS {ROOT} ON space_occupation",
    f"DROP TRIGGER IF EXISTS {PARTS} ON space_unit",
    f"DROP TRIGGER IF EXISTS {PARTS}_fixed ON space_unit",
]


def install_pages(connection: BaseDatabaseWrapper) -> None:
    """Install what throws a page away with a change to its rows."""
    _run(connection, list(_SQLITE_PAGES.values()) if connection.vendor == "sqlite" else _POSTGRESQL_PAGES)


def drop_pages(connection: BaseDatabaseWrapper) -> None:
    """Drop it."""
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE_PAGES])
    else:
        _run(connection, [f"DROP TRIGGER IF EXISTS {PAGES} ON space_occupation", f"DROP FUNCTION IF EXISTS {PAGES}()"])


def _forget(row: str, month: str) -> str:
    return f"DELETE FROM space_ledgerpage WHERE root_id = {row}.root_id AND month = {month.format(row=row)};"  # noqa: S608 - words of ours


_SQLITE_MONTH: Final = "date({row}.starts_at, 'start of month')"
_SQLITE_PAGES: Final[dict[str, str]] = {
    f"{PAGES}_{event.lower()}": (
        f"CREATE TRIGGER {PAGES}_{event.lower()} AFTER {event} ON space_occupation FOR EACH ROW "
        f"BEGIN {' '.join(_forget(row, _SQLITE_MONTH) for row in rows)} END"
    )
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
}
_POSTGRESQL_MONTH: Final = "date_trunc('month', {row}.starts_at AT TIME ZONE 'UTC')::date"
_POSTGRESQL_PAGES: Final = [
    (
        f"CREATE OR REPLACE FUNCTION {PAGES}() RETURNS trigger AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {_forget('OLD', _POSTGRESQL_MONTH)} END IF; "
        f"IF TG_OP <> 'DELETE' THEN {_forget('NEW', _POSTGRESQL_MONTH)} END IF; "
        "RETURN NULL; END $$ LANGUAGE plpgsql"
    ),
    (
        f"CREATE TRIGGER {PAGES} AFTER INSERT OR UPDATE OR DELETE ON space_occupation FOR EACH ROW "
        f"EXECUTE FUNCTION {PAGES}()"
    ),
]
