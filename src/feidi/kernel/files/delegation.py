"""Visibility by subject: a row that hangs on another row is seen by exactly those who see that row.

Used by files, evidence, forms, clocks and to-dos. Their own kinds are left out as hosts: such a row hangs
on a row of a domain app, never on another hanging row, so the question always ends.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject, SubjectKind, register, registered_kinds, visible_row
from feidi.kernel.subjects.registry import UnknownSubjectKindError

M = TypeVar("M", bound=Model)
_HANGING: set[str] = set()


def register_hanging(kind: SubjectKind) -> None:
    """Register a subject kind whose visibility is that of the rows it hangs on."""
    _HANGING.add(kind.kind)
    register(kind)


def visible_by_subject(actor: Actor, rows: QuerySet[M], *, through: str = "") -> QuerySet[M]:
    """Narrow ``rows`` to those whose subject ``actor`` may see. ``through``: prefix of the subject columns.

    For lists: the condition speaks of every registered kind. Of one row at hand ask ``sees_subject``, which speaks of
    its kind alone.
    """
    seen = Q(pk__in=[])
    for kind in registered_kinds():
        if kind.kind in _HANGING:
            continue
        model: type[Model] = apps.get_model(kind.model)
        hosts: QuerySet[Any] = model._default_manager.filter(uid=OuterRef(f"{through}subject_uid"))
        seen |= Q(**{f"{through}subject_kind": kind.kind}) & Q(Exists(kind.visible_to(actor, hosts)))
    return rows.filter(seen)


def sees_subject(actor: Actor, kind: str, uid: str) -> bool:
    """Tell whether ``actor`` may see the row that a stored subject names; agrees with ``visible_by_subject``."""
    if kind in _HANGING:
        return False
    try:
        return visible_row(actor, Subject(kind, uid)) is not None
    except UnknownSubjectKindError:
        return False
