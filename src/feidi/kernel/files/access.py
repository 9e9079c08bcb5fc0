"""Who sees a file: those who see the row it belongs to. Who opens it: of those, who hold ``file.view``."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.files.delegation import sees_subject, visible_by_subject
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects import SubjectKind

OPEN_PERMISSION = "file.view"


def visible_to(actor: Actor, files: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
    """Narrow ``files`` to those of rows that ``actor`` may see."""
    return visible_by_subject(actor, files)


def can_view(actor: Actor, file: StoredFile) -> bool:
    """Tell whether ``actor`` may know of ``file``; agrees with ``visible_to``."""
    return sees_subject(actor, file.subject_kind, file.subject_uid)


def can_open(actor: Actor, file: StoredFile) -> bool:
    """Tell whether ``actor`` may have the bytes of ``file``."""
    return actor.may(OPEN_PERMISSION) and can_view(actor, file)


def _name(file: Any) -> str:
    return str(file.name)


SUBJECT = SubjectKind(kind="files.file", model="files.StoredFile", label=_name, visible_to=visible_to)
