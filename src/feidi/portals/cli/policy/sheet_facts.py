"""Facts from a table (.csv, .xlsx): the first column is the subject, the heads of the others are words of the dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from feidi.engines.sheets import Limits, open_workbook
from feidi.engines.sheets.delimited import read_delimited
from feidi.engines.sheets.model import Cell, Log, Sheet
from feidi.engines.sheets.summary import finding_json
from feidi.engines.sheets.units import read_header
from feidi.portals.cli.policy.facts_file import Problem, Row

_LIMITS = Limits(max_rows=3_000_000, max_file_bytes=1 << 30, max_cells=1 << 26)

#: A figure, a range or a bound without any unit.
_BARE = re.compile(r"[<>=≥≤~\d,.\-\s]*\d[\d,.\s]*")


def sheet_rows(path: Path, problem: Problem) -> Iterator[Row]:
    """Yield the subjects of a table. What cannot be read is noted."""
    book = open_workbook(path, limits=_LIMITS)
    if book.fatal or not book.sheets:
        why = finding_json(book.fatal)["text"] if book.fatal else "—"
        problem(path.name, "rules.facts_unreadable", why=str(why))
        return
    rows = _text_rows(path) if book.kind == "csv" else _sheet_rows(book.sheets[0])
    heads = [_head(str(each)) for each in next(rows, (0, []))[1]]
    if not any(word for word, _unit in heads[1:]):
        problem(path.name, "rules.facts_columns")
        return
    for row, cells in rows:
        if any(str(each).strip() for each in cells):
            where = f"{path.name}:{row}"
            pairs = zip(heads[1:], cells[1:], strict=False)
            facts = [
                (word, _with_unit(str(cell), unit), where) for (word, unit), cell in pairs if word or str(cell).strip()
            ]
            yield where, str(cells[0]).strip(), facts


def _text_rows(path: Path) -> Iterator[tuple[int, Sequence[Any]]]:
    """A text's rows as they stand: the first is the head, no title or total is looked for."""
    grid = read_delimited(path.read_bytes(), path.name, _LIMITS, Log(lambda _finding: None, 0)).grid
    for number, row in enumerate(islice(grid.rows(), grid.height), 1):
        yield number, [str(each) for each in row]


def _sheet_rows(sheet: Sheet) -> Iterator[tuple[int, Sequence[Any]]]:
    yield 0, [column.header or column.name for column in sheet.columns]
    for record in sheet.iter_records():
        yield record.row, [_given(cell) for cell in record.values]


def _head(text: str) -> tuple[str, str]:
    """Return the word of a head and the unit it lends to the bare numbers below it: 研发费用（万元）."""
    found = read_header(text.strip().lstrip("\ufeff"))
    return (found.name, found.unit) if found.unit else (text.strip().lstrip("\ufeff"), "")


def _with_unit(text: str, unit: str) -> str:
    return f"{text.strip()}{unit}" if unit and _BARE.fullmatch(text.strip()) else text


def _given(cell: Cell) -> Any:
    """Return what a cell says: its text as shown (12%, 300万元), a date as a date."""
    if cell.blank:
        return ""
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat() if cell.value.time() == datetime.min.time() else cell.text
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    if isinstance(cell.value, bool):
        return "是" if cell.value else "否"
    return f"{cell.text}{cell.unit or ''}"
