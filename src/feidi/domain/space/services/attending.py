"""Coming and going: check-in, release of rooms to which nobody came, the end of a booking, how the room was left."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.space.access import SPACE_EDIT
from feidi.domain.space.enums import BOOKING, UNIT, BookingState
from feidi.domain.space.models import Booking, Unit
from feidi.domain.space.selectors.calendars import booking_at_door, token_digest
from feidi.domain.space.selectors.rules import rules_of
from feidi.domain.space.services.booking_changing import changed_booking, refuse_unless, require_handling
from feidi.domain.space.services.bookings import write_decision
from feidi.domain.space.services.occupying import end_occupation, find_occupation, free_unit, lock_units
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject

#: So long before its beginning a booking may be checked in.
EARLY: Final = timedelta(minutes=15)
_TOKEN_BYTES: Final = 24
_LABEL: Final = 160
_NOBODY_CAME: Final = "开始后未签到，自动释放"
_NOBODY_ANSWERED: Final = "到开始时间仍未答复"


def check_in_booking(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Write down that somebody came; from a quarter of an hour before the beginning until the end.

    Refused: not confirmed, too early, over, checked in before.
    """
    require_handling(actor, booking)
    return _check_in(actor, now, booking)


def check_in_at_door(*, now: datetime, token: str) -> Booking:
    """Check in the booking of the room on whose door the QR hangs: who scans it stands there, no account is needed.

    Refused: an unknown or replaced token, no booking at this time, and as ``check_in_booking``.
    """
    unit, booking = booking_at_door(token, now)
    if booking is None:
        raise refuse("space.nothing_at_door", unit=unit.name)
    return _check_in(Actor(kind=ActorKind.TOKEN, label=f"door:{unit.code}"), now, booking)


def release_no_shows(*, actor: Actor, now: datetime) -> int:
    """Free the rooms to which nobody came within the minutes that content gives; who waits moves up. Returns how many.

    Run again: nothing is released twice. A booking with somebody there is never touched.
    """
    released = 0
    for outpost in Outpost.objects.select_related("home").order_by("pk"):
        minutes = rules_of(outpost).release_minutes
        if minutes is None:
            continue
        late = _confirmed(outpost).filter(checked_in_at__isnull=True, starts_at__lte=now - timedelta(minutes=minutes))
        for booking in late:
            released += _release(actor, now, booking)
    return released


def finish_bookings(*, actor: Actor, now: datetime) -> int:
    """End what is over: confirmed bookings become done, those that nobody answered are declined. Returns how many."""
    ended = 0
    for outpost in Outpost.objects.select_related("home").order_by("pk"):
        over = _confirmed(outpost).filter(ends_at__lte=now)
        if rules_of(outpost).release_minutes is not None:
            over = over.filter(checked_in_at__isnull=False)
        for booking in over:
            ended += _finish(actor, now, booking)
        asked = Booking.objects.filter(outpost=outpost, state=BookingState.ASKED, starts_at__lte=now)
        for booking in asked.select_related("unit").order_by("id"):
            write_decision(actor=actor, now=now, booking=booking, confirm=False, reason=_NOBODY_ANSWERED)
            ended += 1
    return ended


def hand_over_unit(*, actor: Actor, now: datetime, booking: Booking, note: str, leave: bool = True) -> Booking:
    """Say how the room was left (灯、空调、物品); with ``leave`` the rest of the time is free for others.

    Refused: nothing said, not begun, not confirmed or done.
    """
    require_handling(actor, booking)
    if not note.strip():
        raise refuse("space.note_needed")
    with recorded(actor=actor, now=now) as work:
        lock_units(booking.unit)
        held = find_occupation(Subject(BOOKING, booking.uid))
        minute = now.replace(second=0, microsecond=0)
        with changed_booking(work, booking, action="handed_over") as row:
            refuse_unless(row, BookingState.CONFIRMED, BookingState.DONE)
            if row.starts_at > now:
                raise refuse("space.not_begun")
            row.handover_note, row.handed_over_by = note.strip()[:500], actor.label[:_LABEL]
            leaves = leave and row.state == BookingState.CONFIRMED and row.starts_at < minute < row.ends_at
            if leaves:
                row.checked_in_at, row.checked_in_by = row.checked_in_at or now, row.checked_in_by or row.handed_over_by
                row.state, row.ends_at = BookingState.DONE, minute
        if leaves and held is not None:
            end_occupation(actor=actor, now=now, occupation=held, ends_at=minute)
    return row


def issue_door_token(*, actor: Actor, now: datetime, unit: Unit) -> str:
    """Return a new token for the QR on a unit's door; only its digest is kept, the one before opens nothing any more."""
    require(actor, SPACE_EDIT, outpost_scope(unit.outpost_id))
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with recorded(actor=actor, now=now) as work:
        row = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
        before = work.before(row, UNIT)
        row.door_token_sha256, row.version = token_digest(token), row.version + 1
        row.save(update_fields=["door_token_sha256", "version"])
        work.changed(row, kind=UNIT, before=before, action="door_token")
    return token


def _confirmed(outpost: Outpost) -> QuerySet[Booking]:
    rows = Booking.objects.filter(outpost=outpost, state=BookingState.CONFIRMED)
    return rows.select_related("unit").order_by("id")


def _check_in(actor: Actor, now: datetime, booking: Booking) -> Booking:
    with (
        recorded(actor=actor, now=now) as work,
        changed_booking(work, booking, action="checked_in") as row,
    ):
        refuse_unless(row, BookingState.CONFIRMED)
        if row.checked_in_at is not None:
            raise refuse("space.checked_in_before", by=row.checked_in_by)
        if now < row.starts_at - EARLY:
            raise refuse("space.check_in_early", minutes=int(EARLY.total_seconds() // 60))
        if now >= row.ends_at:
            raise refuse("space.booking_over")
        row.checked_in_at, row.checked_in_by = now, actor.label[:_LABEL]
    return row


def _release(actor: Actor, now: datetime, booking: Booking) -> bool:
    """Release one booking unless somebody came, or it was changed, since it was looked up."""
    with recorded(actor=actor, now=now) as work:
        lock_units(booking.unit)
        if not _still(booking, checked_in_at__isnull=True, starts_at=booking.starts_at):
            return False
        held = find_occupation(Subject(BOOKING, booking.uid))
        with changed_booking(work, booking, reason=_NOBODY_CAME, action="released") as row:
            row.state, row.ended_reason = BookingState.NO_SHOW, _NOBODY_CAME
        if held is not None:
            free_unit(actor=actor, now=now, occupation=held, reason=_NOBODY_CAME)
    return True


def _finish(actor: Actor, now: datetime, booking: Booking) -> bool:
    with recorded(actor=actor, now=now) as work:
        if not _still(booking, ends_at__lte=now):
            return False
        with changed_booking(work, booking, action="finished") as row:
            row.state = BookingState.DONE
    return True


def _still(booking: Booking, **as_seen: Any) -> bool:
    """Lock the row and tell whether it is still confirmed and as it was seen."""
    rows = Booking.objects.select_for_update().filter(pk=booking.pk, state=BookingState.CONFIRMED, **as_seen)
    return rows.first() is not None
