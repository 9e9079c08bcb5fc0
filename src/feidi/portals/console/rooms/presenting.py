"""From bookings to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking
from feidi.domain.space.selectors.holding import spoken_span
from feidi.portals.ui.pieces import Badge, Column, Row

STATES = {
    "free": gettext_lazy("空闲"),
    "closed": gettext_lazy("不开放"),
    "past": gettext_lazy("已过"),
    "booked": gettext_lazy("已预订"),
    "blocked": gettext_lazy("封闭"),
    "let": gettext_lazy("入驻"),
}
COLUMNS = [
    Column("when", gettext_lazy("时间"), sortable=True, lead=True),
    Column("unit", gettext_lazy("房间")),
    Column("purpose", gettext_lazy("用途")),
    Column("organization", gettext_lazy("单位")),
    Column("organizer", gettext_lazy("预订人")),
    Column("attendees", gettext_lazy("几个人"), numeric=True, shown=False),
    Column("state", gettext_lazy("状态")),
]
SORTS = {"when": "starts_at"}
_TONES = {
    BookingState.ASKED: "warn",
    BookingState.CONFIRMED: "ok",
    BookingState.DECLINED: "bad",
    BookingState.CANCELLED: "quiet",
    BookingState.NO_SHOW: "bad",
    BookingState.DONE: "quiet",
}


def booking_rows(bookings: Sequence[Booking]) -> list[Row]:
    """Return bookings as list rows."""
    return [
        Row(
            cells={
                "when": spoken_span(each.starts_at, each.ends_at),
                "unit": each.unit.name,
                "purpose": each.purpose,
                "organization": each.organization.name if each.organization else _("驻点自用"),
                "organizer": each.organizer.display_name,
                "attendees": each.attendees,
                "state": BookingState(each.state).label,
            },
            url=reverse("console:rooms:booking_view", args=[each.uid]),
            uid=each.uid,
            badges=badges_of(each),
        )
        for each in bookings
    ]


def badges_of(booking: Booking) -> list[Badge]:
    """Return where a booking stands."""
    found = [Badge(BookingState(booking.state).label, _TONES[BookingState(booking.state)])]  # type: ignore[arg-type] # the tones are named above
    if booking.checked_in_at is not None:
        found.append(Badge(_("已签到"), "ok", "check"))
    if booking.series_id is not None:
        found.append(Badge(_("系列"), "info"))
    return found
