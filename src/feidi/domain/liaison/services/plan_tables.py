"""Reading a 重点任务分解表 out of Excel, CSV or Word: rows as they stand, group headings told apart, dates with care."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from feidi.engines.findings import Finding, Level, RefusedError, refuse
from feidi.engines.sheets import (
    FieldSpec,
    Mapping,
    Record,
    Sheet,
    fold_name,
    match_columns,
    parse_date_text,
    read_workbook,
)

FIELDS: Final = (
    FieldSpec("number", "序号", ("编号", "任务序号", "项次", "No.")),
    FieldSpec("group", "类别", ("任务类别", "工作类别", "领域", "重点领域", "一级任务", "板块")),
    FieldSpec("title", "任务", ("重点任务", "任务名称", "工作任务", "主要任务", "目标任务", "任务内容"), required=True),
    FieldSpec("measure", "主要举措", ("举措", "工作举措", "具体举措", "工作措施", "措施", "工作内容", "任务目标")),
    FieldSpec("lead_unit", "牵头单位", ("牵头部门", "责任单位", "牵头责任单位", "主责单位")),
    FieldSpec("support_units", "配合单位", ("配合部门", "协同单位", "参与单位", "协办单位")),
    FieldSpec("due", "完成时限", ("时限", "完成时间", "时间节点", "完成期限", "时间要求")),
    FieldSpec("state", "状态", ("任务状态", "完成状态", "办理状态")),
    FieldSpec("progress", "进展", ("最新进展", "进展情况", "工作进展", "完成情况", "落实情况")),
)
_HEADING: Final = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]+[)）]?[、.．\s]|第[一二三四五六七八九十]+[章部分类])"
)
#: What the reader of sheets leaves out as no record, and is a group's heading here.
_GROUPS: Final = frozenset({"sheets.row.section", "sheets.row.sparse"})
_DECEMBER: Final = 12
_END_OF_YEAR: Final = re.compile(r"^(\d{4})年?(年底|年末|年内|上半年|年中|下半年|底|末|内)?(?:前|之前|以前)?$")
_QUARTER: Final = re.compile(r"^(\d{4})年?第?([一二三四1-4])季度(?:末|底|内)?(?:前)?$")
_MONTH_END: Final = re.compile(r"^(\d{4})年(\d{1,2})月(?:份)?(?:底|末|内)?(?:前|之前|以前)?$")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One task as written: the row of the sheet, and its texts by field code; blank cells are left out."""

    row: int
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class RawTable:
    """What a file holds: rows in order, which column fed which field (header → label), columns that fed none."""

    rows: tuple[RawRow, ...]
    columns: tuple[tuple[str, str], ...]
    unmatched: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_table(data: bytes, name: str) -> RawTable:
    """Return the task table of a file. Refused: a kind that cannot be read, no table with a task column."""
    if name.lower().endswith(".docx"):
        candidates = [read_workbook(each, name="table.csv").sheets for each in _word_tables(data, name)]
        sheets = [sheet for found in candidates for sheet in found]
    else:
        book = read_workbook(data, name=name)
        if book.fatal is not None:
            raise refuse("liaison.plan_file_kind", book.fatal)
        sheets = list(book.sheets)
    for sheet in sheets:
        mapping = match_columns(sheet.columns, FIELDS)
        if mapping.column_of("title") is not None:
            return _table(sheet, mapping)
    raise refuse("liaison.plan_no_table")


def read_due(text: str) -> tuple[date | None, str]:
    """Return (the day that counts, the words to keep). Words stay beside every day that was not written as a day.

    >>> read_due("2026-11-30"), read_due("2026年底"), read_due("每年年底前")
    ((datetime.date(2026, 11, 30), ''), (datetime.date(2026, 12, 31), '2026年底'), (None, '每年年底前'))
    """
    text = text.strip()
    found, _findings = parse_date_text(text)
    if found.date is not None:
        return found.date, ""
    if month := _MONTH_END.match(text):
        return _last_day(int(month[1]), int(month[2])), text
    if quarter := _QUARTER.match(text):
        place = "一二三四".find(quarter[2]) + 1 or int(quarter[2])
        return _last_day(int(quarter[1]), place * 3), text
    if year := _END_OF_YEAR.match(text):
        return _last_day(int(year[1]), 6 if year[2] in {"上半年", "年中"} else _DECEMBER), text
    return None, text[:80]


def _last_day(year: int, month: int) -> date | None:
    if not 1 <= month <= _DECEMBER:
        return None
    return date(year + month // _DECEMBER, month % _DECEMBER + 1, 1) - timedelta(days=1)


def _table(sheet: Sheet, mapping: Mapping) -> RawTable:
    places = {match.field: match.column.index for match in mapping.matches}
    order = {column.index: at for at, column in enumerate(sheet.columns)}
    headings = {each.row or 0: str(each.params.get("text", "")) for each in sheet.findings if each.code in _GROUPS}
    rows, group, last = [], "", 0
    for record in sheet.iter_records():
        for row in sorted(row for row in headings if last < row < record.row):
            group = headings[row]
        last = record.row
        heading = headings.get(record.row) or _heading_of(record, places, order)
        if heading:
            group = heading
            continue
        texts = {code: _text(record, order[index]) for code, index in places.items()}
        texts = {code: text for code, text in texts.items() if text}
        if not texts:
            continue
        if group and "group" not in texts:
            texts["group"] = group
        rows.append(RawRow(record.row, texts))
    labels = {each.code: each.label for each in FIELDS}
    return RawTable(
        tuple(rows),
        tuple((match.column.header or match.column.name, labels[match.field]) for match in mapping.matches),
        tuple(column.header or column.name for column in mapping.unmatched),
        tuple(each for each in sheet.findings if each.level is not Level.NOTE and each.code not in _GROUPS),
    )


def _text(record: Record, at: int) -> str:
    cell = record.values[at]
    if cell.value is not None and isinstance(cell.value, date):
        return cell.value.isoformat()[:10]
    return cell.text.strip()


def _heading_of(record: Record, places: dict[str, int], order: dict[int, int]) -> str:
    """Return the words of a row that only names a group: one text merged across the row, or a counted heading."""
    texts = [text.strip() for text in record.texts()]
    filled = [at for at, text in enumerate(texts) if text]
    if len({fold_name(texts[at]) for at in filled}) != 1:
        return ""
    first = texts[filled[0]]
    across = len(filled) > 1 and order[places["title"]] in filled
    return first if across or _HEADING.match(first) else ""


def _word_tables(data: bytes, name: str) -> list[bytes]:
    """Return each table of a Word file as CSV; cells merged downwards repeat their text."""
    import docx  # noqa: PLC0415 - slow to load, and most files are Excel

    from feidi.kernel.documents.office.containers import OfficeKind, open_package  # noqa: PLC0415

    try:
        open_package(data, name=name, wanted=OfficeKind.DOCX)
    except RefusedError as error:
        reason = Finding(Level.PROBLEM, error.refusal.code, error.refusal.params)
        raise refuse("liaison.plan_file_kind", reason) from error
    return [_csv([[_plain(cell.text) for cell in row.cells] for row in table.rows])
            for table in docx.Document(io.BytesIO(data)).tables]  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(part.strip() for part in text.splitlines() if part.strip())


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
