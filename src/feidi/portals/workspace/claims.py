"""A firm's own claims, as the outpost follows them on the official platforms."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.parties.access import require
from feidi.domain.policy.access import VIEW_OWN
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim, PolicyClaimEntry
from feidi.domain.policy.selectors.claims import ClaimFilter, list_claims
from feidi.engines.money import Money
from feidi.kernel.access import ScopeKind
from feidi.kernel.money.display import format_money
from feidi.portals.ui.pieces import Badge, TimelineEntry, Tone
from feidi.portals.ui.requests import FeidiRequest

_SHOWN = 100
_TONES: Mapping[str, Tone] = {
    ClaimStatus.DRAFT: "quiet",
    ClaimStatus.SUBMITTED: "info",
    ClaimStatus.RETURNED: "warn",
    ClaimStatus.APPROVED: "ok",
    ClaimStatus.REJECTED: "bad",
    ClaimStatus.PAID: "ok",
    ClaimStatus.CLOSED: "quiet",
    ClaimStatus.WITHDRAWN: "quiet",
}


@require_safe
def claim_list(request: FeidiRequest) -> HttpResponse:
    """Show one's own claims: status as last seen, number, amounts, until when it must be filed."""
    require(request.actor, VIEW_OWN)
    own = request.actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    rows = list_claims(request.actor, ClaimFilter()).filter(organization_id__in=own)
    entries = PolicyClaimEntry.objects.order_by("-seen_on", "-id")
    claims = [
        {
            "claim": each,
            "pairs": _pairs(each),
            "badge": _badge(each),
            "entries": [_entry(seen) for seen in each.entries.all()],
        }
        for each in rows.prefetch_related(Prefetch("entries", queryset=entries))[:_SHOWN]
    ]
    return render(request, "workspace/claim_list.html", {"claims": claims, "today": request.today})


def _badge(claim: PolicyClaim) -> Badge:
    if claim.is_partly_paid:
        return Badge(_("部分到账"), "info")
    return Badge(ClaimStatus(claim.status).label, _TONES[claim.status])


def _entry(seen: PolicyClaimEntry) -> TimelineEntry:
    """Return what was seen on the platform; the remark with which staff began is their own."""
    amount = "" if seen.amount_fen is None else format_money(seen.amount_fen, "CNY")
    note = "" if seen.status == ClaimStatus.DRAFT else seen.note
    return TimelineEntry(
        when=seen.seen_on,
        title=ClaimStatus(seen.status).label,
        text=" ".join(part for part in (amount, note) if part),
        icon="flag",
        tone=_TONES[seen.status],
    )


def _pairs(claim: PolicyClaim) -> list[tuple[str, object]]:
    def money(fen: int | None) -> Money | None:
        return None if fen is None else Money(fen, "CNY")

    return [
        (_("官方平台"), claim.platform),
        (_("受理号或回执号"), claim.acceptance_number),
        (_("状态看到于"), claim.status_seen_on),
        (_("申报截止"), claim.window_ends_on),
        (_("核准金额"), money(claim.approved_fen)),
        (_("到账金额"), money(claim.paid_fen)),
        (_("余款"), money(claim.remaining_fen) if claim.is_partly_paid else None),
    ]
