"""The common shape of every source: rows of raw values, plus what is known beside the values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from feidi.engines.sheets.model import Visibility
from feidi.engines.sheets.number_format import FormatMeaning

Raw = str | int | float | bool | date | datetime | time | timedelta
Place = tuple[int, int]
#: first row, first column, last row, last column; all 0-based, inclusive.
Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Extras:
    """What a format says beside the values. All positions 0-based (row, column).

    ``styles[column]``: runs (first row, last row, style number) into ``formats``.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    styles: dict[int, list[list[int]]] = field(default_factory=dict)
    formats: dict[int, FormatMeaning] = field(default_factory=dict)
    uncached: frozenset[Place] = frozenset()
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: int = 0
    recalculates: bool = False
    formats_known: bool = True

    def meaning(self, row: int, column: int) -> FormatMeaning | None:
        """Return the meaning of one cell's format, or None (linear in the runs of its column)."""
        for first, last, style in self.styles.get(column, ()):
            if first <= row <= last:
                return self.formats.get(style)
        return None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet before it is understood. ``rows()`` starts anew at row 0; '' is a blank."""

    name: str
    hidden: Visibility
    height: int
    width: int
    rows: Callable[[], Iterator[list[Raw]]]
    merges: tuple[Merge, ...] = ()
    extras: Extras = field(default_factory=Extras)
    is_text: bool = False


def is_blank(value: Raw) -> bool:
    r"""Tell whether a raw value is nothing: '' or only spaces.

    >>> is_blank(""), is_blank(" \u3000"), is_blank(0.0)
    (True, True, False)
    """
    return isinstance(value, str) and not value.strip()
