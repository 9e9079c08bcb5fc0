"""签到: one entry per ticket, however often it is scanned or sent again; walk-ins in one step.

A door that lost its line sends each scan again with the nonce it made for it: the answer is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, locked, said, told
from feidi.domain.roadshow.access import CHECK_IN
from feidi.domain.roadshow.enums import ActivityState, CheckInWay, RegisteredBy, RegistrationState
from feidi.domain.roadshow.kinds import CHECK_IN as CHECK_IN_KIND
from feidi.domain.roadshow.kinds import REGISTRATION
from feidi.domain.roadshow.models import Activity, CheckIn, Registration
from feidi.domain.roadshow.selectors.activity_rules import activity_rules
from feidi.domain.roadshow.selectors.tickets import is_live
from feidi.domain.roadshow.services.places import occupy_place
from feidi.domain.roadshow.services.registrations import Registrant, register
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import new_uid

_LABEL: Final = 160
_NONCE: Final = 64
#: So long after the attendance was closed, scans from before still arrive.
LATE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan at a door. ``scanned_at`` None: now; a door that was off line says when it was."""

    nonce: str
    way: CheckInWay = CheckInWay.CODE
    door: str = ""
    scanned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The answer: the entry, and whether this scan made it. Not ``first``: it says when and where that was."""

    check_in: CheckIn
    first: bool


def check_in(*, actor: Actor, now: datetime, registration: Registration, scan: Scan, let_in: bool = False) -> Entry:
    """Write down that somebody came. The same ticket, or the same nonce, again: the first entry is the answer.

    ``let_in``: whoever waits is let in although there was no place. Refused: no permission, cancelled ticket, a waiter
    without ``let_in``, an activity that is over or cancelled, too early, a nonce used for another ticket.
    """
    activity = registration.activity
    require(actor, CHECK_IN, outpost_scope(activity.outpost_id))
    nonce = said(scan.nonce, "roadshow.nonce_needed")[:_NONCE]
    with recorded(actor=actor, now=now) as unit:
        row = Registration.objects.select_for_update(of=("self",)).select_related("activity").get(pk=registration.pk)
        there = _entry_of(row)
        if there is not None:
            return Entry(there, first=there.nonce == nonce)
        if CheckIn.objects.filter(activity=activity, nonce=nonce).exists():
            raise refuse("roadshow.nonce_used")
        _refuse_closed(activity, now, scan)
        if row.state == RegistrationState.CANCELLED:
            raise refuse("roadshow.registration_cancelled", code=row.code)
        if row.state == RegistrationState.WAITING:
            if not let_in:
                raise refuse("roadshow.still_waiting", code=row.code, ahead=_ahead(row))
            with changed(unit, row, kind=REGISTRATION, action="let_in") as one:
                one.state, one.promoted_at = RegistrationState.REGISTERED, now
        made = CheckIn(
            uid=new_uid(),
            activity=activity,
            registration=row,
            nonce=nonce,
            way=scan.way,
            door=scan.door.strip()[:40],
            at=now,
            scanned_at=_scanned(activity, scan, now),
            by=actor.label[:_LABEL],
            created_at=now,
        )
        made.save()
        unit.created(made, kind=CHECK_IN_KIND)
        occupy_place(actor=actor, now=now, activity=activity)
    return Entry(made, first=True)


def check_in_walk_in(
    *, actor: Actor, now: datetime, activity: Activity, registrant: Registrant, scan: Scan, crowd: bool = False
) -> Entry:
    """Register somebody who comes without, and let them in: one step, one nonce; sent again, the same entry.

    ``crowd``: although every place is taken. Refused: as ``register`` and ``check_in``; full without ``crowd``.
    """
    require(actor, CHECK_IN, outpost_scope(activity.outpost_id))
    nonce = said(scan.nonce, "roadshow.nonce_needed")[:_NONCE]
    with recorded(actor=actor, now=now):
        held = locked(activity)
        there = CheckIn.objects.filter(activity=held, nonce=nonce, voided_at__isnull=True).first()
        if there is not None:
            return Entry(there, first=True)
        _refuse_closed(held, now, scan)
        inside = CheckIn.objects.filter(activity=held, voided_at__isnull=True).count()
        if held.capacity is not None and inside >= held.capacity and not crowd:
            raise refuse("roadshow.full_at_door", inside=inside, capacity=held.capacity)
        row = register(actor=actor, now=now, activity=activity, registrant=registrant, origin=RegisteredBy.WALK_IN)
        return check_in(
            actor=actor,
            now=now,
            registration=row,
            scan=Scan(nonce, CheckInWay.WALK_IN, scan.door, scan.scanned_at),
        )


def void_check_in(*, actor: Actor, now: datetime, entry: CheckIn, reason: str) -> CheckIn:
    """Take an entry back: it was somebody else. Refused: no permission, no reason, the activity is closed by now."""
    require(actor, CHECK_IN, outpost_scope(entry.activity.outpost_id))
    words = said(reason, "roadshow.reason_needed")
    if not is_live(entry.activity):
        raise refuse("roadshow.attendance_closed", number=entry.activity.number)
    with (
        recorded(actor=actor, now=now) as unit,
        changed(unit, entry, kind=CHECK_IN_KIND, reason=words, action="voided") as row,
    ):
        row.voided_at, row.void_reason = now, words[:500]
    return row


def _entry_of(row: Registration) -> CheckIn | None:
    return row.check_ins.filter(voided_at__isnull=True).first()


def _refuse_closed(activity: Activity, now: datetime, scan: Scan) -> None:
    """A scan from before attendance was closed, sent by a door that had no line, still counts."""
    held = activity.held_at
    late = held is not None and scan.scanned_at is not None and scan.scanned_at <= held and now <= held + LATE
    if not is_live(activity) and not late:
        raise refuse("roadshow.activity_state", number=activity.number, state=str(ActivityState(activity.state).label))
    hours = activity_rules(activity.outpost).check_in_opens_hours
    if now < activity.starts_at - timedelta(hours=hours):
        raise refuse("roadshow.too_early", hours=hours, at=told(activity.starts_at))


def _ahead(row: Registration) -> int:
    waiting = Registration.objects.filter(activity=row.activity_id, state=RegistrationState.WAITING)
    return waiting.filter(position__lt=row.position, voided_at__isnull=True).count()


def _scanned(activity: Activity, scan: Scan, now: datetime) -> datetime:
    """What the door's clock says, where that can be: not before check-in opened, not after now."""
    if scan.scanned_at is None or scan.scanned_at > now:
        return now
    hours = activity_rules(activity.outpost).check_in_opens_hours
    return scan.scanned_at if scan.scanned_at >= activity.starts_at - timedelta(hours=hours) else now
