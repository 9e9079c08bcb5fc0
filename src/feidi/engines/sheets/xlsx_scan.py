"""A quick pass over a worksheet's XML for what the fast reader drops or must be spared.

Regular expressions over large chunks, no tree: a sheet of 100,000 x 44 cells unpacks to some 200 MB.
It finds the true extent (the declared dimension may lie), hidden rows and columns, number formats
that carry a unit, formulas without a stored result, and error values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from feidi.engines.sheets.model import Limits, UnreadableError

_MAX_CARRY = 16 * 1024 * 1024


@dataclass(slots=True)
class SheetScan:
    """Positions are 0-based (row, column). ``styles[column]``: runs [first row, last row, style]."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    formulas: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    styles: dict[int, list[list[int]]] = field(default_factory=dict)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    cell_tags: tuple[bytes, ...]
    quick_ref: re.Pattern[bytes]
    row_tag: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    hidden_column: re.Pattern[bytes]
    any_cell: re.Pattern[bytes]
    formula_tag: bytes
    row_start: bytes


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    return _Patterns(
        cell_tags=(b"<" + prefix + b"c ", b"<" + prefix + b"c>", b"<" + prefix + b"c/"),
        quick_ref=re.compile(b"<" + p + rb'c r="([A-Z]{1,3})(\d{1,7})"'),
        row_tag=re.compile(b"<" + p + rb"row\b([^>]*)>"),
        error=re.compile(b"<" + p + rb"c\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</" + p + rb"c>).)*?<" + p + rb"v>([^<]*)<", re.DOTALL),
        formula=re.compile(
            b"<" + p + rb"c\b([^>]*)>\s*<" + p + rb"f\b(?:[^>]*/>|[^>]*>[^<]*</" + p + rb"f>)\s*"
            rb"(<" + p + rb"v\s*/>|<" + p + rb"v>\s*</" + p + rb"v>)?\s*</" + p + rb"c>"
        ),
        hidden_column=re.compile(b"<" + p + rb"col\b([^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*)>"),
        any_cell=re.compile(b"<" + p + rb"c\b([^>]*)>"),
        formula_tag=b"<" + prefix + b"f",
        row_start=b"<" + prefix + b"row",
    )  # fmt: skip


_REF = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]*)\$?(\d*)\s*["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d+)["']""")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["'](\d+)["']""")
_PREFIX = re.compile(rb"<(\w+:)?worksheet\b")
_TEXT_TYPE = re.compile(rb"""\bt\s*=\s*["'](?:str|s|inlineStr)["']""")


def scan_sheet(chunks: Iterator[bytes], interesting: frozenset[int], limits: Limits) -> SheetScan:
    """Scan one worksheet. Raises UnreadableError when the sheet is larger than the limits allow."""
    scan = SheetScan()
    patterns: _Patterns | None = None
    styles: _StylePatterns | None = None
    for block in _blocks(chunks):
        text = _as_utf8(block)
        if patterns is None:
            prefix = _PREFIX.search(text)
            patterns = _patterns((prefix[1] or b"") if prefix else b"")
            styles = _style_patterns((prefix[1] or b"") if prefix else b"", interesting)
        _scan_block(text, patterns, styles, scan, limits)
    if scan.rows * scan.columns > limits.max_cells or scan.cells > limits.max_cells:
        raise UnreadableError("sheets.limit.cells", rows=scan.rows, columns=scan.columns, limit=limits.max_cells)
    return scan


@dataclass(frozen=True, slots=True)
class _StylePatterns:
    """``quick`` takes the usual order of attributes in one go, ``any`` takes every order."""

    quick: re.Pattern[bytes]
    any: re.Pattern[bytes]


def _style_patterns(prefix: bytes, interesting: frozenset[int]) -> _StylePatterns | None:
    if not interesting:
        return None
    numbers = b"|".join(str(number).encode() for number in sorted(interesting))
    start = b"<" + re.escape(prefix)
    # A cell without content (<c .../>) is left out: an empty cell has no meaning to report.
    return _StylePatterns(
        re.compile(start + rb'c r="([A-Z]{1,3})(\d{1,7})"[^>]*? s="(' + numbers + rb')"(?:[^>]*[^/>])?>'),
        re.compile(start + rb"c\b([^>]*?\bs=[\"'](?:" + numbers + rb")[\"'](?:[^>]*[^/>])?)>"),
    )


def _as_utf8(block: bytes) -> bytes:
    """Bring a UTF-16 part to one byte per sign: every sign we look for is ASCII."""
    return block.replace(b"\x00", b"") if b"\x00" in block[:64] else block


def _blocks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Re-cut chunks so that no cell is split between two blocks."""
    carry = b""
    for chunk in chunks:
        data = carry + chunk
        cut = _cut(data)
        if not cut:
            if len(data) > _MAX_CARRY:
                raise UnreadableError("sheets.file.broken")
            carry = data
            continue
        carry = data[cut:]
        yield data[:cut]
    if carry:
        yield carry


def _cut(data: bytes) -> int:
    for end in (b"</row>", b"</c>", b":c>", b'"/>'):
        place = data.rfind(end)
        if place >= 0:
            return place + len(end)
    return 0


def _scan_block(
    text: bytes, patterns: _Patterns, styles: _StylePatterns | None, scan: SheetScan, limits: Limits
) -> None:
    usual = _extent(text, patterns, scan, limits)
    if b"hidden" in text:
        _hidden(text, patterns, scan)
    if styles is not None:
        _styles(text, styles, scan, usual=usual)
    if b't="e"' in text or b"t='e'" in text:
        for match in patterns.error.finditer(text):
            place = _place(match[1])
            if place:
                scan.errors[place] = match[2].decode("ascii", "replace")[:20]
    if patterns.formula_tag in text:
        _formulas(text, patterns, scan)


def _extent(text: bytes, patterns: _Patterns, scan: SheetScan, limits: Limits) -> bool:
    """Take the extent of one block; tell whether its cells are written in the usual way."""
    tags = sum(text.count(tag) for tag in patterns.cell_tags)
    refs = patterns.quick_ref.findall(text)
    scan.cells += tags
    usual = len(refs) == tags
    if not usual:
        refs = _slow_refs(text, patterns, scan)
    if scan.cells > limits.max_cells:
        raise UnreadableError("sheets.limit.cells", rows=scan.rows, columns=scan.columns, limit=limits.max_cells)
    if not refs:
        return usual
    letters = {ref[0] for ref in refs}
    scan.columns = max(scan.columns, *(_column_number(item) for item in letters))
    scan.rows = max(scan.rows, *(int(item[:12]) for item in {ref[1] for ref in refs} | {b"0"}))
    _check_extent(scan, limits)
    return usual


def _check_extent(scan: SheetScan, limits: Limits) -> None:
    if scan.columns > limits.max_columns:
        raise UnreadableError("sheets.limit.columns", columns=min(scan.columns, 10**9), limit=limits.max_columns)
    if scan.rows > limits.max_rows:
        raise UnreadableError("sheets.limit.rows", rows=min(scan.rows, 10**12), limit=limits.max_rows)


def _slow_refs(text: bytes, patterns: _Patterns, scan: SheetScan) -> list[tuple[bytes, bytes]]:
    """Read references in any spelling; cells without one are placed by counting, as readers do."""
    refs: list[tuple[bytes, bytes]] = []
    for segment in text.split(patterns.row_start):
        unplaced, furthest = 0, 0
        for match in patterns.any_cell.finditer(segment):
            ref = _REF.search(match[1])
            if ref and ref[2]:
                refs.append((ref[1] or b"A", ref[2]))
                furthest = max(furthest, _column_number(ref[1] or b"A"))
            else:
                unplaced += 1
        if unplaced:
            scan.unplaced = True
            scan.columns = max(scan.columns, unplaced + furthest)
    scan.rows += text.count(patterns.row_start) if scan.unplaced else 0
    return refs or ([(b"A", b"1")] if scan.unplaced else [])


@lru_cache(maxsize=4096)
def _column_number(letters: bytes) -> int:
    """Return the 1-based number of a column; absurd names give an absurd number, never an error."""
    number = 0
    for code in letters[:8].upper():
        number = number * 26 + code - 64
    return number


def _place(attributes: bytes) -> tuple[int, int] | None:
    ref = _REF.search(attributes)
    if not ref or not ref[1] or not ref[2]:
        return None
    return int(ref[2][:12]) - 1, _column_number(ref[1]) - 1


def _hidden(text: bytes, patterns: _Patterns, scan: SheetScan) -> None:
    for match in patterns.row_tag.finditer(text):
        number = _ROW_NUMBER.search(match[1])
        if number and _HIDDEN.search(match[1]):
            scan.hidden_rows.add(int(number[1][:12]) - 1)
    for match in patterns.hidden_column.finditer(text):
        span = {key: int(value[:6]) for key, value in _SPAN.findall(match[1])}
        first, last = span.get(b"min", 1), min(span.get(b"max", 0), 16384)
        scan.hidden_columns.update(range(first - 1, last))


def _styles(text: bytes, styles: _StylePatterns, scan: SheetScan, *, usual: bool) -> None:
    if usual:
        for letters, row, style in styles.quick.findall(text):
            _add_style(int(row) - 1, _column_number(letters) - 1, int(style), scan)
        return
    for match in styles.any.finditer(text):
        place, number = _place(match[1]), _STYLE.search(match[1])
        if place and number:
            _add_style(*place, int(number[1]), scan)


def _add_style(row: int, column: int, style: int, scan: SheetScan) -> None:
    runs = scan.styles.setdefault(column, [])
    if runs and runs[-1][2] == style and runs[-1][1] == row - 1:
        runs[-1][1] = row
    else:
        runs.append([row, row, style])


def _formulas(text: bytes, patterns: _Patterns, scan: SheetScan) -> None:
    scan.formulas += text.count(patterns.formula_tag + b">") + text.count(patterns.formula_tag + b" ")
    for match in patterns.formula.finditer(text):
        # t="str" with an empty <v> is a formula whose result is the empty text: that is an answer.
        if match[2] is not None and _TEXT_TYPE.search(match[1]):
            continue
        place = _place(match[1])
        if place:
            scan.uncached.add(place)
