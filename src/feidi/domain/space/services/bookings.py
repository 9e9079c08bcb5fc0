"""Bookings: made, moved, changed, cancelled, brought back, decided on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.space.access import APPROVE, books_for_others
from feidi.domain.space.enums import BOOKING, BookingState, OccupationReason
from feidi.domain.space.models import Booking, BookingSeries, Occupation, Unit
from feidi.domain.space.selectors.checking import Wish
from feidi.domain.space.services.booking_changing import (
    HOLDING,
    changed_booking,
    completed,
    lock_organization,
    refuse_problems,
    refuse_unless,
    require_handling,
    wish_of,
)
from feidi.domain.space.services.inviting import invite
from feidi.domain.space.services.occupying import (
    Target,
    find_occupation,
    free_unit,
    lock_units,
    move_occupation,
    occupy_unit,
    refuse_taken,
)
from feidi.domain.space.services.telling import ask_approvers, settle_asked, tell_organizer
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject

__all__ = [
    "Wish",
    "book_unit",
    "cancel_booking",
    "change_booking",
    "decide_booking",
    "give_back",
    "move_booking",
    "put_booking",
    "restore_booking",
    "write_decision",
]
_LABEL: Final = 160


def book_unit(*, actor: Actor, now: datetime, wish: Wish) -> Booking:
    """Book a unit: confirmed at once, or asked for where the unit needs an approval (the room is held meanwhile).

    By the outpost's people for anybody, by a firm for itself within its limits. Refused with everything that speaks
    against it (``space.booking_refused``), or by whoever is in the way (``space.unit_taken``).
    """
    wish = completed(actor, wish)
    refuse_problems(actor, now, wish)
    refuse_taken(actor, Target(wish.unit, wish.span))  # most refusals are sure before any lock is taken
    with recorded(actor=actor, now=now):
        lock_units(wish.unit)
        if not books_for_others(actor, wish.unit.outpost_id):
            lock_organization(wish)
            refuse_problems(actor, now, wish)
        return put_booking(actor=actor, now=now, wish=wish)


def put_booking(*, actor: Actor, now: datetime, wish: Wish, series: BookingSeries | None = None) -> Booking:
    """Write a booking that has been checked, and hold its unit. For services of this app, inside their unit of work."""
    assert wish.organizer is not None, "completed() names the organizer"  # noqa: S101 - a programming error
    with recorded(actor=actor, now=now) as work:
        row = Booking(
            outpost_id=wish.unit.outpost_id,
            unit=wish.unit,
            series=series,
            starts_at=wish.span.start,
            ends_at=wish.span.end,
            purpose=wish.purpose.strip()[:_LABEL],
            organizer=wish.organizer,
            organization=wish.organization,
            attendees=wish.attendees,
            state=_first_state(actor, wish.unit),
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        row.save()
        work.created(row, kind=BOOKING)
        _hold(actor, now, row)
        if series is None:  # a series asks and invites once, for all of its bookings
            _tell(actor, now, row)
    return row


def move_booking(
    *, actor: Actor, now: datetime, booking: Booking, version: int, unit: Unit, starts_at: datetime, ends_at: datetime
) -> Booking:
    """Move a booking to another time or unit; refused, it stays where it was.

    A unit that needs an approval is asked for anew. Refused as ``book_unit``; when it was changed since ``version``, does
    not hold its unit any more, or somebody has checked in; a unit of another outpost.
    """
    require_handling(actor, booking)
    wish = replace(wish_of(booking), unit=unit, starts_at=starts_at, ends_at=ends_at)
    if unit.outpost_id != booking.outpost_id:
        raise refuse("space.other_outpost", unit=unit.name)
    with recorded(actor=actor, now=now) as work:
        lock_units(booking.unit, unit)
        held = _held(booking)
        with changed_booking(work, booking, version=version, action="moved") as row:
            _refuse_begun(row)
            lock_organization(wish)
            refuse_problems(actor, now, wish, but=row)
            row.unit, row.starts_at, row.ends_at = unit, wish.span.start, wish.span.end
            row.state = _first_state(actor, unit)
        move_occupation(actor=actor, now=now, occupation=held, unit=unit, starts_at=starts_at, ends_at=ends_at)
        _tell(actor, now, row)
    return row


def change_booking(
    *, actor: Actor, now: datetime, booking: Booking, version: int, purpose: str, attendees: int | None
) -> Booking:
    """Change what a booking is for and how many come. Refused: nothing said, too many, changed since ``version``, over."""
    require_handling(actor, booking)
    with (
        recorded(actor=actor, now=now) as work,
        changed_booking(work, booking, version=version) as row,
    ):
        refuse_unless(row, *HOLDING)
        if not purpose.strip():
            raise refuse("space.purpose_needed")
        if attendees is not None and attendees < 1:
            raise refuse("space.attendees_wrong", n=attendees)
        if attendees is not None and row.unit.capacity is not None and attendees > row.unit.capacity:
            raise refuse("space.too_many", unit=row.unit.name, n=attendees, capacity=row.unit.capacity)
        row.purpose, row.attendees = purpose.strip()[:_LABEL], attendees
    return row


def cancel_booking(*, actor: Actor, now: datetime, booking: Booking, reason: str) -> Booking:
    """Give a booking back; whoever waits for the time moves up. Refused: no reason, over or checked in, held no more."""
    require_handling(actor, booking)
    if not reason.strip():
        raise refuse("space.reason_needed")
    with recorded(actor=actor, now=now):
        row = give_back(actor=actor, now=now, booking=booking, reason=reason)
        invite(actor=actor, now=now, bookings=[row])
    return row


def give_back(*, actor: Actor, now: datetime, booking: Booking, reason: str) -> Booking:
    """Cancel without asking who does and without a mail: for ``cancel_booking`` and for a whole series."""
    with recorded(actor=actor, now=now) as work:
        lock_units(booking.unit)
        held = _held(booking)
        with changed_booking(work, booking, reason=reason, action="cancelled") as row:
            _refuse_begun(row)
            if row.ends_at <= now:
                raise refuse("space.booking_over")
            row.state, row.ended_reason = BookingState.CANCELLED, reason.strip()[:300]
        settle_asked(actor=actor, now=now, booking=row)
        free_unit(actor=actor, now=now, occupation=held, reason=reason)
    return row


def restore_booking(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Bring a cancelled booking back, through the same door as a new one.

    Refused as ``book_unit`` (somebody else has the time by now), and when it was not cancelled.
    """
    require_handling(actor, booking)
    with recorded(actor=actor, now=now) as work:
        lock_units(booking.unit)
        with changed_booking(work, booking, action="restored") as row:
            refuse_unless(row, BookingState.CANCELLED)
            wish = wish_of(row)
            lock_organization(wish)
            refuse_problems(actor, now, wish)
            row.state, row.ended_reason = _first_state(actor, row.unit), ""
        _hold(actor, now, row)
        _tell(actor, now, row)
    return row


def decide_booking(*, actor: Actor, now: datetime, booking: Booking, confirm: bool, reason: str = "") -> Booking:
    """Say yes or no to a booking that was asked for; a no says why and frees the room.

    By who holds ``space.approve``. Refused: a no without a reason, not waiting for an answer.
    """
    require(actor, APPROVE, outpost_scope(booking.outpost_id))
    if not confirm and not reason.strip():
        raise refuse("space.reason_needed")
    return write_decision(actor=actor, now=now, booking=booking, confirm=confirm, reason=reason)


def write_decision(*, actor: Actor, now: datetime, booking: Booking, confirm: bool, reason: str) -> Booking:
    """Write down an answer without asking who gives it: for the job that declines what nobody answered."""
    with recorded(actor=actor, now=now) as work:
        lock_units(booking.unit)
        held = _held(booking)
        action = "confirmed" if confirm else "declined"
        with changed_booking(work, booking, reason=reason, action=action) as row:
            refuse_unless(row, BookingState.ASKED)
            row.decided_by, row.decided_at = actor.label[:_LABEL], now
            row.state = BookingState.CONFIRMED if confirm else BookingState.DECLINED
            row.ended_reason = "" if confirm else reason.strip()[:300]
        settle_asked(actor=actor, now=now, booking=row)
        tell_organizer(actor=actor, now=now, booking=row)
        invite(actor=actor, now=now, bookings=[row])
        if not confirm:
            free_unit(actor=actor, now=now, occupation=held, reason=reason)
    return row


def _first_state(actor: Actor, unit: Unit) -> BookingState:
    """What needs an approval is asked for, unless the approver books it."""
    if unit.needs_approval and not actor.may(APPROVE, outpost_scope(unit.outpost_id)):
        return BookingState.ASKED
    return BookingState.CONFIRMED


def _tell(actor: Actor, now: datetime, row: Booking) -> None:
    """Ask whoever approves, or send the organizer the calendar entry."""
    if row.state == BookingState.ASKED:
        ask_approvers(actor=actor, now=now, booking=row)
    else:
        invite(actor=actor, now=now, bookings=[row])


def _hold(actor: Actor, now: datetime, row: Booking) -> Occupation:
    return occupy_unit(
        actor=actor,
        now=now,
        unit=row.unit,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        reason=OccupationReason.BOOKING,
        subject=Subject(BOOKING, row.uid),
    )


def _held(booking: Booking) -> Occupation:
    found = find_occupation(Subject(BOOKING, booking.uid))
    if found is None:
        state = Booking.objects.get(pk=booking.pk).state
        raise refuse("space.booking_state", state=str(BookingState(state).label))
    return found


def _refuse_begun(row: Booking) -> None:
    refuse_unless(row, *HOLDING)
    if row.checked_in_at is not None:
        raise refuse("space.checked_in_before", by=row.checked_in_by)
