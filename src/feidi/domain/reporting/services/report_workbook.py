"""A report's body as a workbook: text, figures as numbers with what they are made of, each list on a sheet of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import xlsxwriter
from django.conf import settings

from feidi.domain.reporting.selectors.report_body import (
    Block,
    BodySection,
    ReportBody,
    ReportFigure,
    plain_text,
    shown_sections,
)
from feidi.engines.sheets.printing import fit_for_print

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 28
_HEADS: Final = (
    "指标",
    "数值",
    "单位",
    "说明",
    "上期",
    "本年累计",
    "分子",
    "分母",
    "金额或构成",
    "期间起",
    "截至",
    "关账值",
    "更正",
)
_WIDTHS: Final = (26, 12, 10, 16, 16, 16, 10, 10, 26, 12, 12, 14, 24)
_PERCENT: Final = Decimal(100)


def report_workbook(body: ReportBody, *, number: str, at: datetime, draft: bool) -> bytes:
    """Return the .xlsx. A figure that is not known has no number, only the words that say why."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    # equal reports are equal bytes
    book.set_properties({"title": body.title, "created": at.astimezone(UTC).replace(tzinfo=None, microsecond=0)})
    work = _Writing(book)
    work.text(body, number, draft=draft)
    work.figures(body)
    for section in shown_sections(body):
        for block in section.blocks:
            if block.kind == "table":
                work.table(section, block)
    book.close()
    return buffer.getvalue()


class _Writing:
    """Writes sheet after sheet; no two have one name."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._percent = book.add_format({"num_format": "0.0%"})
        self._number = book.add_format({"num_format": "#,##0.##"})
        self._whole = book.add_format({"num_format": "#,##0"})
        self._names: set[str] = set()

    def text(self, body: ReportBody, number: str, *, draft: bool) -> None:
        """Write the sheet that reads like the paper."""
        sheet = self._sheet("正文")
        sheet.set_column(0, 0, 90, self._wrap)
        sheet.write_string(0, 0, body.title, self._title)
        marks = ["草稿，未经批准"] if draft else []
        marks += ["演示数据，非真实业务"] if settings.FEIDI_DEMONSTRATION else []
        sheet.write_string(1, 0, "　".join([number, f"截至{body.as_of}", *marks]))
        for row, line in enumerate(_lines(body), start=3):
            sheet.write_string(row, 0, line, self._wrap)

    def figures(self, body: ReportBody) -> None:
        """Write every figure once, as a number where it is known."""
        if not body.figures:
            return
        sheet = self._headed("指标", _HEADS, _WIDTHS)
        for row, figure in enumerate(body.figures.values(), start=1):
            self._figure(sheet, row, figure)

    def _figure(self, sheet: Any, row: int, figure: ReportFigure) -> None:
        sheet.write_string(row, 0, figure.label)
        if figure.value is not None:
            value = Decimal(figure.value)
            if figure.unit == "%":
                sheet.write_number(row, 1, float(value / _PERCENT), self._percent)
            else:
                whole = value == value.to_integral_value()
                sheet.write_number(row, 1, float(value), self._whole if whole else self._number)
        said = (
            figure.unit, figure.text, figure.before, figure.year, figure.numerator, figure.denominator, figure.beside,
            figure.since, figure.as_of, figure.frozen, figure.correction,
        )  # fmt: skip
        for at, words in enumerate(said, start=2):
            sheet.write_string(row, at, words)

    def table(self, section: BodySection, block: Block) -> None:
        """Write a list on a sheet of its own."""
        widths = tuple(6 if head == "序号" else 22 for head in block.heads)
        sheet = self._headed(block.caption or section.heading or "名单", block.heads, widths)
        for row, values in enumerate(block.rows, start=1):
            for at, value in enumerate(values):
                number = _number(value) if at in block.numeric else None
                if number is None:
                    sheet.write_string(row, at, value)
                else:
                    sheet.write_number(row, at, float(number), self._number if number % 1 else self._whole)

    def _headed(self, name: str, heads: tuple[str, ...], widths: tuple[int, ...]) -> Any:
        sheet = self._sheet(name)
        for at, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, head, self._head)
        sheet.freeze_panes(1, 0)
        return sheet

    def _sheet(self, name: str) -> Any:
        base = _FORBIDDEN.sub("", name).strip()[:_LONGEST_NAME] or "表"
        free = next(each for each in (base, *(f"{base}{n}" for n in range(2, 100))) if each not in self._names)
        self._names.add(free)
        sheet = self._book.add_worksheet(free)
        fit_for_print(sheet)
        return sheet


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _lines(body: ReportBody) -> Iterator[str]:
    for section in shown_sections(body):
        if section.heading:
            yield section.heading
        for block in section.blocks:
            if block.kind in {"text", "note"}:
                yield from (plain_text(body, line.strip()) for line in block.template.splitlines() if line.strip())
            elif block.kind == "table":
                yield f"（{len(block.rows)}行，见表“{block.caption or section.heading}”）"
    yield from body.notes
