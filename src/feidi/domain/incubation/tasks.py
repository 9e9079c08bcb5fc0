"""Background jobs of incubation; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time

from feidi.domain.incubation.models import Tenancy
from feidi.domain.incubation.services.application_drafts_daily import erase_old_drafts
from feidi.domain.incubation.services.charges import charge_months, running_on
from feidi.domain.incubation.services.reminding import remind_of_charges, remind_of_reports
from feidi.domain.incubation.services.reports import ask_reports
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("incubation.months", daily_at=time(6, 30))
def months(context: JobContext) -> dict[str, int]:
    """Charge the rent of months that have begun, and ask for the reports of periods that are over. Twice changes nothing."""
    now = context.now()
    today = now.astimezone(SHANGHAI).date()
    rows = list(
        Tenancy.objects.filter(running_on(today))
        .select_related("outpost__home", "organization")
        .prefetch_related("terms")
    )
    return {
        "charges": charge_months(actor=context.actor, now=now, tenancies=rows, until=today),
        "reports": ask_reports(actor=context.actor, now=now, tenancies=rows, until=today),
    }


@schedule("incubation.reminders", daily_at=time(8, 0))
def reminders(context: JobContext) -> dict[str, int]:
    """Remind tenants of charges and reports before their day and on the day after; again at once sends nothing twice."""
    now = context.now()
    reports = remind_of_reports(actor=context.actor, now=now)
    return {"reports": reports, **remind_of_charges(actor=context.actor, now=now)}


@schedule("incubation.drafts", daily_at=time(2, 40))
def drafts(context: JobContext) -> dict[str, int]:
    """Erase applications that were begun and never sent, once they are older than content keeps them."""
    return {"erased": erase_old_drafts(actor=context.actor, now=context.now())}
