"""Background jobs of matching; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time, timedelta

from feidi.domain.matching.services.alerts import alert_needs
from feidi.domain.matching.services.introduction_reminders import remind_of_introductions
from feidi.domain.matching.services.profile_confirming import ask_whether_valid
from feidi.domain.parties.models import Outpost
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("matching.daily_alerts", daily_at=time(6, 30), timeout=timedelta(hours=1))
def daily_alerts(context: JobContext) -> dict[str, int]:
    """Tell officers of new offers for their needs; again on the same day is harmless."""
    told = 0
    for outpost in Outpost.objects.select_related("home", "host").order_by("pk"):
        told += alert_needs(actor=context.actor, now=context.now(), outpost=outpost, progress=context.progress)
    return {"told": told}


@schedule("matching.daily_reminders", daily_at=time(6, 45), timeout=timedelta(hours=1))
def daily_reminders(context: JobContext) -> dict[str, int]:
    """Remind officers of introductions that stand still; again on the same day is harmless."""
    told = 0
    for outpost in Outpost.objects.select_related("home").order_by("pk"):
        told += remind_of_introductions(
            actor=context.actor, now=context.now(), outpost=outpost, progress=context.progress
        )
    return {"told": told}


@schedule("matching.daily_questions", daily_at=time(6, 50), timeout=timedelta(hours=1))
def daily_questions(context: JobContext) -> dict[str, int]:
    """Ask officers about profiles that nobody has confirmed for long; again on the same day is harmless."""
    told = 0
    for outpost in Outpost.objects.select_related("home").order_by("pk"):
        told += ask_whether_valid(actor=context.actor, now=context.now(), outpost=outpost, progress=context.progress)
    return {"told": told}
