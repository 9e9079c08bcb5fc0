"""Evidence that a person came: handed in, accepted or returned."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.talent.kinds import ARRIVAL, TALENT
from feidi.domain.talent.selectors.catalogue import classes_of
from feidi.domain.talent.services.arrivals import Proof, decide_evidence, show_arrival
from feidi.kernel.evidence.models import EvidenceItem
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.talents.asking import FORM, editable, scan_of, staff_talent, talent_url
from feidi.portals.console.talents.forms import ProofForm
from feidi.portals.console.talents.wording import said
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def arrival_show(request: FeidiRequest, uid: str, kind: str) -> HttpResponse:
    """Hand in evidence; ``?replaces=`` names the returned piece that it corrects."""
    row = editable(request, uid)
    labels = {code: said(zh, en) for code, zh, en in classes_of(row.outpost, request.today).evidence}
    if kind not in labels:
        raise Http404
    items = EvidenceItem.objects.filter(requirement__subject_kind=TALENT, requirement__subject_uid=uid)
    replaced = items.filter(uid=request.GET.get("replaces", "")).first()

    def save(data: dict[str, Any]) -> None:
        proof = proof_of(data, replaced)
        show_arrival(actor=request.actor, now=request.now, talent=row, kind=kind, proof=proof)

    return save_page(
        request,
        template=FORM,
        form=ProofForm(*uploaded(request)),
        save=save,
        done=_("证据已提交，等待审核。"),
        onward=talent_url(uid),
        extra={"title": _("提交引进证据"), "subtitle": labels[kind], "submit": _("保存")},
    )


@require_POST
def arrival_decide(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Accept or return one piece of evidence."""
    row = staff_talent(request, uid)
    found = EvidenceItem.objects.select_related("requirement").get(
        requirement__subject_kind=TALENT, requirement__subject_uid=row.uid, requirement__purpose=ARRIVAL, uid=item
    )
    accept = request.POST.get("decision") == "accept"
    reason = request.POST.get("reason", "")
    decide_evidence(actor=request.actor, now=request.now, talent=row, item=found, accept=accept, reason=reason)
    messages.success(request, _("已采信。") if accept else _("已退回，原因已写明。"))
    return redirect(talent_url(uid))


def proof_of(data: dict[str, Any], replaced: EvidenceItem | None) -> Proof:
    """Return what a form hands in."""
    return Proof(scan_of(data["file"], data["mark_reason"]), data["record"], data["occurred_on"], replaced)
