"""A cell in its column read as an amount, a date or an area: what the number format says counts too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from feidi.engines.findings import Finding, Level
from feidi.engines.money import MoneyText
from feidi.engines.sheets.date_text import DateText, parse_date_text
from feidi.engines.sheets.model import Cell, Column, finding
from feidi.engines.sheets.money_text import parse_money
from feidi.engines.sheets.quantities import Area, parse_area


def unit_of(cell: Cell, column: Column) -> str | None:
    """Return the unit of a bare number: the cell's number format speaks before the header.

    >>> from feidi.engines.sheets.model import ColumnType
    >>> unit_of(Cell("500", 500, unit="元"), Column("投资", "万元", ColumnType.NUMBER, False, 0, "A"))
    '元'
    """
    return cell.unit if cell.unit is not None else column.unit


def cell_money(
    cell: Cell, column: Column, *, unit_hint: str | None = None, currency_hint: str | None = None
) -> tuple[MoneyText, tuple[Finding, ...]]:
    """Read a cell as an amount; ``unit_hint`` is used when neither format nor header has a unit."""
    if not cell.reliable:
        return MoneyText(text=cell.text), _unreliable(cell)
    source = cell.value if isinstance(cell.value, (int, Decimal)) and not isinstance(cell.value, bool) else cell.text
    unit = unit_of(cell, column)
    return parse_money(source, unit_hint=unit if unit is not None else unit_hint, currency_hint=currency_hint)


def cell_date(cell: Cell) -> tuple[DateText, tuple[Finding, ...]]:
    """Read a cell as a date with the precision that its number format shows."""
    if not cell.reliable:
        return DateText(cell.text), _unreliable(cell)
    number = isinstance(cell.value, (int, Decimal, date)) and not isinstance(cell.value, bool)
    return parse_date_text(cell.value if number else cell.text, precision=cell.precision)  # type: ignore[arg-type]


def cell_area(cell: Cell, column: Column) -> tuple[Area, tuple[Finding, ...]]:
    """Read a cell as an area in square metres."""
    if not cell.reliable:
        return Area(cell.text), _unreliable(cell)
    source = cell.value if isinstance(cell.value, (int, Decimal)) and not isinstance(cell.value, bool) else cell.text
    return parse_area(source, unit_hint=unit_of(cell, column))


def _unreliable(cell: Cell) -> tuple[Finding, ...]:
    return (finding(Level.PROBLEM, "sheets.cell.unreliable", {"text": cell.text[:80]}),)
