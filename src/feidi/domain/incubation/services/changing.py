"""One row, locked, changed and written down: the shape of most verbs of this app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

Row = TypeVar("Row", bound=Any)


@contextmanager
def changing(
    row: Row, *, kind: str, actor: Actor, now: datetime, reason: str = "", action: str = "changed"
) -> Iterator[Row]:
    """Lock ``row``, hand it out as it stands now, save what was changed and record it. Refused: taken back before."""
    with recorded(actor=actor, now=now) as unit:
        held = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
        if getattr(held, "voided_at", None) is not None:
            raise refuse("incubation.voided", reason=held.void_reason)
        before = unit.before(held, kind)
        yield held
        held.version += 1
        held.save()
        unit.changed(held, kind=kind, before=before, reason=reason, action=action)


def adding(row: Row, *, kind: str, actor: Actor, now: datetime) -> Row:
    """Save a new row and record that it was made."""
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=kind)
    return row


def voiding(row: Row, *, kind: str, actor: Actor, now: datetime, reason: str) -> Row:
    """Take a row back that was entered in error. Refused: no reason, taken back before."""
    said = needed_reason(reason)
    with changing(row, kind=kind, actor=actor, now=now, reason=said, action="voided") as held:
        held.voided_at, held.void_reason = now, said[:500]
    return held


def needed_reason(reason: str) -> str:
    """Return the reason without blanks around it, or refuse when none was given."""
    if not reason.strip():
        raise refuse("incubation.reason_needed")
    return reason.strip()
