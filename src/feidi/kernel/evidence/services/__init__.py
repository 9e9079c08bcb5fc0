"""Verbs of evidence."""

from feidi.kernel.evidence.services.erasing import erase_records
from feidi.kernel.evidence.services.items import submit_item, withdraw_item
from feidi.kernel.evidence.services.requirements import RequirementSpec, require
from feidi.kernel.evidence.services.reviews import accept_item, return_item

__all__ = ["RequirementSpec", "accept_item", "erase_records", "require", "return_item", "submit_item", "withdraw_item"]
