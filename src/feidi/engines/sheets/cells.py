"""From a raw value to a ``Cell``: the text as the user reads it, the typed value, the format's meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from feidi.engines.sheets.folding import one_line
from feidi.engines.sheets.grid import Raw
from feidi.engines.sheets.model import BLANK, Cell
from feidi.engines.sheets.number_format import FormatMeaning
from feidi.engines.sheets.safe_text import is_formula_like

#: From here on a double no longer holds every digit that Excel let the user type.
_LOST_DIGITS_FROM = 1e15
_MEMO_LIMIT = 100_000
#: Longer texts seldom repeat.
_MEMO_CHARS = 64


def plain_number(value: float) -> int | Decimal:
    """Return a double as the user typed it: whole numbers as int, others with at most 15 digits.

    >>> plain_number(500.0), plain_number(0.1 + 0.2), plain_number(1234.5600000000001)
    (500, Decimal('0.3'), Decimal('1234.56'))
    """
    if value == int(value):
        return int(value)
    return Decimal(format(value, ".15g"))


def number_text(value: int | Decimal) -> str:
    """Write a number without exponent.

    >>> number_text(Decimal("1E-7")), number_text(12)
    ('0.0000001', '12')
    """
    return str(value) if isinstance(value, int) else format(value, "f")


def make_cell(raw: Raw, *, max_chars: int) -> Cell:
    """Turn one raw value into a cell. Text keeps its inner line breaks; outer spaces go."""
    if isinstance(raw, str):
        text = raw.replace("\x00", "").strip()[:max_chars]
        return Cell(text, text) if text else BLANK
    if isinstance(raw, bool):
        return Cell("TRUE" if raw else "FALSE", raw)
    if isinstance(raw, (int, float)):
        return _number_cell(raw)
    return _time_cell(raw)


def shown(values: Sequence[Raw], max_chars: int = 80) -> str:
    """Write the filled cells of a row on one line, for a remark about it.

    >>> shown(["小计", "", 1700.0])
    '小计   1700'
    """
    texts = (one_line(make_cell(value, max_chars=max_chars).text) for value in values)
    return "   ".join(text for text in texts if text)[:max_chars]


def _number_cell(raw: float) -> Cell:
    if raw != raw or raw in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
        return Cell(str(raw), None, reliable=False)
    if abs(raw) >= _LOST_DIGITS_FROM:
        # repr, not int(): the digits after the 17th would be made up.
        text = format(Decimal(repr(raw)), "f").removesuffix(".0")
        return Cell(text, text, reliable=False)
    value = plain_number(float(raw))
    return Cell(number_text(value), value)


def _time_cell(raw: date | datetime | time | timedelta) -> Cell:
    if isinstance(raw, timedelta):
        return Cell(str(raw), str(raw))
    if isinstance(raw, time):
        return Cell(raw.isoformat(), raw)
    if isinstance(raw, datetime) and raw.time() == time(0):
        return Cell(raw.date().isoformat(), raw.date())
    return Cell(raw.isoformat(sep=" ", timespec="seconds") if isinstance(raw, datetime) else raw.isoformat(), raw)


def with_meaning(cell: Cell, meaning: FormatMeaning) -> Cell:
    """Add what the number format says: a unit to a number, a coarser precision to a date.

    >>> from feidi.engines.sheets.number_format import meaning_of
    >>> with_meaning(Cell("500", 500), meaning_of('0"万元"')).unit
    '万元'
    >>> with_meaning(Cell("2023-05-01", date(2023, 5, 1)), meaning_of('yyyy"年"m"月"')).text
    '2023-05'
    """
    value = cell.value
    if isinstance(value, date):
        return _with_date_meaning(cell, value, meaning)
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return replace(
            cell, unit=meaning.unit, number_format=meaning.code, reliable=cell.reliable and not meaning.unclear
        )
    return cell


def _with_date_meaning(cell: Cell, value: date, meaning: FormatMeaning) -> Cell:
    if meaning.precision == "month":
        return replace(cell, text=f"{value:%Y-%m}", number_format=meaning.code, precision="month")
    if meaning.precision == "year":
        return replace(cell, text=f"{value:%Y}", number_format=meaning.code, precision="year")
    return replace(cell, number_format=meaning.code) if meaning.year_hidden else cell


class CellMaker:
    """Makes cells and shares equal ones: a ledger repeats its words, and a frozen cell may be shared."""

    __slots__ = ("_dates", "_max_chars", "_meant", "_numbers", "_texts", "formula_like")

    def __init__(self, max_chars: int) -> None:
        self._max_chars = max_chars
        #: Texts met since last asked that a spreadsheet might run; the reader reports and clears them.
        self.formula_like: list[str] = []
        self._texts: dict[str, Cell] = {"": BLANK}
        self._numbers: dict[float, Cell] = {}
        self._dates: dict[date, Cell] = {}
        self._meant: dict[tuple[str, str, type], Cell] = {}

    def row(self, raw: Sequence[Raw]) -> list[Cell]:
        """Return the cells of one row. The hot loop: 4.4 million cells in a sheet of 100,000 x 44."""
        texts, numbers = self._texts, self._numbers
        return [
            (texts.get(value) or self._text(value))
            if isinstance(value, str)
            else (numbers.get(value) or self._number(value))
            if isinstance(value, float)
            else self._other(value)
            for value in raw
        ]

    def meant(self, cell: Cell, meaning: FormatMeaning) -> Cell:
        """Return the cell with its format's meaning; shared like the others."""
        # The class too: the text "500" and the number 500 read alike, but only one is meant by a format.
        key = (meaning.code, cell.text, cell.value.__class__)
        found = self._meant.get(key)
        if found is None:
            found = with_meaning(cell, meaning)
            if len(self._meant) < _MEMO_LIMIT:
                self._meant[key] = found
        return found

    def _text(self, raw: str) -> Cell:
        cell = make_cell(raw, max_chars=self._max_chars)
        if is_formula_like(cell.text):
            self.formula_like.append(cell.text)
        if len(self._texts) < _MEMO_LIMIT and len(raw) < _MEMO_CHARS:
            self._texts[raw] = cell
        return cell

    def _other(self, raw: Raw) -> Cell:
        # Plain dates only: a datetime of midnight equals no date, and True would equal 1.
        if raw.__class__ is not date:
            return make_cell(raw, max_chars=self._max_chars)
        found = self._dates.get(raw)
        if found is None:
            found = make_cell(raw, max_chars=self._max_chars)
            self._dates[raw] = found
        return found

    def _number(self, raw: float) -> Cell:
        cell = make_cell(raw, max_chars=self._max_chars)
        if len(self._numbers) < _MEMO_LIMIT:
            self._numbers[raw] = cell
        return cell
