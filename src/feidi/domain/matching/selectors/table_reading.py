"""Reading an uploaded table of figures: every cell becomes a figure or a finding with row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.regions import Flows, Matrix, Source, linkages, read_flows, read_matrix
from feidi.engines.sheets import Cell, Sheet, read_workbook

#: Longest names that the tables hold, and how many cells one may have.
REGION_LENGTH, INDUSTRY_LENGTH, MOST_CELLS = 40, 60, 60_000
_TOTAL: Final = re.compile(r"^(合计|总计|小计|共计|全部|总和|total)$", re.IGNORECASE)
#: What the reader of sheets leaves out of a table is no figure; only totals and remarks may be left out unsaid.
_LOST: Final = frozenset({"sheets.row.beyond_table", "sheets.row.number_only", "sheets.row.section"})
_ZEROS: Final = frozenset({"regions.region_zero", "regions.industry_zero"})


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table that can be reckoned with, and what should be known of it (rows and columns of zeros, skipped totals)."""

    matrix: Matrix
    findings: tuple[Finding, ...]

    @property
    def zeros(self) -> tuple[Finding, ...]:
        """What holds only zeros."""
        return tuple(each for each in self.findings if each.code in _ZEROS)


def read_table(data: bytes, name: str) -> ReadTable:
    """Read xlsx, xls or csv: industries in the first row, regions in the first column.

    Lines above the head such as ``# 虚构: 是`` say the source. Refused: unreadable, or with every fault at once: empty
    or negative cells, what is no number, a name twice or missing, totals among regions or industries.
    """
    sheet = _sheet(data, name)
    matrix, found = read_matrix(_rows(sheet), Source())
    faults = [each for each in found if each.level is Level.FATAL] + _faults(sheet)
    if matrix is not None:
        faults += _names(matrix)
    if matrix is None or faults:
        raise refuse("matching.table_faulty", *faults, name=name, n=len(faults))
    skipped = [each for each in sheet.findings if each.code == "sheets.row.total"]
    return ReadTable(matrix, (*found, *skipped))


def read_flow_table(data: bytes, name: str) -> Flows:
    """Read xlsx, xls or csv as an input–output table: row sells to column, the last row 总产出, all in one unit.

    Refused: as ``read_table``; labels that are not the same in rows and columns; no row of outputs; more bought of an
    industry than can be (its coefficients are not productive: flows and outputs in different units).
    """
    sheet = _sheet(data, name)
    flows, found = read_flows(_rows(sheet), Source())
    faults = [each for each in found if each.level is Level.FATAL] + _faults(sheet)
    if flows is not None:
        faults += _labels([(each, INDUSTRY_LENGTH) for each in flows.industries], len(flows.industries) ** 2)
    if flows is None or faults:
        raise refuse("matching.table_faulty", *faults, name=name, n=len(faults))
    linkages(flows)
    return flows


def _sheet(data: bytes, name: str) -> Sheet:
    book = read_workbook(data, name=name)
    if book.fatal is not None:
        raise refuse("matching.table_unreadable", book.fatal, name=name)
    sheet = next((each for each in book.sheets if each.columns), None)
    if sheet is None:
        raise refuse("matching.table_unreadable", name=name)
    return sheet


def _rows(sheet: Sheet) -> Iterator[tuple[int, Sequence[str]]]:
    for title in sheet.titles:
        if title.startswith("#"):
            yield 0, [title]
    heads = [column.header for column in sheet.columns]
    # the corner may be empty: a name in it is not needed
    yield sheet.header_rows[-1], [heads[0] or "地区", *heads[1:]]
    for record in sheet.iter_records():
        yield record.row, [_text(cell) for cell in record.values]


def _text(cell: Cell) -> str:
    """Return what a cell holds rather than what its format shows of it; digits that were lost stay as shown."""
    value = cell.value
    return str(value) if value is not None and not isinstance(value, str | bool) and cell.reliable else cell.text


def _faults(sheet: Sheet) -> list[Finding]:
    """Return what the reader left out though it holds something, and totals that would count everything twice."""
    lost = [Finding(Level.FATAL, each.code, each.params, each.row) for each in sheet.findings if each.code in _LOST]
    totals = [
        Finding(Level.FATAL, "matching.table_total", {"label": column.header}, sheet.header_rows[-1], column.header)
        for column in sheet.columns[1:]
        if _TOTAL.match(column.header.strip())
    ]
    return lost + totals


def _names(matrix: Matrix) -> list[Finding]:
    labels = [(each, REGION_LENGTH) for each in matrix.regions] + [
        (each, INDUSTRY_LENGTH) for each in matrix.industries
    ]
    return _labels(labels, len(matrix.regions) * len(matrix.industries))


def _labels(labels: Iterable[tuple[str, int]], size: int) -> list[Finding]:
    """Return names that are too long to keep, and a table that has too many cells."""
    found = [
        Finding(Level.FATAL, "matching.table_long", {"label": each[:12], "n": len(each), "limit": limit})
        for each, limit in labels
        if len(each) > limit
    ]
    if size > MOST_CELLS:
        found.append(Finding(Level.FATAL, "matching.table_big", {"n": size, "limit": MOST_CELLS}))
    return found
