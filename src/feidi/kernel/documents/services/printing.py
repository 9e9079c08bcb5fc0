"""Printing a form: what it says is frozen, hashed, and named by a token in its QR."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.forms import check_data, get_form_spec
from feidi.kernel.documents.hashing import code_line, content_hash, new_token, qr_svg, spaced
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.typesetting import set_pdf, set_pictures
from feidi.kernel.subjects import Subject


def print_form(
    *, actor: Actor, now: datetime, subject: Subject, form: str, title: str, data: Mapping[str, Any]
) -> tuple[PrintedForm, bytes]:
    """Freeze ``data`` as a printed form of ``subject`` and return it with its PDF.

    ``data`` is plain JSON with words as they are to be printed (``documents.forms`` says which fields).
    Refused: an unknown form, missing fields, a missing Chinese font. Set before the transaction begins.
    """
    spec = get_form_spec(form)
    check_data(spec, data)
    row = PrintedForm(
        subject_kind=subject.kind,
        subject_uid=subject.uid,
        form=form,
        title=title,
        data=dict(data),
        sha256=content_hash(subject=subject, form=form, title=title, data=data),
        token=new_token(),
        printed_by=actor.label[:160],
        created_at=now,
    )
    pdf = render_form(row)
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind="documents.form")
    return row, pdf


def render_form(form: PrintedForm, *, watermark: str = "") -> bytes:
    """Return the PDF of a printed form again, from its frozen data. ``watermark``: who looks at it, and when."""
    return set_pdf(get_form_spec(form.form).template, _values(form, watermark), form.created_at)


def render_form_pages(form: PrintedForm, *, watermark: str = "") -> list[bytes]:
    """Return one PNG per page of a printed form, for browsers that cannot open a PDF."""
    return set_pictures(get_form_spec(form.form).template, _values(form, watermark), form.created_at)


def _values(form: PrintedForm, watermark: str) -> dict[str, Any]:
    printed_at = f"{localtime(form.created_at):%Y-%m-%d %H:%M}"
    return {
        "title": form.title,
        "line": " · ".join(str(form.data[name]) for name in ("code", "project") if form.data.get(name)),
        "token": spaced(form.token),
        "sha": spaced(form.sha256, 8),
        "qr": qr_svg(code_line(form.token, form.sha256)),
        "printed_by": form.printed_by,
        "printed_at": printed_at,
        "watermark": watermark or f"{form.printed_by} {printed_at}",
        "demonstration": bool(settings.FEIDI_DEMONSTRATION),
        "data": form.data,
    }
