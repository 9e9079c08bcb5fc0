"""The triggers that make the audit tables append-only, for both databases."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_auditlink", "audit_auditentry")


def statements(vendor: str, *, drop: bool = False) -> list[str]:
    """Return the SQL that installs (or drops) the triggers on ``vendor``."""
    if vendor == "postgresql":
        return _postgresql(drop=drop)
    made: list[str] = []
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            made.append(
                f"DROP TRIGGER IF EXISTS {name}"
                if drop
                else f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )
    return made


def _postgresql(*, drop: bool) -> list[str]:
    if drop:
        return [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in TABLES]
    function = (
        "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$ LANGUAGE plpgsql"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
            for table in TABLES
        ),
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers."""
    with connection.cursor() as cursor:
        for each in statements(connection.vendor):
            cursor.execute(each)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers (a restore and the tests' clean-up need to empty the tables)."""
    with connection.cursor() as cursor:
        for each in statements(connection.vendor, drop=True):
            cursor.execute(each)
