"""What reading a ledger gives: a workbook of sheets, a sheet of columns and records, a record of cells.

All values are frozen. Row numbers are 1-based, as the user sees them in the sheet. ``Sheet.records``
is lazy: rows are typed while they are iterated, so that 100,000 rows need not be held at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from feidi.engines.findings import Finding, Level, Scalar

Value = str | int | Decimal | date | datetime | time | bool | None
Reporter = Callable[[Finding], None]


class Visibility(StrEnum):
    """Whether a user sees the sheet; ``very_hidden`` can only be shown again by a macro editor."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


class ColumnType(StrEnum):
    """What the first rows of a column hold; only a description, nothing is converted by it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    MIXED = "mixed"
    EMPTY = "empty"


class RecordKind(StrEnum):
    """``continuation``: the key columns are blank and the row seems to go on with the row above."""

    DATA = "data"
    CONTINUATION = "continuation"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, its typed value, and what the text alone does not say.

    ``unit``: unit of ``value`` told by the number format (``0"万元"``), else None.
    ``number_format``: only where it carries meaning (a unit, a scale, a date without day).
    ``precision``: ``day`` | ``month`` | ``year`` for a date whose format shows no more.
    ``reliable`` False: digits were lost before we saw them (an 18-digit code stored as a number):
    show the text, never use it. ``filled``: repeated from a merged cell above; do not add it twice.
    """

    text: str
    value: Value = None
    unit: str | None = None
    number_format: str | None = None
    precision: str | None = None
    reliable: bool = True
    filled: bool = False

    @property
    def blank(self) -> bool:
        """True when the cell holds nothing."""
        return not self.text


BLANK = Cell(text="")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``index`` is 0-based, ``letter`` is what the user sees; ``header`` the text as written.

    ``name`` is unique within its sheet and free of unit, ``*`` and line breaks.
    """

    name: str
    unit: str | None
    type: ColumnType
    required: bool
    index: int
    letter: str
    header: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the table: ``values[i]`` belongs to ``sheet.columns[i]``; ``row`` is 1-based.

    ``continues``: the row that a continuation row seems to go on with.
    """

    row: int
    values: tuple[Cell, ...]
    hidden: bool = False
    kind: RecordKind = RecordKind.DATA
    continues: int | None = None

    def texts(self) -> tuple[str, ...]:
        """Return the text of each cell, in the order of the columns."""
        return tuple(cell.text for cell in self.values)


def _no_records(_report: Reporter) -> Iterator[Record]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Records(Iterable[Record]):
    """The records of a sheet, read anew on each iteration."""

    source: Callable[[Reporter], Iterator[Record]] = _no_records

    def __iter__(self) -> Iterator[Record]:  # type: ignore[explicit-override]
        return self.source(_ignore)

    def iterate(self, report: Reporter) -> Iterator[Record]:
        """Yield records; call ``report`` with each finding about rows and cells as it is met."""
        return self.source(report)


def _ignore(_finding: Finding) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. ``row_count`` counts the rows below the header, including those later skipped.

    ``findings`` holds what is known after opening (header, hidden parts, formats); findings about
    single rows come with iteration (``iter_records(report)``), or all at once from ``read_workbook``.
    ``default_unit``: "单位：万元" above the table; it is reported, not applied.
    """

    name: str
    hidden: Visibility
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    records: Records | tuple[Record, ...]
    row_count: int
    findings: tuple[Finding, ...] = ()
    titles: tuple[str, ...] = ()
    default_unit: str | None = None

    def iter_records(self, report: Reporter | None = None) -> Iterator[Record]:
        """Yield the records in order. ``report`` receives the findings about rows and cells."""
        if isinstance(self.records, Records):
            return self.records.iterate(report or _ignore)
        return iter(self.records)

    def column(self, name: str) -> Column | None:
        """Return the column of that exact name, or None."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read. A fatal finding means that ``sheets`` is empty and says why."""

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()
    kind: str = ""
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def fatal(self) -> Finding | None:
        """The finding that stopped the reading, or None."""
        return next((finding for finding in self.findings if finding.level is Level.FATAL), None)

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that exact name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask for. Sizes in bytes; ``max_cells`` bounds rows x columns of the file."""

    max_file_bytes: int = 100 * 1024 * 1024
    max_unpacked_bytes: int = 1024 * 1024 * 1024
    max_ratio: int = 300
    max_entries: int = 2_000
    max_rows: int = 300_000
    max_columns: int = 512
    max_cells: int = 12_000_000
    max_sheets: int = 100
    max_cell_chars: int = 32_767
    header_scan_rows: int = 40
    findings_per_code: int = 200


DEFAULT_LIMITS = Limits()


def finding(
    level: Level,
    code: str,
    params: Mapping[str, Scalar] | None = None,
    *,
    row: int | None = None,
    column: str | None = None,
) -> Finding:
    """Build one finding; the short form used by every module here."""
    return Finding(level=level, code=code, params=params or {}, row=row, column=column)


@dataclass(slots=True)
class Log:
    """Collects findings, keeps the first ``cap`` of each code, and counts the others."""

    sink: Reporter
    cap: int
    _seen: dict[str, int] = field(default_factory=dict)

    def put(
        self,
        level: Level,
        code: str,
        params: Mapping[str, Scalar],
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        """Pass one finding on, unless its code has been seen ``cap`` times."""
        count = self._seen.get(code, 0) + 1
        self._seen[code] = count
        if count <= self.cap:
            self.sink(finding(level, code, params, row=row, column=column))

    def note(self, code: str, *, row: int | None = None, column: str | None = None, **params: Scalar) -> None:
        """Add a note: something was repaired or left out, as told."""
        self.put(Level.NOTE, code, params, row=row, column=column)

    def problem(self, code: str, *, row: int | None = None, column: str | None = None, **params: Scalar) -> None:
        """Add a problem: a person must look."""
        self.put(Level.PROBLEM, code, params, row=row, column=column)

    def close(self) -> None:
        """Say how many findings of each code were not listed one by one."""
        for code, count in self._seen.items():
            if count > self.cap:
                self.sink(finding(Level.NOTE, "sheets.findings.more", {"code": code, "more": count - self.cap}))


class UnreadableError(Exception):
    """A file that cannot or must not be read; carries the one fatal finding."""

    def __init__(self, code: str, **params: Scalar) -> None:
        super().__init__(code)
        self.finding = finding(Level.FATAL, code, params)


def column_letter(index: int) -> str:
    """Name a 0-based column as a spreadsheet does.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
