"""Who sees an import: whoever the owner of its kind admits (an outpost's import staff)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.subjects.registry import SubjectKind

SubjectsOf = Callable[[Actor], frozenset[str]]
_ADMITTED: dict[str, SubjectsOf] = {}


def admit(kind: str, subjects_of: SubjectsOf) -> None:
    """Let the owner of an import kind say over which subjects (by uid) an actor may see its batches."""
    _ADMITTED[kind] = subjects_of


def visible_to(actor: Actor, batches: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
    """Narrow ``batches`` to those that ``actor`` may see."""
    seen = Q(pk__in=())
    for kind, subjects_of in _ADMITTED.items():
        seen |= Q(kind=kind, subject_uid__in=subjects_of(actor))
    return batches.filter(seen)


def can_view(actor: Actor, batch: ImportBatch) -> bool:
    """Tell whether ``actor`` may see ``batch``; agrees with ``visible_to``."""
    subjects_of = _ADMITTED.get(batch.kind)
    return subjects_of is not None and batch.subject_uid in subjects_of(actor)


def _label(batch: Any) -> str:
    return f"{batch.file.name} · {batch.uid}"


SUBJECT = SubjectKind(kind="imports.batch", model="imports.ImportBatch", label=_label, visible_to=visible_to)
