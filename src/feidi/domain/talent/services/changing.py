"""What services of talent ask again and again: a day that has come, a scan kept under a neutral name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from feidi.domain.parties.services.changing import today_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject


def not_ahead(day: date | None, now: datetime) -> date:
    """Return ``day``, today when none is given. Refused: a day that has not come."""
    today = today_of(now)
    if day is not None and day > today:
        raise refuse("talent.date_in_future", value=day.isoformat())
    return day or today


@dataclass(frozen=True, slots=True)
class Scan:
    """An upload as it arrives. Its name is not kept: file names of papers name people."""

    name: str
    chunks: Iterable[bytes]
    reason: str = ""


def keep_scan(*, actor: Actor, now: datetime, subject: Subject, label: str, scan: Scan | None) -> StoredFile | None:
    """Keep a scan under a neutral name (what it is, and the day), None when there is none. Refused as uploads are."""
    if scan is None:
        return None
    name = f"{label}-{today_of(now):%Y%m%d}{PurePath(scan.name).suffix.lower()}"
    return store_upload(actor=actor, now=now, subject=subject, name=name, chunks=scan.chunks, reason=scan.reason)
