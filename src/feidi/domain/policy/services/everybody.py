"""Every organization of an outpost under every clause: a background job that may be stopped and started again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.policy.access import CHECK
from feidi.domain.policy.models import ClauseStanding
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.services.standings import Renewed, renew_organizations
from feidi.kernel.access import Actor
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.services import enqueue
from feidi.kernel.subjects import Subject

JOB: Final = "policy.evaluate_everybody"
OUTPOST: Final = "parties.outpost"
#: Organizations reckoned in one transaction.
CHUNK: Final = 100


def ask_everybody(*, actor: Actor, now: datetime, outpost: Outpost, title: str) -> Job:
    """Queue the reckoning of all organizations of an outpost. Refused: no permission."""
    require(actor, CHECK, outpost_scope(outpost.pk))
    subject = Subject(OUTPOST, outpost.uid)
    return enqueue(JOB, actor=actor, now=now, title=title, subject=subject, outpost=outpost.uid, since=now.isoformat())


def evaluate_everybody(
    *,
    clock: Callable[[], datetime],
    outpost: Outpost,
    since: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Renewed:
    """Reckon every live organization that the outpost knows, chunk by chunk.

    What was reckoned at or after ``since`` (this run, before it was stopped) is left as it is, so that a run begun
    again goes on where it was. ``progress`` is called between chunks and may raise to stop.
    """
    done = Renewed()
    uids = list(_organizations(outpost).order_by("pk").values_list("uid", flat=True))
    for start in range(0, len(uids), CHUNK):
        progress(start, len(uids))
        chunk = uids[start : start + CHUNK]
        fresh = set(_reckoned(outpost, chunk, since))
        rows = Organization.objects.filter(uid__in=[uid for uid in chunk if uid not in fresh]).order_by("pk")
        done.add(renew_organizations(now=clock(), outpost=outpost, organizations=list(rows.prefetch_related("kinds"))))
    progress(len(uids), len(uids))
    return done


def _organizations(outpost: Outpost) -> QuerySet[Organization]:
    return Organization.objects.filter(links__outpost=outpost, voided_at__isnull=True)


def _reckoned(outpost: Outpost, uids: list[str], since: datetime) -> list[str]:
    rows = ClauseStanding.objects.filter(
        outpost=outpost, subject_kind=ORGANIZATION, subject_uid__in=uids, evaluated_at__gte=since
    )
    return list(rows.values_list("subject_uid", flat=True).distinct())
