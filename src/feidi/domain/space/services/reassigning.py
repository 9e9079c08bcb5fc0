"""Bookings ahead, series, waiting entries and expected visitors pass to a colleague when their organizer leaves."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.reassigning import passing
from feidi.domain.space.enums import BOOKING, SERIES, VISITOR, WAITING, BookingState, WaitingState
from feidi.domain.space.models import Booking, BookingSeries, Visitor, WaitingEntry
from feidi.kernel.identity.models import User

_HELD: Final = (BookingState.ASKED, BookingState.CONFIRMED)


def bookings_held(outpost: Outpost, user: User, today: date) -> QuerySet[Booking]:
    """Return the outpost's bookings from today on that ``user`` organizes."""
    rows = Booking.objects.filter(outpost=outpost, organizer=user, state__in=_HELD, ends_at__gte=_morning(today))
    return rows.select_related("unit").order_by("starts_at", "id")


def series_held(outpost: Outpost, user: User, today: date) -> QuerySet[BookingSeries]:
    """Return the outpost's series of ``user`` with a booking still ahead."""
    rows = BookingSeries.objects.filter(outpost=outpost, organizer=user, voided_at__isnull=True)
    ahead = Booking.objects.filter(series=OuterRef("pk"), state__in=_HELD, ends_at__gte=_morning(today))
    return rows.filter(Exists(ahead)).select_related("unit").order_by("id")


def waiting_held(outpost: Outpost, user: User, today: date) -> QuerySet[WaitingEntry]:
    """Return what ``user`` still waits for in the outpost."""
    rows = WaitingEntry.objects.filter(outpost=outpost, organizer=user, state=WaitingState.WAITING)
    return rows.filter(ends_at__gte=_morning(today)).select_related("unit").order_by("starts_at", "id")


def visitors_held(outpost: Outpost, user: User, today: date) -> QuerySet[Visitor]:
    """Return the outpost's visitors whom ``user`` expects from today on and who have not left."""
    rows = Visitor.objects.filter(outpost=outpost, host=user, voided_at__isnull=True, left_at__isnull=True)
    return rows.filter(expected_at__gte=_morning(today)).order_by("expected_at", "id")


def _morning(today: date) -> datetime:
    return datetime.combine(today, time.min, SHANGHAI)


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _booking(row: Any) -> tuple[str, str]:
    return f"{_at(row.starts_at)} {row.unit.code} {row.purpose}", str(row.get_state_display())


def _waiting(row: Any) -> tuple[str, str]:
    return f"{_at(row.starts_at)} {row.unit.code} {row.purpose}", str(row.get_state_display())


def _series(row: Any) -> tuple[str, str]:
    return f"{row.unit.code} {row.purpose}", row.until.isoformat() if row.until else ""


def _visitor(row: Any) -> tuple[str, str]:
    # the list is kept for ever, the visitor's name is not
    return _at(row.expected_at), row.from_where


HANDLERS: Final = (
    passing("bookings", _("场地预订"), BOOKING, field="organizer", rows_of=bookings_held, say=_booking),
    passing("booking_series", _("固定预订"), SERIES, field="organizer", rows_of=series_held, say=_series),
    passing("waiting", _("候补"), WAITING, field="organizer", rows_of=waiting_held, say=_waiting),
    passing("visitors", _("访客"), VISITOR, field="host", rows_of=visitors_held, say=_visitor),
)
