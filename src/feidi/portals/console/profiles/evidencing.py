"""The evidence of what a need or an offer says: handing in, deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import get_staff_profile
from feidi.domain.matching.services.outcome_evidence import Proof
from feidi.domain.matching.services.profile_evidence import decide_claim, show_claim
from feidi.domain.matching.services.profile_indexing import KIND
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.kernel.evidence.models import EvidenceItem
from feidi.portals.console.introductions.forms import ProofForm
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.profiles.acts import FORM
from feidi.portals.console.profiles.views import editable, record_url
from feidi.portals.ui.requests import FeidiRequest


def _items(row: Profile) -> Any:
    rows = EvidenceItem.objects.filter(requirement__subject_kind=KIND, requirement__subject_uid=row.uid)
    return rows.select_related("requirement")


@require_http_methods(["GET", "POST"])
def claim_show(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hand in evidence of what it says; ``?replaces=`` names the returned piece that it corrects."""
    row = editable(request, uid)
    replaced = _items(row).filter(uid=request.GET.get("replaces", "")).first()

    def save(data: dict[str, Any]) -> None:
        upload = data["file"]
        attachment = Attachment(upload.name, upload.chunks(), data["mark_reason"]) if upload else None
        proof = Proof(attachment, data["record"], data["occurred_on"], data["amount"], replaced)
        show_claim(actor=request.actor, now=request.now, profile=row, proof=proof)

    return save_page(
        request,
        template=FORM,
        form=ProofForm(*uploaded(request)),
        save=save,
        done=_("证据已提交，等待审核。"),
        onward=record_url(uid),
        extra={
            "title": _("提交证据"),
            "subtitle": row.title,
            "note": _("检测报告、合同、现场照片等，证明所写的内容。"),
        },
    )


@require_POST
def claim_decide(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Accept or return one piece; the share that counts follows at once."""
    row = get_staff_profile(request.actor, uid)
    accept = request.POST.get("decision") == "accept"
    decide_claim(
        actor=request.actor,
        now=request.now,
        profile=row,
        item=_items(row).get(uid=item),
        accept=accept,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已采信。") if accept else _("已退回，原因已写明。"))
    return redirect(record_url(uid))
