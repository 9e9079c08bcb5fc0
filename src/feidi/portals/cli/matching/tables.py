"""Tables that the verbs are given (.csv, .xlsx, .xls), as rows of text with their numbers; columns found by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from feidi.engines.findings import Finding, Level, refuse

if TYPE_CHECKING:
    from feidi.engines.sheets import Cell, Sheet

Row = tuple[int, Sequence[str]]


def read_rows(path: Path, unreadable: str, *, units: bool = False) -> list[Row]:
    """Return the rows of a table with their numbers in the sheet. Refused with the code ``unreadable``.

    A number of a workbook is read as it is, not as it is shown; with ``units`` together with the unit its format shows.
    """
    from feidi.engines.sheets import open_workbook  # noqa: PLC0415 - --help need not pay for it

    try:
        book = open_workbook(path)
    except OSError as error:
        raise refuse(unreadable, file=str(path), why=error.strerror) from error
    if book.fatal or not book.sheets:
        reasons = [book.fatal] if book.fatal else []
        raise refuse(unreadable, *reasons, file=str(path), why="—" if reasons else "没有工作表")
    return list(_text_rows(path) if book.kind == "csv" else _sheet_rows(book.sheets[0], units=units))


def _text_rows(path: Path) -> Iterator[Row]:
    """A text's rows as they stand: no title, total or remark is looked for."""
    from feidi.engines.sheets import DEFAULT_LIMITS  # noqa: PLC0415 - with its caller
    from feidi.engines.sheets.delimited import read_delimited  # noqa: PLC0415
    from feidi.engines.sheets.model import Log  # noqa: PLC0415

    grid = read_delimited(path.read_bytes(), path.name, DEFAULT_LIMITS, Log(lambda _finding: None, 0)).grid
    for number, row in enumerate(islice(grid.rows(), grid.height), 1):
        yield number, [str(each) for each in row]


def _sheet_rows(sheet: Sheet, *, units: bool) -> Iterator[Row]:
    yield from ((0, [title]) for title in sheet.titles if title.startswith("#"))
    yield (sheet.header_rows[-1] if sheet.header_rows else 0), [column.header for column in sheet.columns]
    for record in sheet.iter_records():
        yield record.row, [_text(cell, units=units) for cell in record.values]


def _text(cell: Cell, *, units: bool) -> str:
    value = cell.value
    if value is None or isinstance(value, str | bool) or not cell.reliable:
        return cell.text
    return f"{value}{(cell.unit or '') if units else ''}"


@dataclass(frozen=True, slots=True)
class Head:
    """A column's name as written, and the unit it lends to bare numbers below it: 资金（万元）."""

    written: str
    name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: field → text of its cell, for the columns that were found."""

    row: int
    texts: Mapping[str, str]
    heads: Mapping[str, Head]

    def text(self, name: str) -> str:
        """Return the text of a field, "" where the column or the cell is empty."""
        return self.texts.get(name, "")


@dataclass(slots=True)
class Reading:
    """Rows of a table by field; ``findings`` collects what is wrong. ``prefix``: whose codes, as ``portfolio``."""

    prefix: str
    findings: list[Finding] = field(default_factory=list)

    def rows(self, rows: Sequence[Row], names: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Iterator[Cells]:
        """Yield the rows below the head. A needed column that is not there is a finding, and nothing is yielded."""
        left = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
        left = [each for each in left if not each[1][0].strip().startswith("#")]
        heads = [_head(cell) for cell in left[0][1]] if left else []
        places = _places(heads, names)
        for each in needed:
            if each not in places:
                columns = "、".join(head.written for head in heads if head.written)
                self.put("column_missing", None, names[each][0], column=names[each][0], columns=columns)
        if self.findings:
            return
        known = {each: heads[at] for each, at in places.items()}
        for number, cells in left[1:]:
            texts = {each: cells[at].strip() for each, at in places.items() if at < len(cells)}
            yield Cells(number, texts, known)

    def put(self, code: str, row: int | None, column: str | None, /, **params: str | int) -> None:
        """Add a fatal finding."""
        self.findings.append(Finding(Level.FATAL, f"{self.prefix}.{code}", params, row, column))

    def wrong(self, cells: Cells, name: str) -> None:
        """Say that a cell is not understood."""
        column = cells.heads[name].written
        self.put("cell_wrong", cells.row, column, column=column, value=cells.text(name))


def _head(text: str) -> Head:
    from feidi.engines.sheets.units import read_header  # noqa: PLC0415 - with its caller

    found = read_header(text.strip().lstrip("\ufeff"))
    return Head(text.strip().lstrip("\ufeff"), found.name.casefold(), found.unit)


def _places(heads: Sequence[Head], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return field → column; the first column of a name counts."""
    at: dict[str, int] = {}
    for place, head in enumerate(heads):
        at.setdefault(head.name, place)
    return {
        each: next(at[name] for name in known if name in at)
        for each, known in names.items()
        if any(name in at for name in known)
    }
