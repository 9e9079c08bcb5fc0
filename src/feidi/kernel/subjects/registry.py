"""The register of subject kinds. Filled by each app's ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from feidi.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """The address of a row: its kind (``pipeline.project``) and its uid."""

    kind: str
    uid: str


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """What the owner app says of its kind.

    ``model`` is ``app_label.ModelName``; ``label`` names one row; ``visible_to`` narrows a queryset to
    what the actor may see; ``url_name`` is the page, reversed with the uid (None: it has no page).
    ``personal``: its rows are natural persons, or stand for one; what is said of them is personal, and the audit trail
    does not repeat it.
    """

    kind: str
    model: str
    label: Callable[[Any], str]
    visible_to: Callable[[Actor, QuerySet[Any]], QuerySet[Any]]
    url_name: str | None = None
    personal: bool = False


_KINDS: dict[str, SubjectKind] = {}


class UnknownSubjectKindError(LookupError):
    """A stored subject names a kind that no installed app registers."""


def register(kind: SubjectKind) -> None:
    """Add a kind; the same kind twice from the same model is harmless, from another is an error."""
    known = _KINDS.get(kind.kind)
    if known is not None and known.model != kind.model:
        message = f"subject kind {kind.kind!r} is registered for {known.model} and for {kind.model}"
        raise ValueError(message)
    _KINDS[kind.kind] = kind


def kind_of(kind: str) -> SubjectKind:
    """Return the registered kind, or raise ``UnknownSubjectKindError``."""
    try:
        return _KINDS[kind]
    except KeyError:
        raise UnknownSubjectKindError(kind) from None


def is_personal(kind: str) -> bool:
    """Tell whether rows of ``kind`` are natural persons, or stand for one."""
    return kind in _KINDS and _KINDS[kind].personal


def registered_kinds() -> tuple[SubjectKind, ...]:
    """Return every registered kind, in order of name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def find_row(subject: Subject) -> Model | None:
    """Return the row a subject names, or None. Takes no account of who asks: for services only."""
    model = apps.get_model(kind_of(subject.kind).model)
    found: Model | None = model._default_manager.filter(uid=subject.uid).first()
    return found


def visible_row(actor: Actor, subject: Subject) -> Model | None:
    """Return the row a subject names if ``actor`` may see it, else None."""
    kind = kind_of(subject.kind)
    model = apps.get_model(kind.model)
    return kind.visible_to(actor, model._default_manager.filter(uid=subject.uid)).first()


def label_of(row: Model, kind: str) -> str:
    """Return how a row of ``kind`` is named on screen."""
    return kind_of(kind).label(row)


def url_of(subject: Subject) -> str | None:
    """Return the address of the subject's page, or None when its kind has none."""
    from django.urls import reverse  # noqa: PLC0415 - the address book belongs to the portals, asked late

    name = kind_of(subject.kind).url_name
    return reverse(name, args=[subject.uid]) if name else None
