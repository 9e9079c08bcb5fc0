"""What happened in the pipeline, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ProjectRegistered:
    """A lead was registered."""

    project_uid: str
    outpost_id: int


@dataclass(frozen=True, slots=True)
class StageMoved:
    """A project entered a stage on a track."""

    project_uid: str
    track: str
    from_stage: str
    to_stage: str
    occurred_on: date
    forced: bool


@dataclass(frozen=True, slots=True)
class AgreementSigned:
    """An agreement was entered, and whether it counts."""

    project_uid: str
    agreement_uid: str
    kind: str
    counting: str
    counted_fen: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class ProjectReported:
    """A project was reported (报送) to its home for the first time."""

    project_uid: str
    submission_number: str


@dataclass(frozen=True, slots=True)
class LandingVerified:
    """The home side verified a landing."""

    project_uid: str
    case_uid: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class LandingRevoked:
    """A verified landing was taken back."""

    project_uid: str
    case_uid: str
    reason: str


EVENTS = (ProjectRegistered, StageMoved, AgreementSigned, ProjectReported, LandingVerified, LandingRevoked)
