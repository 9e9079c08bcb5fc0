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
from feidi.domain.space.models import Booking, Unit
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
    """One free step that can be booked: a link with its bounds, and what it says to who cannot see the grid."""

    url: str
    begins: str
    ends: str
    label: str


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
    drawing = _Drawing(book_url, timedelta(minutes=minutes), grid.day.isoformat())
    return [(row.unit, [drawing.shown(row.unit, each) for each in row.cells]) for row in grid.rows]


class _Drawing:
    """What all cells of one page share, worked out once: fifty rooms have more than a thousand steps."""

    def __init__(self, book_url: str, step: timedelta, day: str) -> None:
        self._book_url, self._step, self._day = book_url, step, day
        self._labels = {state: str(label) for state, label in STATES.items()}
        self._book, self._clocks = _("预订"), dict[datetime, str]()
        self._booking = reverse("console:rooms:booking_view", args=["0"])

    def shown(self, unit: Unit, cell: Cell) -> Shown:
        """Return a cell as drawn."""
        slots: tuple[Slot, ...] = ()
        if cell.state == "free" and self._book_url:
            slots = tuple(self._slot(unit, cell.starts_at + self._step * n) for n in range(cell.width))
        url = self._booking.replace("/0/", f"/{cell.booking.uid}/") if cell.booking else ""
        span = f"{self._clock(cell.starts_at)}–{self._clock(cell.ends_at)}"
        return Shown(cell.state, self._labels[cell.state], cell.width, span, cell.who, url, slots)

    def _slot(self, unit: Unit, begins: datetime) -> Slot:
        start, end = self._clock(begins), self._clock(begins + self._step)
        query = f"unit={unit.uid}&day={self._day}&from={start}&until={end}"
        return Slot(f"{self._book_url}?{query}", start, end, f"{self._book} {unit.name} {start}–{end}")

    def _clock(self, when: datetime) -> str:
        if when not in self._clocks:
            self._clocks[when] = f"{when.astimezone(SHANGHAI):%H:%M}"
        return self._clocks[when]


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
