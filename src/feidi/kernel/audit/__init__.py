"""Audit 审计: an append-only, chained record of who changed what.

Invariants: a transaction that changes something appends exactly one link, last, under one lock;
links and entries are never updated or deleted (database triggers); a personal value appears only
as a keyed digest, so that erasing it stays possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feidi.kernel.audit.register import AuditedKind, audited_kinds, register_audited, speaks_of_a_person

if TYPE_CHECKING:
    from feidi.kernel.audit.unit import Unit, current_unit, recorded

__all__ = ["AuditedKind", "Unit", "audited_kinds", "current_unit", "recorded", "register_audited", "speaks_of_a_person"]


def __getattr__(name: str) -> Any:
    """Load the unit of work on first use: its models cannot be imported while apps still load."""
    if name in {"Unit", "current_unit", "recorded"}:
        from feidi.kernel.audit import unit  # noqa: PLC0415 - see above

        return getattr(unit, name)
    raise AttributeError(name)
