"""The paper form: printed with a QR, signed by pen, photographed, recognised, attached."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.pipeline.access import require_on, scopes_of
from feidi.domain.pipeline.selectors.landing import get_case
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.paper import landing_form_data, print_landing_form
from feidi.kernel.documents.access import visible_to
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import render_form
from feidi.kernel.documents.services.signing import attach_signed_copy
from feidi.kernel.files.services import store_upload
from feidi.portals.console.pipeline.forms import SignedCopyForm
from feidi.portals.console.pipeline.views.landing import split_names
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.ui.clock import taken_by
from feidi.portals.ui.requests import FeidiRequest


@require_POST
def form_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print the landing form as it stands now; what is printed is frozen under its hash."""
    case = get_case(request.actor, uid)
    form = print_landing_form(actor=request.actor, now=request.now, case=case)
    return redirect("console:pipeline:form_view", form.uid)


@require_GET
def form_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The printed form as PDF, watermarked with who looks."""
    form = visible_to(request.actor, PrintedForm.objects.all()).get(uid=uid)
    response = HttpResponse(
        render_form(form, watermark=taken_by(request.user, request.now)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{form.uid}.pdf"'
    return response


@require_http_methods(["GET", "POST"])
def signed_copy_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Attach a photograph of the signed form; its QR says which print it is."""
    case = get_case(request.actor, uid)
    if not request.actor.may("landing.verify", *scopes_of(case.project)):
        require_on(request.actor, "landing.submit", case.project)

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        file = store_upload(
            actor=request.actor,
            now=request.now,
            subject=subject_of(case.project),
            name=upload.name,
            chunks=upload.chunks(),
        )
        signers = [{"name": name, "role": ""} for name in split_names(data["signers"])]
        attach_signed_copy(
            actor=request.actor,
            now=request.now,
            form=None,
            file=file,
            signers=signers,
            signed_on=data["signed_on"],
            sealed=data["sealed"],
            recognised_note=data["note"],
            current_data=landing_form_data(case),
        )

    return save_page(
        request,
        template="console/pipeline/project_form.html",
        form=SignedCopyForm(*uploaded(request), initial={"signed_on": request.today}),
        save=save,
        done=_("已识别并归档为线下签署。"),
        onward=reverse("console:pipeline:landing_view", args=[case.uid]),
        project=case.project,
        extra={"title": _("上传签好的核验表")},
    )
