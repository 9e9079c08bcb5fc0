"""Blank forms as superiors send them: two-row heads, merges, sums, a chart, a picture, a comment, a print area."""

from __future__ import annotations

import io

import docx
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.kernel.documents.office.office_samples import picture

SHEET = "汇总表"


def workbook(*, shift: int = 0, month: str = "11") -> bytes:
    """The bureau's monthly form; ``shift`` puts that many empty lines above it, as a new edition would."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    s = shift

    def put(cell: str, value: object) -> None:
        column, row = cell[0], int(cell[1:])
        sheet[f"{column}{row + s}"] = value

    put("A1", f"2026年{month}月科创飞地招商情况统计表")
    sheet.merge_cells(f"A{1 + s}:F{1 + s}")
    put("A2", "填报单位：")
    put("A3", "指标")
    sheet.merge_cells(f"A{3 + s}:A{4 + s}")
    put("B3", "本年")
    sheet.merge_cells(f"B{3 + s}:C{3 + s}")
    put("D3", "任务")
    put("B4", "累计")
    put("C4", "完成率")
    put("D4", "全年目标（个）")
    put("A5", "签约项目")
    put("C5", f"=B{5 + s}/D{5 + s}")
    put("A6", "落地项目")
    put("C6", None)
    put("A7", "合同金额（万元）")
    put("A9", "项目明细")
    put("A10", "序号")
    put("B10", "项目名称")
    put("C10", "投资金额（万元）")
    put("D10", "进展")
    for row in (11, 12, 13):
        put(f"A{row}", row - 10)
        put(f"E{row}", f"=C{row + s}*2")
        sheet[f"B{row + s}"].fill = PatternFill("solid", fgColor="FFFFE0")
    put("A14", "合计")
    put("C14", f"=SUM(C{11 + s}:C{13 + s})")
    put("A15", "填表人：")
    _decorate(sheet, s)
    other = book.create_sheet("说明")
    other["A1"] = f"='{SHEET}'!C{14 + s}"
    other["A2"] = "=SUM(B1:B2)"
    book.defined_names["填报日期"] = DefinedName("填报日期", attr_text=f"'{SHEET}'!$B${15 + s}")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _decorate(sheet: Worksheet, s: int) -> None:
    sheet[f"B{5 + s}"].font = Font(name="仿宋", size=12, bold=True, color="FF0000FF")
    sheet[f"C{6 + s}"].number_format = "0.0%"
    sheet[f"A{14 + s}"].comment = Comment("含增资", "某某")
    sheet.conditional_formatting.add(f"C{11 + s}:C{13 + s}", CellIsRule(operator="greaterThan", formula=["100"]))
    choices = DataValidation(type="list", formula1='"在谈,签约"')
    sheet.add_data_validation(choices)
    choices.add(f"D{11 + s}:D{13 + s}")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=11 + s, max_row=13 + s))
    sheet.add_chart(chart, f"H{16 + s}")
    sheet.add_image(SheetImage(io.BytesIO(picture())), f"H{2 + s}")
    sheet.print_area = f"A{1 + s}:F{15 + s}"


def word_form(*, extra_row: bool = False) -> bytes:
    """A form in Word: a merged head, a list with a total, a bookmark in a sentence."""
    document = docx.Document()
    document.add_paragraph("云溪区招商情况月报表")
    sentence = document.add_paragraph("填报单位：")
    _bookmark(sentence, "unit", "________", 7)
    sentence.add_run("（盖章）")
    table = document.add_table(rows=7 + extra_row, cols=4, style="Table Grid")
    rows = [
        ["指标", "数值", "", "说明"],
        ["签约项目", "", "", ""],
        ["完成率", "", "", ""],
        ["项目名称", "金额", "", "进展"],
    ]
    if extra_row:
        rows.insert(1, ["新增一行", "", "", ""])
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                table.cell(row, column).text = text
        table.cell(row, 1).merge(table.cell(row, 2))
    last = len(table.rows) - 1
    table.cell(last, 0).text = "合计"
    run = table.cell(1 + extra_row, 1).paragraphs[0].add_run(" ")
    run.font.bold = True
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _bookmark(paragraph: docx.text.paragraph.Paragraph, name: str, text: str, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph._p.append(start)
    paragraph.add_run(text)
    paragraph._p.append(end)
