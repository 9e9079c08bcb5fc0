"""The place a backup is restored into: is it empty, and how it is made ready."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.apps.registry import Apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from feidi.engines.findings import refuse
from feidi.kernel.audit.models import AuditLink
from feidi.kernel.identity.models import User
from feidi.kernel.jobs.models import Process
from feidi.kernel.jobs.selectors import SILENT_AFTER


def check_program_knows(migrations: Iterable[Iterable[str]]) -> None:
    """Refuse an archive with migrations that this program does not have."""
    known = set(MigrationExecutor(connection).loader.disk_migrations or ())
    unknown = [".".join(each) for each in migrations if tuple(each) not in known]
    if unknown:
        raise refuse("backup.newer_than_program", count=len(unknown), first=unknown[0])


def check_empty(*, now: datetime, force: bool) -> None:
    """Refuse a place that is in use, and without ``force`` one that holds users, audit links or files."""
    tables = set(connection.introspection.table_names())
    if Process._meta.db_table in tables:
        living = Process.objects.filter(beat_at__gt=now - SILENT_AFTER).first()
        if living is not None:
            raise refuse("backup.still_running", name=living.name)
    if force:
        return
    users = User.objects.count() if User._meta.db_table in tables else 0
    links = AuditLink.objects.count() if AuditLink._meta.db_table in tables else 0
    if users or links:
        raise refuse("backup.not_empty", users=users, links=links)
    files = sum(1 for each in settings.FEIDI_FILES.rglob("*") if each.is_file())
    if files:
        raise refuse("backup.files_not_empty", count=files)


def clear(*, now: datetime) -> None:
    """Leave a database without tables and no files; what is on disk is moved aside, never deleted."""
    aside = f"before-restore-{now:%Y%m%d%H%M%S}"
    files: Path = settings.FEIDI_FILES
    if files.exists() and any(files.iterdir()):
        files.rename(files.with_name(f"{files.name}.{aside}"))
    files.mkdir(parents=True, exist_ok=True)
    tables = connection.introspection.table_names()
    if connection.vendor == "postgresql":
        _drop(tables)
    elif tables:
        _move_aside(Path(str(connection.settings_dict["NAME"])), aside)


def _drop(tables: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def _move_aside(database: Path, aside: str) -> None:
    # closing the last connection folds the write-ahead log into the database file
    connection.close()
    for path in (database, database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")):
        if path.exists():
            path.rename(path.with_name(path.name.replace(database.name, f"{database.name}.{aside}", 1)))


def migrate_to(migrations: Iterable[Iterable[str]]) -> Apps:
    """Make the tables as they were when the backup was made; returns the models of that time."""
    executor = MigrationExecutor(connection)
    wanted = {(str(app), str(name)) for app, name in migrations}
    followed = {
        parent.key
        for key in wanted
        for parent in executor.loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    targets = sorted(wanted - followed)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps
