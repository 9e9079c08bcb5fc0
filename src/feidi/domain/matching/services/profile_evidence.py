"""The evidence of what a need or an offer says: handed in by its people or its owner, decided by somebody without part."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feidi.domain.matching.access import require_owner_or_office
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.outcome_evidence import REVIEW, Proof
from feidi.domain.matching.services.profile_changing import changed_profile, locked_profile
from feidi.domain.matching.services.profile_indexing import KIND
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.services.attaching import attach
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence import services as evidence
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import state_of
from feidi.kernel.subjects import Subject

PURPOSE: Final = "profile"
_CLAIM: Final = evidence.RequirementSpec("profile_claim", "所写内容的证据", "evidence of what it says")


def show_claim(*, actor: Actor, now: datetime, profile: Profile, proof: Proof) -> EvidenceItem:
    """Hand in evidence of what a profile says. Refused: closed or taken back; and as the kernel refuses."""
    require_owner_or_office(actor, profile)
    with recorded(actor=actor, now=now):
        row = locked_profile(profile)
        subject = Subject(KIND, row.uid)
        [requirement] = evidence.require(actor=actor, now=now, subject=subject, purpose=PURPOSE, kinds=[_CLAIM])
        return evidence.submit_item(
            actor=actor,
            now=now,
            requirement=requirement,
            file=attach(actor=actor, now=now, subject=subject, given=proof.attachment),
            record=proof.record,
            occurred_on=proof.occurred_on,
            amount=proof.amount,
            replaces=proof.replaces,
        )


def decide_claim(
    *, actor: Actor, now: datetime, profile: Profile, item: EvidenceItem, accept: bool, reason: str = ""
) -> Profile:
    """Accept or return one piece, by a reviewer who neither handed it in nor advises; the share follows at once."""
    require(actor, REVIEW, outpost_scope(profile.outpost_id))
    advisers = frozenset({profile.officer_id})
    with recorded(actor=actor, now=now) as unit, changed_profile(unit, profile) as row:
        if accept:
            evidence.accept_item(actor=actor, now=now, item=item, forbidden_reviewers=advisers)
        else:
            evidence.return_item(actor=actor, now=now, item=item, reason=reason, forbidden_reviewers=advisers)
        row.evidence_percent = _percent(row)
    return row


def _percent(profile: Profile) -> int | None:
    """Return the accepted share of what was decided; what waits, and what was corrected since, counts neither way."""
    states = state_of(Subject(KIND, profile.uid), PURPOSE)
    accepted, returned = sum(each.accepted for each in states), sum(each.returned for each in states)
    return accepted * 100 // (accepted + returned) if accepted + returned else None
