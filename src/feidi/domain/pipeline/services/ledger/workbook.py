"""The error workbook: the rows that stayed out, as they were written, with what is wrong beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import Q

from feidi.domain.pipeline.services.ledger.batches import MARK, records_of
from feidi.domain.pipeline.services.ledger.planning import finding_from
from feidi.engines.findings import Level
from feidi.engines.sheets import Record, Sheet
from feidi.engines.sheets.printing import fit_for_print
from feidi.kernel.imports.enums import Decision, RowState
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.messages import fix_of, text_of

_LONGEST_COMMENT = 500


def left_out() -> Q:
    """Return the condition for rows that a commit leaves out: refused, or suspected and not decided."""
    return Q(state=RowState.REFUSED) | Q(state=RowState.SUSPECTED, decision="") | Q(decision=Decision.SKIP)


def error_workbook(batch: ImportBatch) -> bytes:
    """Return an xlsx of the rows left out: header and cells as written, a 问题 column, offending cells red with a comment.

    Corrected, it can be imported as it is. Reads the batch's file again; holds only the bad rows.
    """
    raws = dict(batch.rows.filter(left_out()).values_list("row", "findings"))
    sheet, records, _found = records_of(batch)
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("未导入的行")
    fit_for_print(page)
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    red = book.add_format({"font_color": "#C00000", "text_wrap": True})
    marked = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.header or column.name, bold)
        page.set_column(at, at, 16)
    last = len(sheet.columns)
    page.write_string(0, last, "问题", bold)
    page.set_column(last, last, 60)
    page.freeze_panes(1, 0)
    line = 0
    for record in records:
        if record.row in raws:
            line += 1
            _write_row(page, line, record, sheet, raws[record.row], marked)
            page.write_string(line, last, _words(raws[record.row], record.row), red)
    book.close()
    return stream.getvalue()


def _write_row(
    page: Any, line: int, record: Record, sheet: Sheet, raws: Sequence[Mapping[str, Any]], marked: Any
) -> None:
    wrong: dict[str, list[str]] = {}
    for raw in raws:
        if raw["level"] != Level.NOTE and raw["column"]:
            wrong.setdefault(raw["column"], []).append(_word(raw, record.row))
    for at, (column, cell) in enumerate(zip(sheet.columns, record.values, strict=True)):
        look = marked if column.name in wrong else None
        if cell.reliable and isinstance(cell.value, int) and not isinstance(cell.value, bool):
            page.write_number(line, at, cell.value, look)
        elif cell.text:
            page.write_string(line, at, cell.text, look)
        elif look:
            page.write_blank(line, at, None, look)
        if look:
            page.write_comment(line, at, "\n".join(wrong[column.name])[:_LONGEST_COMMENT])


def _words(raws: Sequence[Mapping[str, Any]], row: int) -> str:
    told = [_word(raw, row) for raw in raws if raw["level"] != Level.NOTE]
    return "\n".join(f"{MARK} {each}" for each in [f"原第 {row} 行", *told])


def _word(raw: Mapping[str, Any], row: int) -> str:
    finding = finding_from(raw, row)
    where = f"{raw['column']}：" if raw["column"] else ""
    fix = str(fix_of(finding))
    return f"{where}{text_of(finding)}{'。' + fix if fix else ''}"
