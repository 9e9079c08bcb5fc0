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


#: Event → why nobody listens to it.
UNHEARD: dict[type, str] = {Answered: "figures are counted from the rows; an owner of a score of its own would listen"}
