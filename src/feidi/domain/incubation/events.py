"""What happened in incubation, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TenantOutcomeVoided:
    """A result of incubation was taken back."""

    outcome_uid: str
    reason: str


EVENTS = (TenantOutcomeVoided,)
