"""What goes into a form, and what of it is new since the previous issue."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from feidi.engines.findings import Finding, Level, Scalar
from feidi.kernel.documents.office.binding import Binding, TargetKind
from feidi.kernel.documents.office.chat_text import pace_words
from feidi.kernel.documents.office.figures import IssuedFigure

CellValue = str | int | float | Decimal | date | None
FormValue = CellValue | IssuedFigure
Row = Mapping[str, FormValue]

_SHOWN: Final = 60
#: A cell that names what goes behind it: 填报单位（盖章）：, 填报日期：　　年　月　日.
_LABEL: Final = re.compile(r"(.*[：:])([\s　_＿年月日/.—-]*)", re.DOTALL)
#: The unit of 快/慢: said in words, never with a sign.
_PACE: Final = "个百分点"
#: The column of a list that counts its rows: ``projects.#``.
SERIAL: Final = "#"


@dataclass(frozen=True, slots=True)
class FormValues:
    """What goes into a form: figures (or words, days) by code, lists of rows by name."""

    figures: Mapping[str, FormValue] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A place whose value is new or other than in the previous issue."""

    place: str
    source: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled form, what is to be said about it, and what changed since the previous issue."""

    data: bytes
    findings: tuple[Finding, ...]
    changed: tuple[Change, ...]


@dataclass(slots=True)
class Notes:
    """Collects findings and changes while a form is filled."""

    findings: list[Finding] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)

    def note(self, code: str, **params: Scalar) -> None:
        """Say something that is done anyway."""
        self.findings.append(Finding(Level.NOTE, code, params))

    def problem(self, code: str, **params: Scalar) -> None:
        """Say something that a person must look at."""
        self.findings.append(Finding(Level.PROBLEM, code, params))


@dataclass(frozen=True, slots=True)
class Entry:
    """One value on its way to one cell. ``row_offset`` counts down a list; ``new`` is printed red."""

    binding: Binding
    value: FormValue
    new: bool
    row_offset: int = 0


def entries_of(binding: Binding, values: FormValues, previous: FormValues | None) -> list[Entry]:
    """Return what goes into a binding's cells; a source that was not given gives nothing."""
    if binding.kind is not TargetKind.COLUMN:
        if binding.source not in values.figures:
            return []
        value = values.figures[binding.source]
        before = previous.figures.get(binding.source) if previous is not None else value
        return [Entry(binding, value, previous is not None and _differs(value, before))]
    name, _, column = binding.source.rpartition(".")
    rows = values.lists.get(name, ())
    if column == SERIAL:
        return [Entry(binding, offset + 1, new=False, row_offset=offset) for offset in range(len(rows))]
    known = _rows_before(previous, name, binding.options.key) if previous is not None else None
    return [
        Entry(binding, row.get(column), _is_new(row, column, binding.options.key, known), offset)
        for offset, row in enumerate(rows)
    ]


def _rows_before(previous: FormValues, name: str, key: str) -> dict[object, list[Row]]:
    """Group the previous rows by their key; without a key, by all they say."""
    found: dict[object, list[Row]] = {}
    for row in previous.lists.get(name, ()):
        found.setdefault(_key_of(row, key), []).append(row)
    return found


def _key_of(row: Row, key: str) -> object:
    return shown(row.get(key)) if key else tuple(sorted((name, shown(value)) for name, value in row.items()))


def _is_new(row: Row, column: str, key: str, known: dict[object, list[Row]] | None) -> bool:
    if known is None:
        return False
    before = known.get(_key_of(row, key), [])
    return not before or all(_differs(row.get(column), each.get(column)) for each in before)


def _differs(value: FormValue, before: FormValue) -> bool:
    return shown(value) != shown(before)


def shown(value: FormValue) -> str:
    """Return a value as text, without needless zeros: the form in which two issues are compared."""
    if isinstance(value, IssuedFigure):
        return pace_words(Decimal(value.value)) if value.unit == _PACE else shown(value.value) + value.unit
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str):
        return value.strip()
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_value(entry: Entry) -> CellValue:
    """Return what is written: the figure's number (times the binding's factor), or its text with unit if so bound."""
    value, options = entry.value, entry.binding.options
    unit = value.unit if isinstance(value, IssuedFigure) else ""
    bare: CellValue = value.value if isinstance(value, IssuedFigure) else value
    if options.factor is not None and isinstance(bare, int | float | Decimal) and not isinstance(bare, bool):
        bare, unit = Decimal(str(bare)) * options.factor, ""
        bare = bare.normalize() if bare != bare.to_integral_value() else bare.quantize(Decimal(1))
    if options.as_text and unit == _PACE and isinstance(bare, int | Decimal):
        return pace_words(Decimal(bare))
    return f"{shown(bare)}{unit}" if options.as_text else bare


def put_behind(text: str, entry: Entry, told: str) -> tuple[str, str] | None:
    """Return a label and what goes behind it; None where there is none, or the binding writes over words."""
    value = cell_value(entry)
    if entry.binding.options.overwrite:
        return None
    return behind_label(text, value if isinstance(value, date) else told)


def behind_label(text: str, value: CellValue) -> tuple[str, str] | None:
    """Return a label and the value that goes behind it; None where the text is no label that waits for one.

    >>> behind_label("填报单位（盖章）：", "云滨中心"), behind_label("填报日期：    年  月  日", date(2026, 11, 20))
    (('填报单位（盖章）：', '云滨中心'), ('填报日期：', '2026年11月20日'))
    >>> behind_label("本平台", 3), behind_label("填表人：张三", "李四")
    (None, None)
    """
    found = _LABEL.fullmatch(text.strip())
    if found is None:
        return None
    if isinstance(value, date):
        return found[1], f"{value.year}年{value.month}月{value.day}日"
    return found[1], shown(value)


def is_serial(binding: Binding) -> bool:
    """Tell whether a binding counts rows: such a column may hold numbers already, and is no room of its own."""
    return binding.kind is TargetKind.COLUMN and binding.source.endswith(f".{SERIAL}")


def note_change(notes: Notes, entry: Entry, place: str, previous: FormValues | None) -> None:
    """Remember a place that says something new."""
    if entry.new and (shown(entry.value) or previous is None or entry.binding.kind is not TargetKind.COLUMN):
        old = ""
        if previous is not None and entry.binding.kind is not TargetKind.COLUMN:
            old = shown(previous.figures.get(entry.binding.source))
        notes.changed.append(Change(place, entry.binding.source, old[:_SHOWN], shown(entry.value)[:_SHOWN]))
