"""Where an activity takes place: a room held in the ledger of space, or an address outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feidi.domain.roadshow.models import Activity
from feidi.domain.space.access import may_handle
from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking, Unit
from feidi.domain.space.services.attending import EARLY, check_in_booking
from feidi.domain.space.services.booking_changing import HOLDING
from feidi.domain.space.services.bookings import Wish, book_unit, cancel_booking, change_booking, move_booking
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor

_MOVED = "活动改到别处"


@dataclass(frozen=True, slots=True)
class Place:
    """A room of the outpost, or an address; neither: not known yet."""

    unit: Unit | None = None
    address: str = ""


NOWHERE: Final = Place()


def put_place(*, actor: Actor, now: datetime, activity: Activity, place: Place) -> None:
    """Have the room held for the time of the activity: booked, moved, or given back. Inside the unit of work.

    Refused as space refuses: somebody else has the room then, closed, too small; a room of another outpost.
    """
    if place.unit is not None and place.unit.outpost_id != activity.outpost_id:
        raise refuse("space.other_outpost", unit=place.unit.name)
    activity.address = "" if place.unit else place.address.strip()[:200]
    booking = activity.booking
    if booking is not None and not holds(booking):  # declined, released or given back meanwhile: no room is held
        booking = activity.booking = None
    if booking is not None and place.unit is None:
        activity.booking = None
        cancel_booking(actor=actor, now=now, booking=booking, reason=_MOVED)
    elif booking is None and place.unit is not None:
        activity.booking = book_unit(actor=actor, now=now, wish=_wish(activity, place.unit))
    elif booking is not None and place.unit is not None:
        same = booking.unit_id == place.unit.pk
        if not same or (booking.starts_at, booking.ends_at) != (activity.starts_at, activity.ends_at):
            booking = move_booking(
                actor=actor,
                now=now,
                booking=booking,
                version=booking.version,
                unit=place.unit,
                starts_at=activity.starts_at,
                ends_at=activity.ends_at,
            )
        if (booking.purpose, booking.attendees) != (_purpose(activity), activity.capacity):
            booking = change_booking(
                actor=actor,
                now=now,
                booking=booking,
                version=booking.version,
                purpose=_purpose(activity),
                attendees=activity.capacity,
            )
        activity.booking = booking


def holds(booking: Booking) -> bool:
    """Tell whether a booking still holds its room, asked for or confirmed."""
    return booking.state in HOLDING


def occupy_place(*, actor: Actor, now: datetime, activity: Activity) -> None:
    """Say in the ledger of space that somebody is in the room, so that it is not released: with the first who comes.

    Nothing where that is said already, the room is not confirmed, it is too early, or the actor does not book rooms.
    """
    booking = Booking.objects.filter(
        activity=activity, state=BookingState.CONFIRMED, checked_in_at__isnull=True
    ).first()
    if booking is None or not booking.starts_at - EARLY <= now < booking.ends_at or not may_handle(actor, booking):
        return
    check_in_booking(actor=actor, now=now, booking=booking)


def give_place_back(*, actor: Actor, now: datetime, activity: Activity, reason: str) -> None:
    """Give the room back; the activity still says which it was. Nothing where there is none, or it is over."""
    booking = activity.booking
    if booking is not None and holds(booking) and booking.ends_at > now:
        cancel_booking(actor=actor, now=now, booking=booking, reason=reason)


def _wish(activity: Activity, unit: Unit) -> Wish:
    return Wish(unit, activity.starts_at, activity.ends_at, _purpose(activity), activity.capacity)


def _purpose(activity: Activity) -> str:
    return f"{activity.number} {activity.title_zh}"[:160]
