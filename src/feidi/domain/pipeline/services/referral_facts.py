"""引荐 facts pushed down to policy: what first reports and rulings prove of a referral, and nothing they do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.db.models import Q

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import DisputeState, FirstReportState
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute
from feidi.domain.pipeline.selectors.policy_subjects import REFERRAL
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.services.facts import Origin, Statement, push_facts
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext
from feidi.kernel.subjects import Subject

#: A right that was given, whatever became of it later: the information was valid, and it was the first.
_FIRST = (FirstReportState.GRANTED, FirstReportState.FULFILLED)


def push_referral_facts(*, actor: Actor, now: datetime, claim: FirstReport) -> int:
    """State what a first report with a referrer proves; return how many facts. Again: nothing is said twice.

    An open dispute proves neither side right, so nothing is said of who was first until it is ruled. Facts that the
    dictionary of the outpost's places does not have are left out.
    """
    outpost = claim.project.outpost
    dictionary = library_of(outpost, on=now.astimezone(SHANGHAI).date()).dictionary
    since = claim.reported_at.astimezone(SHANGHAI).date()
    given = [Statement(fact, value, since=since) for fact, value in _proved(claim) if fact in dictionary]
    if not given:
        return 0
    number = claim.project.code
    origin = Origin(
        FactSource.REGISTER, f"首报首谈登记 {number}，{claim.reported_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    )
    subject = Subject(REFERRAL, claim.uid)
    push_facts(actor=actor, now=now, outpost=outpost, subject=subject, statements=given, origin=origin)
    return len(given)


def _proved(claim: FirstReport) -> list[tuple[str, str]]:
    disputes = list(FirstReportDispute.objects.filter(Q(left=claim) | Q(right=claim)))
    ruled = [each for each in disputes if each.state == DisputeState.RULED]
    is_open = any(each.state == DisputeState.OPEN for each in disputes)
    facts = [("referrers_of_project", f"{1 + _others(claim, disputes)}个")]
    if not is_open and (claim.state in _FIRST or ruled):
        facts.append(("first_valid_information", _word(not ruled or _won(claim, ruled))))
    if ruled and not is_open:
        facts.append(("ruled_referrer", _word(_won(claim, ruled))))
    return facts


def _others(claim: FirstReport, disputes: Sequence[FirstReportDispute]) -> int:
    """Count the other referrals of the same investor: those it was disputed with, a withdrawn dispute aside."""
    live = [each for each in disputes if each.state != DisputeState.WITHDRAWN]
    return len({each.right_id if each.left_id == claim.pk else each.left_id for each in live})


def _won(claim: FirstReport, ruled: Sequence[FirstReportDispute]) -> bool:
    return all(each.winner_id == claim.pk for each in ruled)


def _word(holds: bool) -> str:  # noqa: FBT001 - the answer itself
    return "是" if holds else "否"


@schedule("pipeline.referral_facts", daily_at=time(6, 40))
def referral_job(context: JobContext) -> dict[str, int]:
    """Push what is known of every referral; a place without policies is passed over."""
    rows = FirstReport.objects.filter(voided_at__isnull=True, project__voided_at__isnull=True).exclude(referrer="")
    said = skipped = 0
    for claim in rows.select_related("project__outpost__home", "project__outpost__host").order_by("id"):
        try:
            said += push_referral_facts(actor=context.actor, now=context.now(), claim=claim)
        except RefusedError:
            skipped += 1
    return {"said": said, "skipped": skipped}
