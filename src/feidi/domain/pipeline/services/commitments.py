"""Verbs of commitments: promising, handing in what was met, deciding on it, taking back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import CommitmentKind, CommitmentSide
from feidi.domain.pipeline.models import Agreement, Commitment
from feidi.domain.pipeline.selectors.commitments import EVIDENCE, KIND, PURPOSE, Fulfilment, subject_of
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import refuse
from feidi.engines.money import Money, MoneyText
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import get_requirement
from feidi.kernel.evidence.services import RequirementSpec, accept_item, require, return_item, submit_item

EDIT, REVIEW = "agreement.edit", "evidence.review"


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise as entered: words, and an amount (also a range), a number with its unit, or only a date."""

    side: CommitmentSide
    kind: CommitmentKind
    text: str
    amount: MoneyText | None = None
    quantity: int | None = None
    unit: str = ""
    due_on: date | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of evidence for a commitment. ``outcome`` says in words how far it is, where no figure does."""

    attachment: Attachment | None = None
    record: str = ""
    occurred_on: date | None = None
    amount: Money | None = None
    quantity: int | None = None
    outcome: Fulfilment | None = None
    replaces: EvidenceItem | None = None


def add_commitment(*, actor: Actor, now: datetime, agreement: Agreement, promised: Promised) -> Commitment:
    """Enter a promise, with the evidence it will need.

    Refused: nothing said, an amount without currency, a number without unit, both an amount and a number,
    an agreement that was taken back, a day before it was signed.
    """
    require_on(actor, EDIT, agreement.project)
    _check(promised)
    if agreement.voided_at is not None:
        raise refuse("pipeline.row_voided_already", reason=agreement.void_reason)
    if promised.due_on is not None and promised.due_on < agreement.signed_on:
        signed = agreement.signed_on.isoformat()
        raise refuse("pipeline.commitment_before_signing", due=promised.due_on.isoformat(), signed=signed)
    amount = promised.amount or MoneyText("")
    row = Commitment(
        agreement=agreement,
        side=promised.side,
        kind=promised.kind,
        text=promised.text.strip()[:300],
        amount_lo_fen=amount.lo_fen,
        amount_hi_fen=amount.hi_fen,
        amount_text=amount.text[:120],
        amount_approximate=amount.approximate,
        amount_currency=amount.currency or "",
        quantity=promised.quantity,
        unit=promised.unit.strip()[:20],
        due_on=promised.due_on,
        condition=promised.condition.strip()[:300],
        recorded_by=actor.label[:160],
        created_at=now,
    )
    spec = RequirementSpec(EVIDENCE, "兑现证据", "Evidence that it was met")
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=KIND)
        require(actor=actor, now=now, subject=subject_of(row), purpose=PURPOSE, kinds=[spec])
    return row


def void_commitment(*, actor: Actor, now: datetime, commitment: Commitment, reason: str) -> Commitment:
    """Take a promise back that was entered in error. Refused: no reason, taken back before."""
    require_on(actor, EDIT, commitment.agreement.project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _live(commitment)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def show_met(*, actor: Actor, now: datetime, commitment: Commitment, shown: Shown) -> EvidenceItem:
    """Hand in evidence of what was met so far. Refused: the promise was taken back; and as the kernel refuses."""
    require_on(actor, EDIT, commitment.agreement.project)
    with recorded(actor=actor, now=now):
        _live(commitment)
        details: dict[str, Any] = {}
        if shown.quantity is not None:
            details["quantity"] = shown.quantity
        if shown.outcome is not None:
            details["outcome"] = shown.outcome.value
        return submit_item(
            actor=actor,
            now=now,
            requirement=get_requirement(subject=subject_of(commitment), purpose=PURPOSE, kind=EVIDENCE),
            file=attach(actor=actor, now=now, subject=subject_of(commitment), given=shown.attachment),
            record=shown.record,
            details=details,
            occurred_on=shown.occurred_on,
            amount=shown.amount,
            replaces=shown.replaces,
        )


def decide_shown(
    *, actor: Actor, now: datetime, commitment: Commitment, item: EvidenceItem, accept: bool, reason: str = ""
) -> EvidenceItem:
    """Accept or return one item: by a reviewer who neither handed it in nor owns the project."""
    project = commitment.agreement.project
    require_on(actor, REVIEW, project)
    owners = frozenset({project.owner_id}) if project.owner_id is not None else frozenset()
    if accept:
        return accept_item(actor=actor, now=now, item=item, forbidden_reviewers=owners)
    return return_item(actor=actor, now=now, item=item, reason=reason, forbidden_reviewers=owners)


def _check(promised: Promised) -> None:
    if not promised.text.strip():
        raise refuse("pipeline.commitment_says_nothing")
    amount = promised.amount
    if amount is not None and (amount.lo_fen is not None or amount.hi_fen is not None) and not amount.currency:
        raise refuse("pipeline.currency_needed", value=amount.text)
    if promised.quantity is not None and not promised.unit.strip():
        raise refuse("pipeline.commitment_unit_needed", value=promised.quantity)
    if promised.quantity is not None and amount is not None and amount.text:
        raise refuse("pipeline.commitment_two_measures")


def _live(commitment: Commitment) -> Commitment:
    row = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if row.voided_at is not None:
        raise refuse("pipeline.row_voided_already", reason=row.void_reason)
    return row
