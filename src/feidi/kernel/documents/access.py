"""Who sees printed forms and their signed copies: those who see the row they are about."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.files.delegation import sees_subject, visible_by_subject
from feidi.kernel.subjects import SubjectKind


def visible_to(actor: Actor, forms: QuerySet[PrintedForm]) -> QuerySet[PrintedForm]:
    """Narrow ``forms`` to those about rows that ``actor`` may see."""
    return visible_by_subject(actor, forms)


def can_view(actor: Actor, form: PrintedForm) -> bool:
    """Tell whether ``actor`` may see ``form``; agrees with ``visible_to``."""
    return sees_subject(actor, form.subject_kind, form.subject_uid)


def copies_visible_to(actor: Actor, copies: QuerySet[SignedCopy]) -> QuerySet[SignedCopy]:
    """Narrow signed copies to those of forms that ``actor`` may see."""
    return visible_by_subject(actor, copies, through="form__")


def _title(form: Any) -> str:
    return str(form.title)


def _copy_title(copy: Any) -> str:
    return str(copy.form.title)


FORM = SubjectKind(kind="documents.form", model="documents.PrintedForm", label=_title, visible_to=visible_to)
SIGNED_COPY = SubjectKind(
    kind="documents.signed_copy",
    model="documents.SignedCopy",
    label=_copy_title,
    visible_to=copies_visible_to,
)
