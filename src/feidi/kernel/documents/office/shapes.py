"""What somebody's blank form looks like: its grids (sheets, or the tables of a Word form), names and landmarks.

Places are written alike for both: ``Sheet1!B7`` is a cell of a sheet, ``表1!B7`` one of the first table of a Word form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from feidi.engines.sheets.folding import fold_tight
from feidi.engines.sheets.model import column_letter
from feidi.kernel.documents.office.containers import OfficeKind

MAX_CELLS: Final = 200_000
_DEPTH: Final = 2
_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_NUMBER: Final = re.compile(r"[-+]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?%?")
#: A form is sent again each month: its period is no landmark.
_PERIOD: Final = re.compile(
    r"\d{4}年(?:\d{1,2}[—–~至-])?(?:\d{1,2}月)?(?:\d{1,2}日)?|第\d+期|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
)

Position = tuple[int, int]
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ShapeCell:
    """A cell that holds something. ``formula`` without the equals sign, or None."""

    row: int
    column: int
    text: str
    formula: str | None = None

    @property
    def is_label(self) -> bool:
        """True for words: no formula, no bare number, not empty."""
        return self.formula is None and bool(self.text) and _NUMBER.fullmatch(fold_tight(self.text)) is None


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The labels by which a person finds a place: the two nearest to its left, the two nearest above."""

    left: tuple[str, ...] = ()
    above: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The labels in the order of reading."""
        return " / ".join((*reversed(self.above), *reversed(self.left)))


@dataclass(frozen=True, slots=True)
class GridShape:
    """One sheet or one table: 1-based rows and columns, the cells that hold something, the merged areas."""

    name: str
    rows: int
    columns: int
    cells: Mapping[Position, ShapeCell]
    merges: tuple[Area, ...] = ()
    hidden: bool = False
    _anchors: Mapping[Position, Position] = field(default_factory=dict, repr=False)

    def anchor(self, row: int, column: int) -> Position:
        """Return the cell that stands for a place: the upper left one of its merged area, or itself."""
        return self._anchors.get((row, column), (row, column))

    def cell(self, row: int, column: int) -> ShapeCell | None:
        """Return what a place holds, or None."""
        return self.cells.get(self.anchor(row, column))

    def landmarks(self, row: int, column: int) -> Landmarks:
        """Return the labels around a place."""
        row, column = self.anchor(row, column)
        left = self._labels((row, at) for at in range(column - 1, 0, -1))
        above = self._labels((at, column) for at in range(row - 1, 0, -1))
        return Landmarks(left, above)

    def _labels(self, way: Iterator[Position]) -> tuple[str, ...]:
        found: list[str] = []
        seen: set[Position] = set()
        for place in way:
            anchor = self.anchor(*place)
            cell = self.cells.get(anchor)
            if anchor not in seen and cell is not None and cell.is_label:
                seen.add(anchor)
                found.append(folded_label(cell.text))
                if len(found) == _DEPTH:
                    break
        return tuple(found)


@dataclass(frozen=True, slots=True)
class FormShape:
    """A whole form. ``names``: defined names of a workbook, bookmarks of a Word form, with the place or the words there."""

    kind: OfficeKind
    grids: tuple[GridShape, ...]
    names: Mapping[str, str]
    paragraphs: tuple[str, ...] = ()

    def grid(self, name: str) -> GridShape | None:
        """Return the sheet or table of this name, or None."""
        return next((each for each in self.grids if each.name == name), None)


def make_grid(
    name: str, cells: Mapping[Position, ShapeCell], merges: tuple[Area, ...], *, size: Position, hidden: bool = False
) -> GridShape:
    """Build a grid; every place of a merged area knows the cell that stands for it."""
    anchors: dict[Position, Position] = {}
    for top, left, bottom, right in merges:
        # a merge over whole columns is decoration: only as far as the form reaches
        for row in range(top, min(bottom, size[0]) + 1):
            for column in range(left, min(right, size[1]) + 1):
                anchors[row, column] = (top, left)
    return GridShape(name, size[0], size[1], cells, merges, hidden, anchors)


def folded_label(text: str) -> str:
    """Return a label as it is compared: width and spaces folded, the period left out.

    >>> folded_label("截至 2026年11月20日 ｜ 累计（个）")
    '截至|累计(个)'
    """
    return _PERIOD.sub("", fold_tight(text))[:60]


def column_number(letters: str) -> int:
    """Return the 1-based number of a column.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell.

    >>> cell_name(7, 28)
    'AB7'
    """
    return f"{column_letter(column - 1)}{row}"


def read_cell_name(text: str) -> Position | None:
    """Return (row, column) of a cell's name, or None.

    >>> read_cell_name("AB7"), read_cell_name("$A$1"), read_cell_name("7")
    ((7, 28), (1, 1), None)
    """
    found = _PLACE.fullmatch(text.upper())
    return (int(found[2]), column_number(found[1])) if found else None


def place_name(grid: str, row: int, column: int) -> str:
    """Return how a place of a form is written."""
    return f"{grid}!{cell_name(row, column)}"


def read_place(place: str) -> tuple[str, int, int] | None:
    """Return (grid, row, column) of a place, or None when it names no cell.

    >>> read_place("'11月 表'!C4"), read_place("签约数")
    (('11月 表', 4, 3), None)
    """
    grid, mark, cell = place.rpartition("!")
    position = read_cell_name(cell) if mark else None
    if position is None:
        return None
    if grid.startswith("'") and grid.endswith("'"):
        grid = grid[1:-1].replace("''", "'")
    return grid, *position
