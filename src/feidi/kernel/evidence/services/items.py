"""Handing evidence in, and taking it back before anybody has decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.files.access import can_view
from feidi.kernel.files.models import StoredFile


def submit_item(
    *,
    actor: Actor,
    now: datetime,
    requirement: EvidenceRequirement,
    file: StoredFile | None = None,
    record: str = "",
    details: Mapping[str, Any] | None = None,
    occurred_on: date | None = None,
    amount: Money | None = None,
    replaces: EvidenceItem | None = None,
) -> EvidenceItem:
    """Hand in one item for ``requirement``: a file, a named record, or both.

    Refused: neither file nor record; a voided file, or one of another subject that the actor does not see;
    a date in the future; an amount without a currency; ``replaces`` that is not a returned item of the same
    requirement, or is replaced already. Whether the actor may submit is the caller's question.
    """
    _check_file(actor, requirement, file, record)
    if occurred_on is not None and occurred_on > localtime(now).date():
        raise refuse("evidence.date_in_future", label=requirement.label_zh, date=occurred_on.isoformat())
    if amount is not None and not amount.currency:
        raise refuse("evidence.amount_without_currency", label=requirement.label_zh)
    item = EvidenceItem(
        requirement=requirement,
        file=file,
        record=record.strip()[:500],
        details=dict(details or {}),
        occurred_on=occurred_on,
        amount_fen=amount.fen if amount else None,
        currency=(amount.currency or "") if amount else "",
        submitted_by_id_number=actor.user_id,
        submitted_by=actor.label[:160],
        submitted_at=now,
        replaces=replaces,
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        _check_replaced(requirement, replaces)
        item.save()
        unit.created(item, kind="evidence.item")
    return item


def withdraw_item(*, actor: Actor, now: datetime, item: EvidenceItem, reason: str) -> EvidenceItem:
    """Take an item back while it is only submitted. Refused: somebody else's item, decided or withdrawn, no reason."""
    label = item.requirement.label_zh
    if not reason.strip():
        raise refuse("evidence.withdraw_needs_reason", label=label)
    if actor.user_id is None or actor.user_id != item.submitted_by_id_number:
        raise refuse("evidence.withdraw_not_yours", label=label, submitter=item.submitted_by)
    with recorded(actor=actor, now=now) as unit:
        row = open_item(item)
        before = unit.before(row)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind="evidence.item", before=before, reason=row.void_reason, action="withdrawn")
    return row


def open_item(item: EvidenceItem) -> EvidenceItem:
    """Return the row of ``item``, locked and read anew. Refused: it is not waiting for a decision any more."""
    row = EvidenceItem.objects.select_for_update(of=("self",)).select_related("requirement").get(pk=item.pk)
    if row.voided_at is not None:
        raise refuse("evidence.withdrawn", label=row.requirement.label_zh)
    if row.state != ItemState.SUBMITTED:
        raise refuse(f"evidence.already_{row.state}", label=row.requirement.label_zh, reviewer=row.reviewed_by)
    return row


def _check_file(actor: Actor, requirement: EvidenceRequirement, file: StoredFile | None, record: str) -> None:
    if file is None:
        if not record.strip():
            raise refuse("evidence.nothing_handed_in", label=requirement.label_zh)
        return
    if file.voided_at is not None:
        raise refuse("evidence.file_voided", label=requirement.label_zh, name=file.name)
    same = (file.subject_kind, file.subject_uid) == (requirement.subject_kind, requirement.subject_uid)
    if not same and not can_view(actor, file):
        raise refuse("evidence.file_not_yours", label=requirement.label_zh)


def _check_replaced(requirement: EvidenceRequirement, replaces: EvidenceItem | None) -> None:
    if replaces is None:
        return
    old = EvidenceItem.objects.select_for_update().get(pk=replaces.pk)
    if old.requirement_id != requirement.pk or old.state != ItemState.RETURNED or old.voided_at is not None:
        raise refuse("evidence.replaces_only_returned", label=requirement.label_zh)
    if EvidenceItem.objects.filter(replaces=old, voided_at__isnull=True).exists():
        raise refuse("evidence.already_replaced", label=requirement.label_zh)
