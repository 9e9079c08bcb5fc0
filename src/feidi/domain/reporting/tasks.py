"""Background jobs of reporting; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time, timedelta

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.services.report_plans import draft_due
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext
from feidi.kernel.messages import text_of


@schedule("reporting.due_reports", daily_at=time(6, 40), timeout=timedelta(hours=1))
def due_reports(context: JobContext) -> dict[str, object]:
    """Draft the reports that are due today; again on the same day is harmless."""
    now = context.now()
    made, left = draft_due(now=now, today=now.astimezone(SHANGHAI).date())
    return {"drafted": [each.number for each in made], "left": [str(text_of(each)) for each in left]}
