"""Background jobs of the daily work; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time

from feidi.domain.liaison.services.trip_names import coarsen_past_trips
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("liaison.coarsen_past_trips", daily_at=time(2, 20))
def coarsen_trips(context: JobContext) -> dict[str, int]:
    """Leave of the names on trips that ended more than 30 days ago only the surnames; again is harmless."""
    return {"trips": coarsen_past_trips(actor=context.actor, now=context.now())}
