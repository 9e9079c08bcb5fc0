"""What happened in matching, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutcomeVoided:
    """What came of an introduction was taken back."""

    outcome_uid: str
    reason: str


EVENTS = (OutcomeVoided,)
