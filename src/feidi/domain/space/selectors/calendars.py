"""Calendars as files: feeds under a token, the invitation of one booking, the door of a room. RFC 5545 by ``icalendar``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from feidi.domain.space.enums import BookingState, FeedKind
from feidi.domain.space.models import Booking, CalendarFeed, Unit
from feidi.engines.findings import refuse

_PRODUCT: Final = "-//Feidi//Space//ZH"
_STATUS: Final = {
    BookingState.ASKED: "TENTATIVE",
    BookingState.CONFIRMED: "CONFIRMED",
    BookingState.DONE: "CONFIRMED",
}
#: How far back and ahead a feed reaches.
_BACK, _AHEAD = timedelta(days=31), timedelta(days=366)


def token_digest(token: str) -> str:
    """Return the digest under which a token is kept."""
    return sha256(token.encode()).hexdigest()


def feed_of_token(token: str) -> CalendarFeed:
    """Return the feed that a token opens. Refused alike: never given, revoked, of a closed account or a unit taken out."""
    rows = CalendarFeed.objects.filter(token_sha256=token_digest(token), revoked_at__isnull=True)
    alive = Q(unit__isnull=True, user__is_active=True) | Q(unit__isnull=False, unit__voided_at__isnull=True)
    found = rows.filter(alive).select_related("unit__outpost", "user").first()
    if found is None:
        raise refuse("space.feed_unknown")
    return found


def calendar_of(feed: CalendarFeed, now: datetime) -> bytes:
    """Return a feed as .ics: a room's says only that it is occupied, a person's what they organize."""
    rows = Booking.objects.filter(
        state__in=_STATUS, starts_at__gte=now - _BACK, starts_at__lt=now + _AHEAD
    ).select_related("unit__outpost", "organization")
    if feed.kind == FeedKind.ROOM and feed.unit is not None:
        return _written(feed.unit.name, rows.filter(_in_room(feed.unit)), now, open_=False)
    return _written(_("我的场地预订"), rows.filter(organizer_id=feed.user_id), now, open_=True)


def invitation_of(booking: Booking, now: datetime) -> bytes:
    """Return one booking as .ics, to be sent to who is invited; a cancelled one takes the entry back."""
    return invitations_of([booking], now)


def invitations_of(bookings: Sequence[Booking], now: datetime) -> bytes:
    """Return several bookings of one series, all in one state, as one file."""
    gone = bookings[0].state not in _STATUS
    return _written(bookings[0].purpose, bookings, now, open_=True, method="CANCEL" if gone else "PUBLISH")


def booking_at_door(token: str, now: datetime) -> tuple[Unit, Booking | None]:
    """Return the unit on whose door the QR hangs, and the booking that holds it now or begins within a quarter of an hour.

    A part's door also finds the booking of its whole room. Refused: an unknown or replaced token.
    """
    unit = Unit.objects.filter(door_token_sha256=token_digest(token), voided_at__isnull=True).first()
    if unit is None:
        raise refuse("space.door_unknown")
    rows = Booking.objects.filter(_in_room(unit), state=BookingState.CONFIRMED, ends_at__gt=now)
    soon = rows.filter(starts_at__lte=now + timedelta(minutes=15)).select_related("unit__outpost", "organization")
    return unit, soon.order_by("starts_at").first()


def _in_room(unit: Unit) -> Q:
    return Q(unit=unit) | Q(unit_id=unit.parent_id) if unit.parent_id else Q(unit=unit)


def _written(
    name: str, bookings: QuerySet[Booking] | Iterable[Booking], now: datetime, *, open_: bool, method: str = ""
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    if method:
        calendar.add("method", method)
    for each in bookings:
        calendar.add_component(_event(each, now, open_=open_))
    written: bytes = calendar.to_ical()
    return written


def _event(booking: Booking, now: datetime, *, open_: bool) -> Event:
    event = Event()
    event.add("uid", f"{booking.uid}@feidi")
    event.add("sequence", booking.version)
    event.add("dtstamp", now)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", booking.purpose if open_ else _("已占用"))
    event.add("location", f"{booking.unit.outpost.short_name} {booking.unit.name}")
    event.add("status", _STATUS.get(BookingState(booking.state), "CANCELLED"))
    return event
