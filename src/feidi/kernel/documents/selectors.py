"""Questions about forms on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.documents.access import can_view
from feidi.kernel.documents.hashing import folded_token
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.subjects import Subject


def find_form(token: str) -> PrintedForm | None:
    """Return the form of a token (from its QR, or typed from paper), or None. Takes no account of who asks."""
    return PrintedForm.objects.filter(token=folded_token(token)).first()


def get_form(*, actor: Actor, uid: str) -> PrintedForm:
    """Return the form that ``actor`` may see, or refuse."""
    form = PrintedForm.objects.filter(uid=uid).first()
    if form is None or not can_view(actor, form):
        raise refuse("documents.not_found")
    return form


def list_forms(subject: Subject, form: str = "") -> QuerySet[PrintedForm]:
    """Return the prints of a subject, newest first, with their live signed copies in ``live_copies``."""
    copies = SignedCopy.objects.filter(voided_at__isnull=True).select_related("file").order_by("id")
    forms = PrintedForm.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid)
    if form:
        forms = forms.filter(form=form)
    return forms.order_by("-created_at", "-id").prefetch_related(
        Prefetch("signed_copies", queryset=copies, to_attr="live_copies")
    )


def list_signed_copies(subject: Subject, form: str) -> QuerySet[SignedCopy]:
    """Return the live signed copies of one form of a subject, newest first."""
    return (
        SignedCopy.objects.filter(
            form__subject_kind=subject.kind,
            form__subject_uid=subject.uid,
            form__form=form,
            voided_at__isnull=True,
        )
        .select_related("form", "file")
        .order_by("-signed_on", "-id")
    )


def changed_since_print(form: PrintedForm, current: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the fields whose content differs from what was printed; empty: nothing changed."""
    names = sorted(set(form.data) | set(current))
    return tuple(name for name in names if form.data.get(name) != current.get(name))


def signing_of(copy: SignedCopy) -> Finding:
    """Return how a signed copy reads on screen: 线下签署 2026-11-19，2 人."""
    code = "documents.signed_and_sealed" if copy.sealed else "documents.signed_on_paper"
    return Finding(Level.NOTE, code, {"date": copy.signed_on.isoformat(), "count": len(copy.signers)})
