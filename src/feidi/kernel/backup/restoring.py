"""Restoring a backup into an empty place."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import BinaryField, Model

from feidi.engines.findings import Finding, Level, Scalar
from feidi.kernel.audit.unit import FIRST_HASH
from feidi.kernel.audit.verify import Fault, verify
from feidi.kernel.backup import keys, places
from feidi.kernel.backup.archive import FILES, TABLES, members_of, verify_archive
from feidi.kernel.backup.making import Progress, silent
from feidi.kernel.backup.tables import count_rows, empty_tables, load_rows, models_to_keep


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Encrypted values that stay closed because their key is not here."""

    table: str
    column: str
    count: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what does not hold.

    ``faults``: of the audit trail. ``findings``: counts that differ. ``unreadable``: columns that stay closed and
    ``missing_keys`` the keys they need. ``unchecked``: rows whose personal fields cannot be compared without keys.
    """

    tables: dict[str, int]
    files: int
    links: int
    faults: tuple[Fault, ...]
    findings: tuple[Finding, ...]
    unreadable: tuple[Unreadable, ...]
    missing_keys: tuple[str, ...]
    unchecked: int


def restore_backup(
    *, source: Path, now: datetime, key_file: Path | None = None, force: bool = False, progress: Progress = silent
) -> Restored:
    """Restore ``source`` into this installation, all rows in one transaction, and verify the audit chain.

    Refused before anything is touched: a damaged archive, one from a newer program, a place that is not empty
    (unless ``force``: what is there is moved aside on SQLite and dropped on PostgreSQL), a place in use, unreadable
    keys. Stopped half-way it can be run again.
    """
    progress(0, None, "verify")
    manifest = verify_archive(source)
    texts = keys.read_keys(key_file) if key_file else None
    places.check_program_knows(manifest["migrations"])
    places.check_empty(now=now, force=force)
    places.clear(now=now)
    if texts is not None:
        keys.install_keys(texts, now=now)
    registry = places.migrate_to(manifest["migrations"])
    files = _restore(source, registry, manifest, progress)
    call_command("migrate", interactive=False, verbosity=0)
    return _report(manifest, files)


def _restore(source: Path, registry: Any, manifest: dict[str, Any], progress: Progress) -> int:
    models = {each._meta.label_lower: each for each in models_to_keep(registry, connection.introspection.table_names())}
    with transaction.atomic():
        # the append-only triggers stay in place: the audit tables of a place just made have no row to refuse
        empty_tables(models.values())
        files = _load_members(source, models, len(manifest["members"]), progress)
        _reset_sequences(models.values())
    return files


def _load_members(source: Path, models: dict[str, type[Model]], total: int, progress: Progress) -> int:
    files = 0
    for done, (name, stream) in enumerate(members_of(source)):
        progress(done, total, name)
        folder, _, rest = name.partition("/")
        if folder == TABLES:
            lines = _lines(stream)
            header = json.loads(next(lines))
            load_rows(models[header["model"]], lines, header["columns"])
        elif folder == FILES:
            _write_file(settings.FEIDI_FILES / rest, stream)
            files += 1
    progress(total, total, "")
    return files


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    yield from stream


def _write_file(target: Path, stream: IO[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        shutil.copyfileobj(stream, out)
    partial.rename(target)


def _reset_sequences(models: Any) -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), list(models))
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)


def _report(manifest: dict[str, Any], files: int) -> Restored:
    verdict = verify(**expected_audit(manifest))
    missing = keys.missing(manifest["keys"])
    faults, unchecked = _sort_faults(verdict.faults, missing)
    tables = {label: each["rows"] for label, each in manifest["tables"].items()}
    return Restored(
        tables=tables,
        files=files,
        links=verdict.links,
        faults=faults,
        findings=tuple(_count_findings(tables)),
        unreadable=tuple(_unreadable()) if set(missing) - {"secret"} else (),
        missing_keys=tuple(missing),
        unchecked=unchecked,
    )


def expected_audit(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with which ``verify`` finds a tail cut off since the backup; none for an empty chain."""
    head, total = manifest["audit"]["head"], manifest["audit"]["total"]
    return {} if head == FIRST_HASH else {"expected_head": str(head), "expected_total": int(total)}


def _sort_faults(faults: tuple[Fault, ...], missing: list[str]) -> tuple[tuple[Fault, ...], int]:
    """Set aside rows that differ in nothing but personal fields while their digest key is not here."""
    if "secret" not in missing:
        return faults, 0
    kept = [fault for fault in faults if not fault.keyed]
    return tuple(kept), len(faults) - len(kept)


def _count_findings(expected: dict[str, int]) -> Iterator[Finding]:
    for label, rows in expected.items():
        try:
            model = apps.get_model(label)
        except LookupError:
            continue  # a later migration has removed it
        found = count_rows(model)
        # migrations after the backup's may add rows; fewer is a loss
        if found < rows:
            params: dict[str, Scalar] = {"table": label, "expected": rows, "found": found}
            yield Finding(Level.PROBLEM, "backup.counts_differ", params)


def _unreadable() -> Iterator[Unreadable]:
    for model in models_to_keep(apps, connection.introspection.table_names()):
        for each in model._meta.concrete_fields:
            if each.name.endswith("_enc") and isinstance(each, BinaryField):
                count = model._base_manager.exclude(**{each.name: b""}).count()
                if count:
                    yield Unreadable(model._meta.label_lower, each.name, count)
