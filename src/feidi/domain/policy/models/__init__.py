"""Check-ups, standings, claims, stamps."""

from feidi.domain.policy.models.checkup import Checkup
from feidi.domain.policy.models.claim import PolicyClaim, PolicyClaimEntry
from feidi.domain.policy.models.standing import ClauseStanding, StandingChange
from feidi.domain.policy.models.verification import ClauseVerification

__all__ = ["Checkup", "ClauseStanding", "ClauseVerification", "PolicyClaim", "PolicyClaimEntry", "StandingChange"]
