"""Making a backup."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from feidi import __version__
from feidi.kernel.audit.models import AuditLink
from feidi.kernel.audit.unit import FIRST_HASH
from feidi.kernel.backup import keys
from feidi.kernel.backup.archive import FILES, FORMAT, TABLES, ArchiveWriter
from feidi.kernel.backup.snapshot import snapshot
from feidi.kernel.backup.tables import models_to_keep, write_rows
from feidi.kernel.content.models import ContentRevision

#: ``progress(done, total, text)``; a job's ``context.progress`` fits.
Progress = Callable[[int, int | None, str], None]
#: Written beside the data after every backup: what ``feidi doctor`` and a later ``audit verify`` go by.
LAST_BACKUP = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds: rows per table, number and bytes of files, head and total of the audit chain."""

    path: Path
    bytes: int
    tables: dict[str, int]
    files: int
    audit: dict[str, Any]


def silent(_done: int, _total: int | None, _text: str) -> None:
    """Show no progress."""


def make_backup(*, out: Path, now: datetime, progress: Progress = silent) -> Made:
    """Write one consistent moment of database and files to ``out``; writers are not held up.

    Refused: ``out`` exists. Stopped or killed, no file appears under that name. Never contains a key.
    """
    with ArchiveWriter(out) as archive:
        with snapshot():
            tables, manifest = _write_tables(archive, out.parent, progress)
        # after the tables: a row's file is on disk before the row is committed, so nothing is missing here
        files = _write_files(archive, progress)
        counted = {name: each["rows"] for name, each in tables.items()}
        archive.finish({**manifest, "created": now.isoformat(), "tables": tables, "files": files})
    audit = manifest["audit"]
    _remember(out, now, audit)
    return Made(out, out.stat().st_size, counted, files["count"], audit)


def _write_tables(archive: ArchiveWriter, folder: Path, progress: Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    present = connection.introspection.table_names()
    models = models_to_keep(apps, present)
    tables: dict[str, Any] = {}
    for done, model in enumerate(models):
        label = model._meta.label_lower
        progress(done, len(models), label)
        member = f"{TABLES}/{label}.jsonl"
        # a tar member needs its size first; the spool is unlinked from the start, so a kill leaves nothing
        with tempfile.TemporaryFile(dir=folder) as spool:
            rows = write_rows(model, spool)
            size = spool.tell()
            spool.seek(0)
            archive.add(member, spool, size)
        tables[label] = {"rows": rows, "member": member, "table": model._meta.db_table}
    progress(len(models), len(models), "")
    kept = {each["table"] for each in tables.values()}
    return tables, {**_about(), "not_included": sorted(set(present) - kept)}


def _about() -> dict[str, Any]:
    last = AuditLink.objects.order_by("-id").first()
    return {
        "format": FORMAT,
        "program": __version__,
        "vendor": connection.vendor,
        "migrations": sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations()),
        "audit": {
            "head": last.hash if last else FIRST_HASH,
            "total": last.total if last else 0,
            "links": AuditLink.objects.count(),
        },
        "content": _content(),
        "keys": keys.fingerprints(),
    }


def _content() -> list[dict[str, str]]:
    newest = ContentRevision.objects.filter(superseded_at=None).order_by("place", "path")
    return [{"place": each.place, "path": each.path, "sha256": each.sha256} for each in newest.defer("body")]


def _write_files(archive: ArchiveWriter, progress: Progress) -> dict[str, int]:
    root: Path = settings.FEIDI_FILES
    paths = sorted(each for each in root.rglob("*") if each.is_file() and not each.name.startswith("."))
    count = total = 0
    for done, path in enumerate(paths):
        progress(done, len(paths), FILES)
        try:
            with path.open("rb") as source:
                size = os.fstat(source.fileno()).st_size
                archive.add(f"{FILES}/{path.relative_to(root).as_posix()}", source, size)
        except FileNotFoundError:
            continue  # a temporary upload, gone since it was listed
        count, total = count + 1, total + size
    progress(len(paths), len(paths), "")
    return {"count": count, "bytes": total}


def _remember(out: Path, now: datetime, audit: dict[str, Any]) -> None:
    note = {"at": now.isoformat(), "path": str(out.resolve()), "audit": audit}
    target = settings.FEIDI_HOME / LAST_BACKUP
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8")
