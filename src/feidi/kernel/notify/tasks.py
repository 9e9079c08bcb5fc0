"""Background jobs of mail; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time, timedelta

from feidi.kernel.jobs import job, schedule
from feidi.kernel.jobs.context import JobContext
from feidi.kernel.notify.services.delivering import TRIES, deliver_mail, forget_old_mails
from feidi.kernel.notify.services.digesting import send_digests
from feidi.kernel.notify.services.mails import SEND
from feidi.kernel.notify.services.robots import SAY, SAY_TRIES, deliver_message


@job(SEND, max_attempts=TRIES, timeout=timedelta(minutes=2))
def send(context: JobContext, mail: str) -> dict[str, str]:
    """Send one mail; one that was sent already is left alone."""
    return {"state": deliver_mail(now=context.now(), uid=mail, last=context.attempt >= TRIES)}


@job(SAY, max_attempts=SAY_TRIES, timeout=timedelta(minutes=2))
def robot_say(context: JobContext, message: str) -> dict[str, str]:
    """Post one message to a chat group; one that was sent already is left alone."""
    return {"state": deliver_message(now=context.now(), uid=message, last=context.attempt >= SAY_TRIES)}


@schedule("notify.daily_digest", daily_at=time(7, 10), timeout=timedelta(hours=1))
def daily_digest(context: JobContext) -> dict[str, int]:
    """Write the digests of those who want one; again on the same day is harmless."""
    return {"written": send_digests(actor=context.actor, now=context.now(), progress=context.progress)}


@schedule("notify.forget_old", daily_at=time(3, 55))
def forget_old(context: JobContext) -> dict[str, int]:
    """Forget what could not be sent within 30 days."""
    return {"forgotten": forget_old_mails(now=context.now())}
