"""What happened to evidence, for the apps whose rows rest on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceAccepted:
    """One item of a subject was accepted, for a purpose."""

    subject_kind: str
    subject_uid: str
    purpose: str
    item_uid: str
