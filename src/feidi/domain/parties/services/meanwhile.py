"""What the second saver of a row is told: who has changed which field since they opened it, and what stands there now."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext as _

from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.audit.models import AuditEntry

_SHOWN: Final = 80
#: Columns that change with every save and say nothing.
_SILENT: Final = frozenset({"version", "updated_at", "progress"})


def changes_since(row: Any, kind: str, version: int) -> tuple[str, dict[str, str]]:
    """Return who has changed ``row`` since ``version``, and of each changed field what it says now, in words."""
    entries = AuditEntry.objects.filter(subject_kind=kind, subject_uid=row.uid, state__version__gt=version)
    entries = entries.select_related("link").order_by("id")
    who = "、".join(dict.fromkeys(each.link.actor_label for each in entries))
    names = dict.fromkeys(name for each in entries for name in each.changes if name not in _SILENT)
    known = {each.attname: each.name for each in row._meta.concrete_fields}
    return who, {known[name]: in_words(row, known[name]) for name in names if name in known}


def refuse_if_changed(
    row: Any, kind: str, version: int | None, code: str, only: Collection[str] = (), **params: Any
) -> None:
    """Refuse with ``code`` if somebody has changed ``row`` since ``version`` (None: not asked), field by field.

    ``only``: the fields that this editor writes; what was done to the others does not matter. A save that changed nothing
    is no reason either: there would be nothing to look at. A version nobody knows the doing of is one.
    """
    if version is None or version == row.version:
        return
    who, fields = changes_since(row, kind, version)
    told = {name: value for name, value in fields.items() if not only or name in only}
    if told or not who:
        raise refuse(code, *findings_of("parties.field_changed", told, who), **params)


def findings_of(code: str, now_there: dict[str, str], who: str) -> tuple[Finding, ...]:
    """Return a finding for each field: its name as the column, so that a form shows it where somebody typed."""
    return tuple(
        Finding(Level.PROBLEM, code, {"who": who, "field": name, "value": value}, column=name)
        for name, value in now_there.items()
    )


def in_words(row: Model, name: str) -> str:
    """Return what a field says, as its reader knows it: a choice by its label, nothing as 空."""
    told = getattr(row, f"get_{name}_display", None)
    value = told() if told is not None else getattr(row, name)
    if value in (None, "", []):
        return _("空")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        value = "、".join(str(each.get("name", "") if isinstance(each, dict) else each) for each in value)
    return str(value)[:_SHOWN]
