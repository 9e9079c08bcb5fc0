"""Destroying an upload: the row stays and says so, the bytes go."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.disk import files_folder
from feidi.kernel.files.models import StoredFile

ERASED_NAME: Final = "（已删除）"


def erase_file(*, actor: Actor, now: datetime, file: StoredFile, reason: str) -> StoredFile:
    """Take a file back for good: its name is forgotten and its bytes are destroyed on commit.

    Equal bytes are kept once: they stay as long as another live row rests on them. Whether the actor may is the caller's
    question. Backups made before keep the bytes until they expire.
    """
    with recorded(actor=actor, now=now) as unit:
        row = StoredFile.objects.select_for_update().get(pk=file.pk)
        before = unit.before(row)
        row.name = ERASED_NAME
        row.voided_at, row.void_reason = row.voided_at or now, row.void_reason or reason.strip()[:500]
        row.version += 1
        row.save(update_fields=["name", "voided_at", "void_reason", "version"])
        unit.changed(row, kind="files.file", before=before, reason=reason, action="erased")
        transaction.on_commit(lambda: _destroy(row.path))
    return row


def _destroy(path: str) -> None:
    if not StoredFile.objects.filter(path=path).exclude(name=ERASED_NAME).exists():
        (files_folder() / path).unlink(missing_ok=True)
