"""Deciding on evidence: by somebody who neither handed it in nor has a part in the matter."""

from __future__ import annotations

from datetime import datetime

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.events import EvidenceAccepted
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.services.items import open_item

_NOBODY: frozenset[int] = frozenset()


def accept_item(
    *, actor: Actor, now: datetime, item: EvidenceItem, forbidden_reviewers: frozenset[int] = _NOBODY
) -> EvidenceItem:
    """Accept a submitted item. ``forbidden_reviewers``: user ids that have a part in it (the owner …).

    Refused: the reviewer is not a known person, handed it in, or has a part; the item was decided or
    withdrawn meanwhile. Whether the actor holds the review permission is the caller's question.
    """
    return _decide(actor, now, item, forbidden_reviewers, ItemState.ACCEPTED, "")


def return_item(
    *,
    actor: Actor,
    now: datetime,
    item: EvidenceItem,
    reason: str,
    forbidden_reviewers: frozenset[int] = _NOBODY,
) -> EvidenceItem:
    """Return a submitted item with what is wrong with it. Refused as in ``accept_item``, and without a reason."""
    if not reason.strip():
        raise refuse("evidence.return_needs_reason", label=item.requirement.label_zh)
    return _decide(actor, now, item, forbidden_reviewers, ItemState.RETURNED, reason.strip()[:500])


def check_reviewer(*, actor: Actor, item: EvidenceItem, forbidden_reviewers: frozenset[int] = _NOBODY) -> None:
    """Refuse when ``actor`` may not decide on ``item`` whatever permissions are held; pages ask it too."""
    label = item.requirement.label_zh
    if actor.user_id is None:
        raise refuse("evidence.reviewer_unknown", label=label)
    if actor.user_id == item.submitted_by_id_number:
        raise refuse("evidence.own_item", label=label)
    if actor.user_id in forbidden_reviewers:
        raise refuse("evidence.reviewer_has_part", label=label, reviewer=actor.label)


def _decide(
    actor: Actor, now: datetime, item: EvidenceItem, forbidden: frozenset[int], state: ItemState, reason: str
) -> EvidenceItem:
    with recorded(actor=actor, now=now) as unit:
        row = open_item(item)
        check_reviewer(actor=actor, item=row, forbidden_reviewers=forbidden)
        before = unit.before(row)
        row.state, row.return_reason = state, reason
        row.reviewed_by_id_number, row.reviewed_by, row.reviewed_at = actor.user_id, actor.label[:160], now
        row.version += 1
        row.save(
            update_fields=["state", "return_reason", "reviewed_by_id_number", "reviewed_by", "reviewed_at", "version"]
        )
        unit.changed(row, kind="evidence.item", before=before, reason=reason, action=state.value)
        if state is ItemState.ACCEPTED:
            subject = row.requirement
            publish(EvidenceAccepted(subject.subject_kind, subject.subject_uid, subject.purpose, row.uid))
    return row
