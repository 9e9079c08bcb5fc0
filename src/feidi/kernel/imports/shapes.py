"""A model's rows as plain dicts: their database form, and their audited state, a hundred thousand at a time.

A row is a dict by attribute name (``outpost_id``). Dates are ISO texts, moments are aware datetimes, JSON
values are plain. What ``state`` gives equals ``audit.canonical.state_of`` of the saved row (tested).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import BinaryField, DateTimeField, JSONField, Model
from django.db.models.fields import NOT_PROVIDED

from feidi.kernel.audit.canonical import Json, keyed_digest, place_of, plain, says_something
from feidi.kernel.audit.register import AuditedKind, audited_kinds
from feidi.kernel.imports.auditing import canonical
from feidi.kernel.imports.staging import moment

PlainRow = dict[str, Any]


class Shape:
    """How one model's rows are written in bulk. ``kind``: its audited kind, None when it has none."""

    def __init__(self, model: type[Model]) -> None:
        fields = list(model._meta.concrete_fields)
        self.model = model
        self.columns = tuple(str(each.column) for each in fields)
        self.kind: AuditedKind | None = next(
            (each for each in audited_kinds() if each.model == model._meta.label), None
        )
        self._defaults = {each.attname: _default(each) for each in fields}
        self._take = itemgetter(*(each.attname for each in fields))
        self._json = [at for at, each in enumerate(fields) if isinstance(each, JSONField)]
        self._moments = [at for at, each in enumerate(fields) if isinstance(each, DateTimeField)]
        recorded = self.kind.fields() if self.kind else []
        self._recorded = [(each.name, each.attname) for each in recorded]
        odd = (DateTimeField, BinaryField)
        personal = _personal(self.kind)
        self._plain = [each.name for each in recorded if isinstance(each, odd) and each.name not in personal]
        self._personal = [each.name for each in recorded if each.name in personal]
        self._known: dict[datetime, tuple[Any, Json]] = {}

    def row(self, values: Mapping[str, Any]) -> PlainRow:
        """Return a whole row: ``values`` over the model's defaults."""
        made = {**self._defaults, **values}
        if len(made) != len(self._defaults):
            message = f"{self.model._meta.label} has no {sorted(set(made) - set(self._defaults))}"
            raise ValueError(message)
        return made

    def stored(self, row: PlainRow) -> list[Any]:
        """Return the row's values as the database takes them, in the order of ``columns``."""
        values = list(self._take(row))
        for at in self._json:
            if values[at] is not None:
                values[at] = canonical(values[at])
        for at in self._moments:
            if values[at] is not None:
                values[at] = self._moment(values[at])[0]
        return values

    def state(self, row: PlainRow) -> dict[str, Json]:
        """Return what the audit trail records of the row."""
        state = {name: row[attname] for name, attname in self._recorded}
        for name in self._plain:
            value = state[name]
            state[name] = self._moment(value)[1] if isinstance(value, datetime) else plain(value)
        for name in self._personal:
            if self.kind and says_something(state[name]):
                state[name] = keyed_digest(state[name], place=place_of(self.kind.kind, row["uid"], name))
        return state

    def _moment(self, value: datetime) -> tuple[Any, Json]:
        if value not in self._known:
            self._known[value] = (moment(value), plain(value))
        return self._known[value]


def _personal(kind: AuditedKind | None) -> frozenset[str]:
    if kind and kind.personal_of_such:
        message = f"{kind.kind} is personal row by row: it is not written in bulk"
        raise ValueError(message)
    return kind.personal if kind else frozenset()


def _default(field: Any) -> Any:
    if field.name == "uid" or field.primary_key:
        return None
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return None if field.null or not field.empty_strings_allowed else ""
