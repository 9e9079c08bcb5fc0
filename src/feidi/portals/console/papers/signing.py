"""The signed paper comes back: one page for every form that is no project's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.selectors import list_forms, signing_of
from feidi.kernel.documents.services.signing import attach_signed_copy
from feidi.kernel.files.services import store_upload
from feidi.kernel.messages import text_of
from feidi.kernel.subjects import Subject
from feidi.portals.console.pipeline.forms import SignedCopyForm
from feidi.portals.console.pipeline.views.landing import split_names
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.ui.requests import FeidiRequest


def prints_of(subject: Subject) -> list[dict[str, Any]]:
    """Return the prints of a subject, newest first, each with its signed copies in words."""
    return [
        {"form": form, "copies": [{"row": copy, "words": text_of(signing_of(copy))} for copy in live_copies(form)]}
        for form in list_forms(subject)
    ]


def live_copies(form: PrintedForm) -> list[SignedCopy]:
    """Return the signed copies of a form of ``list_forms``."""
    copies: list[SignedCopy] = getattr(form, "live_copies", [])
    return copies


def signed_copy_page(
    request: FeidiRequest, *, subject: Subject, title: str, onward: str, current_data: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Attach a photograph of a signed print of ``subject``; its QR says which print it is."""

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        file = store_upload(
            actor=request.actor, now=request.now, subject=subject, name=upload.name, chunks=upload.chunks()
        )
        attach_signed_copy(
            actor=request.actor,
            now=request.now,
            form=None,
            file=file,
            signers=[{"name": name, "role": ""} for name in split_names(data["signers"])],
            signed_on=data["signed_on"],
            sealed=data["sealed"],
            recognised_note=data["note"],
            current_data=current_data,
        )

    return save_page(
        request,
        template="console/promises/form_page.html",
        form=SignedCopyForm(*uploaded(request), initial={"signed_on": request.today}),
        save=save,
        done=_("已识别并归档为线下签署。"),
        onward=onward,
        extra={"title": _("上传签好的纸件"), "subtitle": title, "submit": _("保存")},
    )
