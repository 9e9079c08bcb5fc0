"""Opening a file: is it what it claims, may it be read, and which sheets does it hold.

``open_workbook`` never raises for the content of a file: what cannot be read becomes one fatal finding.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from feidi.engines.findings import Finding, Level
from feidi.engines.sheets.grid import Extras, Grid, Merge, Raw
from feidi.engines.sheets.model import (
    DEFAULT_LIMITS,
    Limits,
    Log,
    Sheet,
    UnreadableError,
    Visibility,
    Workbook,
    finding,
)
from feidi.engines.sheets.sniff import TEXT_EXTENSIONS, extension_of, sniff
from feidi.engines.sheets.table import build_sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Source = str | os.PathLike[str] | bytes
#: What we call the refused kinds when we speak of them, and the finding's code.
_REFUSED = {
    "xlsm": ("sheets.file.macros", "xlsm"),
    "xls_macros": ("sheets.file.macros", "xls"),
    "encrypted": ("sheets.file.encrypted", ""),
    "broken_zip": ("sheets.file.broken", ""),
    "empty": ("sheets.file.empty", ""),
    "html": ("sheets.file.html", ""),
}
_LABELS = {"xlsb": "xlsb", "ods": "ODS", "docx": "Word", "doc": "Word", "pptx": "PowerPoint", "ppt": "PowerPoint", "pdf": "PDF",
           "et": "WPS .et", "xls_old": "Excel 4/5", "image": "JPG/PNG", "archive": "RAR/7z/gz", "zip": "ZIP", "rtf": "RTF",
           "xml": "XML", "ole": "OLE"}  # fmt: skip
_CONTROLS = frozenset({*range(1, 9), *range(14, 32)})
_EXPECTED = {"xlsx": {"xlsx"}, "xls": {"xls"}, "text": TEXT_EXTENSIONS}


def open_workbook(source: Source, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Open a ledger given as a path, or as bytes with its file ``name``.

    Effect: reads the file once; records are typed lazily. Never raises for bad content: see ``Workbook.fatal``.
    Raises OSError when the path itself cannot be read.
    """
    name = name or ("" if isinstance(source, bytes) else Path(source).name)
    try:
        data = _bytes_of(source, limits)
        return _open(data, name, limits)
    except UnreadableError as error:
        return Workbook(sheets=(), findings=(error.finding,))


def read_workbook(source: Source, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Open and read everything: ``sheet.records`` is a tuple and ``sheet.findings`` is complete."""
    book = open_workbook(source, name=name, limits=limits)
    return replace(book, sheets=tuple(load_sheet(sheet) for sheet in book.sheets))


def load_sheet(sheet: Sheet) -> Sheet:
    """Read all records of one sheet; its findings then include those about rows and cells."""
    found: list[Finding] = []
    records = tuple(sheet.iter_records(found.append))
    return replace(sheet, records=records, findings=(*sheet.findings, *found))


def _bytes_of(source: Source, limits: Limits) -> bytes:
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > limits.max_file_bytes:
        raise UnreadableError("sheets.limit.file", megabytes=size >> 20, limit=limits.max_file_bytes >> 20)
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def _open(data: bytes, name: str, limits: Limits) -> Workbook:
    extension = extension_of(name)
    kind = sniff(data[:4096], data)
    if extension in ("et", "ett", "wps"):
        kind = "et"
    if kind in _REFUSED:
        code, label = _REFUSED[kind]
        raise UnreadableError(code, kind=label)
    if kind not in _EXPECTED:
        raise UnreadableError("sheets.file.unsupported", kind=_LABELS.get(kind, kind))
    if kind == "text" and _looks_binary(data):
        raise UnreadableError("sheets.file.unsupported", kind=extension or "?")
    findings: list[Finding] = []
    if extension and extension not in _EXPECTED[kind]:
        if kind == "text" and extension not in ("xls", "xlsx"):
            raise UnreadableError("sheets.file.unsupported", kind=f".{extension[:12]}")
        real = "csv" if kind == "text" else kind
        findings.append(finding(Level.NOTE, "sheets.file.wrong_extension", {"extension": extension, "kind": real}))
    if kind == "text":
        return _open_text(data, name, limits, findings)
    return _open_spreadsheet(data, kind, limits, findings)


def _looks_binary(data: bytes) -> bool:
    """Text may hold NUL padding or be UTF-16; other control bytes in number mean a binary file."""
    head = data[:8192]
    controls = sum(1 for byte in head if byte in _CONTROLS)
    return controls > len(head) // 20 or head.count(0) > len(head) * 0.75


def _open_text(data: bytes, name: str, limits: Limits, findings: list[Finding]) -> Workbook:
    from feidi.engines.sheets.delimited import read_delimited  # noqa: PLC0415 - a spreadsheet needs no charset tables

    log = Log(findings.append, limits.findings_per_code)
    table = read_delimited(data, name, limits, log)
    grid = replace(table.grid, name=Path(name).stem or "csv")
    sheet = build_sheet(grid, limits)
    return Workbook((sheet,), tuple(findings), "csv", table.encoding, table.delimiter)


def _open_spreadsheet(data: bytes, kind: str, limits: Limits, findings: list[Finding]) -> Workbook:
    extras = _xlsx_extras(data, limits) if kind == "xlsx" else _xls_extras(data, limits)
    book = _calamine(data)
    if len(book.sheets_metadata) > limits.max_sheets:
        raise UnreadableError("sheets.limit.sheets", count=len(book.sheets_metadata), limit=limits.max_sheets)
    sheets = tuple(build_sheet(grid, limits) for grid in _grids(book, extras, limits, findings))
    return Workbook(sheets, tuple(findings), kind)


def _xlsx_extras(data: bytes, limits: Limits) -> dict[str, Extras]:
    from feidi.engines.sheets.xlsx import xlsx_extras  # noqa: PLC0415 - only for this kind

    return xlsx_extras(data, limits)


def _xls_extras(data: bytes, limits: Limits) -> dict[str, Extras]:
    from feidi.engines.sheets.xls_scan import xls_extras  # noqa: PLC0415 - only for this kind

    return xls_extras(data, limits)


def _calamine(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineError, PasswordError, load_workbook  # noqa: PLC0415 - 40 ms

    try:
        return load_workbook(BytesIO(data))
    except PasswordError as error:
        raise UnreadableError("sheets.file.encrypted", kind="") from error
    except (CalamineError, OSError, ValueError, TypeError) as error:
        raise UnreadableError("sheets.file.broken") from error
    except BaseException as error:
        raise _unless_panic(error) from error


def _unless_panic(error: BaseException) -> BaseException:
    """The reader is written in Rust; a panic there arrives as a BaseException of its own and means a broken file."""
    return UnreadableError("sheets.file.broken") if type(error).__name__ == "PanicException" else error


def _grids(
    book: CalamineWorkbook, extras: dict[str, Extras], limits: Limits, findings: list[Finding]
) -> Iterator[Grid]:
    cells = 0
    for meta in book.sheets_metadata:
        if str(meta.typ).rpartition(".")[2] != "WorkSheet":
            findings.append(finding(Level.NOTE, "sheets.sheet.not_a_table", {"name": meta.name}))
            continue
        try:
            sheet = book.get_sheet_by_name(meta.name)
            grid = _grid(sheet, _visibility(str(meta.visible)), extras.get(meta.name))
        except BaseException as error:
            if not isinstance(_unless_panic(error), UnreadableError) and not isinstance(error, Exception):
                raise
            findings.append(finding(Level.PROBLEM, "sheets.sheet.broken", {"name": meta.name}))
            continue
        cells += grid.height * grid.width
        if cells > limits.max_cells:
            raise UnreadableError("sheets.limit.cells", rows=grid.height, columns=grid.width, limit=limits.max_cells)
        yield grid


def _visibility(text: str) -> Visibility:
    last = text.rpartition(".")[2]
    return {"Hidden": Visibility.HIDDEN, "VeryHidden": Visibility.VERY_HIDDEN}.get(last, Visibility.VISIBLE)


def _grid(sheet: CalamineSheet, hidden: Visibility, extras: Extras | None) -> Grid:
    start, end = sheet.start, sheet.end
    shift = start[1] if start else 0
    height, width = (end[0] + 1, end[1] + 1) if end else (0, 0)
    merges: list[Merge] = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or []]
    extras = extras or Extras(formats_known=False)
    # A formula without a value is a blank to the reader: the table still reaches as far as the file says.
    for row, column in (*extras.uncached, *extras.errors):
        height, width = max(height, row + 1), max(width, column + 1)

    def rows() -> Iterator[list[Raw]]:
        lead: list[Raw] = [""] * shift
        last = -1
        for last, row in enumerate(sheet.iter_rows()):  # noqa: B007 - used after the loop
            yield [*lead, *row] if shift else row
        for _missing in range(last + 1, height):
            yield []

    return Grid(sheet.name, hidden, height, width, rows, tuple(merges), extras)
