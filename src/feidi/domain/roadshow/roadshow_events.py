"""What happened at roadshows, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoadshowSealed:
    """A round's result was sealed. ``ranking``: (project uid, rank), best first; ``advanced``: who goes on."""

    outpost_id: int
    roadshow_uid: str
    round_uid: str
    seal_uid: str
    sha256: str
    ranking: tuple[tuple[str, int], ...]
    advanced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoadshowUnsealed:
    """A sealed result was taken back, with the reason; what was built on it is to be looked at again."""

    outpost_id: int
    round_uid: str
    seal_uid: str
    reason: str


@dataclass(frozen=True, slots=True)
class InterestShown:
    """Somebody said during a show that money may go into a project. ``organization_uid`` empty: not known here."""

    roadshow_uid: str
    interest_uid: str
    project_uid: str
    organization_uid: str
    ticket_fen: int | None
    currency: str


UNHEARD = {
    RoadshowUnsealed: "the round's own page says so, and projects that were moved keep their log; nothing follows by itself"
}
EVENTS = (RoadshowSealed, InterestShown)
