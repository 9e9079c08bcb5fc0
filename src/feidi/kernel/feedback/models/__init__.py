"""Tables of feedback."""

from feidi.kernel.feedback.models.answer import Answer, Ask, FollowUp
from feidi.kernel.feedback.models.complaint import Complaint, ComplaintNumber

__all__ = ["Answer", "Ask", "Complaint", "ComplaintNumber", "FollowUp"]
