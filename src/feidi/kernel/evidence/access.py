"""Who sees evidence: those who see the row it is about."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.files.delegation import sees_subject, visible_by_subject
from feidi.kernel.subjects import SubjectKind


def visible_to(actor: Actor, items: QuerySet[EvidenceItem]) -> QuerySet[EvidenceItem]:
    """Narrow ``items`` to those about rows that ``actor`` may see."""
    return visible_by_subject(actor, items, through="requirement__")


def can_view(actor: Actor, item: EvidenceItem) -> bool:
    """Tell whether ``actor`` may see ``item``; agrees with ``visible_to``."""
    return sees_subject(actor, item.requirement.subject_kind, item.requirement.subject_uid)


def requirements_visible_to(actor: Actor, rows: QuerySet[EvidenceRequirement]) -> QuerySet[EvidenceRequirement]:
    """Narrow requirements to those of rows that ``actor`` may see."""
    return visible_by_subject(actor, rows)


def _item_label(item: Any) -> str:
    return str(item.requirement.label_zh)


def _requirement_label(requirement: Any) -> str:
    return str(requirement.label_zh)


ITEM = SubjectKind(kind="evidence.item", model="evidence.EvidenceItem", label=_item_label, visible_to=visible_to)
REQUIREMENT = SubjectKind(
    kind="evidence.requirement",
    model="evidence.EvidenceRequirement",
    label=_requirement_label,
    visible_to=requirements_visible_to,
)
