"""决定、公示、反馈函、协议: what is decided, on paper and back, told, and signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.incubation.admission_access import DECIDE
from feidi.domain.incubation.admission_enums import Verdict
from feidi.domain.incubation.enums import Programme, TenancyKind
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_capacity import capacity_of
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.selectors.first_answer import desk_words
from feidi.domain.incubation.services.admission_decisions import (
    Decision,
    confirm_decision,
    decide_application,
    end_notice,
)
from feidi.domain.incubation.services.admission_papers import decision_statement, print_decision, print_letter
from feidi.domain.incubation.services.admission_signing import sign_admission
from feidi.domain.incubation.services.admission_steps import subject_of
from feidi.domain.incubation.services.tenancies import NewTenancy, begin_tenancy
from feidi.domain.pipeline.enums import AgreementKind
from feidi.domain.pipeline.models import Agreement
from feidi.domain.pipeline.selectors.standing import subject_of as project_subject
from feidi.domain.pipeline.services.agreements import NewAgreement, SigningFacts
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.portals.console.admissions.acts import FORM
from feidi.portals.console.admissions.forms import DecisionForm, SignForm
from feidi.portals.console.admissions.views import crumbs_of, editable, record_url
from feidi.portals.console.papers.signing import signed_copy_page
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.tenancies.entering import FIELDS, moving_in, terms_of
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def decision_make(request: FeidiRequest, uid: str) -> HttpResponse:
    """Propose the decision; refused while the outpost is full, or by one who scored."""
    row = editable(request, uid, DECIDE)
    form = DecisionForm(sent(request), reasons=admission_rules(row.outpost).reasons, initial={"verdict": Verdict.ADMIT})

    def save(data: dict[str, Any]) -> None:
        decision = Decision(Verdict(data["verdict"]), data["reasons"], data["feedback"], data["place"])
        decide_application(actor=request.actor, now=request.now, application=row, decision=decision)

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("决定已登记。"),
        onward=record_url(uid),
        fields={"incubation.reason_needed": "feedback", "incubation.full": "verdict"},
        extra={
            "title": _("决定"),
            "subtitle": f"{row.number} {row.applicant}",
            "note": desk_words(capacity_of(row.outpost, request.today)),
            "crumbs": crumbs_of(row, _("决定")),
        },
    )


@require_POST
def decision_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print the decision for the hands and seals of content's chain."""
    form = print_decision(actor=request.actor, now=request.now, application=editable(request, uid))
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def decision_signed(request: FeidiRequest, uid: str) -> HttpResponse:
    """The form comes back signed and sealed, as a photograph."""
    row = editable(request, uid)
    with override("zh-hans"):  # papers are Chinese
        current = decision_statement(row) if row.verdict else None
    title = f"{row.number} {row.applicant}"
    return signed_copy_page(request, subject=subject_of(row), title=title, onward=record_url(uid), current_data=current)


@require_POST
def decision_confirm(request: FeidiRequest, uid: str) -> HttpResponse:
    """Let it hold: its form is back."""
    row = confirm_decision(actor=request.actor, now=request.now, application=editable(request, uid))
    messages.success(request, _("决定已生效：{state}").format(state=row.get_state_display()))
    return redirect(record_url(uid))


@require_POST
def notice_end(request: FeidiRequest, uid: str) -> HttpResponse:
    """Public notice is over without an objection that stands."""
    objections = request.POST.get("reason", "")
    end_notice(actor=request.actor, now=request.now, application=editable(request, uid), objections=objections)
    messages.success(request, _("公示期满，可以签协议。"))
    return redirect(record_url(uid))


@require_POST
def letter_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print what a rejected or waiting applicant is told."""
    form = print_letter(actor=request.actor, now=request.now, application=editable(request, uid))
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def agreement_sign(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter the tenancy agreement: the project is signed, the host track opens; with rooms, the tenancy begins."""
    row = editable(request, uid)
    company = row.organization.name if row.organization else row.applicant
    initial = {"signed_on": request.today, "investor": company, "due_day": 10, "programme": Programme.INCUBATION}
    form = SignForm(*uploaded(request), outpost=row.outpost, initial=initial)

    def save(data: dict[str, Any]) -> None:
        with recorded(actor=request.actor, now=request.now):
            new = _agreement(request, row, data)
            agreement = sign_admission(actor=request.actor, now=request.now, application=row, new=new)
            if data["units"]:
                _move_in(request, row, agreement, data)

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("协议已登记，已入驻；选了房间的，租期、费用和工位也已登记。"),
        onward=record_url(uid),
        fields={
            **{code: field for code, field in FIELDS.items() if field in form.fields},
            "incubation.term_order": "term_to",
            "incubation.beyond_agreement": "term_to",
            "space.tenancy_outlasts_lease": "term_to",
            "pipeline.term_order": "term_to",
            "pipeline.scan_needed": "scan",
            "pipeline.date_in_future": "signed_on",
        },
        project=row.project,
        extra={
            "title": _("签入驻协议"),
            "subtitle": f"{row.number} {row.applicant}",
            "note": _("协议草案、合法性、财政和公平竞争审查意见在项目页登记；没有齐会逐项说明。"),
            "crumbs": crumbs_of(row, _("签入驻协议")),
        },
    )


def _move_in(request: FeidiRequest, row: Application, agreement: Agreement, data: dict[str, Any]) -> None:
    project = agreement.project
    new = NewTenancy(
        kind=TenancyKind.STARTUP,
        organization=row.organization or moving_in(request, row.outpost, "", project),
        starts_on=data["term_from"],
        ends_on=data["term_to"],
        units=list(data["units"]),
        terms=terms_of(data),
        project=project,
        agreement=agreement,
        deposit=data["deposit"],
    )
    begin_tenancy(actor=request.actor, now=request.now, outpost=row.outpost, new=new)


def _agreement(request: FeidiRequest, row: Application, data: dict[str, Any]) -> NewAgreement:
    upload, project = data["scan"], row.project
    scan = None
    if upload and project is not None:
        scan = store_upload(
            actor=request.actor,
            now=request.now,
            subject=project_subject(project),
            name=upload.name,
            chunks=upload.chunks(),
        )
    amount = data["amount"]
    return NewAgreement(
        kind=AgreementKind.TENANCY,
        signed_on=data["signed_on"],
        investor=data["investor"],
        scan=scan,
        amount=amount if amount and amount.text else None,
        title=_("入驻协议"),
        signing=SigningFacts(signatory=data["signatory"]),
        term_from=data["term_from"],
        term_to=data["term_to"],
        clause_text=data["clause_text"],
    )
