"""Background jobs of roadshow; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time

from feidi.domain.roadshow.services.activity_todos import note_unheld
from feidi.domain.roadshow.services.sealed import erase_past
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("roadshow.activities", daily_at=time(5, 50))
def activities(context: JobContext) -> dict[str, int]:
    """Erase contacts whose time is over; remind of activities whose attendance nobody has closed."""
    return {
        "erased": erase_past(actor=context.actor, now=context.now()),
        "unheld": note_unheld(actor=context.actor, now=context.now()),
    }
