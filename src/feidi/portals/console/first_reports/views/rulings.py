"""The ruling on paper: printed for each side, signed, photographed, attached."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.pipeline.models import FirstReport, FirstReportDispute
from feidi.domain.pipeline.selectors.first_reports import get_dispute
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.first_report_papers import check_side, print_ruling, ruling_data
from feidi.kernel.documents.services.signing import attach_signed_copy
from feidi.kernel.files.services import store_upload
from feidi.portals.console.pipeline.forms import SignedCopyForm
from feidi.portals.console.pipeline.views.landing import split_names
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.ui.requests import FeidiRequest


def _side(dispute: FirstReportDispute, claim: str) -> FirstReport:
    """Return the side of a dispute with this uid; none other exists here."""
    for each in (dispute.left, dispute.right):
        if each.uid == claim:
            return each
    raise FirstReport.DoesNotExist


@require_POST
def ruling_print(request: FeidiRequest, uid: str, claim: str) -> HttpResponse:
    """Print the ruling for one side; what is printed is frozen under its hash."""
    dispute = get_dispute(request.actor, uid)
    form = print_ruling(actor=request.actor, now=request.now, dispute=dispute, claim=_side(dispute, claim))
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def ruling_signed(request: FeidiRequest, uid: str, claim: str) -> HttpResponse:
    """Attach a photograph of the signed ruling; its QR says which print it is."""
    dispute = get_dispute(request.actor, uid)
    side = _side(dispute, claim)
    check_side(request.actor, dispute, side)

    def save(data: dict[str, Any]) -> None:
        upload, subject = data["file"], subject_of(side.project)
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
            current_data=ruling_data(dispute, side),
        )

    return save_page(
        request,
        template="console/daily/form.html",
        form=SignedCopyForm(*uploaded(request), initial={"signed_on": request.today}),
        save=save,
        done=_("已识别并归档为线下签署。"),
        onward=reverse("console:first_reports:dispute_view", args=[dispute.uid]),
        extra={"title": _("上传签好的裁定书"), "subtitle": side.project.outpost.short_name},
    )
