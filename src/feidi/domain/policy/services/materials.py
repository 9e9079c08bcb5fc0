"""材料清单: one paper of a claim, kept where the claim is. Nothing is sent to the official platform from here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.policy.access import CLAIM
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.services.claims import KIND, MATERIALS
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import get_requirement
from feidi.kernel.evidence.services import submit_item
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject


def hand_in_material(
    *,
    actor: Actor,
    now: datetime,
    claim: PolicyClaim,
    kind: str,
    name: str,
    chunks: Iterable[bytes],
    reason: str = "",
) -> EvidenceItem:
    """Keep one paper under a claim's 材料清单.

    Refused: no permission, a claim taken back, a paper the clause does not ask for, a file that uploads refuse.
    """
    require(actor, CLAIM, outpost_scope(claim.outpost_id))
    if claim.voided_at is not None:
        raise refuse("policy.claim_voided", reason=claim.void_reason)
    subject = Subject(KIND, claim.uid)
    requirement = get_requirement(subject=subject, purpose=MATERIALS, kind=kind)
    with recorded(actor=actor, now=now):
        file = store_upload(actor=actor, now=now, subject=subject, name=name, chunks=chunks, reason=reason)
        return submit_item(actor=actor, now=now, requirement=requirement, file=file, occurred_on=None)
