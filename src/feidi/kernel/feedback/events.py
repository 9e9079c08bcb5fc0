"""What people said, for the apps that own what they spoke of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody answered about a row (``subject_kind``, ``subject_uid``). ``satisfaction`` None: not said."""

    answer_uid: str
    subject_kind: str
    subject_uid: str
    occasion: str
    satisfaction: int | None
    words: str


EVENTS = (Answered,)
