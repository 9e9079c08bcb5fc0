"""What the database itself refuses about the flow ledger, on either database and whoever writes.

1. A counter-entry that does not mirror its entry: same outpost, source, kind, way, currency and unit, the figure negated.
2. A change of anything but ``live`` and ``version`` in an entry.

SQLite drops triggers with a table that a later migration makes anew: such a migration installs them again
(``tests/domain/reporting/test_flow_rules.py`` fails when they are missing).
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

MIRROR: Final = "flow_counter_mirrors"
FIXED: Final = "flow_entry_fixed"
_TABLE: Final = "reporting_flowentry"
_SAME: Final = ("outpost_id", "subject_kind", "subject_uid", "kind", "direction", "currency", "unit")
_KEPT: Final = (
    *_SAME,
    "uid",
    "occurred_on",
    "amount_fen",
    "count",
    "evidence",
    "counter_of_id",
    "reason",
    "made_how",
    "made_by",
    "created_at",
)
_MATCHES: Final = " AND ".join(
    [
        "e.id = NEW.counter_of_id",
        "e.counter_of_id IS NULL",
        *(f"e.{name} = NEW.{name}" for name in _SAME),
        "COALESCE(e.amount_fen, 0) = -COALESCE(NEW.amount_fen, 0)",
        'COALESCE(e."count", 0) = -COALESCE(NEW."count", 0)',
    ]
)
_FOUND: Final = f"SELECT 1 FROM {_TABLE} e WHERE {_MATCHES}"  # noqa: S608 - names of this file only
_NOT_MIRRORED: Final = f"NEW.counter_of_id IS NOT NULL AND NOT EXISTS ({_FOUND})"


def _changed(differs: str) -> str:
    return " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in _KEPT)


def statements(vendor: str, *, drop: bool = False) -> list[str]:
    """Return the SQL that installs (or drops) what ``vendor`` is to refuse."""
    if vendor == "postgresql":
        return _postgresql(drop=drop)
    if drop:
        return [f"DROP TRIGGER IF EXISTS {name}" for name in (MIRROR, FIXED)]
    return [
        _sqlite(MIRROR, "INSERT", _NOT_MIRRORED),
        _sqlite(FIXED, "UPDATE", _changed("IS NOT")),
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers."""
    _run(connection, statements(connection.vendor))


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers."""
    _run(connection, statements(connection.vendor, drop=True))


def _run(connection: BaseDatabaseWrapper, sql: list[str]) -> None:
    with connection.cursor() as cursor:
        for each in sql:
            cursor.execute(each)


def _sqlite(name: str, event: str, wrong: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {_TABLE} FOR EACH ROW WHEN {wrong} "
        f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
    )


def _postgresql(*, drop: bool) -> list[str]:
    if drop:
        return [f"DROP TRIGGER IF EXISTS {name} ON {_TABLE}" for name in (MIRROR, FIXED)]
    changed = _changed("IS DISTINCT FROM")
    return [
        _function(MIRROR, _NOT_MIRRORED),
        f"CREATE TRIGGER {MIRROR} BEFORE INSERT ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION {MIRROR}()",
        _function(FIXED, changed),
        f"CREATE TRIGGER {FIXED} BEFORE UPDATE ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION {FIXED}()",
    ]


def _function(name: str, wrong: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {wrong} THEN "
        f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
    )
