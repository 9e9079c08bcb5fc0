"""The waiting list: whoever waits first moves up, once, and is told. Called under the lock of the activity."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.services.changing import changed, locked
from feidi.domain.roadshow.enums import RegistrationState
from feidi.domain.roadshow.kinds import REGISTRATION
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.services.ticket_mails import mail_ticket
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded


def move_up(*, actor: Actor, now: datetime, activity: Activity) -> list[Registration]:
    """Let in whoever waits, in order of position, while there are places; each is mailed once. Nothing once it began."""
    moved: list[Registration] = []
    with recorded(actor=actor, now=now) as unit:
        row = locked(activity)
        if row.ends_at <= now:
            return moved
        waiting = row.registrations.filter(state=RegistrationState.WAITING, voided_at__isnull=True)
        for first in waiting.order_by("position")[: _free(row)]:
            with changed(unit, first, kind=REGISTRATION, action="moved_up") as one:
                one.state, one.promoted_at = RegistrationState.REGISTERED, now
            mail_ticket(actor=actor, now=now, registration=one, once="moved_up")
            moved.append(one)
    return moved


def _free(row: Activity) -> int | None:
    """Places that nobody has; None (a slice without end) where places are not limited."""
    if row.capacity is None:
        return None
    taken = row.registrations.filter(state=RegistrationState.REGISTERED, voided_at__isnull=True).count()
    return max(row.capacity - taken, 0)
