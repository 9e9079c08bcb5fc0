"""The one way a row of a domain app is changed: locked, live, versioned, on the trail. And what services ask again and again.

Here, under all apps that use it, because it needs the trail and the business day; it knows no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TypeVar

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.meanwhile import refuse_if_changed
from feidi.engines.findings import refuse
from feidi.kernel.audit import Unit
from feidi.kernel.subjects.fields import Addressed

Row = TypeVar("Row", bound=Addressed)


@contextmanager
def changed(
    unit: Unit, row: Row, *, kind: str, version: int | None = None, reason: str = "", action: str = "changed"
) -> Iterator[Row]:
    """Give the locked row to be changed; on leaving it is saved with its next version and noted.

    Refused: taken back; changed by somebody else since ``version``: who, which fields, what they say now.
    """
    live = locked(row)
    refuse_if_changed(live, kind, version, "parties.changed_meanwhile", what=str(live))
    before = unit.before(live, kind)
    yield live
    live.version += 1
    live.save()
    unit.changed(live, kind=kind, before=before, reason=reason.strip(), action=action)


def locked(row: Row) -> Row:
    """Return the row as it stands now, locked. Refused: taken back."""
    live: Row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if getattr(live, "voided_at", None) is not None:
        raise refuse("parties.voided", what=str(live), reason=live.void_reason)  # type: ignore[attr-defined]
    return live


def today_of(now: datetime) -> date:
    """Return the day in Shanghai."""
    return now.astimezone(SHANGHAI).date()


def told(moment: datetime) -> str:
    """Return a moment by the clock in Shanghai, as refusals say it."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def said(text: str, code: str) -> str:
    """Return what was said, trimmed. Refused with ``code``: nothing."""
    words = text.strip()
    if not words:
        raise refuse(code)
    return words
