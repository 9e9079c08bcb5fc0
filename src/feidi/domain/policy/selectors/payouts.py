"""Approved money and what came of it: the clock that content sets, and what the home side reads of its own firms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Exists, F, Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.policy.access import VIEW_HOME
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.content.library import library

CLAIMS: Final = "enclave/claims.yaml"
#: The clocks on approved money and on what is left after a part was paid, and the event that stops them.
PAYOUT_CLOCK: Final = "claim_payout"
REMAINDER_CLOCK: Final = "claim_remainder"
PAID_EVENT: Final = "claim_paid"

#: Returns rows that exist for a claim whose claimant was reported to the home side (with ``OuterRef`` of the claim's
#: ``organization``, ``person``, ``about_uid`` and ``outpost``).
Reported = Callable[[], QuerySet[Any]]
_REPORTED: dict[Reported, Q] = {}


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
    told = _told(outpost).get("payout")
    return None if told is None else _rule(told)


def remainder_rule(outpost: Outpost) -> PayoutRule | None:
    """Return the rule on what is left after a part was paid: the home's own, else the one on the whole amount."""
    told = _told(outpost)
    if "remainder" in told:
        return None if told["remainder"] is None else _rule(told["remainder"])
    whole = payout_rule(outpost)
    return None if whole is None else replace(whole, label_zh="等待余款", label_en="Waiting for the remainder")


def _told(outpost: Outpost) -> Mapping[str, Any]:
    parsed = library().find(outpost.home.code, CLAIMS, on=None)
    return parsed.data if parsed else {}


def _rule(told: Mapping[str, Any]) -> PayoutRule:
    confirmed = bool(told.get("confirmed_by"))
    label = told["label"]
    taken_from = "" if confirmed else told.get("taken_from") or ""
    return PayoutRule(told["n"], told["unit"], label["zh"], label["en"], told["note"], taken_from, confirmed)


def waits_on(claim: PolicyClaim) -> str:
    """Return whose turn it is when money is approved: the government side of the place whose clause it is."""
    at_home = claim.place in library().lineage(claim.outpost.home.code)
    return "home" if at_home else "host"


def register_reported(source: Reported, of: Q) -> None:
    """Add who knows which claimants were reported (an upper app, from ``AppConfig.ready``); twice is harmless.

    ``of``: the claims that the source speaks of.
    """
    _REPORTED[source] = of


def reported_claims(actor: Actor) -> QuerySet[PolicyClaim]:
    """Return the filed claims of reported claimants at outposts of the actor's home, the longest waiting first.

    Papers, notes and accounts of the platform are the outpost's own, and so are the names of persons: here stand
    clause, firm (of a person what may leave the page), amounts and days.
    """
    reported = Q(pk__in=[])
    for source, of in _REPORTED.items():
        reported |= of & Q(Exists(source()))
    rows = _filed(actor).filter(reported)
    return rows.select_related("organization", "outpost__home", "outpost__host").order_by("approved_on", "id")


def count_unreported_claims(actor: Actor) -> int:
    """Return how many filed claims of the home's outposts are of claimants that were not reported: a count, no names."""
    return _filed(actor).count() - reported_claims(actor).count()


def waiting_claims(rows: QuerySet[PolicyClaim]) -> QuerySet[PolicyClaim]:
    """Narrow to claims whose money was approved and has not come, or not all of it."""
    return rows.filter(Q(status=ClaimStatus.APPROVED) | partly_paid())


def partly_paid() -> Q:
    """Return the condition that a part has come and the remainder is waited for (``PolicyClaim.is_partly_paid``)."""
    return Q(status=ClaimStatus.PAID, paid_fen__lt=F("approved_fen"))


def _filed(actor: Actor) -> QuerySet[PolicyClaim]:
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    return PolicyClaim.objects.filter(
        outpost__home_id__in=homes, voided_at__isnull=True, submitted_on__isnull=False
    ).exclude(status=ClaimStatus.WITHDRAWN)
