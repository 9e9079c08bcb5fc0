"""Background jobs of showcase; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time

from feidi.domain.showcase.services.inquiries import forget_contacts
from feidi.domain.showcase.services.pacing import forget_counts
from feidi.domain.showcase.services.visits import forget_names
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("showcase.forget", daily_at=time(3, 40))
def forget(context: JobContext) -> dict[str, int]:
    """Take names and contacts of past visits and answered inquiries away when their days of keeping are over, and counts
    of past hours.
    """
    return {
        "visits": forget_names(actor=context.actor, now=context.now()),
        "inquiries": forget_contacts(actor=context.actor, now=context.now()),
        "counts": forget_counts(now=context.now()),
    }
