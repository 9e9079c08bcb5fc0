"""A bound workbook is filled in its own XML: charts, pictures, merges, styles and formulas stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from lxml import etree

from feidi.engines.sheets.units import as_unit, read_header
from feidi.kernel.documents.office.binding import Binding, TargetKind, check_bindings
from feidi.kernel.documents.office.containers import Package, parse_xml, xml_bytes
from feidi.kernel.documents.office.figures import IssuedFigure
from feidi.kernel.documents.office.form_values import (
    CellValue,
    Entry,
    FormValues,
    Notes,
    cell_value,
    entries_of,
    is_serial,
    note_change,
    put_behind,
    shown,
)  # fmt: skip
from feidi.kernel.documents.office.inspecting import open_sheets, shape_of
from feidi.kernel.documents.office.row_insertion import insert_rows
from feidi.kernel.documents.office.shapes import FormShape, GridShape, ShapeCell, place_name, read_place
from feidi.kernel.documents.office.sheet_xml import SheetXml, area_name, tag

_SHOWN: Final = 40
_HUNDRED: Final = 100
_MONEY_UNITS: Final = frozenset({"元", "千元", "万元", "百万元", "千万元", "亿元"})


def fill_sheets(
    package: Package, bindings: Sequence[Binding], values: FormValues, previous: FormValues | None, notes: Notes
) -> bytes:
    """Return the filled workbook. Refused: its layout changed around a binding."""
    sheets = open_sheets(package)
    shape = shape_of(package, sheets)
    check_bindings(shape, bindings, name=package.name)
    work = _Work(package, sheets, shape, values, previous, notes)
    work.make_room(bindings)
    for binding in bindings:
        work.fill(binding)
    return work.saved()


class _Work:
    """One workbook while it is filled."""

    def __init__(
        self, package: Package, sheets: tuple[SheetXml, ...], shape: FormShape, values: FormValues,
        previous: FormValues | None, notes: Notes,
    ) -> None:  # fmt: skip
        self._package, self._shape, self._values, self._previous, self._notes = package, shape, values, previous, notes
        self._sheets = {sheet.part.name: sheet for sheet in sheets}
        self._inserted: list[tuple[str, int, int]] = []
        self._room: dict[str, int] = {}
        self._others: dict[str, bytes | None] = {}
        self._touched: set[str] = set()

    def make_room(self, bindings: Sequence[Binding]) -> None:
        """Measure the room of each list; insert rows where a binding asks for it, from the bottom up."""
        groups: dict[tuple[str, int, str], list[tuple[Binding, int]]] = {}
        for binding in bindings:
            where = self._where(binding)
            if binding.kind is TargetKind.COLUMN and where is not None:
                groups.setdefault((where[0], where[1], binding.source.rpartition(".")[0]), []).append(
                    (binding, where[2])
                )
        for (sheet, row, name), members in sorted(groups.items(), key=lambda each: -each[0][1]):
            count = len(self._values.lists.get(name, ()))
            columns = [column for binding, column in members if not is_serial(binding)]
            room = _room_below(self._sheets[sheet], self._shape.grid(sheet), row, columns)
            missing = count - room if room is not None else 0
            if missing > 0 and room and any(binding.options.insert_rows for binding, _ in members):
                self._insert(sheet, row, room, missing)
                self._notes.note("office.rows_inserted", place=members[0][0].place, count=missing)
                room = count
            elif missing > 0 and room is not None:
                place = members[0][0].place
                self._notes.problem("office.rows_do_not_fit", place=place, room=room, count=count, left=missing)
            for binding, _ in members:
                self._room[binding.place] = count if room is None else room

    def _insert(self, sheet: str, row: int, room: int, count: int) -> None:
        # before the last free row, so that a sum over the free rows grows with them
        at = row + room - 1 if room > 1 else row + 1
        self._others |= insert_rows(
            self._package, tuple(self._sheets.values()), self._sheets[sheet], at=at, count=count, model=at - 1,
            others=self._others,
        )  # fmt: skip
        self._inserted.append((sheet, at, count))
        self._touched.update(self._sheets)

    def _where(self, binding: Binding) -> tuple[str, int, int] | None:
        place = self._shape.names.get(binding.place, "") if binding.kind is TargetKind.BOOKMARK else binding.place
        found = read_place(place)
        return found if found and found[0] in self._sheets else None

    def fill(self, binding: Binding) -> None:
        """Write what a binding brings."""
        where = self._where(binding)
        if where is None:
            return
        name, row, column = where
        heads: tuple[str, ...] = ()
        grid = self._shape.grid(name)
        if grid is not None:
            row, column = grid.anchor(row, column)
            marks = grid.landmarks(row, column)
            heads = (*marks.above, *marks.left)
            self._check_unit(binding, heads)
        for entry in entries_of(binding, self._values, self._previous):
            if entry.row_offset < self._room.get(binding.place, 1 << 30):
                self._write(self._sheets[name], self._moved(name, row) + entry.row_offset, column, entry, heads)

    def _moved(self, sheet: str, row: int) -> int:
        """Return where a row of the blank form is now; insertions were made from the bottom up."""
        return row + sum(count for its_sheet, at, count in self._inserted if its_sheet == sheet and at <= row)

    def _check_unit(self, binding: Binding, heads: tuple[str, ...]) -> None:
        value = self._values.figures.get(binding.source)
        if not isinstance(value, IssuedFigure) or binding.options.factor is not None or binding.options.as_text:
            return
        unit = next(
            (found for head in heads if (found := read_header(head).unit or as_unit(head)) in _MONEY_UNITS), None
        )
        if unit and value.unit in _MONEY_UNITS and unit != value.unit:
            self._notes.problem("office.unit_differs", place=binding.place, form_unit=unit, unit=value.unit)

    def _write(self, sheet: SheetXml, row: int, column: int, entry: Entry, heads: tuple[str, ...]) -> None:
        place = place_name(sheet.part.name, row, column)
        if not self._may_write(sheet, row, column, entry, place):
            return
        value, style = self._styled(sheet, row, column, entry, heads)
        if labelled := put_behind(sheet.text(row, column), entry, shown(cell_value(entry))):
            value = "".join(labelled)
        if entry.new:
            style = sheet.styles.red(style)
            if not sheet.styles.can_change:
                self._notes.problem("office.red_not_possible", place=place)
        sheet.write(row, column, value, style)
        self._touched.add(sheet.part.name)
        note_change(self._notes, entry, place, self._previous)

    def _may_write(self, sheet: SheetXml, row: int, column: int, entry: Entry, place: str) -> bool:
        formula = sheet.formula(row, column)
        if formula is not None:
            self._notes.problem("office.kept_formula", place=place, formula=f"={formula}"[:_SHOWN])
            return False
        area = sheet.merged(row, column)
        if area is not None and area[:2] != (row, column):
            self._notes.problem("office.kept_merged", place=place, merged=area_name(area))
            return False
        text, new = sheet.text(row, column).strip(), shown(cell_value(entry))
        if put_behind(text, entry, new):
            return True
        if text and text != new and not (is_serial(entry.binding) and _is_number(text)):
            if not _is_number(text) and not entry.binding.options.overwrite:
                self._notes.problem("office.kept_label", place=place, text=text[:_SHOWN])
                return False
            code = "office.replaced_number" if _is_number(text) else "office.replaced_text"
            self._notes.note(code, place=place, old=text[:_SHOWN], new=new[:_SHOWN])
        return True

    def _styled(
        self, sheet: SheetXml, row: int, column: int, entry: Entry, heads: tuple[str, ...]
    ) -> tuple[CellValue, int]:
        """Return the value as the cell wants it: 36.7 % is 0.367 to a percentage format, a day a number to a date format."""
        value, style = cell_value(entry), sheet.style(row, column)
        if entry.row_offset and (row, column) not in sheet.cells:
            style = sheet.style(row - entry.row_offset, column)
        if _is_day(value):
            return (value, style) if sheet.styles.is_date(style) else (shown(value), style)
        percent = (
            isinstance(entry.value, IssuedFigure) and entry.value.unit == "%" and not entry.binding.options.as_text
        )
        if percent and entry.binding.options.factor is None and isinstance(value, int | Decimal):
            if sheet.styles.is_percent(style):
                return Decimal(value) / _HUNDRED, style
            if sheet.styles.is_general(style) and not any("%" in head for head in heads):
                return Decimal(value) / _HUNDRED, sheet.styles.percent(style)
        return value, style

    def saved(self) -> bytes:
        """Return the workbook: changed sheets, styles, and formulas that will be counted anew."""
        changed = dict(self._others)
        formulas, external = 0, 0
        for sheet in self._sheets.values():
            mine, foreign = _forget_results(sheet)
            formulas, external = formulas + mine, external + foreign
            if mine or sheet.part.name in self._touched:
                changed[sheet.part.path] = xml_bytes(sheet.root)
        for sheet in self._sheets.values():
            changed |= sheet.styles.part()
        if formulas:
            self._notes.note("office.recalculated", count=formulas)
            changed |= _recalculating(self._package, changed)
        if external:
            self._notes.note("office.external_formula", count=external)
        if any(path.startswith("xl/pivotTables/") for path in self._package.parts):
            self._notes.problem("office.pivot_stale")
        return self._package.saved(changed)


def _is_day(value: CellValue) -> bool:
    return hasattr(value, "isoformat")


def _is_number(text: str) -> bool:
    return not ShapeCell(1, 1, text).is_label


def _room_below(sheet: SheetXml, grid: GridShape | None, row: int, columns: list[int]) -> int | None:
    """Return how many rows from ``row`` down are free in the list's columns; None: no end within the form."""
    last = grid.rows if grid is not None else 0
    for at in range(row, last + 1):
        if any(sheet.text(at, column).strip() or sheet.formula(at, column) is not None for column in columns):
            return at - row
        # a line such as 合计 may leave the list's own columns free, but it ends the list all the same
        if grid is not None and at > row and _ends_list(grid, at):
            return at - row
    return None


def _ends_list(grid: GridShape, row: int) -> bool:
    cells = [cell for (at, _), cell in grid.cells.items() if at == row]
    merged = any(area[0] == row and area[3] - area[1] > 0 for area in grid.merges)
    return any(cell.is_label for cell in cells) or (merged and bool(cells))


def _forget_results(sheet: SheetXml) -> tuple[int, int]:
    """Drop the stored results of formulas, so that nobody reads an old one; those of other files are kept."""
    mine = foreign = 0
    for cell in sheet.cells.values():
        formula = cell.find(tag("f"))
        result = cell.find(tag("v"))
        if formula is None:
            continue
        if "[" in (formula.text or ""):
            foreign += 1
            continue
        mine += 1
        if result is not None:
            cell.remove(result)
        if "t" in cell.attrib:
            del cell.attrib["t"]
    return mine, foreign


def _recalculating(package: Package, changed: dict[str, bytes | None]) -> dict[str, bytes | None]:
    root = parse_xml(changed.get(package.main) or package.parts[package.main], package.name)
    properties = root.find(tag("calcPr"))
    if properties is None:
        properties = etree.Element(tag("calcPr"))
        place = next((root.find(tag(name)) for name in ("definedNames", "externalReferences", "sheets")
                      if root.find(tag(name)) is not None), None)  # fmt: skip
        if place is not None:
            place.addnext(properties)
        else:
            root.append(properties)
    properties.set("fullCalcOnLoad", "1")
    return {package.main: xml_bytes(root)}
