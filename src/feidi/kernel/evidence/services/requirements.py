"""Stating what a subject must show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.evidence.models import EvidenceRequirement
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class RequirementSpec:
    """``count`` accepted items of ``kind``, and how the kind is called. Comes from content."""

    kind: str
    label_zh: str
    label_en: str
    count: int = 1


def require(
    *, actor: Actor, now: datetime, subject: Subject, purpose: str, kinds: Sequence[RequirementSpec]
) -> list[EvidenceRequirement]:
    """Make ``subject`` show ``kinds`` for ``purpose``; return their requirements in the given order.

    Again with the same kinds: nothing changes. A new count or label is taken over; a kind no longer
    named stays as it is, because items may rest on it.
    """
    with recorded(actor=actor, now=now) as unit:
        known = {
            row.kind: row
            for row in EvidenceRequirement.objects.select_for_update().filter(
                subject_kind=subject.kind, subject_uid=subject.uid, purpose=purpose
            )
        }
        return [
            _adjusted(known[spec.kind], spec, unit) if spec.kind in known else _made(subject, purpose, spec, unit)
            for spec in kinds
        ]


def _made(subject: Subject, purpose: str, spec: RequirementSpec, unit: Unit) -> EvidenceRequirement:
    row, made = EvidenceRequirement.objects.get_or_create(
        subject_kind=subject.kind,
        subject_uid=subject.uid,
        purpose=purpose,
        kind=spec.kind,
        defaults={
            "count": spec.count,
            "label_zh": spec.label_zh,
            "label_en": spec.label_en,
            "created_at": unit.now,
        },
    )
    if not made:  # somebody was quicker by a moment
        return _adjusted(row, spec, unit)
    unit.created(row, kind="evidence.requirement")
    return row


def _adjusted(row: EvidenceRequirement, spec: RequirementSpec, unit: Unit) -> EvidenceRequirement:
    if (row.count, row.label_zh, row.label_en) == (spec.count, spec.label_zh, spec.label_en):
        return row
    before = unit.before(row)
    row.count, row.label_zh, row.label_en, row.version = spec.count, spec.label_zh, spec.label_en, row.version + 1
    row.save(update_fields=["count", "label_zh", "label_en", "version"])
    unit.changed(row, kind="evidence.requirement", before=before)
    return row
