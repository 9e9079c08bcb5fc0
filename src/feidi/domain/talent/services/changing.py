"""The one way a row of talent is changed: locked, live, versioned, on the trail. And what services ask again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import TypeVar

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.kernel.subjects.fields import Addressed

Row = TypeVar("Row", bound=Addressed)


@contextmanager
def changed(
    unit: Unit, row: Row, *, kind: str, version: int | None = None, reason: str = "", action: str = "changed"
) -> Iterator[Row]:
    """Give the locked row to be changed; on leaving it is saved with its next version and noted.

    Refused: taken back; changed by somebody else since ``version``.
    """
    live = locked(row)
    if version is not None and version != live.version:
        raise refuse("talent.changed_meanwhile", what=str(live))
    before = unit.before(live, kind)
    yield live
    live.version += 1
    live.save()
    unit.changed(live, kind=kind, before=before, reason=reason.strip(), action=action)


def locked(row: Row) -> Row:
    """Return the row as it stands now, locked. Refused: taken back."""
    live: Row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if getattr(live, "voided_at", None) is not None:
        raise refuse("talent.voided", what=str(live), reason=live.void_reason)  # type: ignore[attr-defined]
    return live


def today_of(now: datetime) -> date:
    """Return the day in Shanghai."""
    return now.astimezone(SHANGHAI).date()


def not_ahead(day: date | None, now: datetime) -> date:
    """Return ``day``, today when none is given. Refused: a day that has not come."""
    today = today_of(now)
    if day is not None and day > today:
        raise refuse("talent.date_in_future", value=day.isoformat())
    return day or today


def said(text: str, code: str) -> str:
    """Return what was said, trimmed. Refused with ``code``: nothing."""
    words = text.strip()
    if not words:
        raise refuse(code)
    return words


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
