"""Reading .csv and .tsv text: the separator, quoted line breaks, stray quotes, ragged rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feidi.engines.sheets.charsets import Decoded, decode
from feidi.engines.sheets.grid import Grid, Raw
from feidi.engines.sheets.model import Limits, Log, UnreadableError, Visibility
from feidi.engines.sheets.safe_text import plain_cell_text

_DELIMITERS = (",", "\t", ";", "|")
_SNIFF_LINES = 60
#: A quoted cell with more line breaks than this is a stray quote that swallowed the table.
_MAX_QUOTED_LINES = 200


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file as a grid, with how it was read."""

    grid: Grid
    encoding: str
    delimiter: str


def read_delimited(data: bytes, name: str, limits: Limits, log: Log) -> TextTable:
    """Decode and split a text file. Raises UnreadableError beyond the limits."""
    decoded = decode(data)
    _report_decoding(decoded, log)
    lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    delimiter = sniff_delimiter(lines)
    if delimiter is None:
        delimiter = "\t" if name.lower().endswith(("tsv", "tab")) else ","
    height, width = _measure(lines, delimiter, limits, log)

    def rows() -> Iterator[list[Raw]]:
        for row in split_rows(lines, delimiter):
            yield [plain_cell_text(cell) if cell[:1] == "'" else cell for cell in row.cells]

    return TextTable(Grid("", Visibility.VISIBLE, height, width, rows, is_text=True), decoded.encoding, delimiter)


def _report_decoding(decoded: Decoded, log: Log) -> None:
    if decoded.nuls:
        log.note("sheets.text.nuls", count=decoded.nuls)
    for number in decoded.bad_lines:
        log.problem("sheets.text.bad_bytes", line=number, encoding=decoded.encoding)
    if not decoded.sure:
        log.problem("sheets.text.encoding_unsure", encoding=decoded.encoding)


def _measure(lines: Sequence[str], delimiter: str, limits: Limits, log: Log) -> tuple[int, int]:
    """Go through the file once: its size, and what had to be repaired."""
    height = width = 0
    widths: dict[int, int] = {}
    for row in split_rows(lines, delimiter):
        height += 1
        count = len(row.cells)
        width = max(width, count)
        widths[count] = widths.get(count, 0) + 1
        if row.stray_quote:
            log.problem("sheets.text.stray_quote", row=height)
        if height > limits.max_rows:
            raise UnreadableError("sheets.limit.rows", rows=len(lines), limit=limits.max_rows)
        if width > limits.max_columns:
            raise UnreadableError("sheets.limit.columns", columns=width, limit=limits.max_columns)
    if height * width > limits.max_cells:
        raise UnreadableError("sheets.limit.cells", rows=height, columns=width, limit=limits.max_cells)
    return height, width


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row; ``stray_quote``: a quote that is never closed was read as a plain sign."""

    cells: list[str]
    stray_quote: bool = False


def split_rows(lines: Sequence[str], delimiter: str) -> Iterator[TextRow]:
    r"""Split lines into rows; one row may take several lines inside quotes. Never raises.

    >>> [row.cells for row in split_rows(['a,"b', 'c"', 'd,"e'], ",")]
    [['a', 'b\nc'], ['d', '"e']]
    """
    at = 0
    while at < len(lines):
        line = lines[at]
        if '"' not in line:
            yield TextRow(line.split(delimiter) if line else [""])
            at += 1
            continue
        cells, used = _quoted(lines, at, delimiter)
        if cells is None:
            yield TextRow(line.split(delimiter), stray_quote=True)
            at += 1
        else:
            yield TextRow(cells)
            at += used


def _quoted(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """Read one row that has quotes; None when they never close within reach."""
    end = min(len(lines), at + _MAX_QUOTED_LINES)
    text = lines[at]
    for used in range(1, end - at + 1):
        try:
            # strict: an unclosed quote at the end of the text is an error, so that we know to read on.
            rows = list(csv.reader([text], delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end of data" not in str(error):
                return _lenient(text, delimiter), used
            if at + used >= end:
                return None, 1
            text += "\n" + lines[at + used]
            continue
        return (rows[0] if rows else [""]), used
    return None, 1


def _lenient(text: str, delimiter: str) -> list[str] | None:
    """A quote inside or after a quoted cell (``"a"b,c``): read as spreadsheets do, not strictly."""
    try:
        rows = list(csv.reader([text], delimiter=delimiter))
    except csv.Error:
        return None
    return rows[0] if rows else [""]


def sniff_delimiter(lines: Sequence[str]) -> str | None:
    """Find the sign that cuts most lines into the same number of cells; None when no sign occurs.

    >>> sniff_delimiter(["a;b,5;c", "1;2,5;3"]), sniff_delimiter(["只有一列"])
    (';', None)
    """
    sample = [line for line in lines[:_SNIFF_LINES] if line.strip()]
    best, best_score = None, 0.0
    for delimiter in _DELIMITERS:
        counts = [len(row.cells) for row in split_rows(sample, delimiter)]
        wide = [count for count in counts if count > 1]
        if not wide:
            continue
        common = max(set(wide), key=wide.count)
        score = wide.count(common) / len(counts) + min(common, 20) / 100
        if score > best_score:
            best, best_score = delimiter, score
    return best
