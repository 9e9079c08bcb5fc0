"""Entering, correcting and taking back agreements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.pipeline.access import require_on, visible_in_office
from feidi.domain.pipeline.enums import AgreementKind, Counting, SigningMethod
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.agreement_changes import change_agreement
from feidi.domain.pipeline.services.agreements import NewAgreement, SigningFacts, add_agreement, void_agreement
from feidi.engines.findings import refuse
from feidi.engines.money import MoneyText
from feidi.kernel.files.services import store_upload
from feidi.kernel.messages import sentence_of
from feidi.portals.console.pipeline.forms import AgreementChangeForm, AgreementForm
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
            messages.warning(request, sentence_of(finding))

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
    scan = upload and store_upload(
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
        clause_text=data.get("clause_text", ""),
    )


@require_http_methods(["GET", "POST"])
def agreement_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put right what was entered wrongly, with the reason; all agreements of the project are counted anew."""
    agreement = _agreement(request, uid)
    project = agreement.project
    require_on(request.actor, "agreement.edit", project)
    if agreement.voided_at is not None:
        raise refuse("pipeline.row_voided_already", reason=agreement.void_reason)

    def save(data: dict[str, Any]) -> None:
        new = _new_agreement(request, project, data)
        signing = replace(
            new.signing, authorisation=agreement.authorisation, certificate_time=agreement.certificate_time
        )
        changed = change_agreement(
            actor=request.actor,
            now=request.now,
            agreement=agreement,
            version=data["version"],
            new=replace(new, signing=signing),
            reason=data["change_reason"],
        )
        messages.info(request, _("计数：{counting}").format(counting=counting_text(changed)))

    return save_page(
        request,
        template="console/pipeline/agreement_edit.html",
        form=AgreementChangeForm(*uploaded(request), initial=_as_entered(agreement)),
        save=save,
        done=_("协议已更正。"),
        onward=reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=agreements",
        project=project,
        fields={"space.tenancy_outlasts_lease": "term_to", "pipeline.term_order": "term_to"},
    )


def _as_entered(row: Agreement) -> dict[str, Any]:
    """Return the form's values as the agreement stands."""
    names = [name for name in AgreementChangeForm.base_fields if hasattr(row, name) and name != "scan"]
    seals = [each.get("sealed_on") for each in row.party_seals if each.get("party") == row.investor]
    home = [each.get("sealed_on") for each in row.party_seals if each.get("party") != row.investor]
    amount = MoneyText(
        row.amount_text, row.amount_lo_fen, row.amount_hi_fen, row.currency or None, row.amount_approximate
    )
    return {
        **{name: getattr(row, name) for name in names},
        "amount": amount,
        "adds_capital": row.counting == Counting.INCREMENT,
        "method": row.signing_method,
        "cross_page_seal": "" if row.cross_page_seal is None else str(row.cross_page_seal).lower(),
        "home_sealed_on": home[0] if home else None,
        "investor_sealed_on": seals[0] if seals else None,
    }


def _agreement(request: FeidiRequest, uid: str) -> Agreement:
    projects = visible_in_office(request.actor, Project.objects.all())
    rows = Agreement.objects.filter(project__in=projects).select_related("project__outpost__home", "scan")
    return rows.get(uid=uid)


@require_POST
def agreement_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back an agreement that was entered in error; the rest is counted anew."""
    agreement = _agreement(request, uid)
    void_agreement(actor=request.actor, now=request.now, agreement=agreement, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，其余协议已重新计数。"))
    return redirect(reverse("console:pipeline:project_view", args=[agreement.project.uid]) + "?tab=agreements")
