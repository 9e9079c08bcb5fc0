"""Which models are audited, and which of their fields are personal: always, or in the rows about a natural person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from feidi.kernel.subjects import is_personal


def _nobody(_row: Any) -> bool:
    return False


def speaks_of_a_person(row: Any) -> bool:
    """Tell whether a row's subject (``SubjectColumns``) is a natural person."""
    return is_personal(row.subject_kind)


@dataclass(frozen=True, slots=True)
class AuditedKind:
    """One audited subject kind: its model, the fields left out, and those shown only as keyed digests.

    ``personal``         fields that are personal in every row
    ``about_a_person``   tells of a row whether it is about a natural person
    ``personal_of_such`` fields that are personal in such a row beside them; the reason given for a change of it is too
    """

    kind: str
    model: str
    personal: frozenset[str] = field(default_factory=frozenset)
    left_out: frozenset[str] = field(default_factory=frozenset)
    about_a_person: Callable[[Any], bool] = _nobody
    personal_of_such: frozenset[str] = field(default_factory=frozenset)

    def fields(self) -> list[Field[object, object]]:
        """Return the model fields whose values are recorded, in declaration order."""
        model: type[Model] = apps.get_model(self.model)
        skipped = self.left_out | {model._meta.pk.name}
        return [each for each in model._meta.concrete_fields if each.name not in skipped]

    def personal_in(self, row: Any) -> frozenset[str]:
        """Return the fields of ``row`` that the trail knows as keyed digests only."""
        return self.personal | self.personal_of_such if self.about_a_person(row) else self.personal


_AUDITED: dict[str, AuditedKind] = {}


def register_audited(kind: AuditedKind) -> None:
    """Declare a kind as audited (from an app's ``AppConfig.ready``)."""
    _AUDITED[kind.kind] = kind


def audited_kind(kind: str) -> AuditedKind:
    """Return the declaration of ``kind``; an undeclared kind is a programming error."""
    return _AUDITED[kind]


def audited_kinds() -> tuple[AuditedKind, ...]:
    """Return every declaration, in order of kind."""
    return tuple(_AUDITED[name] for name in sorted(_AUDITED))
