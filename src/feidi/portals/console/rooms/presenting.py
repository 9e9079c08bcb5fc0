"""From rooms and bookings to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking
from feidi.domain.space.selectors.grid import Cell, DayGrid
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


@dataclass(frozen=True, slots=True)
class Slot:
    """One free step that can be booked: a link with its bounds."""

    url: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell as drawn: its state in words, who holds it as far as the reader may know, or its free steps."""

    state: str
    label: Any
    width: int
    span: str
    who: str
    url: str
    slots: tuple[Slot, ...]


def drawn_rows(grid: DayGrid, *, book_url: str, minutes: int) -> list[tuple[Any, list[Shown]]]:
    """Return each room with its cells; free ones are cut into steps that are links when ``book_url`` is given."""
    return [(row.unit, [_shown(row.unit.uid, each, book_url, minutes) for each in row.cells]) for row in grid.rows]


def _shown(unit: str, cell: Cell, book_url: str, minutes: int) -> Shown:
    slots: tuple[Slot, ...] = ()
    if cell.state == "free" and book_url:
        step = timedelta(minutes=minutes)
        slots = tuple(
            _slot(unit, cell.starts_at + step * n, cell.starts_at + step * (n + 1), book_url) for n in range(cell.width)
        )
    url = reverse("console:rooms:booking_view", args=[cell.booking.uid]) if cell.booking else ""
    span = f"{_clock(cell.starts_at)}–{_clock(cell.ends_at)}"
    return Shown(cell.state, STATES[cell.state], cell.width, span, cell.who, url, slots)


def _slot(unit: str, begins: datetime, ends: datetime, book_url: str) -> Slot:
    day = begins.astimezone(SHANGHAI).date().isoformat()
    query = f"unit={unit}&day={day}&from={_clock(begins)}&until={_clock(ends)}"
    return Slot(f"{book_url}?{query}", _clock(begins), _clock(ends))


def _clock(when: datetime) -> str:
    return f"{when.astimezone(SHANGHAI):%H:%M}"


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
