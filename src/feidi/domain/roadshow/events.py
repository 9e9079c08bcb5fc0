"""What happened at activities, for the apps above and for what asks people how it was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActivityAttended:
    """Somebody came; ``organization_uid`` and ``person_uid`` are empty where the outpost knows neither."""

    activity_uid: str
    registration_uid: str
    organization_uid: str
    person_uid: str


@dataclass(frozen=True, slots=True)
class ActivityMissed:
    """Somebody was registered and did not come."""

    activity_uid: str
    registration_uid: str


@dataclass(frozen=True, slots=True)
class ActivityChanged:
    """What the public reads of an activity is another now: opened, changed, closed, cancelled, held."""

    activity_uid: str


EVENTS = (ActivityAttended, ActivityMissed, ActivityChanged)
#: Event → why nobody listens to it for now.
UNHEARD: dict[type[object], str] = {
    ActivityChanged: "the public pages read activities themselves; a page that keeps copies would subscribe to this",
}
