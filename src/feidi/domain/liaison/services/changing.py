"""The one way a row of the daily work is changed: locked, changed, versioned, written to the trail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from feidi.domain.liaison.services.indexing import index_row
from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.permissions import permission_name
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.meanwhile import changes_since, findings_of, refuse_if_changed
from feidi.domain.parties.services.numbering import next_number, number_prefix
from feidi.engines.findings import Finding, refuse
from feidi.kernel.access import Actor, Scope
from feidi.kernel.audit import Unit

Row = TypeVar("Row", bound=models.Model)


def number(outpost: Outpost, what: str, now: datetime) -> str:
    """Take the next number of a series: ``YB-交办-2026-003``. To be called inside the transaction."""
    year = now.astimezone(SHANGHAI).year
    return f"{number_prefix(outpost)}-{what}-{year}-{next_number(outpost=outpost, series=what, now=now):03d}"


def require_any(actor: Actor, permissions: tuple[str, ...], *scopes: Scope) -> None:
    """Refuse unless one of ``permissions`` is held over one of ``scopes``; the first one is named."""
    if not any(actor.may(each, *scopes) for each in permissions):
        require(actor, permissions[0], *scopes)
        raise refuse("parties.not_permitted", permission=permissions[0], what=permission_name(permissions[0]))


def locked(row: Row) -> Row:
    """Return the row as it stands now, locked until the end of the transaction. Refused: taken back."""
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if getattr(fresh, "voided_at", None) is not None:
        raise refuse("liaison.voided", reason=getattr(fresh, "void_reason", ""))
    return fresh


@contextmanager
def changed(
    unit: Unit, row: Row, kind: str, reason: str = "", *, version: int | None = None, only: Collection[str] = ()
) -> Iterator[Row]:
    """Give the locked row to be changed; on leaving it is saved with its next version and noted in the trail.

    ``version``: what the editor had before them; refused when somebody has saved since: who, which fields, what they say now.
    ``only``: the fields this editor writes; what others did to the rest of the row is no reason to refuse.
    """
    fresh = locked(row)
    refuse_if_changed(fresh, kind, version, "liaison.changed_meanwhile", only)
    before = unit.before(fresh, kind)
    yield fresh
    editable: Any = fresh
    editable.version += 1
    fresh.save()
    unit.changed(fresh, kind=kind, before=before, reason=reason.strip())
    index_row(kind, fresh)


def meanwhile(row: models.Model, kind: str, version: int, only: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return what others have changed of a row since ``version``, of the fields in ``only`` (empty: of all)."""
    who, fields = changes_since(row, kind, version)
    told = {name: value for name, value in fields.items() if not only or name in only}
    return findings_of("parties.field_changed", told, who)


def void(unit: Unit, row: Row, kind: str, now: datetime, reason: str) -> None:
    """Take a row back with a reason; it stays in the record. Refused: no reason, taken back before."""
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with changed(unit, row, kind, reason) as fresh:
        voidable: Any = fresh
        voidable.voided_at, voidable.void_reason = now, reason.strip()
