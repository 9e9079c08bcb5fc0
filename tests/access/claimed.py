"""A claim of a row of the cast, as its outpost follows it on an official platform."""

from __future__ import annotations

from feidi.domain.parties.models import Organization
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.services.claims import KIND, MATERIALS
from feidi.kernel.evidence.services import RequirementSpec, require
from feidi.kernel.subjects import Subject
from tests.support.world import World


def claim_of(world: World, organization: Organization, number: int, *, filed: bool = False) -> str:
    """Enter a claim with one paper to be collected; not every pair of places has a policy, so past the service."""
    claim = PolicyClaim.objects.create(
        outpost=world.outpost,
        organization=organization,
        place="yunxi",
        clause=f"X-{number}",
        clause_title=f"Qclaim{number}",
        policy_hash="0" * 64,
        status="submitted" if filed else "draft",
        submitted_on=world.now.date() if filed else None,
        status_seen_on=world.now.date(),
        recorded_by="officer",
        created_at=world.now,
    )
    require(
        actor=world.actor("officer"),
        now=world.now,
        subject=Subject(KIND, claim.uid),
        purpose=MATERIALS,
        kinds=[RequirementSpec("material_1", "营业执照", "Licence")],
    )
    return claim.uid
