"""Approved money and what came of it: the clock that content sets, and what the home side reads of its own firms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.policy.access import VIEW_HOME
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.content.library import library

CLAIMS: Final = "enclave/claims.yaml"
#: The clock on approved money, and the event that stops it.
PAYOUT_CLOCK: Final = "claim_payout"
PAID_EVENT: Final = "claim_paid"

#: Returns rows that exist for a claim whose firm was reported to the home side (with ``OuterRef`` of the claim's
#: ``organization`` and ``outpost``).
Reported = Callable[[], QuerySet[Any]]
_REPORTED: list[Reported] = []


@dataclass(frozen=True, slots=True)
class PayoutRule:
    """How long after approval money should come, as the home has published it, and on what that rests."""

    n: int
    unit: str
    label_zh: str
    label_en: str
    note: str
    taken_from: str
    confirmed: bool


def payout_rule(outpost: Outpost) -> PayoutRule | None:
    """Return the rule of the outpost's home (nearest wins); None where none is published: no clock runs then."""
    parsed = library().find(outpost.home.code, CLAIMS, on=None)
    told = parsed.data["payout"] if parsed else None
    if told is None:
        return None
    confirmed = bool(told.get("confirmed_by"))
    label = told["label"]
    taken_from = "" if confirmed else told.get("taken_from") or ""
    return PayoutRule(told["n"], told["unit"], label["zh"], label["en"], told["note"], taken_from, confirmed)


def waits_on(claim: PolicyClaim) -> str:
    """Return whose turn it is when money is approved: the government side of the place whose clause it is."""
    at_home = claim.place in library().lineage(claim.outpost.home.code)
    return "home" if at_home else "host"


def register_reported(source: Reported) -> None:
    """Add who knows which firms were reported (an upper app, from ``AppConfig.ready``); twice is harmless."""
    if source not in _REPORTED:
        _REPORTED.append(source)


def reported_claims(actor: Actor) -> QuerySet[PolicyClaim]:
    """Return the filed claims of reported firms at outposts of the actor's home, the longest waiting first.

    Papers, notes and accounts of the platform are the outpost's own; here stand clause, firm, amounts and days.
    """
    reported = Q(pk__in=[])
    for source in _REPORTED:
        reported |= Q(Exists(source()))
    rows = _filed(actor).filter(reported)
    return rows.select_related("organization", "outpost__home", "outpost__host").order_by("approved_on", "id")


def count_unreported_claims(actor: Actor) -> int:
    """Return how many filed claims of the home's outposts are of firms that were not reported: a count, no names."""
    return _filed(actor).count() - reported_claims(actor).count()


def waiting_claims(rows: QuerySet[PolicyClaim]) -> QuerySet[PolicyClaim]:
    """Narrow to claims whose money was approved and has not come."""
    return rows.filter(status=ClaimStatus.APPROVED)


def _filed(actor: Actor) -> QuerySet[PolicyClaim]:
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    return PolicyClaim.objects.filter(
        outpost__home_id__in=homes, voided_at__isnull=True, submitted_on__isnull=False
    ).exclude(status=ClaimStatus.WITHDRAWN)
