"""A firm proves what its need or offer says: what it has handed in, what became of it, one more piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feidi.domain.matching.access import ANSWER_OWN
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.outcome_evidence import Proof
from feidi.domain.matching.services.profile_evidence import PURPOSE, show_claim
from feidi.domain.matching.services.profile_indexing import KIND
from feidi.domain.parties.access import require
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.engines.findings import RefusedError
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Badge, Crumb, Tone
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.own import own_matching
from feidi.portals.workspace.tenancy_forms import ProofForm

INVALID, REFUSED = 422, 409
_TONES: dict[str, Tone] = {ItemState.ACCEPTED: "ok", ItemState.RETURNED: "bad", ItemState.SUBMITTED: "info"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece that was handed in; ``again``: where it is corrected, "" unless it was returned and not corrected yet."""

    on: date | None
    said: str
    badge: Badge
    reason: str
    again: str


def _items(row: Profile) -> QuerySet[EvidenceItem]:
    found = EvidenceItem.objects.filter(
        requirement__subject_kind=KIND, requirement__subject_uid=row.uid, requirement__purpose=PURPOSE
    )
    return found.select_related("requirement", "file").order_by("-id")


def pieces_of(row: Profile) -> list[Piece]:
    """Return what was handed in for a need or an offer, newest first."""
    items = list(_items(row))
    corrected = {each.replaces_id for each in items}
    address = reverse("workspace:profile_prove", args=[row.uid])
    return [
        Piece(
            each.occurred_on,
            each.record or (each.file.name if each.file else ""),
            Badge(ItemState(each.state).label, _TONES[each.state]),
            each.return_reason,
            f"{address}?replaces={each.uid}" if each.state == ItemState.RETURNED and each.pk not in corrected else "",
        )
        for each in items
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def profile_prove(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hand in evidence of what it says; ``?replaces=`` names the returned piece that it corrects."""
    row = own_matching(request.actor).get(uid=uid)
    require(request.actor, ANSWER_OWN)
    posted = request.method == "POST"
    form = ProofForm(
        request.POST if posted else None, request.FILES if posted else None, initial={"occurred_on": request.today}
    )
    status = 200
    if posted:
        status = INVALID
        if form.is_valid():
            try:
                _hand_in(request, row, form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                messages.success(request, _("已收到，等待审核。"))
                return redirect("workspace:profile_view", uid)
    here = reverse("workspace:profile_view", args=[uid])
    context = {
        "form": form,
        "title": _("提交证据"),
        "note": _("检测报告、合同、现场照片等，证明所写的内容。采信之后，推荐给别人时会写明有证据。"),
        "back": here,
        "crumbs": [Crumb(_("我的需求与供给"), reverse("workspace:profile_list")), Crumb(row.number, here)],
    }
    return render(request, "workspace/tenancy_form.html", context, status=status)


def _hand_in(request: FeidiRequest, row: Profile, data: dict[str, Any]) -> None:
    upload = data["file"]
    proof = Proof(
        Attachment(upload.name, upload.chunks(), data["mark_reason"]) if upload else None,
        data["record"],
        data["occurred_on"],
        replaces=_items(row).filter(uid=request.GET.get("replaces", "")).first(),
    )
    show_claim(actor=request.actor, now=request.now, profile=row, proof=proof)
