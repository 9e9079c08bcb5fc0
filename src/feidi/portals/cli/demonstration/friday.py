"""The Friday button in the demonstration: an invented bureau's own workbook and Word form, bound, filled a week ago."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

import docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.models import BoundForm
from feidi.domain.reporting.selectors.papers import snapshot_of
from feidi.domain.reporting.services.forms import BlankForm, add_form, bind_place
from feidi.domain.reporting.services.friday import Press, press_friday
from feidi.domain.reporting.services.paper_writing import Wording
from feidi.kernel.access import Actor
from feidi.portals.cli.demonstration.agenda import Scene

WEEKLY: Final = "云溪区招商引资周报表（演示）"
WORD_FORM: Final = "云溪区重点工作进展表（演示）"
SUPERIOR: Final = "云溪区经济和科技促进局（演示）"
#: Place → what fills it.
WEEKLY_BINDINGS: Final[Mapping[str, str]] = {
    "周报!B2": "outpost",
    "周报!E2": "as_of",
    "周报!B5": "K01_week",
    "周报!C5": "K01_year",
    "周报!B6": "K08_week",
    "周报!C6": "K08_year",
    "周报!D6": "K08_task",
    "周报!E6": "K08_done",
    "周报!F6": "passed",
    "周报!B7": "K14_week",
    "周报!C7": "K14_year",
    "周报!D7": "K14_task",
    "周报!E7": "K14_done",
    "周报!C8": "talking",
    "周报!C9": "K08_year_sum",
    "周报!B10": "highlights",
    "签约项目!A3": "signed.#",
    "签约项目!B3": "signed.name",
    "签约项目!C3": "signed.sponsor",
    "签约项目!D3": "signed.signed_on",
    "签约项目!E3": "signed.signed_wan",
    "签约项目!F3": "signed.stage",
}
WORD_BINDINGS: Final[Mapping[str, str]] = {
    "填报单位": "outpost",
    "截至日期": "day",
    "表1!C2": "K08_task",
    "表1!D2": "K08_year",
    "表1!E2": "K08_done",
    "表1!C3": "K14_task",
    "表1!D3": "K14_year",
    "表1!E3": "K14_done",
    "表1!B4": "problems",
    "表1!B5": "next_steps",
}
_ROOM: Final = 12


def weekly_workbook(*, above: int = 0) -> bytes:
    """Return the bureau's blank workbook; ``above`` empty lines stand above the figures, as in a later edition."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2022, 1, 10)})  # noqa: DTZ001 - a day, so that equal forms are equal bytes
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "font_name": "方正小标宋简体"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#F2F2F2"})
    cell, label = book.add_format({"border": 1, "align": "center"}), book.add_format({"border": 1})
    share = book.add_format({"border": 1, "align": "center", "num_format": "0.0%"})
    day = book.add_format({"border": 1, "align": "center", "num_format": "yyyy-mm-dd"})
    wrap = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("周报")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 5, 14)
    sheet.merge_range(0, 0, 0, 5, WEEKLY, title)
    sheet.write(1, 0, "填报单位：")
    sheet.write_blank(1, 1, None, label)
    sheet.write(1, 3, "截至日期：")
    sheet.write_blank(1, 4, None, day)
    top = 3 + above
    sheet.write_row(top, 0, ["指标", "本周新增", "本年累计", "年度任务", "完成率", "序时进度"], head)
    rows = ("线索（个）", "签约项目（个）", "核实落地（个）", "在谈项目（个）", "签约金额（万元）")
    for nth, words in enumerate(rows, start=1):
        sheet.write(top + nth, 0, words, label)
        for column in range(1, 6):
            sheet.write_blank(top + nth, column, None, share if column > 3 else cell)  # noqa: PLR2004 - the two shares
    sheet.write(top + 6, 0, "工作亮点", label)
    sheet.merge_range(top + 6, 1, top + 6, 5, "", wrap)
    sheet.set_row(top + 6, 70)
    sheet.write(top + 8, 0, "注：本表为演示，全部内容虚构。")
    _projects(book, title, head, cell)
    book.close()
    return stream.getvalue()


def _projects(
    book: xlsxwriter.Workbook,
    title: xlsxwriter.format.Format,
    head: xlsxwriter.format.Format,
    cell: xlsxwriter.format.Format,
) -> None:
    day = book.add_format({"border": 1, "align": "center", "num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("签约项目")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 2, 28)
    sheet.set_column(3, 5, 16)
    sheet.merge_range(0, 0, 0, 5, "本年签约项目明细（演示）", title)
    sheet.write_row(1, 0, ["序号", "项目名称", "投资方", "签约日期", "签约金额（万元）", "进展阶段"], head)
    for row in range(2, 2 + _ROOM):
        for column in range(6):
            sheet.write_blank(row, column, None, day if column == 3 else cell)  # noqa: PLR2004 - the day's column
    sheet.write(2 + _ROOM, 0, "合计", head)
    sheet.write_formula(2 + _ROOM, 4, f"=SUM(E3:E{2 + _ROOM})", cell)


def word_form() -> bytes:
    """Return the bureau's blank Word form: two bookmarks and a table."""
    document = docx.Document()
    document.add_heading(WORD_FORM, level=1)
    _marked(document.add_paragraph("填报单位："), "填报单位", 1)
    _marked(document.add_paragraph("截至日期："), "截至日期", 2)
    table = document.add_table(rows=5, cols=5)
    table.style = "Table Grid"
    lines = (
        ("序号", "重点工作", "年度任务", "累计完成", "完成率"),
        ("1", "签约项目（个）"),
        ("2", "核实落地（个）"),
        ("存在问题",),
        ("下一步计划",),
    )
    for row, line in enumerate(lines):
        for column, words in enumerate(line):
            table.cell(row, column).text = words
    for row in (3, 4):
        table.cell(row, 1).merge(table.cell(row, 4))
    document.add_paragraph("注：本表为演示，全部内容虚构。")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _marked(paragraph: Paragraph, name: str, number: int) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)  # noqa: SLF001 - bookmarks have no other way in


def bind_forms(actor: Actor, now: datetime, scene: Scene) -> list[BoundForm]:
    """Take in both forms and bind them."""
    made = []
    for name, file_name, data, bindings in (
        (WEEKLY, f"{WEEKLY}.xlsx", weekly_workbook(), WEEKLY_BINDINGS),
        (WORD_FORM, f"{WORD_FORM}.docx", word_form(), WORD_BINDINGS),
    ):
        form = add_form(actor=actor, now=now, outpost=scene.outpost, blank=BlankForm(name, file_name, data, SUPERIOR))
        for place, source in bindings.items():
            bind_place(actor=actor, now=now, form=form, place=place, source=source)
        made.append(BoundForm.objects.get(pk=form.pk))
    return made


def tell_friday(scene: Scene) -> None:
    """Bind both forms three weeks ago and press the button on the Friday before last."""
    friday = scene.last_day - timedelta(days=(scene.last_day.weekday() - 4) % 7 or 7)
    actor = scene.actors["officer"]
    bound = datetime.combine(friday - timedelta(days=14), time(10), SHANGHAI)
    forms = bind_forms(actor, bound, scene)
    now = datetime.combine(friday, time(16, 5), SHANGHAI)
    snapshot = snapshot_of(actor, scene.outpost, friday, "week")
    wording = Wording({"highlights": "两家企业完成实地考察（演示）", "problems": "实验条件尚待落实（演示）"})
    press_friday(
        actor=actor,
        now=now,
        snapshot=snapshot,
        press=Press(forms=forms, kinds=("briefing", "bulletin"), wording=wording),
    )
