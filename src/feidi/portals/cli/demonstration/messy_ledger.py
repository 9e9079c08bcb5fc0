"""Writing the messy ledger as a workbook: title rows, a header over two rows, merged cells, a hidden row, a total."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from feidi.portals.cli.demonstration.messy_rows import KnownProject, Row, messy_rows

NAME: Final = "演示台账.xlsx"
_SEED: Final = 127
#: (field, heading, group heading over it or empty). 万元 stands in the group, as people do.
COLUMNS: Final = (
    ("seq", "序号", ""),
    ("code", "项目编号", ""),
    ("name", "*项目（企业）名称", ""),
    ("uscc", "统一社会信用代码", ""),
    ("sponsor", "投资方", ""),
    ("industry", "产业类别", ""),
    ("stage", "当前阶段", ""),
    ("source", "线索来源", ""),
    ("first_report_on", "登记时间", ""),
    ("owner", "跟进人", ""),
    ("contact", "联系人", ""),
    ("planned", "总投资", "投资计划（万元）"),
    ("fixed", "其中固定资产投资", "投资计划（万元）"),
    ("phone", "联系电话", ""),
    ("team", "团队人数", ""),
    ("land", "用地/厂房需求", "需求"),
    ("office", "办公需求", "需求"),
    ("progress", "最新进展", ""),
    ("next_step", "下一步计划", ""),
    ("expected_sign_on", "预计签约时间", ""),
    ("remarks", "备注", ""),
)
_FIRST_ROW: Final = 4
_WIDTHS: Final = {"name": 24, "sponsor": 30, "uscc": 22, "progress": 48, "next_step": 18, "code": 14}
_HIDDEN_ROW, _MERGED_ROW = 20, 40


def write_ledger(path: Path, *, today: date, known: Sequence[KnownProject]) -> int:
    """Write the ledger to ``path``; return its number of rows. The same day and projects give the same cells."""
    rows = messy_rows(Random(_SEED), today, known)  # noqa: S311 - a tale, not a secret
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "演示台账（虚构）", "created": datetime(today.year, today.month, today.day)})  # noqa: DTZ001 - a file's property has no zone
    sheet = book.add_worksheet("招商台账")
    _write_head(book, sheet, today)
    day = book.add_format({"num_format": "yyyy/m/d", "border": 1})
    plain = book.add_format({"border": 1, "text_wrap": True})
    for nth, row in enumerate(rows):
        _write_row(sheet, _FIRST_ROW + nth, row, plain, day)
    _merge(sheet, rows, book.add_format({"border": 1, "valign": "vcenter"}))
    sheet.set_row(_FIRST_ROW + _HIDDEN_ROW, None, None, {"hidden": True})
    _write_total(book, sheet, len(rows))
    notes = book.add_worksheet("填表说明")
    notes.write(0, 0, "演示数据：单位、人员、号码均为虚构。金额单位万元，日期写到日。")
    book.close()
    return len(rows)


def _write_head(book: xlsxwriter.Workbook, sheet: Worksheet, today: date) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, "云溪区驻滨海招商项目台账（演示数据）", title)
    sheet.merge_range(
        1, 0, 1, last, f"填报单位：云滨创新中心（演示）　　截至{today.year}年{today.month}月　　单位：万元"
    )
    for column, (name, heading, group) in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 12))
        if group:
            sheet.write(3, column, heading, head)
        else:
            sheet.merge_range(2, column, 3, column, heading, head)
    for group in dict.fromkeys(group for _name, _heading, group in COLUMNS if group):
        over = [column for column, each in enumerate(COLUMNS) if each[2] == group]
        sheet.merge_range(2, over[0], 2, over[-1], group, head)
    sheet.freeze_panes(_FIRST_ROW, 3)


def _write_row(sheet: Worksheet, at: int, row: Row, plain: Format, day: Format) -> None:
    for column, (name, _heading, _group) in enumerate(COLUMNS):
        value: Any = row[name]
        if isinstance(value, date):
            sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a cell has no zone
        elif isinstance(value, str) and value.startswith("="):
            # as a program leaves it that never computed it: a formula without a value
            sheet.write_formula(at, column, value.format(row=at + 1), plain, "")
        elif isinstance(value, str):
            sheet.write_string(at, column, value, plain) if value else sheet.write_blank(at, column, None, plain)
        else:
            sheet.write_number(at, column, value, plain)


def _merge(sheet: Worksheet, rows: list[Row], form: Format) -> None:
    """Merge a trade over three rows, as people do who see that it repeats."""
    column = next(nth for nth, each in enumerate(COLUMNS) if each[0] == "industry")
    first = _FIRST_ROW + _MERGED_ROW
    sheet.merge_range(first, column, first + 2, column, rows[_MERGED_ROW]["industry"] or "生物医药", form)


def _write_total(book: xlsxwriter.Workbook, sheet: Worksheet, count: int) -> None:
    bold = book.add_format({"bold": True, "border": 1})
    at = _FIRST_ROW + count
    column = next(nth for nth, each in enumerate(COLUMNS) if each[0] == "planned")
    sheet.write_string(at, 0, "合计", bold)
    sheet.write_formula(at, column, f"=SUM(L{_FIRST_ROW + 1}:L{at})", bold, 0)
