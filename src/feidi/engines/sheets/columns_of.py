"""From the header block to columns: joined names, units, required marks, duplicates, types of the first rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from feidi.engines.sheets.folding import fold
from feidi.engines.sheets.grid import Grid, Raw, is_blank
from feidi.engines.sheets.header import HeaderBlock
from feidi.engines.sheets.model import Column, ColumnType, Log, column_letter
from feidi.engines.sheets.units import HeaderText, as_unit, read_header

_PLAIN_NUMBER = re.compile(r"^[-+]?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?%?$")
_PLAIN_DATE = re.compile(r"^(?:19|20)\d\d(?:[-/.年]\d{1,2}){1,2}[月日]?(?:\s.*)?$")


def make_columns(grid: Grid, block: HeaderBlock, sample: Sequence[Sequence[Raw]], log: Log) -> tuple[Column, ...]:
    """Build the columns of a table; report blank, double and hidden ones. Trailing unnamed empty ones are left out."""
    width = _used_width(block, sample)
    names: dict[str, int] = {}
    columns = []
    for index in range(width):
        header = join_parts(block.parts[index])
        kind = column_type([row[index] for row in sample if index < len(row)])
        name = _unique(header, index, names, log, empty=kind is ColumnType.EMPTY)
        hidden = index in grid.extras.hidden_columns
        if hidden:
            log.note("sheets.column.hidden", column=name, letter=column_letter(index))
        columns.append(
            Column(name, header.unit, kind, header.required, index, column_letter(index), header.text, hidden)
        )
    return tuple(columns)


def join_parts(parts: Sequence[str]) -> HeaderText:
    """Join the names over a column; a part that is only a unit becomes the unit; a child inherits it.

    >>> join_parts(("投资方", "名称")).name, join_parts(("计划总投资（万元）", "其中：固定资产"))
    ('投资方-名称', HeaderText(name='计划总投资-其中:固定资产', unit='万元', required=False, text='计划总投资（万元）-其中：固定资产'))
    """
    read = [read_header(part) for part in parts if part and not as_unit(part.strip("()（） \n"))]
    alone = [as_unit(part.strip("()（） \n")) for part in parts]
    units = [header.unit for header in read if header.unit] + [unit for unit in alone if unit]
    if not read:
        text = "".join(parts)
        return HeaderText(fold(text), None, required=False, text=text)
    return HeaderText(
        name="-".join(header.name for header in read if header.name),
        unit=units[-1] if units else None,
        required=any(header.required for header in read),
        text="-".join(part.replace("\n", "") for part in parts),
    )


def _used_width(block: HeaderBlock, sample: Sequence[Sequence[Raw]]) -> int:
    named = [index for index, parts in enumerate(block.parts) if parts]
    filled = [index for row in sample for index, value in enumerate(row) if not is_blank(value)]
    return min(len(block.parts), max([*named, *filled], default=-1) + 1)


def _unique(header: HeaderText, index: int, names: dict[str, int], log: Log, *, empty: bool) -> str:
    letter = column_letter(index)
    name = header.name
    if not name:
        name = f"列{letter}"
        if not empty:
            log.problem("sheets.header.blank", column=name, called=name, letter=letter)
    count = names.get(name, 0) + 1
    names[name] = count
    if count == 1:
        return name
    log.problem("sheets.header.duplicate", column=name, name=name, letter=letter, count=count)
    return _unique_name(name, count, names)


def _unique_name(name: str, count: int, names: dict[str, int]) -> str:
    while f"{name} ({count})" in names:
        count += 1
    names[f"{name} ({count})"] = 1
    return f"{name} ({count})"


def column_type(values: Sequence[Raw]) -> ColumnType:
    """Describe what a column's first values are.

    >>> column_type(["1,200", "3"]).value, column_type(["007", "x"]).value, column_type([1.0, "待定"]).value
    ('number', 'text', 'mixed')
    """
    kinds = {_kind(value) for value in values if not is_blank(value)}
    if not kinds:
        return ColumnType.EMPTY
    return kinds.pop() if len(kinds) == 1 else ColumnType.MIXED


def _kind(value: Raw) -> ColumnType:
    if isinstance(value, bool):
        return ColumnType.BOOL
    if isinstance(value, (int, float)):
        return ColumnType.NUMBER
    if isinstance(value, date):
        return ColumnType.DATE
    text = fold(str(value))
    if _PLAIN_NUMBER.match(text):
        return ColumnType.NUMBER
    return ColumnType.DATE if _PLAIN_DATE.match(text) else ColumnType.TEXT
