"""What happened to parties, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrganizationMerged:
    """One organization was taken up in another; ``undone``: it stands by itself again."""

    kept_uid: str
    gone_uid: str
    undone: bool


@dataclass(frozen=True, slots=True)
class OrganizationCorrected:
    """An organization is called or numbered otherwise now."""

    organization_uid: str


EVENTS = (OrganizationMerged, OrganizationCorrected)
