"""Background jobs of policy; found by the worker's autodiscovery."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta

from feidi.domain.parties.models import Outpost
from feidi.domain.policy.selectors.reckonings import JOB
from feidi.domain.policy.services.everybody import evaluate_everybody
from feidi.kernel.jobs import job, schedule
from feidi.kernel.jobs.context import JobContext


@job(JOB, timeout=timedelta(hours=4))
def run_everybody(context: JobContext, *, outpost: str, since: str) -> dict[str, int]:
    """Reckon everybody an outpost knows; begun again it goes on where it was stopped."""
    row = Outpost.objects.select_related("home", "host").get(uid=outpost)
    done = evaluate_everybody(
        clock=context.now, outpost=row, since=datetime.fromisoformat(since), progress=context.progress
    )
    return asdict(done)


@schedule("policy.daily_standings", daily_at=time(4, 30), timeout=timedelta(hours=4))
def daily_standings(context: JobContext) -> dict[str, int]:
    """Reckon every outpost's standings for the new day: windows open and close, spans end."""
    since, total = context.now(), 0
    for outpost in Outpost.objects.select_related("home", "host").order_by("pk"):
        done = evaluate_everybody(clock=context.now, outpost=outpost, since=since, progress=context.progress)
        total += done.answers
    return {"answers": total}
