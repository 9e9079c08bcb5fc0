"""Results of incubation: noted, proved, decided; K16 counts those whose evidence was accepted.

``note_outcome`` is also how the apps above push down what they brought about (an introduction's order).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.incubation.access import EDIT, REPORT_OWN, works_for
from feidi.domain.incubation.enums import TenantOutcomeKind
from feidi.domain.incubation.events import TenantOutcomeVoided
from feidi.domain.incubation.models import Tenancy, TenantOutcome
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.services.changing import adding, changing, voiding
from feidi.domain.incubation.services.milestones import Proof
from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.access import require as require_permission
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.attaching import attach
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import get_requirement
from feidi.kernel.evidence.services import RequirementSpec, accept_item, require, return_item, submit_item
from feidi.kernel.subjects import Subject

KIND: Final = "incubation.tenant_outcome"
PURPOSE: Final = "tenant_outcome"
EVIDENCE: Final = "outcome_proof"
REVIEW: Final = "evidence.review"


@dataclass(frozen=True, slots=True)
class NewOutcome:
    """What was brought about, when, for how much (None: not said); ``source``: the row above that says so."""

    kind: TenantOutcomeKind
    title: str
    dated_on: date
    amount: Money | None = None
    tenancy: Tenancy | None = None
    source: Subject | None = None


def note_outcome(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    organization: Organization,
    project: Project | None,
    new: NewOutcome,
) -> TenantOutcome:
    """Note a result and ask for the evidence its kind needs; the same source a second time returns the first.

    Refused: neither outpost nor the organization itself, nothing said, a day to come, an amount without currency, a
    tenancy of somebody else.
    """
    if organization.pk not in actor.scopes(REPORT_OWN, ScopeKind.ORGANIZATION):
        require_permission(actor, EDIT, outpost_scope(outpost.pk))
    _check(now, outpost, organization, new)
    source = new.source
    with recorded(actor=actor, now=now):
        if source is not None:
            held = TenantOutcome.objects.filter(
                source_kind=source.kind, source_uid=source.uid, voided_at__isnull=True
            ).first()
            if held is not None:
                return held
        row = TenantOutcome(
            outpost=outpost,
            tenancy=new.tenancy,
            organization=organization,
            project=project,
            kind=new.kind,
            title=new.title.strip()[:200],
            dated_on=new.dated_on,
            amount_fen=new.amount.fen if new.amount else None,
            currency=(new.amount.currency or "") if new.amount else "",
            source_kind=source.kind if source else "",
            source_uid=source.uid if source else "",
            recorded_by=actor.label[:160],
            created_at=now,
        )
        adding(row, kind=KIND, actor=actor, now=now)
        proof = incubation_rules(outpost).proofs[new.kind]
        spec = RequirementSpec(EVIDENCE, proof.zh, proof.en)
        require(actor=actor, now=now, subject=subject_of(row), purpose=PURPOSE, kinds=[spec])
    return row


def show_outcome(*, actor: Actor, now: datetime, outcome: TenantOutcome, proof: Proof) -> EvidenceItem:
    """Hand in evidence of a result, as the outpost or as the organization itself. Refused: taken back; as the kernel refuses."""
    if outcome.organization_id not in actor.scopes(REPORT_OWN, ScopeKind.ORGANIZATION):
        require_permission(actor, EDIT, outpost_scope(outcome.outpost_id))
    with changing(outcome, kind=KIND, actor=actor, now=now, action="shown") as row:
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


def decide_outcome(
    *, actor: Actor, now: datetime, outcome: TenantOutcome, item: EvidenceItem, accept: bool, reason: str = ""
) -> EvidenceItem:
    """Accept or return one piece, by a reviewer who did not hand it in and did not note the result."""
    require_permission(actor, REVIEW, outpost_scope(outcome.outpost_id))
    if outcome.recorded_by == actor.label[:160] and works_for(actor, outcome):
        raise refuse("incubation.outcome_own_hands")
    if accept:
        return accept_item(actor=actor, now=now, item=item)
    return return_item(actor=actor, now=now, item=item, reason=reason)


def void_outcome(*, actor: Actor, now: datetime, outcome: TenantOutcome, reason: str) -> TenantOutcome:
    """Take a result back that was noted in error; figures lose it at once."""
    require_permission(actor, EDIT, outpost_scope(outcome.outpost_id))
    with recorded(actor=actor, now=now):
        row = voiding(outcome, kind=KIND, actor=actor, now=now, reason=reason)
        publish(TenantOutcomeVoided(row.uid, row.void_reason))
    return row


def subject_of(outcome: TenantOutcome) -> Subject:
    """Return the subject of a result's evidence."""
    return Subject(KIND, outcome.uid)


def _check(now: datetime, outpost: Outpost, organization: Organization, new: NewOutcome) -> None:
    if not new.title.strip():
        raise refuse("incubation.outcome_says_nothing")
    if new.dated_on > now.astimezone(SHANGHAI).date():
        raise refuse("incubation.day_to_come", on=new.dated_on.isoformat())
    if new.amount is not None and not new.amount.currency:
        raise refuse("incubation.currency_needed", value=str(new.amount.units))
    tenancy = new.tenancy
    if tenancy is not None and (tenancy.outpost_id, tenancy.organization_id) != (outpost.pk, organization.pk):
        raise refuse("incubation.outcome_of_another", number=tenancy.number)
