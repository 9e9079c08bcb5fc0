"""What the day brings to first reports: rights lapse, and owners are told two weeks before they do."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import FirstReportState
from feidi.domain.pipeline.models import FirstReport
from feidi.domain.pipeline.selectors.first_report_rules import find_first_report_rules
from feidi.domain.pipeline.selectors.first_reports import ends_on
from feidi.domain.pipeline.services.first_report_reminders import remind, reminders_done
from feidi.domain.pipeline.services.first_reports import lapse_due
from feidi.kernel.access import Actor
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


def remind_expiring(*, actor: Actor, now: datetime) -> int:
    """Tell each owner once that a right ends soon; return how many were told. A to-do done is not made again.

    A reminder of a right that by now holds longer is done by itself.
    """
    today, told = now.astimezone(SHANGHAI).date(), 0
    rows = FirstReport.objects.filter(
        state=FirstReportState.GRANTED, voided_at__isnull=True, project__voided_at__isnull=True
    )
    for claim in rows.select_related("home", "project__owner").order_by("id"):
        rules = find_first_report_rules(claim.home)
        until = ends_on(claim, rules.progress_days) if rules else None
        if rules is None or until is None:
            continue
        if until - timedelta(days=rules.warn_days) > today:
            reminders_done(actor=actor, now=now, project=claim.project)
        elif remind(actor=actor, now=now, claim=claim, until=until):
            told += 1
    return told


@schedule("pipeline.first_reports", daily_at=time(6, 20))
def first_report_job(context: JobContext) -> dict[str, int]:
    """Let rights lapse and remind owners; run again, it finds nothing more to do."""
    lapsed = lapse_due(actor=context.actor, now=context.now())
    return {"lapsed": len(lapsed), "told": remind_expiring(actor=context.actor, now=context.now())}
