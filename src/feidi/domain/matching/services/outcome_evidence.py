"""The evidence of what came of an introduction: handed in by its people, decided by somebody who has no part in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.models import IntroductionOutcome
from feidi.domain.matching.services.introduction_outcomes import KIND, PURPOSE
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import get_requirement
from feidi.kernel.evidence.services import accept_item, return_item, submit_item
from feidi.kernel.subjects import Subject

REVIEW = "evidence.review"


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: a file or a named record, of which day, over which amount; what it corrects."""

    attachment: Attachment | None
    record: str
    occurred_on: date
    amount: Money | None = None
    replaces: EvidenceItem | None = None


def show_outcome(*, actor: Actor, now: datetime, outcome: IntroductionOutcome, proof: Proof) -> EvidenceItem:
    """Hand in evidence of an outcome. Refused: the outcome was taken back or needs none; and as the kernel refuses."""
    require(actor, EDIT, outpost_scope(outcome.introduction.outpost_id))
    with recorded(actor=actor, now=now):
        row = IntroductionOutcome.objects.select_for_update().get(pk=outcome.pk)
        if row.voided_at is not None:
            raise refuse("matching.outcome_voided", reason=row.void_reason)
        subject = Subject(KIND, row.uid)
        return submit_item(
            actor=actor,
            now=now,
            requirement=get_requirement(subject=subject, purpose=PURPOSE, kind="outcome_proof"),
            file=attach(actor=actor, now=now, subject=subject, given=proof.attachment),
            record=proof.record,
            occurred_on=proof.occurred_on,
            amount=proof.amount,
            replaces=proof.replaces,
        )


def decide_outcome(
    *, actor: Actor, now: datetime, outcome: IntroductionOutcome, item: EvidenceItem, accept: bool, reason: str = ""
) -> EvidenceItem:
    """Accept or return one piece: by a reviewer who neither handed it in nor advises either side."""
    introduction = outcome.introduction
    require(actor, REVIEW, outpost_scope(introduction.outpost_id))
    advisers = frozenset({introduction.need_officer_id, introduction.offer_officer_id})
    if accept:
        return accept_item(actor=actor, now=now, item=item, forbidden_reviewers=advisers)
    return return_item(actor=actor, now=now, item=item, reason=reason, forbidden_reviewers=advisers)
