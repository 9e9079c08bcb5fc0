"""Whether a question is worked out by numpy's columns or by loops in machine code: the answers are the same."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from feidi.engines.machine import has_compiler

#: Below so many offers columns take milliseconds, and a compiler a second to start.
WORTH_COMPILING: Final = 50_000


def loops_for(offers: int) -> ModuleType | None:
    """Return the module of the loops, ``loops``; None: there is no compiler, or too little to do for it."""
    if offers < WORTH_COMPILING or not has_compiler():
        return None
    from feidi.engines.affinity import loops  # noqa: PLC0415 - imports the compiler

    return loops
