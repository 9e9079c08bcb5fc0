"""A firm's own claims, as the outpost follows them on the official platforms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.parties.access import require
from feidi.domain.policy.access import VIEW_OWN
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.claims import ClaimFilter, list_claims
from feidi.engines.money import Money
from feidi.kernel.access import ScopeKind
from feidi.portals.ui.requests import FeidiRequest

_SHOWN = 100


@require_safe
def claim_list(request: FeidiRequest) -> HttpResponse:
    """Show one's own claims: status as last seen, number, amounts, until when it must be filed."""
    require(request.actor, VIEW_OWN)
    own = request.actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    rows = list_claims(request.actor, ClaimFilter()).filter(organization_id__in=own)[:_SHOWN]
    claims = [{"claim": each, "pairs": _pairs(each), "status": ClaimStatus(each.status).label} for each in rows]
    return render(request, "workspace/claim_list.html", {"claims": claims})


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
    ]
