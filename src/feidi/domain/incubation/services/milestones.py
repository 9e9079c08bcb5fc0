"""Verbs of milestones: agreed, shown by evidence, decided by a reviewer, dropped with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.incubation.access import EDIT, REPORT_OWN, is_own
from feidi.domain.incubation.enums import MilestoneTrack
from feidi.domain.incubation.models import Milestone, Tenancy
from feidi.domain.incubation.services.changing import adding, changing, voiding
from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.access import require as require_permission
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import get_requirement
from feidi.kernel.evidence.services import RequirementSpec, accept_item, require, return_item, submit_item
from feidi.kernel.subjects import Subject

KIND: Final = "incubation.milestone"
PURPOSE: Final = "milestone"
EVIDENCE: Final = "milestone_proof"
REVIEW: Final = "evidence.review"


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: a file or a named record, of which day, what it corrects."""

    occurred_on: date
    attachment: Attachment | None = None
    record: str = ""
    replaces: EvidenceItem | None = None


def add_milestone(
    *, actor: Actor, now: datetime, tenancy: Tenancy, title: str, due_on: date, track: MilestoneTrack
) -> Milestone:
    """Agree on a step by a day and ask for its evidence. Refused: nothing said, a day before the tenancy, one that is over."""
    require_permission(actor, EDIT, outpost_scope(tenancy.outpost_id))
    if not title.strip():
        raise refuse("incubation.milestone_says_nothing")
    if due_on < tenancy.starts_on:
        raise refuse("incubation.milestone_too_early", due_on=due_on.isoformat(), since=tenancy.starts_on.isoformat())
    if tenancy.ended_on is not None:
        raise refuse("incubation.tenancy_over", ended_on=tenancy.ended_on.isoformat())
    row = Milestone(
        tenancy=tenancy,
        track=track,
        title=title.strip()[:160],
        due_on=due_on,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now):
        adding(row, kind=KIND, actor=actor, now=now)
        spec = RequirementSpec(EVIDENCE, "达成证据", "Evidence that it was reached")
        require(actor=actor, now=now, subject=subject_of(row), purpose=PURPOSE, kinds=[spec])
    return row


def show_milestone(*, actor: Actor, now: datetime, milestone: Milestone, proof: Proof) -> EvidenceItem:
    """Hand in evidence that a milestone was reached, as the outpost or as the tenant itself.

    Refused: neither, dropped, reached before, a day to come; and as the kernel refuses.
    """
    tenancy = milestone.tenancy
    if not is_own(actor, tenancy, REPORT_OWN):
        require_permission(actor, EDIT, outpost_scope(tenancy.outpost_id))
    if proof.occurred_on > now.astimezone(SHANGHAI).date():
        raise refuse("incubation.day_to_come", on=proof.occurred_on.isoformat())
    with changing(milestone, kind=KIND, actor=actor, now=now, action="shown") as row:
        if row.reached_on is not None:
            raise refuse("incubation.milestone_reached", on=row.reached_on.isoformat())
        subject = subject_of(row)
        return submit_item(
            actor=actor,
            now=now,
            requirement=get_requirement(subject=subject, purpose=PURPOSE, kind=EVIDENCE),
            file=attach(actor=actor, now=now, subject=subject, given=proof.attachment),
            record=proof.record,
            occurred_on=proof.occurred_on,
            replaces=proof.replaces,
        )


def decide_milestone(
    *, actor: Actor, now: datetime, milestone: Milestone, item: EvidenceItem, accept: bool, reason: str = ""
) -> EvidenceItem:
    """Accept or return one piece, by a reviewer who did not hand it in. Accepted: reached on the day it speaks of."""
    require_permission(actor, REVIEW, outpost_scope(milestone.tenancy.outpost_id))
    if not accept:
        return return_item(actor=actor, now=now, item=item, reason=reason)
    with changing(milestone, kind=KIND, actor=actor, now=now, action="reached") as row:
        decided = accept_item(actor=actor, now=now, item=item)
        row.reached_on = row.reached_on or item.occurred_on or now.astimezone(SHANGHAI).date()
    return decided


def move_milestone(*, actor: Actor, now: datetime, milestone: Milestone, due_on: date, reason: str) -> Milestone:
    """Agree on another day, with the reason; the audit trail keeps the first. Refused: no reason, reached, dropped."""
    require_permission(actor, EDIT, outpost_scope(milestone.tenancy.outpost_id))
    if not reason.strip():
        raise refuse("incubation.reason_needed")
    with changing(milestone, kind=KIND, actor=actor, now=now, reason=reason, action="moved") as row:
        if row.reached_on is not None:
            raise refuse("incubation.milestone_reached", on=row.reached_on.isoformat())
        row.due_on = due_on
    return row


def drop_milestone(*, actor: Actor, now: datetime, milestone: Milestone, reason: str) -> Milestone:
    """Give a milestone up, with the reason. Refused: no reason, reached before."""
    require_permission(actor, EDIT, outpost_scope(milestone.tenancy.outpost_id))
    if milestone.reached_on is not None:
        raise refuse("incubation.milestone_reached", on=milestone.reached_on.isoformat())
    return voiding(milestone, kind=KIND, actor=actor, now=now, reason=reason)


def subject_of(milestone: Milestone) -> Subject:
    """Return the subject of a milestone's evidence."""
    return Subject(KIND, milestone.uid)
