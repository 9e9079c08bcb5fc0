"""K37 and K38: what became of claims, and which of the firms judged eligible have applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.db.models import Max

from feidi.domain.parties.models import Organization
from feidi.domain.policy.enums import GRANTED_CLAIMS, ClaimStatus, Verdict
from feidi.domain.policy.models import ClauseStanding, PolicyClaim
from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.engines.measures import Reading, Rows, average_reading, missing, ratio_reading

CLAIM, ORGANIZATION = "policy.claim", "parties.organization"


def claim_readings(asked: Question) -> dict[str, Reading]:
    """Return 兑现率, how many were approved, and the days from filing to money."""
    filed = PolicyClaim.objects.filter(
        outpost_id__in=asked.pks, voided_at__isnull=True, submitted_on__isnull=False
    ).exclude(status__in=[ClaimStatus.DRAFT, ClaimStatus.WITHDRAWN])
    rows = list(filed.order_by("pk"))
    mine = [each for each in rows if _within(each.submitted_on, asked)]
    granted = Rows(CLAIM, tuple(each.pk for each in mine if _granted(each, asked)))
    found = [
        _honoured([each for each in rows if _granted(each, asked) and _within(each.approved_on, asked)], asked),
        ratio_reading("K37A", granted, Rows(CLAIM, tuple(each.pk for each in mine))),
        _waited([each for each in rows if _within(each.paid_on, asked)]),
    ]
    return {each.code: each for each in found}


def _within(day: date | None, asked: Question) -> bool:
    return day is not None and asked.start <= day < asked.end


def _granted(claim: PolicyClaim, asked: Question) -> bool:
    return claim.status in GRANTED_CLAIMS and (claim.approved_on is None or claim.approved_on <= asked.view.as_of)


def _honoured(approved: list[PolicyClaim], asked: Question) -> Reading:
    """K37: what was paid by the as-of date of what was approved; approved without an amount stands apart."""
    known = [each for each in approved if each.approved_fen is not None]
    paid = _yuan([(each.pk, each.paid_fen or 0) for each in known if each.paid_on and each.paid_on <= asked.view.as_of])
    told = ratio_reading("K37", paid, _yuan([(each.pk, each.approved_fen or 0) for each in known]))
    silent = tuple(each.pk for each in approved if each.approved_fen is None)
    return told.beside({"no_amount": Rows(CLAIM, silent)} if silent else {})


def _waited(came: list[PolicyClaim]) -> Reading:
    """K37D: days from filing to money."""
    days = [(each.pk, (each.paid_on - each.submitted_on).days) for each in came if each.paid_on and each.submitted_on]
    spent = Rows(CLAIM, tuple(key for key, _n in days), tuple(Fraction(n) for _key, n in days))
    return average_reading("K37D", spent, Fraction(len(days)), Rows(CLAIM, spent.keys))


def _yuan(rows: list[tuple[int, int]]) -> Rows:
    return Rows(CLAIM, tuple(key for key, _n in rows), tuple(Fraction(n, 100) for _key, n in rows))


def coverage_reading(asked: Question) -> dict[str, Reading]:
    """Return K38. Standings are only of the last check-up: a day before it cannot be told."""
    standings = ClauseStanding.objects.filter(outpost_id__in=asked.pks, subject_kind=ORGANIZATION)
    newest = standings.aggregate(n=Max("as_of"))["n"]
    if newest is None:
        return {"K38": missing("K38", "figures.no_standing")}
    if asked.last < newest:
        return {"K38": missing("K38", "figures.only_now")}
    eligible = set(standings.filter(verdict=Verdict.ELIGIBLE).values_list("subject_uid", "clause"))
    firms = dict(Organization.objects.filter(uid__in={uid for uid, _clause in eligible}).values_list("uid", "pk"))
    claims = PolicyClaim.objects.filter(
        outpost_id__in=asked.pks, voided_at__isnull=True, organization__isnull=False,
        submitted_on__isnull=False, submitted_on__lte=asked.last,
    ).exclude(status=ClaimStatus.WITHDRAWN)  # fmt: skip
    applied = set(claims.values_list("organization__uid", "clause")) & eligible
    keys = sorted(firms.values())
    asked_for = {firms[uid] for uid, _clause in applied if uid in firms}
    above, below = (Rows(ORGANIZATION, tuple(k for k in keys if k in asked_for)), Rows(ORGANIZATION, tuple(keys)))
    missed = Rows(ORGANIZATION, tuple(key for key in keys if key not in asked_for))
    told = ratio_reading("K38", above, below).beside({"missed": missed} if missed.keys else {})
    return {"K38": replace(told, facts={"on": newest.isoformat()})}
