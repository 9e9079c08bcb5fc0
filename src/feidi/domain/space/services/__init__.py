"""Space: services."""

from feidi.domain.space.services.head_leases import (
    LeaseTerms,
    add_head_lease,
    attach_document,
    change_head_lease,
    check_tenancy_end,
    void_head_lease,
    warn_of_ends,
)

__all__ = [
    "LeaseTerms",
    "add_head_lease",
    "attach_document",
    "change_head_lease",
    "check_tenancy_end",
    "void_head_lease",
    "warn_of_ends",
]
