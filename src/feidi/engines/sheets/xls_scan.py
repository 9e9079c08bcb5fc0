"""The second pass over an .xls file: number formats, hidden rows and columns, error values.

Reads the BIFF8 records of the workbook stream. Older streams (Excel 5/95) are left to the fast
reader, and it is said that their formats were not looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from feidi.engines.sheets.grid import Extras
from feidi.engines.sheets.model import Limits, UnreadableError
from feidi.engines.sheets.number_format import BUILT_IN, FormatMeaning, meaning_of
from feidi.engines.sheets.ole import OleFile

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x809, 0x0A, 0x2F, 0x85, 0x41E, 0xE0
_ROW, _COLINFO, _NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x208, 0x7D, 0x203, 0x27E, 0xBD, 0x06, 0x205
_BIFF8 = 0x0600
_HIDDEN_ROW = 0x20
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
Record = tuple[int, bytes]


@dataclass(slots=True)
class _Sheet:
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    styles: dict[int, list[list[int]]] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: int = 0


def xls_extras(data: bytes, limits: Limits) -> dict[str, Extras]:
    """Return what each sheet (by name) says beside its values; empty for streams older than BIFF8.

    Raises UnreadableError when the file has a password or is broken.
    """
    stream = OleFile(data).stream("Workbook", "Book")
    if stream is None:
        raise UnreadableError("sheets.file.broken")
    if len(stream) > limits.max_unpacked_bytes:
        raise UnreadableError(
            "sheets.limit.unpacked", megabytes=len(stream) >> 20, limit=limits.max_unpacked_bytes >> 20
        )
    try:
        return _extras(stream)
    except (struct.error, IndexError) as error:
        raise UnreadableError("sheets.file.broken") from error


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """Yield the records of one substream, up to its end."""
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _extras(stream: bytes) -> dict[str, Extras]:
    codes, styles, sheets = dict(BUILT_IN), [], []
    for kind, body in _records(stream, 0):
        if kind == _BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
            return {}
        if kind == _FILEPASS:
            raise UnreadableError("sheets.file.encrypted", kind="")
        if kind == _BOUNDSHEET:
            sheets.append((struct.unpack_from("<I", body)[0], _text(body[6:], wide_count=False)))
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body[2:], wide_count=True)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    formats = _meanings(codes, styles)
    return {name: _sheet_extras(_scan(stream, offset, formats), formats) for offset, name in sheets}


def _text(body: bytes, *, wide_count: bool) -> str:
    """Read a BIFF8 string: length, a flag for two-byte characters, then the characters."""
    count = struct.unpack_from("<H", body)[0] if wide_count else body[0]
    flags, chars = body[2 if wide_count else 1], body[3 if wide_count else 2 :]
    return chars[: count * 2].decode("utf-16-le", "replace") if flags & 1 else chars[:count].decode("latin-1")


def _meanings(codes: dict[int, str], styles: list[int]) -> dict[int, FormatMeaning]:
    found = {}
    for style, number in enumerate(styles):
        meaning = meaning_of(codes.get(number, ""))
        if meaning.matters or (meaning.is_date and number in range(27, 59)):
            found[style] = meaning
    return found


def _sheet_extras(sheet: _Sheet, formats: dict[int, FormatMeaning]) -> Extras:
    return Extras(
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        styles=sheet.styles,
        formats=formats,
        errors=sheet.errors,
        formulas=sheet.formulas,
    )


def _scan(stream: bytes, offset: int, formats: dict[int, FormatMeaning]) -> _Sheet:
    sheet = _Sheet()
    for kind, body in _records(stream, offset):
        if kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            _style(sheet, row, column, style, formats)
            if kind == _FORMULA:
                _formula(sheet, row, column, body)
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            for index in range((len(body) - 6) // 6):
                _style(sheet, row, first + index, struct.unpack_from("<H", body, 4 + index * 6)[0], formats)
        else:
            _other(sheet, kind, body)
    return sheet


def _other(sheet: _Sheet, kind: int, body: bytes) -> None:
    if kind == _ROW and body[12] & _HIDDEN_ROW:
        sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif kind == _COLINFO and body[8] & 1:
        first, last = struct.unpack_from("<HH", body)
        sheet.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind == _BOOLERR and body[7]:
        row, column = struct.unpack_from("<HH", body)
        sheet.errors[row, column] = _ERRORS.get(body[6], "#?")


def _formula(sheet: _Sheet, row: int, column: int, body: bytes) -> None:
    """A formula's result of FF FF is no number: 0 text, 1 yes/no, 2 error, 3 empty text."""
    sheet.formulas += 1
    if body[12:14] == b"\xff\xff" and body[6] == 2:  # noqa: PLR2004
        sheet.errors[row, column] = _ERRORS.get(body[8], "#?")


def _style(sheet: _Sheet, row: int, column: int, style: int, formats: dict[int, FormatMeaning]) -> None:
    if style not in formats:
        return
    runs = sheet.styles.setdefault(column, [])
    if runs and runs[-1][2] == style and runs[-1][1] == row - 1:
        runs[-1][1] = row
    else:
        runs.append([row, row, style])
