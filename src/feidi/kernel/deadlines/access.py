"""Who sees a clock: those who see the row on which it runs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.files.delegation import sees_subject, visible_by_subject
from feidi.kernel.subjects import SubjectKind


def visible_to(actor: Actor, deadlines: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Narrow ``deadlines`` to those of rows that ``actor`` may see."""
    return visible_by_subject(actor, deadlines)


def can_view(actor: Actor, deadline: Deadline) -> bool:
    """Tell whether ``actor`` may see ``deadline``; agrees with ``visible_to``."""
    return sees_subject(actor, deadline.subject_kind, deadline.subject_uid)


def _label(deadline: Any) -> str:
    return str(deadline.label_zh)


SUBJECT = SubjectKind(kind="deadlines.deadline", model="deadlines.Deadline", label=_label, visible_to=visible_to)
