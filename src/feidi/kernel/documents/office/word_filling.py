"""A bound Word form is filled in its own XML: everything that is not written stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from feidi.kernel.documents.office.binding import Binding, TargetKind, check_bindings
from feidi.kernel.documents.office.containers import Package, xml_bytes
from feidi.kernel.documents.office.figures import IssuedFigure, mark_name
from feidi.kernel.documents.office.form_values import (
    Entry,
    FormValues,
    Notes,
    cell_value,
    entries_of,
    is_serial,
    note_change,
    put_behind,
    shown,
)
from feidi.kernel.documents.office.inspecting import word_shape
from feidi.kernel.documents.office.shapes import GridShape, ShapeCell, place_name, read_place
from feidi.kernel.documents.office.word_xml import (
    WordTable,
    bookmark_text,
    bookmarks,
    document_root,
    look_of,
    new_run,
    paragraph_text,
    tag,
    word_tables,
    write_bookmark,
    write_cell,
)  # fmt: skip

_SHOWN: Final = 40
_BLANK: Final = "_＿ 　\u00a0.…"


def fill_word(
    package: Package, bindings: Sequence[Binding], values: FormValues, previous: FormValues | None, notes: Notes
) -> bytes:
    """Return the filled form. Refused: its layout changed around a binding."""
    root = document_root(package)
    shape = word_shape(root, package.name)
    check_bindings(shape, bindings, name=package.name)
    work = _Work(root, package.name, values, previous, notes)
    # from the bottom up: rows added to a list do not move what is still to be filled above it
    for binding in sorted(sorted(bindings, key=is_serial), key=_depth, reverse=True):
        work.fill(binding)
    return package.saved({package.main: xml_bytes(root)})


def _depth(binding: Binding) -> tuple[str, int]:
    where = read_place(binding.place)
    return (where[0], where[1]) if where else ("", 0)


class _Work:
    """One form while it is filled."""

    def __init__(self, root: Element, name: str, values: FormValues, previous: FormValues | None, notes: Notes) -> None:
        self._root, self._file, self._values, self._previous, self._notes = root, name, values, previous, notes
        self._ids = max((int(each.get(tag("id")) or 0) for each in root.iter(tag("bookmarkStart"))
                         if (each.get(tag("id")) or "").isdecimal()), default=0)  # fmt: skip
        self._marked: dict[str, int] = {}
        self._room: dict[tuple[str, int, str], int] = {}

    def fill(self, binding: Binding) -> None:
        """Write what a binding brings."""
        entries = entries_of(binding, self._values, self._previous)
        if binding.kind is TargetKind.BOOKMARK:
            for entry in entries:
                self._fill_bookmark(entry)
            return
        where = read_place(binding.place)
        if where is None:
            return
        name, row, column = where
        room = self._make_room(binding, name, row, column, len(entries)) if binding.kind is TargetKind.COLUMN else 1
        table = self._table(name)
        for entry in entries[:room]:
            if table is not None and (row + entry.row_offset, column) in table.cells:
                self._write(table, row + entry.row_offset, column, entry)

    def _table(self, name: str) -> WordTable | None:
        return next((each for each in word_tables(self._root, self._file) if each.name == name), None)

    def _make_room(self, binding: Binding, name: str, row: int, column: int, count: int) -> int:
        """Return how many rows of a list may be written, after rows were added where the binding asks for it."""
        group = (name, row, binding.source.rpartition(".")[0])
        table = self._table(name)
        if table is None or group in self._room:
            return self._room.get(group, 0)
        room = _room(table.grid(), row, column)
        if count > room and binding.options.insert_rows and room:
            last = table.rows[row + room - 2]
            for _ in range(count - room):
                last.addnext(_blank_copy(last))
            self._notes.note("office.rows_inserted", place=binding.place, count=count - room)
            room = count
        elif count > room:
            self._notes.problem(
                "office.rows_do_not_fit", place=binding.place, room=room, count=count, left=count - room
            )
        self._room[group] = room
        return room

    def _write(self, table: WordTable, row: int, column: int, entry: Entry) -> None:
        place = place_name(table.name, row, column)
        cell = table.cells[row, column]
        text, new = table.text(row, column).strip(), shown_value(entry)
        labelled = put_behind(text, entry, new)
        if (
            labelled is None
            and text.strip(_BLANK)
            and text != new
            and ShapeCell(row, column, text).is_label
            and not entry.binding.options.overwrite
        ):
            self._notes.problem("office.kept_label", place=place, text=text[:_SHOWN])
            return
        if labelled is None and text.strip(_BLANK) and text != new and not is_serial(entry.binding):
            number = not ShapeCell(row, column, text).is_label
            code = "office.replaced_number" if number else "office.replaced_text"
            self._notes.note(code, place=place, old=text[:_SHOWN], new=new[:_SHOWN])
        paragraph = cell.find(tag("p"))
        look = look_of(paragraph) if paragraph is not None else None
        # the label keeps its colour
        label, told = labelled or ("", new)
        runs = self._with_mark(new_run(told, look, red=entry.new), entry)
        write_cell(cell, [new_run(label, look, red=False), *runs] if label else runs)
        note_change(self._notes, entry, place, self._previous)

    def _with_mark(self, run: Element, entry: Entry) -> list[Element]:
        if not isinstance(entry.value, IssuedFigure):
            return [run]
        first = mark_name(entry.value)
        self._marked[first] = self._marked.get(first, 0) + 1
        self._ids += 1
        start, end = etree.Element(tag("bookmarkStart")), etree.Element(tag("bookmarkEnd"))
        start.set(tag("id"), str(self._ids))
        start.set(tag("name"), mark_name(entry.value, self._marked[first]))
        end.set(tag("id"), str(self._ids))
        return [start, run, end]

    def _fill_bookmark(self, entry: Entry) -> None:
        name = entry.binding.place
        start = bookmarks(self._root).get(name)
        if start is None:
            return
        inside, new = bookmark_text(start)[1].strip(), shown_value(entry)
        label = ShapeCell(1, 1, inside.strip(_BLANK)).is_label
        if label and inside != new and not entry.binding.options.overwrite:
            self._notes.problem("office.kept_label", place=name, text=inside[:_SHOWN])
            return
        if write_bookmark(start, new, red=entry.new):
            note_change(self._notes, entry, name, self._previous)
        else:
            self._notes.problem("office.bookmark_spans", place=name)


def shown_value(entry: Entry) -> str:
    """Return what stands in a Word form: the number; a percentage keeps its sign."""
    value = cell_value(entry)
    percent = isinstance(entry.value, IssuedFigure) and entry.value.unit == "%" and not isinstance(value, str)
    return f"{shown(value)}%" if percent and entry.binding.options.factor is None else shown(value)


def _room(grid: GridShape, row: int, column: int) -> int:
    """Return how many rows from ``row`` down are free: the column is empty and the row is no line of its own (合计)."""
    room = 0
    for at in range(row, grid.rows + 1):
        cell = grid.cell(at, column)
        taken = cell is not None and cell.text.strip(_BLANK)
        other = any(each.is_label for (its_row, _), each in grid.cells.items() if its_row == at)
        if taken or (at > row and other) or grid.anchor(at, column)[0] != at:
            break
        room += 1
    return room


def _blank_copy(row: Element) -> Element:
    copy = deepcopy(row)
    for cell in copy.iterchildren(tag("tc")):
        paragraph = cell.find(tag("p"))
        if paragraph is not None and paragraph_text(paragraph):
            write_cell(cell, [])
    for mark in (*copy.iter(tag("bookmarkStart")), *copy.iter(tag("bookmarkEnd"))):
        up = mark.getparent()
        if up is not None:
            up.remove(mark)
    return copy
