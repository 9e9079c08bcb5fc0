"""Remarks about a whole sheet that are known before its rows are read."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.engines.findings import Level, Scalar
from feidi.engines.sheets.grid import Grid
from feidi.engines.sheets.model import Column, Log
from feidi.engines.sheets.number_format import FormatMeaning


def note_parts(grid: Grid, header_last: int, log: Log) -> None:
    """Report hidden rows, formulas that were never calculated, and formats that could not be looked at."""
    hidden = sorted(row for row in grid.extras.hidden_rows if row > header_last and row < grid.height)
    if hidden:
        log.note("sheets.row.hidden", row=hidden[0] + 1, count=len(hidden), first=hidden[0] + 1)
    if grid.extras.recalculates and grid.extras.formulas:
        log.problem("sheets.formula.not_calculated", count=grid.extras.formulas)
    if not grid.extras.formats_known:
        log.problem("sheets.format.unknown")


def note_formats(grid: Grid, header_last: int, columns: Sequence[Column], log: Log) -> None:
    """Report each meaning that a column's number formats carry, once per column and format."""
    for column in columns:
        counts: dict[int, list[int]] = {}
        for first, last, style in grid.extras.styles.get(column.index, ()):
            if last > header_last:
                seen = counts.setdefault(style, [0, max(first, header_last + 1)])
                seen[0] += last - max(first, header_last + 1) + 1
        for style, (count, first_row) in counts.items():
            meaning = grid.extras.formats.get(style)
            if meaning is not None:
                _note_meaning(meaning, column, count, first_row + 1, log)


def _note_meaning(meaning: FormatMeaning, column: Column, count: int, row: int, log: Log) -> None:
    shown: dict[str, Scalar] = {
        "format": meaning.code[:60],
        "count": count,
        "unit": meaning.unit or "1",
        "header": column.unit,
        "precision": meaning.precision,
    }
    level, code = Level.NOTE, ""
    if meaning.unclear:
        level, code = Level.PROBLEM, "sheets.format.unclear"
    elif meaning.unit is not None and column.unit and meaning.unit != column.unit:
        level, code = Level.PROBLEM, "sheets.format.unit_conflict"
    elif meaning.unit is not None:
        code = "sheets.format.unit"
    elif meaning.precision:
        code = "sheets.format.date_precision"
    elif meaning.year_hidden:
        code = "sheets.format.year_hidden"
    if code:
        log.put(level, code, shown, row=row, column=column.name)
