"""Background jobs of space; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time

from feidi.domain.space.services.head_leases import warn_of_ends
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("space.lease_warnings", daily_at=time(7, 30))
def lease_warnings(context: JobContext) -> dict[str, int]:
    """Put a to-do on the desks of the leads 12, 6 and 3 months before the head lease ends."""
    return {"todos": warn_of_ends(actor=context.actor, now=context.now())}
