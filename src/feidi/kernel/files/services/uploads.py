"""Taking an upload in, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feidi.engines.findings import Finding, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.disk import keep, received
from feidi.kernel.files.examining import check_marks, clean_name, examine
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Upload:
    """A kept file, and what its uploader should know (the first page was not read, the picture names a place)."""

    file: StoredFile
    findings: tuple[Finding, ...]


def store_upload(
    *,
    actor: Actor,
    now: datetime,
    subject: Subject,
    name: str,
    chunks: Iterable[bytes] | Path,
    reason: str = "",
) -> StoredFile:
    """Examine and keep an upload of ``subject``; see ``take_upload``, which also returns the notes."""
    return take_upload(actor=actor, now=now, subject=subject, name=name, chunks=chunks, reason=reason).file


def take_upload(
    *,
    actor: Actor,
    now: datetime,
    subject: Subject,
    name: str,
    chunks: Iterable[bytes] | Path,
    reason: str = "",
) -> Upload:
    """Examine an upload and keep it under its SHA-256.

    Refused: over the size limit, empty, of a kind that is not taken, broken, encrypted, with macros; marked
    秘密 or higher; marked 内部资料 or a red-head document without ``reason``. Whether the actor may upload here
    is the caller's question. The bytes are examined before the transaction begins: no lock is held meanwhile.
    """
    with received(chunks, clean_name(name)) as upload:
        examination = examine(upload.path, name)
        check_marks(examination.marks, examination.name, reason)
        file = StoredFile(
            subject_kind=subject.kind,
            subject_uid=subject.uid,
            name=examination.name,
            kind=examination.kind,
            size=upload.size,
            sha256=upload.sha256,
            path=keep(upload),
            uploaded_by_id_number=actor.user_id,
            uploaded_by=actor.label[:160],
            mark_reason=_mark_reason(reason, bool(examination.marks)),
            created_at=now,
        )
    with recorded(actor=actor, now=now) as unit:
        file.save()
        unit.created(file, kind="files.file", reason=file.mark_reason)
    return Upload(file, examination.findings)


def _mark_reason(reason: str, marked: bool) -> str:  # noqa: FBT001 - private
    return reason.strip()[:500] if marked else ""


def void_file(*, actor: Actor, now: datetime, file: StoredFile, reason: str) -> StoredFile:
    """Take a file back: its row and bytes stay, it is opened no more. Refused: no reason, voided before.

    Whether the actor may, and whether something still rests on the file, is the caller's question.
    """
    if not reason.strip():
        raise refuse("files.void_needs_reason", name=file.name)
    with recorded(actor=actor, now=now) as unit:
        row = StoredFile.objects.select_for_update().get(pk=file.pk)
        if row.voided_at is not None:
            raise refuse("files.voided", name=row.name, reason=row.void_reason)
        before = unit.before(row)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind="files.file", before=before, reason=row.void_reason, action="voided")
    return row
