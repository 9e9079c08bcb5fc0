"""Emptying evidence of a person whose data is erased: that it was accepted stays, what it said goes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.subjects import Subject

ERASED_RECORD: Final = "（已删除）"


def erase_records(*, actor: Actor, now: datetime, subject: Subject, reason: str) -> int:
    """Forget what the items of ``subject`` say in words; returns how many. State, days and reviewer stay.

    Whether the actor may is the caller's question; files are erased by ``kernel.files``.
    """
    with recorded(actor=actor, now=now) as unit:
        items = EvidenceItem.objects.select_for_update(of=("self",)).filter(
            requirement__subject_kind=subject.kind, requirement__subject_uid=subject.uid
        )
        rows = list(items.order_by("pk"))
        for row in rows:
            before = unit.before(row)
            row.record, row.details, row.version = ERASED_RECORD, {}, row.version + 1
            row.save(update_fields=["record", "details", "version"])
            unit.changed(row, kind="evidence.item", before=before, reason=reason, action="erased")
    return len(rows)
