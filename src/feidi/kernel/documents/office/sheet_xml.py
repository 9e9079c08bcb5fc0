"""A worksheet's own XML, read and written in place: what is not written stays as it was, byte for byte or nearly so."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from feidi.engines.findings import refuse
from feidi.engines.sheets.numerals import text_of
from feidi.kernel.documents.office.containers import Package
from feidi.kernel.documents.office.shapes import (
    MAX_CELLS,
    Area,
    GridShape,
    Position,
    ShapeCell,
    cell_name,
    make_grid,
    read_cell_name,
)  # fmt: skip
from feidi.kernel.documents.office.sheet_styles import SheetStyles
from feidi.kernel.documents.office.wording import clean

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day number has no zone
_LONGEST: Final = 32_767
_MOST_ROWS: Final = 1_048_576
_BEYOND: Final = 50
_SMALL_AREA: Final = 500

CellValue = str | int | float | Decimal | date | None


def tag(name: str) -> str:
    """Return the full name of a spreadsheet element."""
    return f"{{{MAIN}}}{name}"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name, its part, whether it is hidden."""

    name: str
    path: str
    hidden: bool


def sheet_parts(package: Package) -> tuple[SheetPart, ...]:
    """Return the worksheets of a workbook in their order (chart sheets are left out)."""
    relations = package.relations(package.main)
    parts = []
    for sheet in package.xml(package.main).iter(tag("sheet")):
        kind, path = relations.get(sheet.get(_RELATION) or "", ("", ""))
        if kind == "worksheet" and path in package.parts:
            parts.append(SheetPart(sheet.get("name") or "", path, sheet.get("state", "visible") != "visible"))
    return tuple(parts)


def shared_strings(package: Package) -> tuple[str, ...]:
    """Return the workbook's texts, without their phonetic readings."""
    for kind, path in package.relations(package.main).values():
        if kind == "sharedStrings" and path in package.parts:
            return tuple(_plain(each) for each in package.xml(path).iter(tag("si")))
    return ()


def _plain(element: Element) -> str:
    return "".join(
        each.text or "" for each in element.iter(tag("t")) if (up := each.getparent()) is None or up.tag != tag("rPh")
    )


class SheetXml:
    """One worksheet: its rows and cells by place."""

    def __init__(self, package: Package, part: SheetPart, shared: tuple[str, ...], styles: SheetStyles) -> None:
        self.part = part
        self.root = package.xml(part.path)
        self._name, self._shared, self.styles = package.name, shared, styles
        data = self.root.find(tag("sheetData"))
        if data is None:
            raise refuse("office.broken", name=package.name)
        self.data = data
        self.index()

    def index(self) -> None:
        """Read where rows and cells stand; again after rows were moved."""
        self.rows: dict[int, Element] = {}
        self.cells: dict[Position, Element] = {}
        number = 0
        for row in self.data.iterchildren(tag("row")):
            number = self._row_number(row, number)
            self.rows[number] = row
            column = 0
            for cell in row.iterchildren(tag("c")):
                place = read_cell_name(cell.get("r") or "")
                column = place[1] if place else column + 1
                self.cells[number, column] = cell
        if len(self.cells) > MAX_CELLS:
            raise refuse("office.too_many_cells", name=self._name, limit=MAX_CELLS)
        self.merges = tuple(self._areas("mergeCell"))
        if sum(min(_size(area), _SMALL_AREA) for area in self.merges) > MAX_CELLS * 2:
            raise refuse("office.too_many_cells", name=self._name, limit=MAX_CELLS)
        self._order = sorted(self.rows)
        self._columns = [
            (_number(each.get("min")), _number(each.get("max")), _number(each.get("style")))
            for each in self.root.iter(tag("col"))
        ]
        self._wide = [area for area in self.merges if _size(area) > _SMALL_AREA]
        self._covered = {
            (row, column): area
            for area in self.merges
            if _size(area) <= _SMALL_AREA
            for row in range(area[0], area[2] + 1)
            for column in range(area[1], area[3] + 1)
        }
        self._arrays = [
            area
            for each in self.root.iter(tag("f"))
            if each.get("t") in ("array", "dataTable") and (area := read_area(each.get("ref") or ""))
        ]

    def _row_number(self, row: Element, before: int) -> int:
        said = row.get("r") or ""
        if said and not (said.isascii() and said.isdigit() and 0 < int(said[:8]) <= _MOST_ROWS):
            raise refuse("office.broken", name=self._name)
        return int(said) if said else before + 1

    def _areas(self, name: str) -> Iterator[Area]:
        for each in self.root.iter(tag(name)):
            area = read_area(each.get("ref") or "")
            if area:
                yield area

    def formula(self, row: int, column: int) -> str | None:
        """Return the formula of a cell ("" for one that shares another's), or None."""
        cell = self.cells.get((row, column))
        found = cell.find(tag("f")) if cell is not None else None
        if found is not None:
            return found.text or ""
        inside = any(top <= row <= low and left <= column <= right for top, left, low, right in self._arrays)
        return "" if inside else None

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows, about as it is shown (dates as 2026-11-20)."""
        cell = self.cells.get((row, column))
        if cell is None:
            return ""
        kind, value = cell.get("t", "n"), cell.findtext(tag("v")) or ""
        if kind == "s":
            return self._shared[int(value)] if value.isdecimal() and int(value) < len(self._shared) else ""
        if kind == "inlineStr":
            return _plain(cell)
        return self._number_text(value, self.style(row, column)) if kind == "n" and value else value

    def _number_text(self, value: str, style: int) -> str:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if self.styles.is_date(style) and number.is_finite() and 0 < number < 2_958_466:  # noqa: PLR2004 - 9999-12-31
            return (_EPOCH + timedelta(days=int(number))).date().isoformat()
        return text_of(float(value)) if "." in value or "E" in value.upper() else value

    def style(self, row: int, column: int) -> int:
        """Return the number of a cell's style, or what its row or column would give a new cell."""
        cell = self.cells.get((row, column))
        if cell is not None:
            return _number(cell.get("s"))
        line = self.rows.get(row)
        if line is not None and line.get("customFormat") in ("1", "true"):
            return _number(line.get("s"))
        return next((style for first, last, style in self._columns if first <= column <= last), 0)

    def merged(self, row: int, column: int) -> Area | None:
        """Return the merged area that a place lies in, or None."""
        found = self._covered.get((row, column))
        if found is not None:
            return found
        inside = (area for area in self._wide if area[0] <= row <= area[2] and area[1] <= column <= area[3])
        return next(inside, None)

    def grid(self) -> GridShape:
        """Return the sheet as a grid of texts and formulas."""
        cells: dict[Position, ShapeCell] = {}
        for row, column in self.cells:
            text, formula = self.text(row, column).strip(), self.formula(row, column)
            if text or formula is not None:
                cells[row, column] = ShapeCell(row, column, text, formula)
        reach = [*cells, *(area[:2] for area in self.merges)]
        rows, columns = (max((place[axis] for place in reach), default=0) for axis in (0, 1))
        # a merge may reach a little past the last text, but a merge over whole columns is no form
        rows = max(rows, *(min(area[2], rows + _BEYOND) for area in self.merges), 0)
        columns = max(columns, *(min(area[3], columns + _BEYOND) for area in self.merges), 0)
        merged = sum((min(area[2], rows) - area[0] + 1) * (min(area[3], columns) - area[1] + 1) for area in self.merges)
        if merged > MAX_CELLS:
            raise refuse("office.too_many_cells", name=self._name, limit=MAX_CELLS)
        return make_grid(self.part.name, cells, self.merges, size=(rows, columns), hidden=self.part.hidden)

    def write(self, row: int, column: int, value: CellValue, style: int) -> None:
        """Put a value into a cell, made where there is none; its style is given, everything around it stays."""
        cell = self._cell(row, column)
        for child in list(cell):
            cell.remove(child)
        _drop(cell, "t", "cm")
        if style:
            cell.set("s", str(style))
        if value is None or value == "":
            return
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
            text.text = clean(value)[:_LONGEST]
            text.set(_SPACE, "preserve")
            return
        etree.SubElement(cell, tag("v")).text = _day_number(value) if isinstance(value, date) else text_of(value)

    def _cell(self, row: int, column: int) -> Element:
        found = self.cells.get((row, column))
        if found is not None:
            return found
        line = self._row(row)
        _drop(line, "spans")
        cell = etree.Element(tag("c"))
        cell.set("r", cell_name(row, column))
        before = next((each for each in reversed(line) if (_place(each) or (0, 0))[1] < column), None)
        if before is not None:
            before.addnext(cell)
        else:
            line.insert(0, cell)
        self.cells[row, column] = cell
        self._grow(row, column)
        return cell

    def _row(self, row: int) -> Element:
        found = self.rows.get(row)
        if found is not None:
            return found
        line = etree.Element(tag("row"))
        line.set("r", str(row))
        at = bisect(self._order, row)
        if at:
            self.rows[self._order[at - 1]].addnext(line)
        else:
            self.data.insert(0, line)
        self._order.insert(at, row)
        self.rows[row] = line
        return line

    def _grow(self, row: int, column: int) -> None:
        dimension = self.root.find(tag("dimension"))
        area = read_area(dimension.get("ref") or "") if dimension is not None else None
        if dimension is not None and area is not None:
            top, left, low, right = area
            grown = (min(top, row), min(left, column), max(low, row), max(right, column))
            dimension.set("ref", area_name(grown))


def _size(area: Area) -> int:
    return (area[2] - area[0] + 1) * (area[3] - area[1] + 1)


def _place(cell: Element) -> Position | None:
    return read_cell_name(cell.get("r") or "")


def _drop(element: Element, *names: str) -> None:
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def _day_number(day: date) -> str:
    return str((datetime(day.year, day.month, day.day) - _EPOCH).days)  # noqa: DTZ001 - a day number has no zone


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def read_area(text: str) -> Area | None:
    """Return (top, left, bottom, right) of ``B2:D5`` or ``B2``, or None.

    >>> read_area("B2:D5"), read_area("B2"), read_area("B:B")
    ((2, 2, 5, 4), (2, 2, 2, 2), None)
    """
    first, _, last = text.partition(":")
    start, end = read_cell_name(first), read_cell_name(last or first)
    return (*start, *end) if start and end else None


def area_name(area: Area) -> str:
    """Return how an area is written."""
    first, last = cell_name(area[0], area[1]), cell_name(area[2], area[3])
    return first if first == last else f"{first}:{last}"
