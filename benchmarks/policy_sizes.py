"""How large policies are measured, and of what: every part of the measurement reads it here."""

from __future__ import annotations

from dataclasses import dataclass

CLAUSES, SEED = 200, 1


@dataclass(frozen=True, slots=True)
class Size:
    """How large everything is measured. ``witnessed``: random problems that CP-SAT solves too."""

    firms: int = 1_000_000
    changed: int = 10_000
    file: int = 10_000_000
    compared: int = 500_000
    witnessed: int = 10_000
    ones: int = 2_000
    large: int = 60


QUICK = Size(firms=20_000, changed=2_000, file=50_000, compared=5_000, witnessed=100, ones=100, large=5)
