"""From one record of the sheet to plain values per field, with a finding for everything that was not plain.

Values are JSON: texts as they are; exact days as ISO text; amounts as [lo, hi, currency, approximate, text]; whole
numbers as they are; claims, and whatever did not fit its type, as {"text", "value"}. Blank cells are absent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from feidi.domain.pipeline.enums import AgreementKind
from feidi.domain.pipeline.services.ledger.columns import LIMITS, MONEY_FIELDS, Ledger, Reading
from feidi.domain.pipeline.services.ledger.plaque_words import PlaqueReader
from feidi.domain.pipeline.services.ledger.quick import valid_uscc
from feidi.domain.pipeline.services.ledger.stage_words import StageReader
from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.names import fold_name
from feidi.engines.sheets import Cell, Column, Record, cell_date, parse_integer, parse_money
from feidi.engines.sheets.folding import fold_tight
from feidi.engines.sheets.money_words import currency_code

Value = Any
_YUAN = re.compile(r"^(?P<scale>[十百千万亿]*)元$")
_PHONES = re.compile(r"[;；、,，/\n]+")
_PHONE = re.compile(r"^(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\+\d{6,15})$")
_KIND_WORDS: tuple[tuple[str, AgreementKind], ...] = (
    ("框架", AgreementKind.FRAMEWORK),
    ("意向", AgreementKind.INTENT),
    ("备忘", AgreementKind.INTENT),
    ("入驻", AgreementKind.TENANCY),
    ("租赁", AgreementKind.TENANCY),
    ("投资合同", AgreementKind.CONTRACT),
    ("投资协议", AgreementKind.CONTRACT),
    ("合同", AgreementKind.CONTRACT),
    ("正式", AgreementKind.CONTRACT),
)


@dataclass(slots=True)
class Row:
    """One row as read. ``refusals`` are the findings that keep it out."""

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refusals: list[Finding] = field(default_factory=list)
    texts: tuple[str, ...] = ()
    name_folded: str = ""
    sponsor_folded: str = ""

    def note(self, code: str, column: str | None = None, /, **params: Scalar) -> None:
        """Add a note."""
        self.findings.append(Finding(Level.NOTE, code, params, self.number, column))

    def problem(self, code: str, column: str | None = None, /, **params: Scalar) -> None:
        """Add a problem that does not keep the row out."""
        self.findings.append(Finding(Level.PROBLEM, code, params, self.number, column))

    def refuse(self, code: str, column: str | None = None, /, **params: Scalar) -> None:
        """Keep the row out, with the reason."""
        found = Finding(Level.PROBLEM, code, params, self.number, column)
        self.refusals.append(found)
        self.findings.append(found)


@dataclass(frozen=True, slots=True)
class _Source:
    """One mapped column."""

    index: int
    field: str
    name: str
    column: Column
    factor: int | None
    unit: str | None
    read: Callable[[Row, _Source, Cell], None]


class RowReader:
    """Reads the records of one sheet by one mapping (column index → field)."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        columns: Sequence[Column],
        fields: Mapping[int, str],
        stages: StageReader,
        plaques: PlaqueReader,
        declared_currency: str,
        today: date,
    ) -> None:
        self._stages, self._plaques = stages, plaques
        self._declared = declared_currency or None
        self._today = today.isoformat()
        self._dates: dict[tuple[str, bool], tuple[Value, tuple[Finding, ...]]] = {}
        self.unknown_currency: dict[str, int] = {}
        self._known_stages = "、".join(
            stage.label.zh for track in stages.table.tracks.values() for stage in track.stages
        )
        readings = {each.field: each.reading for each in ledger.columns}
        self._sources = [
            self._source(column, fields[column.index], readings)
            for column in columns
            if fields.get(column.index) and readings.get(fields[column.index], Reading.IGNORED) is not Reading.IGNORED
        ]
        self._currency = next((each for each in self._sources if each.field == "currency"), None)
        self._row_currency: str | None = None

    def read(self, record: Record) -> Row:
        """Return the row; never raises for what a cell holds."""
        row = Row(record.row)
        self._row_currency = self._currency_of(row, record)
        cells = record.values
        for source in self._sources:
            cell = cells[source.index]
            if cell.text:
                if not cell.reliable and source.field not in {"uscc", *MONEY_FIELDS}:
                    row.problem("ledger.unreliable", source.name, value=cell.text[:40])
                else:
                    source.read(row, source, cell)
        self._check(row)
        return row

    def _source(self, column: Column, name: str, readings: Mapping[str, Reading]) -> _Source:
        readers: dict[Reading, Callable[[Row, _Source, Cell], None]] = {
            Reading.TEXT: _read_text,
            Reading.DATE: self._read_date,
            Reading.MONEY: self._read_money,
            Reading.COUNT: _read_count,
            Reading.CLAIM_DATE: self._read_claim_date,
            Reading.CLAIM_MONEY: self._read_claim_money,
            Reading.CLAIM_TEXT: _read_claim_text,
            Reading.CLAIM_KIND: _read_claim_kind,
        }
        own = {
            "uscc": _read_uscc,
            "sponsor": _read_text,
            "owner": _read_text,
            "contact_name": _read_text,
            "contact_phone": _read_phone,
            "stage": self._read_stage,
            "plaques": self._read_plaques,
            "currency": _read_nothing,
        }
        unit = _bare_unit(column.unit)
        factor = None
        if name in MONEY_FIELDS and unit is not None:
            one, _findings = parse_money(1, unit_hint=unit)
            factor = one.lo_fen
        read = own[name] if name in own else readers[readings[name]]
        return _Source(column.index, name, column.name, column, factor, unit, read)

    def _check(self, row: Row) -> None:
        values = row.values
        row.name_folded = fold_name(values.get("name", ""))
        row.sponsor_folded = fold_name(values.get("sponsor", ""))
        if not row.name_folded:
            row.refuse("ledger.name_missing")
        if "contact_phone" in values and "contact_name" not in values:
            row.problem("ledger.phone_without_name")
            del values["contact_phone"]

    def _currency_of(self, row: Row, record: Record) -> str | None:
        if self._currency is None:
            return self._declared
        text = record.values[self._currency.index].text
        if not text:
            return self._declared
        code = "CNY" if fold_tight(text) in {"元", "万元", "人民币元"} else currency_code(fold_tight(text))
        if code is None:
            row.problem("ledger.currency_word", self._currency.name, value=text[:20])
            return None
        row.values["currency"] = code
        return code

    def _read_stage(self, row: Row, source: _Source, cell: Cell) -> None:
        words = self._stages.read(cell.text)
        if words.unknown:
            row.refuse("ledger.stage_unknown", source.name, word=words.unknown[:30], known=self._known_stages[:120])
            return
        row.values["stage"] = [words.talks, words.host, words.home, words.condition, cell.text[:60]]

    def _read_plaques(self, row: Row, source: _Source, cell: Cell) -> None:
        names, strange = self._plaques.read(cell.text)
        if strange:
            known = "、".join(self._plaques.names) or "—"
            row.problem("ledger.plaque_unknown", source.name, value="、".join(strange)[:40], known=known[:160])
        if names:
            row.values["plaques"] = names

    def _date(self, row: Row, source: _Source, cell: Cell) -> Value:
        value = cell.value
        if value.__class__ is date and cell.precision is None:
            return value.isoformat()
        key = (cell.text, isinstance(value, str))
        if key not in self._dates:
            self._dates[key] = _date_value(cell)
        found, findings = self._dates[key]
        row.findings += [replace(each, row=row.number, column=source.name) for each in findings]
        return found

    def _read_date(self, row: Row, source: _Source, cell: Cell) -> None:
        row.values[source.field] = self._date(row, source, cell)

    def _read_claim_date(self, row: Row, source: _Source, cell: Cell) -> None:
        found = self._date(row, source, cell)
        if isinstance(found, str):
            if found > self._today:
                row.problem("ledger.date_in_future", source.name, value=found)
            found = {"text": found, "value": found}
        row.values[source.field] = found

    def _money(self, row: Row, source: _Source, cell: Cell) -> list[Value] | None:
        if cell.filled:
            row.note("ledger.amount_merged", source.name)
            return None
        value, currency = cell.value, self._row_currency
        if source.factor is not None and cell.unit is None and value.__class__ in (int, Decimal):
            exact = value * source.factor
            if exact == int(exact):
                if currency is None:
                    self.unknown_currency[source.name] = self.unknown_currency.get(source.name, 0) + 1
                return [int(exact), int(exact), currency or "", False, cell.text]
        unit = _bare_unit(cell.unit) if cell.unit is not None else source.unit
        raw = value if cell.reliable and value.__class__ in (int, Decimal) else cell.text
        amount, findings = parse_money(raw, unit_hint=unit, currency_hint=currency)
        row.findings += [replace(each, row=row.number, column=source.name) for each in findings]
        if amount.currency is None and (amount.lo_fen is not None or amount.hi_fen is not None):
            self.unknown_currency[source.name] = self.unknown_currency.get(source.name, 0) + 1
        if len(cell.text) > 120:  # noqa: PLR2004 - the column's width
            row.refuse("ledger.too_long", source.name, have=len(cell.text), limit=120)
        return [amount.lo_fen, amount.hi_fen, amount.currency or "", amount.approximate, cell.text]

    def _read_money(self, row: Row, source: _Source, cell: Cell) -> None:
        found = self._money(row, source, cell)
        if found is not None:
            row.values[source.field] = found

    def _read_claim_money(self, row: Row, source: _Source, cell: Cell) -> None:
        found = self._money(row, source, cell)
        if found is not None:
            low, high, currency, approximate, text = found
            value = {"lo_fen": low, "hi_fen": high, "currency": currency, "approximate": approximate}
            row.values[source.field] = {"text": text, "value": value}


def _bare_unit(unit: str | None) -> str | None:
    """万元 names a scale, not a currency: 元 is what people write for any (decisions 9).

    >>> _bare_unit("万元"), _bare_unit("万美元"), _bare_unit("元"), _bare_unit(None)
    ('万', '万美元', '', None)
    """
    match = _YUAN.match(fold_tight(unit)) if unit else None
    return match["scale"] if match else unit


def _date_value(cell: Cell) -> tuple[Value, tuple[Finding, ...]]:
    found, findings = cell_date(cell)
    if found.date is not None:
        return found.date.isoformat(), findings
    shown = {"value": cell.text[:40]}
    if found.year is not None and not found.year_missing:
        value = f"{found.year:04d}-{found.month:02d}" if found.month else f"{found.year:04d}"
        note = Finding(Level.NOTE, "ledger.date_month_only", shown)
        return {"text": cell.text[:120], "value": value}, (note,)
    notes = tuple(each for each in findings if each.level is Level.NOTE)
    problem = () if notes and not found.year_missing else (Finding(Level.PROBLEM, "ledger.date_unclear", shown),)
    return {"text": cell.text[:120], "value": None}, (*notes, *problem)


def _read_text(row: Row, source: _Source, cell: Cell) -> None:
    limit = LIMITS.get(source.field)
    if limit is not None and len(cell.text) > limit:
        row.refuse("ledger.too_long", source.name, have=len(cell.text), limit=limit)
        return
    row.values[source.field] = cell.text


def _read_nothing(row: Row, source: _Source, cell: Cell) -> None:
    """The currency is read before everything else."""


def _read_count(row: Row, source: _Source, cell: Cell) -> None:
    number, findings = parse_integer(cell.value if cell.value.__class__ is int else cell.text)
    if number is not None and not findings and 0 <= number < 2**31:
        row.values[source.field] = number
        return
    row.values[source.field] = {"text": cell.text[:120], "value": None}
    if not findings or any(each.level is not Level.NOTE for each in findings):
        row.problem("ledger.count_unclear", source.name, value=cell.text[:40])
    row.findings += [replace(each, row=row.number, column=source.name) for each in findings if each.level is Level.NOTE]


def _read_claim_text(row: Row, source: _Source, cell: Cell) -> None:
    row.values[source.field] = {"text": cell.text, "value": cell.text}


def _read_claim_kind(row: Row, source: _Source, cell: Cell) -> None:
    word = fold_tight(cell.text)
    kind = next((kind for part, kind in _KIND_WORDS if part in word), None)
    if word in AgreementKind.values:
        kind = AgreementKind(word)
    if kind is None:
        row.problem("ledger.agreement_kind_unknown", source.name, value=cell.text[:40])
    row.values[source.field] = {"text": cell.text, "value": kind.value if kind else None}


def _read_uscc(row: Row, source: _Source, cell: Cell) -> None:
    if not cell.reliable:
        row.problem("ledger.uscc_lost_digits", source.name, value=cell.text[:40])
        return
    code = fold_tight(cell.text).upper()
    if len(code) > 40:  # noqa: PLR2004 - the column's width
        row.refuse("ledger.too_long", source.name, have=len(code), limit=40)
        return
    if not valid_uscc(code):
        row.problem("ledger.uscc_invalid", source.name, value=code)
    row.values["uscc"] = code


def _read_phone(row: Row, source: _Source, cell: Cell) -> None:
    """Take every number of the cell; a masked one (138****5678) is our own export and says nothing new."""
    numbers: list[str] = []
    for part in _PHONES.split(cell.text):
        whole = _phone(part)
        # "139 0000 1234" is one number, "13900001234 13900005678" are two
        found = [whole] if whole else [_phone(each) for each in part.split()]
        numbers += [each for each in found if each]
        if not all(found) and part.strip() and "*" not in part:
            row.problem("ledger.phone_unclear", source.name, value=_masked(part))
    if numbers:
        row.values["contact_phone"] = numbers


def _phone(text: str) -> str | None:
    plain = fold_tight(text).replace("—", "-").removeprefix("+86").replace("(", "").replace(")", "-").strip("-")
    mobile = plain.replace("-", "")
    plain = mobile if re.fullmatch(r"1[3-9]\d{9}", mobile) else plain
    return plain if _PHONE.match(plain) else None


def _masked(text: str) -> str:
    """A finding is read by many: of a number that was not understood it shows only the ends."""
    return f"{text[:2]}…{text[-2:]}" if len(text) > 4 else text  # noqa: PLR2004
