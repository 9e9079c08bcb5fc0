"""Questions about claims: lists, one claim with its materials, and how much of what was approved has been paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch, Q, QuerySet

from feidi.domain.policy.access import claims_visible_to
from feidi.domain.policy.enums import CLAIM_STEPS, GRANTED_CLAIMS, OPEN_CLAIMS, ClaimStatus
from feidi.domain.policy.models import PolicyClaim, PolicyClaimEntry
from feidi.domain.policy.selectors.askable import About, abouts_of, askable_kinds, list_askable
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.payouts import partly_paid
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject


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
        rows = rows.filter(Q(status__in=OPEN_CLAIMS) | partly_paid())
    if words := wanted.words.strip():
        named = Q(organization__name__icontains=words) | Q(person__name__icontains=words)
        for kind in askable_kinds():
            found = list_askable(actor, kind, words=words).values("uid")
            named |= Q(organization=None, person=None, about_kind=kind, about_uid__in=found)
        rows = rows.filter(named | Q(clause_title__icontains=words) | Q(acceptance_number__icontains=words))
    return rows.select_related("organization", "person", "outpost__home").order_by("-status_seen_on", "-id")


def get_claim(actor: Actor, uid: str) -> PolicyClaim:
    """Return one claim that the actor may see, voided ones too; raises ``PolicyClaim.DoesNotExist`` for every other."""
    entries = PolicyClaimEntry.objects.select_related("document").order_by("seen_on", "id")
    rows = PolicyClaim.objects.select_related("organization", "person", "outpost__home", "outpost__host", "receipt")
    return claims_visible_to(actor, rows).prefetch_related(Prefetch("entries", queryset=entries)).get(uid=uid)


def claimants_of(actor: Actor, claims: Collection[PolicyClaim]) -> dict[int, str]:
    """Return key → whose claim it is, for the page of an actor who sees the claims; what leaves it says ``claimant``.

    A referrer is named where the actor sees the referral, else masked. At most one query.
    """
    referred = {each.subject for each in claims if each.organization is None and each.person is None}
    abouts = abouts_of(actor, referred)
    return {each.pk: _claimant(each, abouts) for each in claims}


def _claimant(claim: PolicyClaim, abouts: Mapping[Subject, About]) -> str:
    if claim.organization is not None:
        return claim.organization.name
    if claim.person is not None:
        return claim.person.name
    return abouts[claim.subject].name if claim.subject in abouts else claim.masked


def claims_under(actor: Actor, clause: str, subjects: Collection[Subject]) -> dict[Subject, PolicyClaim]:
    """Return the newest live claim under a clause of each subject that has one, or about it, of those the actor sees.

    One query. A subject that is left out has not claimed, as far as this outpost knows.
    """
    uids = [each.uid for each in subjects]
    rows = claims_visible_to(actor, PolicyClaim.objects.filter(clause=clause, voided_at__isnull=True)).filter(
        Q(organization__uid__in=uids) | Q(person__uid__in=uids) | Q(about_uid__in=uids)
    )
    found: dict[Subject, PolicyClaim] = {}
    for each in rows.select_related("organization", "person").order_by("id"):
        if each.organization is not None:
            found[Subject(ORGANIZATION, each.organization.uid)] = each
        found[each.subject] = each
    return found


def next_steps(claim: PolicyClaim) -> tuple[ClaimStatus, ...]:
    """Return what may be seen next on the platform; nothing follows money that has come in full."""
    if claim.status == ClaimStatus.PAID and not claim.is_partly_paid:
        return ()
    return CLAIM_STEPS[ClaimStatus(claim.status)]


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """How claims ended. Amounts are sums of what was recorded; ``without_amount``: approved, but nobody wrote how much.

    ``paid_fen`` is the sum of the payouts, never of approvals; ``waiting_fen`` what was approved and is still waited for,
    ``closed_fen`` what does not come any more
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
    waiting_fen: int
    closed_fen: int
    rate: Fraction | None
    mean_days: Fraction | None


def claim_figures(rows: Collection[PolicyClaim]) -> ClaimFigures:
    """Return 兑现率 and mean days over claims (drafts and withdrawn ones say nothing)."""
    filed = [each for each in rows if each.submitted_on is not None]
    approved = [each for each in filed if each.status in GRANTED_CLAIMS]
    known = [each for each in approved if each.approved_fen is not None]
    approved_fen = sum(each.approved_fen or 0 for each in known)
    paid_fen = sum(each.paid_fen or 0 for each in known)
    days = [_days(each.submitted_on, each.paid_on) for each in approved if each.submitted_on and each.paid_on]
    return ClaimFigures(
        filed=len(filed),
        approved=len(approved),
        paid=sum(1 for each in approved if each.paid_on is not None),
        rejected=sum(1 for each in filed if each.status == ClaimStatus.REJECTED),
        approved_fen=approved_fen,
        paid_fen=paid_fen,
        without_amount=len(approved) - len(known),
        waiting_fen=sum(each.remaining_fen or 0 for each in known if each.status != ClaimStatus.CLOSED),
        closed_fen=sum(each.remaining_fen or 0 for each in known if each.status == ClaimStatus.CLOSED),
        rate=Fraction(paid_fen, approved_fen) if approved_fen else None,
        mean_days=Fraction(sum(days), len(days)) if days else None,
    )


def _days(begun: date, ended: date) -> int:
    return (ended - begun).days
