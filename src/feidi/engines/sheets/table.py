"""From a grid to a sheet: header, columns, and the iteration that turns rows into records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from feidi.engines.findings import Finding
from feidi.engines.sheets.cells import CellMaker, shown
from feidi.engines.sheets.columns_of import make_columns
from feidi.engines.sheets.grid import Grid, Raw, is_blank
from feidi.engines.sheets.header import HeaderBlock, find_header
from feidi.engines.sheets.merges import MergeFill
from feidi.engines.sheets.model import (
    BLANK,
    Cell,
    Column,
    Limits,
    Log,
    Record,
    RecordKind,
    Records,
    Reporter,
    Sheet,
    Visibility,
)
from feidi.engines.sheets.rows import RowJudge, RowKind, key_columns
from feidi.engines.sheets.safe_text import is_formula_like
from feidi.engines.sheets.sheet_notes import note_formats, note_parts
from feidi.engines.sheets.units import title_unit


def build_sheet(grid: Grid, limits: Limits) -> Sheet:
    """Understand one grid. Reads the top rows only; the records are read when iterated."""
    findings: list[Finding] = []
    log = Log(findings.append, limits.findings_per_code)
    top = [pad(row, grid.width) for row in islice(grid.rows(), limits.header_scan_rows + 60)]
    block = find_header(top[: limits.header_scan_rows], grid.merges, grid.width)
    if block is None:
        log.note("sheets.sheet.empty")
        return Sheet(grid.name, grid.hidden, (), (), (), 0, tuple(findings))
    columns = make_columns(grid, block, top[block.last + 1 :], log)
    titles = _titles(top[: block.first], log)
    _report_header(block, log)
    if grid.hidden is not Visibility.VISIBLE:
        log.note("sheets.sheet.hidden", name=grid.name)
    note_parts(grid, block.last, log)
    note_formats(grid, block.last, columns, log)
    unit = next((found for line in titles if (found := title_unit(line))), None)
    if unit:
        log.note("sheets.title.unit", unit=unit)
    log.close()
    reader = _Reader(grid, block, columns, _header_texts(top, block), limits)
    return Sheet(
        name=grid.name,
        hidden=grid.hidden,
        header_rows=tuple(range(block.first + 1, block.last + 2)),
        columns=columns,
        records=Records(reader.iterate),
        row_count=max(0, grid.height - block.last - 1),
        findings=tuple(findings),
        titles=titles,
        default_unit=unit,
    )


def pad(row: Sequence[Raw], width: int) -> list[Raw]:
    """Bring a row to the width of the table."""
    return [*row, *([""] * (width - len(row)))] if len(row) < width else list(row)


def _titles(rows: Sequence[Sequence[Raw]], log: Log) -> tuple[str, ...]:
    lines = []
    for index, row in enumerate(rows):
        line = shown(row, 1000)
        if line:
            lines.append(line)
            log.note("sheets.title.row", row=index + 1, text=line[:80])
    return tuple(lines)


def _report_header(block: HeaderBlock, log: Log) -> None:
    if not block.found:
        log.problem("sheets.header.unsure", row=block.first + 1, first=block.first + 1)
    if block.last > block.first:
        log.note("sheets.header.several_rows", row=block.first + 1, first=block.first + 1, last=block.last + 1)


def _header_texts(top: Sequence[Sequence[Raw]], block: HeaderBlock) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(value) for value in row) for row in top[block.first : block.last + 1])


@dataclass(frozen=True, slots=True)
class _Reader:
    """Iterates the records of one sheet; holds no rows."""

    grid: Grid
    block: HeaderBlock
    columns: tuple[Column, ...]
    header: tuple[tuple[str, ...], ...]
    limits: Limits

    def iterate(self, report: Reporter) -> Iterator[Record]:
        return _Pass(self, report).run()


class _Pass:
    """One pass over the rows; remembers the last record and the blank rows since."""

    def __init__(self, reader: _Reader, report: Reporter) -> None:
        self.grid, self.columns, self.limits = reader.grid, reader.columns, reader.limits
        self.start, self.width = reader.block.last + 1, len(reader.columns)
        self.log = Log(report, reader.limits.findings_per_code)
        self.maker = CellMaker(reader.limits.max_cell_chars)
        self.judge = RowJudge(reader.header, key_columns([column.name for column in reader.columns]))
        self.fill = MergeFill(reader.grid.merges, self.start, self.width)
        self.marks = _marks(reader.grid)
        self.cursors = [
            _Cursor(column, runs) for column, runs in reader.grid.extras.styles.items() if column < self.width
        ]
        self.last: int | None = None
        self.carried: dict[int, tuple[int, Cell]] = {}
        self.blank = self.blank_inside = 0

    def run(self) -> Iterator[Record]:
        """Yield the records; report everything that is not one."""
        for index, raw in enumerate(self.grid.rows()):
            if index < self.start:
                continue
            row = pad(raw, self.width) if len(raw) < self.width else raw
            if len(row) > self.width:
                row = self._cut(row, index)
            record = self._row(row, index)
            if record is not None:
                yield record
        if self.blank_inside:
            self.log.note("sheets.row.blank", count=self.blank_inside)
        self.log.close()

    def _cut(self, row: list[Raw], index: int) -> list[Raw]:
        """Cells beyond the last column that has a name or early values: say so when they hold anything."""
        beyond = [value for value in row[self.width :] if not is_blank(value)]
        if beyond:
            self.log.problem("sheets.row.beyond_table", row=index + 1, text=shown(beyond[:1], 40), count=len(beyond))
        return row[: self.width]

    def _row(self, row: list[Raw], index: int) -> Record | None:
        filled = self.fill.apply(row, index, self.log) if self.fill.active_at(index) else ()
        own_blank = row.count("") + len(filled) >= len(row) or all(
            is_blank(value) for at, value in enumerate(row) if at not in filled
        )
        if own_blank and index not in self.marks:
            self.blank += 1
            return None
        kind = self.judge.judge(row, had_record=self.last is not None)
        if kind is RowKind.BLANK and index in self.marks:
            kind = RowKind.DATA
        if not self._keeps(kind, row, index):
            return None
        self.blank_inside, self.blank = self.blank_inside + self.blank, 0
        continues = self.last if kind is RowKind.CONTINUATION else None  # None at the very first row
        if continues is not None:
            self.log.problem("sheets.row.continuation", row=index + 1, above=continues)
        else:
            self.last = index + 1
        return Record(
            row=index + 1,
            values=self._cells(row, index, filled),
            hidden=index in self.grid.extras.hidden_rows,
            kind=RecordKind.DATA if continues is None else RecordKind.CONTINUATION,
            continues=continues,
        )

    def _keeps(self, kind: RowKind, row: Sequence[Raw], index: int) -> bool:
        """Report the rows that are no records; tell whether this one is."""
        if kind in (RowKind.DATA, RowKind.CONTINUATION):
            return True
        text = shown(row)
        if kind in (RowKind.TOTAL_DOUBTFUL, RowKind.SPARSE):
            self.log.problem(f"sheets.row.{kind.value}", row=index + 1, text=text)
            return True
        self.log.note(f"sheets.row.{kind.value}", row=index + 1, text=text)
        return False

    def _cells(self, row: Sequence[Raw], index: int, filled: Sequence[int]) -> tuple[Cell, ...]:
        cells = self.maker.row(row)
        for cursor in self.cursors:
            style = cursor.at(index)
            if style is not None and style in self.grid.extras.formats and cells[cursor.column] is not BLANK:
                cells[cursor.column] = self.maker.meant(cells[cursor.column], self.grid.extras.formats[style])
        if filled or self.fill.active_at(index):
            self._carry(cells, index, filled)
        if index in self.marks:
            self._apply_marks(cells, index)
        for at, cell in enumerate(cells):
            if not cell.reliable and isinstance(cell.value, str):
                self.log.problem("sheets.cell.digits_lost", row=index + 1, column=self._name(at), text=cell.text)
        if self.maker.formula_like:
            self._report_formula_texts(cells, index)
        return tuple(cells)

    def _carry(self, cells: list[Cell], index: int, filled: Sequence[int]) -> None:
        """Give covered cells what the format of the merged cell says; they have no format of their own."""
        for at in filled:
            top, cell = self.carried.get(at, (-1, cells[at]))
            cells[at] = replace(cell if top == self.fill.top_of(at) else cells[at], filled=True)
        for at in self.fill.begun_at(index):
            self.carried[at] = (index, cells[at])

    def _apply_marks(self, cells: list[Cell], index: int) -> None:
        for at, code, text in self.marks[index]:
            if at >= self.width:
                continue
            if code == "uncached":
                if cells[at].blank:
                    self.log.problem("sheets.cell.formula_without_value", row=index + 1, column=self._name(at))
                    cells[at] = Cell("", None, reliable=False)
            else:
                self.log.problem("sheets.cell.error_value", row=index + 1, column=self._name(at), text=text)
                cells[at] = Cell(text, None, reliable=False)

    def _report_formula_texts(self, cells: Sequence[Cell], index: int) -> None:
        self.maker.formula_like.clear()
        for at, cell in enumerate(cells):
            if isinstance(cell.value, str) and is_formula_like(cell.text):
                self.log.note("sheets.cell.formula_text", row=index + 1, column=self._name(at), text=cell.text[:40])

    def _name(self, at: int) -> str:
        return self.columns[at].name


class _Cursor:
    """Walks the style runs of one column, row by row."""

    __slots__ = ("_at", "_runs", "column")

    def __init__(self, column: int, runs: list[list[int]]) -> None:
        self.column, self._runs, self._at = column, runs, 0

    def at(self, row: int) -> int | None:
        """Return the style at this row; rows must come in order."""
        runs = self._runs
        while self._at < len(runs) and runs[self._at][1] < row:
            self._at += 1
        if self._at < len(runs) and runs[self._at][0] <= row:
            return runs[self._at][2]
        return None


def _marks(grid: Grid) -> dict[int, list[tuple[int, str, str]]]:
    """Group by row what must be said about single cells: (column, what, text)."""
    marks: dict[int, list[tuple[int, str, str]]] = {}
    for row, column in grid.extras.uncached:
        marks.setdefault(row, []).append((column, "uncached", ""))
    for (row, column), text in grid.extras.errors.items():
        marks.setdefault(row, []).append((column, "error", text))
    return marks
