"""What happened to talents and positions, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PositionOpened:
    """An organization looks for somebody. ``selectors.positions.profile_of`` tells what a matcher may read of it."""

    position_uid: str
    organization_uid: str


@dataclass(frozen=True, slots=True)
class PositionClosed:
    """A position is filled or no longer wanted."""

    position_uid: str
    organization_uid: str


@dataclass(frozen=True, slots=True)
class TalentErased:
    """A person had their data erased; ``person_uid`` names nobody any more."""

    talent_uid: str
    person_uid: str


@dataclass(frozen=True, slots=True)
class TalentChanged:
    """What a talent does and where was said otherwise, or the talent was taken back. ``reason`` empty: no reason given."""

    talent_uid: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContractVoided:
    """A flexible contract was taken back, and with it the months of presence."""

    contract_uid: str
    reason: str


EVENTS = (PositionOpened, PositionClosed, TalentChanged, ContractVoided, TalentErased)
