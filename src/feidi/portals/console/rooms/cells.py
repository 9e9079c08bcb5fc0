"""The cells of the day's grid as HTML, written by hand: fifty rooms have more than a thousand half-hours.

Everything that is text goes through ``escape``; what all cells share is worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.models import Unit
from feidi.domain.space.selectors.grid import Cell, DayGrid


def drawn_rows(
    grid: DayGrid, states: Mapping[str, Any], *, book_url: str, minutes: int
) -> list[tuple[Unit, SafeString]]:
    """Return each room with its cells; free ones are cut into steps that are links when ``book_url`` is given."""
    drawing = _Drawing(grid, states, book_url, minutes)
    return [(row.unit, drawing.row(row.unit, row.cells)) for row in grid.rows]


class _Drawing:
    """One page of cells."""

    def __init__(self, grid: DayGrid, states: Mapping[str, Any], book_url: str, minutes: int) -> None:
        self._book_url, self._step, self._day = escape(book_url), timedelta(minutes=minutes), grid.day.isoformat()
        self._labels = {state: escape(label) for state, label in states.items()}
        self._book, self._clocks = escape(_("预订")), dict[datetime, str]()
        self._booking = reverse("console:rooms:booking_view", args=["0"])

    def row(self, unit: Unit, cells: tuple[Cell, ...]) -> SafeString:
        """Return the cells of one room."""
        uid, name = escape(unit.uid), escape(unit.name)
        return mark_safe("".join(self._cell(each, uid, name) for each in cells))  # noqa: S308 - every piece is escaped

    def _cell(self, cell: Cell, unit: str, name: str) -> str:
        span = f"{self._clock(cell.starts_at)}–{self._clock(cell.ends_at)}"
        label = self._labels[cell.state]
        return (
            f'<td colspan="{cell.width}" class="room-{cell.state}"><span class="visually-hidden">{span} {label}</span>'
            f"{self._inside(cell, unit, name, span)}</td>"
        )

    def _inside(self, cell: Cell, unit: str, name: str, span: str) -> str:
        if cell.state == "free":
            steps = range(cell.width) if self._book_url else ()
            slots = "".join(self._slot(cell.starts_at + self._step * n, unit, name) for n in steps)
            return f'<span class="slots">{slots}</span>' if slots else ""
        who = escape(cell.who)
        if cell.booking:
            return f'<a href="{self._booking.replace("/0/", f"/{cell.booking.uid}/")}" title="{span}">{who}</a>'
        return who or self._labels[cell.state]

    def _slot(self, begins: datetime, unit: str, name: str) -> str:
        start, end = self._clock(begins), self._clock(begins + self._step)
        return (
            f'<a href="{self._book_url}?unit={unit}&amp;day={self._day}&amp;from={start}&amp;until={end}"'
            f' data-from="{start}" data-until="{end}" aria-label="{self._book} {name} {start}–{end}">+</a>'
        )

    def _clock(self, when: datetime) -> str:
        if when not in self._clocks:
            self._clocks[when] = f"{when.astimezone(SHANGHAI):%H:%M}"
        return self._clocks[when]
