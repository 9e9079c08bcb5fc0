"""The daily run of yearly re-verification. Registered by ``domain.pipeline.tasks``."""

from __future__ import annotations

from datetime import time

from feidi.domain.pipeline.services.rechecks import plan_missing
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("pipeline.recheck_rows", daily_at=time(5, 10))
def recheck_rows(context: JobContext) -> dict[str, int]:
    """Give landings verified before there were yearly rows theirs."""
    return {"rows": plan_missing(actor=context.actor, now=context.now())}
