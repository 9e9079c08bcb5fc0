"""The published content of places, and what is proposed to be."""

from feidi.kernel.content.models.proposal import ContentProposal, ProposalState
from feidi.kernel.content.models.revision import ContentRevision

__all__ = ["ContentProposal", "ContentRevision", "ProposalState"]
