"""Check-ups, standings, claims."""

from feidi.domain.policy.models.checkup import Checkup
from feidi.domain.policy.models.claim import PolicyClaim, PolicyClaimEntry
from feidi.domain.policy.models.standing import ClauseStanding, StandingChange

__all__ = ["Checkup", "ClauseStanding", "PolicyClaim", "PolicyClaimEntry", "StandingChange"]
