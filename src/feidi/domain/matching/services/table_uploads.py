"""What taking in any table of figures asks: everything said of it, a year that can be, the same bytes only once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.models import FlowTable, IndustryTable
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

Uploaded = TypeVar("Uploaded", IndustryTable, FlowTable)
New = TypeVar("New")
_FIRST_YEAR: Final = 1949


def cleaned(new: New, labels: Iterable[str]) -> New:
    """Return what is said of a table without blanks around the words."""
    return replace(new, **{key: getattr(new, key).strip() for key in labels})  # type: ignore[type-var]


def check_said(new: Any, labels: Mapping[str, tuple[str, str]], now: datetime) -> None:
    """Refuse unless every one of ``labels`` is said (all that are missing at once) and the year can be."""
    missing = [
        Finding(Level.FATAL, "matching.table_needs", {"field_zh": zh, "field_en": en}, None, key)
        for key, (zh, en) in labels.items()
        if not getattr(new, key)
    ]
    if missing:
        zh, en = (", ".join(str(each.params[name]) for each in missing) for name in ("field_zh", "field_en"))
        raise refuse("matching.table_needs", *missing, field_zh=zh, field_en=en)
    this_year = now.astimezone(SHANGHAI).year
    if not _FIRST_YEAR <= new.year <= this_year:
        raise refuse("matching.table_year", year=new.year, now=this_year)


def refuse_known(model: type[Uploaded], outpost: Outpost, digest: str) -> None:
    """Refuse bytes that the outpost has already; says which table they are, by whom and when."""
    known = model.objects.filter(outpost=outpost, sha256=digest, voided_at__isnull=True).first()
    if known is not None:
        at = known.uploaded_at.astimezone(SHANGHAI)
        raise refuse(
            "matching.table_known", title=str(known), by=known.uploaded_by, at=f"{at:%Y-%m-%d %H:%M}", uid=known.uid
        )


def void_table(
    *, actor: Actor, now: datetime, table: Uploaded, kind: str, reason: str, version: int | None = None
) -> Uploaded:
    """Take a table back; row, figures and file stay. Refused: no reason, voided before, changed by somebody since."""
    require(actor, EDIT, outpost_scope(table.outpost_id))
    if not reason.strip():
        raise refuse("matching.void_needs_reason")
    with recorded(actor=actor, now=now) as unit:
        row = type(table).objects.select_for_update(of=("self",)).get(pk=table.pk)
        if row.voided_at is not None:
            raise refuse("matching.table_voided", reason=row.void_reason)
        if version is not None and row.version != version:
            raise refuse("matching.table_changed")
        before = unit.before(row, kind)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=kind, before=before, reason=row.void_reason, action="voided")
    return row
