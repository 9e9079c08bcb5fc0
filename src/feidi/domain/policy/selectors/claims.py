"""Questions about claims: lists, one claim with its materials, and how much of what was approved has been paid."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch, QuerySet

from feidi.domain.policy.access import claims_visible_to
from feidi.domain.policy.enums import OPEN_CLAIMS, ClaimStatus
from feidi.domain.policy.models import PolicyClaim, PolicyClaimEntry
from feidi.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What a list shows. Empty means "any"."""

    words: str = ""
    status: str = ""
    place: str = ""
    clause: str = ""
    outpost_id: int | None = None
    organization_id: int | None = None
    open_only: bool = False


def list_claims(actor: Actor, wanted: ClaimFilter) -> QuerySet[PolicyClaim]:
    """Return the claims that the actor may see, the latest news first, with what a list needs."""
    rows = claims_visible_to(actor, PolicyClaim.objects.filter(voided_at__isnull=True))
    exact = {
        "status": wanted.status,
        "place": wanted.place,
        "clause": wanted.clause,
        "outpost_id": wanted.outpost_id,
        "organization_id": wanted.organization_id,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.open_only:
        rows = rows.filter(status__in=OPEN_CLAIMS)
    if words := wanted.words.strip():
        rows = (
            rows.filter(organization__name__icontains=words)
            | rows.filter(clause_title__icontains=words)
            | rows.filter(acceptance_number__icontains=words)
        )
    return rows.select_related("organization", "outpost__home").order_by("-status_seen_on", "-id")


def get_claim(actor: Actor, uid: str) -> PolicyClaim:
    """Return one claim that the actor may see, voided ones too; raises ``PolicyClaim.DoesNotExist`` for every other."""
    entries = PolicyClaimEntry.objects.select_related("document").order_by("seen_on", "id")
    rows = PolicyClaim.objects.select_related("organization", "outpost__home", "outpost__host", "receipt")
    return claims_visible_to(actor, rows).prefetch_related(Prefetch("entries", queryset=entries)).get(uid=uid)


def is_partly_paid(claim: PolicyClaim) -> bool:
    """Tell whether less has been paid than was approved so far."""
    known = claim.paid_fen is not None and claim.approved_fen is not None
    return known and claim.status == ClaimStatus.PAID and (claim.paid_fen or 0) < (claim.approved_fen or 0)


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """How claims ended. Amounts are sums of what was recorded; ``without_amount``: approved, but nobody wrote how much.

    ``rate``  paid ÷ approved over claims that were approved with an amount; None: nothing to divide by
    ``mean_days`` from the day it was submitted to the day it was paid, over claims that know both
    """

    filed: int
    approved: int
    paid: int
    rejected: int
    approved_fen: int
    paid_fen: int
    without_amount: int
    rate: Fraction | None
    mean_days: Fraction | None


def claim_figures(rows: Collection[PolicyClaim]) -> ClaimFigures:
    """Return 兑现率 and mean days over claims (drafts and withdrawn ones say nothing)."""
    filed = [each for each in rows if each.submitted_on is not None]
    approved = [each for each in filed if each.status in {ClaimStatus.APPROVED, ClaimStatus.PAID}]
    known = [each for each in approved if each.approved_fen is not None]
    approved_fen = sum(each.approved_fen or 0 for each in known)
    paid_fen = sum(each.paid_fen or 0 for each in known)
    days = [_days(each.submitted_on, each.paid_on) for each in approved if each.submitted_on and each.paid_on]
    return ClaimFigures(
        filed=len(filed),
        approved=len(approved),
        paid=sum(1 for each in approved if each.status == ClaimStatus.PAID),
        rejected=sum(1 for each in filed if each.status == ClaimStatus.REJECTED),
        approved_fen=approved_fen,
        paid_fen=paid_fen,
        without_amount=len(approved) - len(known),
        rate=Fraction(paid_fen, approved_fen) if approved_fen else None,
        mean_days=Fraction(sum(days), len(days)) if days else None,
    )


def _days(begun: date, ended: date) -> int:
    return (ended - begun).days
