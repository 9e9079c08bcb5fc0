"""What happened to what the public sees, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """Something was published, for now or for a later hour. ``subject_*``: the released row, empty for the outpost's own."""

    publication_uid: str
    outpost_uid: str
    kind: str
    subject_kind: str
    subject_uid: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something is no longer public, as of now."""

    publication_uid: str
    outpost_uid: str
    kind: str
    subject_kind: str
    subject_uid: str


#: Event → why nobody listens to it for now.
UNHEARD = {
    Published: "the wall asks selectors.cleared each time it shows something; it keeps no copy that could be stale",
    Withdrawn: "the wall asks selectors.cleared each time it shows something; it keeps no copy that could be stale",
}
