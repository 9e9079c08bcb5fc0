"""A file that comes with a row: kept under the row's own subject, in the row's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from feidi.kernel.access import Actor
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Attachment:
    """An upload as it arrives. ``reason``: why a file that bears a mark may be taken all the same."""

    name: str
    chunks: Iterable[bytes]
    reason: str = ""


def attach(*, actor: Actor, now: datetime, subject: Subject, given: Attachment | None) -> StoredFile | None:
    """Keep what was attached, None when nothing was. Refused as ``store_upload`` refuses."""
    if given is None:
        return None
    return store_upload(
        actor=actor, now=now, subject=subject, name=given.name, chunks=given.chunks, reason=given.reason
    )
