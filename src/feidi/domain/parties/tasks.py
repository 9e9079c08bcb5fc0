"""Background jobs of parties; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time
from typing import Any

from feidi.domain.parties.services.titles import remind_of_titles
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("parties.title_reminders", daily_at=time(7, 10))
def title_reminders(context: JobContext) -> dict[str, Any]:
    """Make a to-do of every title whose renewal is due; again on the same day is harmless."""
    return {"made": remind_of_titles(actor=context.actor, now=context.now())}
