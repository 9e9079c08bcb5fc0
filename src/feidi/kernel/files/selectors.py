"""Questions about files."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.files.access import can_view
from feidi.kernel.files.disk import digest_of
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services.opening import path_of
from feidi.kernel.subjects import Subject


def find_file(*, actor: Actor, uid: str) -> StoredFile | None:
    """Return the file that ``actor`` may see, or None. Two short questions: for the file, and for its one host."""
    file = StoredFile.objects.filter(uid=uid).first()
    return file if file is not None and can_view(actor, file) else None


def get_file(*, actor: Actor, uid: str) -> StoredFile:
    """Return the file that ``actor`` may see, or refuse with ``files.not_found``."""
    file = find_file(actor=actor, uid=uid)
    if file is None:
        raise refuse("files.not_found")
    return file


def list_files(subject: Subject) -> QuerySet[StoredFile]:
    """Return the files of a subject that were not voided, newest first. The caller has seen the subject."""
    return StoredFile.objects.filter(
        subject_kind=subject.kind, subject_uid=subject.uid, voided_at__isnull=True
    ).order_by("-created_at", "-id")


def list_damaged() -> Iterator[tuple[StoredFile, str]]:
    """Yield the files whose bytes are ``missing`` or ``altered``. Reads every byte: for doctor and restore."""
    for file in StoredFile.objects.order_by("id").iterator():
        path = path_of(file)
        if not path.is_file():
            yield file, "missing"
        elif digest_of(path) != file.sha256:
            yield file, "altered"
