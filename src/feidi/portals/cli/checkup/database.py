"""Checks of the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from feidi.kernel.audit.models import AuditLink
from feidi.kernel.audit.triggers import TABLES
from feidi.portals.cli.checkup.check import Check, ok, problem, unusable

_SKEW_ALLOWED = timedelta(seconds=30)


def pending_migrations() -> list[str]:
    """Return the migrations not applied yet, as ``app.name``."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def is_usable() -> Check:
    """Tell whether the database answers and is up to date; without that nothing else can be asked."""
    try:
        pending = pending_migrations()
    except DatabaseError as error:
        return unusable("database_unreachable", vendor=connection.vendor, error=type(error).__name__)
    if pending:
        return unusable("database_not_migrated", count=len(pending), first=pending[0])
    return ok("database_usable", vendor=connection.vendor, version=_version())


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        return str(cursor.fetchone()[0])


def check(now: datetime) -> Iterator[Check]:
    """Yield how the database is set up."""
    yield _collation() if connection.vendor == "postgresql" else _journal()
    yield _append_only()
    yield _clock(now)


def _one(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def _journal() -> Check:
    mode = _one("PRAGMA journal_mode")
    return ok("journal_wal") if mode == "wal" else problem("journal_not_wal", mode=mode)


def _collation() -> Check:
    name = _one("SELECT datcollate FROM pg_database WHERE datname = current_database()")
    return problem("collation_c", name=name) if name in {"C", "POSIX"} else ok("collation", name=name)


def has_append_only_triggers() -> bool:
    """Tell whether the triggers that keep the audit trail are in place."""
    return _count_triggers() >= _expected_triggers()


def _expected_triggers() -> int:
    return len(TABLES) if connection.vendor == "postgresql" else 2 * len(TABLES)


def _count_triggers() -> int:
    places = ", ".join(["%s"] * len(TABLES))
    statement = (
        f"SELECT count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "  # noqa: S608 - placeholders only
        f"WHERE NOT tgisinternal AND tgenabled <> 'D' AND relname IN ({places})"
        if connection.vendor == "postgresql"
        else f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({places})"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, TABLES)
        return int(cursor.fetchone()[0])


def _append_only() -> Check:
    return ok("audit_append_only") if has_append_only_triggers() else problem("audit_triggers_missing")


def _clock(now: datetime) -> Check:
    """Compare the clock with what was written last, and with the database server's own."""
    last = AuditLink.objects.order_by("-id").values_list("at", flat=True).first()
    if last is not None and last - now > _SKEW_ALLOWED:
        return problem("clock_behind", minutes=round((last - now).total_seconds() / 60))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - now)
        if apart > _SKEW_ALLOWED:
            return problem("clocks_apart", seconds=round(apart.total_seconds()))
    return ok("clock")
