"""Entering agreements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.pipeline.access import require_on, visible_in_office
from feidi.domain.pipeline.enums import AgreementKind, SigningMethod
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.agreements import NewAgreement, SigningFacts, add_agreement, void_agreement
from feidi.kernel.files.services import store_upload
from feidi.kernel.messages import fix_of, text_of
from feidi.portals.console.pipeline.forms import AgreementForm
from feidi.portals.console.pipeline.presenting import counting_text
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.promises.tab import warnings_at_signing
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def agreement_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter an agreement with its scan; says at once whether it counts."""
    project = get_project(request.actor, uid)
    require_on(request.actor, "agreement.edit", project)
    form = AgreementForm(*uploaded(request), initial={"investor": project.sponsor_name})

    def save(data: dict[str, Any]) -> None:
        agreement = add_agreement(
            actor=request.actor, now=request.now, project=project, new=_new_agreement(request, project, data)
        )
        messages.info(request, _("计数：{counting}").format(counting=counting_text(agreement)))
        for finding in warnings_at_signing(agreement):
            messages.warning(request, f"{text_of(finding)} {fix_of(finding)}".strip())

    return save_page(
        request,
        template="console/pipeline/agreement_add.html",
        form=form,
        save=save,
        done=_("协议已登记。"),
        onward=reverse("console:pipeline:project_view", args=[uid]) + "?tab=agreements",
        project=project,
        fields={"space.tenancy_outlasts_lease": "term_to", "pipeline.term_order": "term_to"},
    )


def _new_agreement(request: FeidiRequest, project: Project, data: dict[str, Any]) -> NewAgreement:
    upload = data["scan"]
    scan = store_upload(
        actor=request.actor, now=request.now, subject=subject_of(project), name=upload.name, chunks=upload.chunks()
    )
    seals = ((_("主办方"), data["home_sealed_on"]), (data["investor"], data["investor_sealed_on"]))
    signing = SigningFacts(
        method=SigningMethod(data["method"]),
        signatory=data["signatory"],
        authorised=data["authorised"],
        originals=data["originals"],
        originals_held_by=data["originals_held_by"],
        originals_shelf=data["originals_shelf"],
        cross_page_seal=data["cross_page_seal"],
        seal_approval=data["seal_approval"],
        party_seals=tuple((party, on) for party, on in seals if on),
        certificate_name=data["certificate_name"],
    )
    amount = data["amount"]
    return NewAgreement(
        kind=AgreementKind(data["kind"]),
        signed_on=data["signed_on"],
        investor=data["investor"],
        scan=scan,
        amount=amount if amount.text else None,
        title=data["title"],
        occasion=data["occasion"],
        adds_capital=data["adds_capital"],
        signing=signing,
        term_from=data["term_from"],
        term_to=data["term_to"],
        clause_text=data["clause_text"],
    )


@require_POST
def agreement_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back an agreement that was entered in error; the rest is counted anew."""
    projects = visible_in_office(request.actor, Project.objects.all())
    agreement = Agreement.objects.filter(project__in=projects).select_related("project__outpost__home").get(uid=uid)
    void_agreement(actor=request.actor, now=request.now, agreement=agreement, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，其余协议已重新计数。"))
    return redirect(reverse("console:pipeline:project_view", args=[agreement.project.uid]) + "?tab=agreements")
