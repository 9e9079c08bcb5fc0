"""What is asked of a search for the best subset, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from feidi.engines.portfolio.model import Solver
from feidi.engines.portfolio.problem import Caps

#: Seconds that HiGHS may take for one question.
PATIENCE: Final = 10.0


class Goal(StrEnum):
    """What is to be best: most expected landings, most P(≥ L), least ㎡, least money."""

    EXPECTED = "expected"
    PROBABILITY = "probability"
    AREA = "area"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Best:
    """The chosen candidates' places; None: none does. ``proved`` False: the time ran out before that was certain."""

    chosen: tuple[int, ...] | None
    proved: bool = True


class Search(Protocol):
    """Answers questions about one problem and one L."""

    solver: Solver

    def best(self, goal: Goal, caps: Caps, confidence: float | None = None) -> Best:
        """Return the best choice within the caps, with P(≥ L) ≥ ``confidence`` if given."""
