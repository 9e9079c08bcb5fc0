"""Which models are audited, and which of their fields are personal."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Field, Model


@dataclass(frozen=True, slots=True)
class AuditedKind:
    """One audited subject kind: its model, the fields left out, and those shown only as keyed digests."""

    kind: str
    model: str
    personal: frozenset[str] = field(default_factory=frozenset)
    left_out: frozenset[str] = field(default_factory=frozenset)

    def fields(self) -> list[Field[object, object]]:
        """Return the model fields whose values are recorded, in declaration order."""
        model: type[Model] = apps.get_model(self.model)
        skipped = self.left_out | {model._meta.pk.name}
        return [each for each in model._meta.concrete_fields if each.name not in skipped]


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
