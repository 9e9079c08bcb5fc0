"""Audit 审计: an append-only, chained record of who changed what.

Invariants: a transaction that changes something appends exactly one link, last, under one lock;
links and entries are never updated or deleted (database triggers); a personal value appears only
as a keyed digest, so that erasing it stays possible.
"""

from feidi.kernel.audit.register import AuditedKind, audited_kinds, register_audited
from feidi.kernel.audit.unit import Unit, recorded

__all__ = ["AuditedKind", "Unit", "audited_kinds", "recorded", "register_audited"]
