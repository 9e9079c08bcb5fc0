"""What came of an introduction, and its evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.matching.enums import OutcomeKind, Side, TechnologyContractKind
from feidi.domain.matching.selectors.introductions import get_introduction
from feidi.domain.matching.services.introduction_outcomes import (
    KIND,
    NewOutcome,
    TechnologyContract,
    record_outcome,
    void_outcome,
)
from feidi.domain.matching.services.outcome_evidence import Proof, decide_outcome, show_outcome
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.engines.findings import refuse
from feidi.kernel.evidence.models import EvidenceItem
from feidi.portals.console.introductions.acts import FORM
from feidi.portals.console.introductions.forms import OutcomeForm, ProofForm
from feidi.portals.console.introductions.views import editable, record_url
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.ui.requests import FeidiRequest


def _new(data: dict[str, Any]) -> NewOutcome:
    kind = OutcomeKind(data["kind"])
    said = any(data[name] for name in ("contract_kind", "technology", "registration_number"))
    contract = None
    if said or kind is OutcomeKind.TECHNOLOGY_CONTRACT:
        if not data["contract_kind"]:
            # which kind it is, is nobody's to guess
            raise refuse("matching.outcome_contract_particulars", kind=str(kind.label))
        contract = TechnologyContract(
            kind=TechnologyContractKind(data["contract_kind"]),
            technology=data["technology"],
            registration_number=data["registration_number"],
            registering_side=Side(data["registering_side"]) if data["registering_side"] else None,
            ownership=data["ownership"],
            solved_when=data["solved_when"],
        )
    return NewOutcome(kind, data["on"], data["amount"], contract, data["note"])


@require_http_methods(["GET", "POST"])
def outcome_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what came of it."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=OutcomeForm(sent(request), initial={"on": request.today}),
        save=lambda data: record_outcome(actor=request.actor, now=request.now, introduction=row, new=_new(data)),
        done=_("结果已登记；证据采信之前不计入任何数。"),
        onward=record_url(uid),
        fields={
            "pipeline.date_in_future": "on",
            "matching.outcome_contract_particulars": "contract_kind",
            "matching.outcome_above_sum": "technology",
            "matching.outcome_sum_missing": "amount",
            "matching.outcome_currencies": "technology",
            "matching.outcome_currency_unknown": "amount",
        },
        extra={
            "title": _("登记结果"),
            "subtitle": row.number,
            "note": _("“自行解决”和“联系不上”也是结果，登记后对接终止，不需要证据。"),
        },
    )


@require_POST
def outcome_void(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take back an outcome that was entered in error."""
    row = editable(request, uid)
    outcome = row.outcomes.get(uid=entry)
    void_outcome(actor=request.actor, now=request.now, outcome=outcome, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，不再计入。"))
    return redirect(record_url(uid))


@require_http_methods(["GET", "POST"])
def outcome_show(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Hand in evidence of an outcome; ``?replaces=`` names the returned one that it corrects."""
    row = editable(request, uid)
    outcome = row.outcomes.get(uid=entry)
    items = EvidenceItem.objects.filter(requirement__subject_kind=KIND, requirement__subject_uid=entry)
    replaced = items.filter(uid=request.GET.get("replaces", "")).first()

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        attachment = Attachment(upload.name, upload.chunks(), data["mark_reason"]) if upload else None
        proof = Proof(attachment, data["record"], data["occurred_on"], data["amount"], replaced)
        show_outcome(actor=request.actor, now=request.now, outcome=outcome, proof=proof)

    return save_page(
        request,
        template=FORM,
        form=ProofForm(*uploaded(request)),
        save=save,
        done=_("证据已提交，等待审核。"),
        onward=record_url(uid),
        extra={"title": _("提交证据"), "subtitle": str(OutcomeKind(outcome.kind).label), "note": ""},
    )


@require_POST
def outcome_decide(request: FeidiRequest, uid: str, entry: str, item: str) -> HttpResponse:
    """Accept or return one piece of evidence."""
    row = get_introduction(request.actor, uid)
    outcome = row.outcomes.select_related("introduction").get(uid=entry)
    found = EvidenceItem.objects.select_related("requirement").get(
        requirement__subject_kind=KIND, requirement__subject_uid=outcome.uid, uid=item
    )
    accept = request.POST.get("decision") == "accept"
    reason = request.POST.get("reason", "")
    decide_outcome(actor=request.actor, now=request.now, outcome=outcome, item=found, accept=accept, reason=reason)
    messages.success(request, _("已采信。") if accept else _("已退回，原因已写明。"))
    return redirect(record_url(uid))
