"""协调函 and 电话记录: a matter of coordination as a Word paper. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from feidi.domain.liaison.models import Coordination
from feidi.kernel.documents.office.papers import (
    Field,
    FieldGrid,
    Masthead,
    Paper,
    PaperKind,
    Paragraph,
    SignBox,
    SignBoxes,
)


@dataclass(frozen=True, slots=True)
class Print:
    """How a paper is printed: on which day, by whom (above each page), and whether everything is invented."""

    on: date
    watermark: str = ""
    demonstration: bool = False


def letter_of(coordination: Coordination, how: Print) -> Paper:
    """Return the 函 to the department; before it is sent it has no number and carries the day of printing."""
    outpost = coordination.outpost
    name = coordination.project.name if coordination.project else ""
    asked = [line.strip() for line in coordination.ask.splitlines() if line.strip()]
    body = [Paragraph((_opening(name),)), *(Paragraph((line,)) for line in asked)]
    if coordination.due_on:
        body.append(Paragraph((f"因工作需要，请于{chinese_day(coordination.due_on)}前函复为盼。",)))
    body.append(Paragraph(("特此函商，请予支持。",)))
    return Paper(
        kind=PaperKind.LETTER,
        title=f"关于商请协调{name}有关事项的函" if name else "关于商请协调有关事项的函",
        blocks=tuple(body),
        dated=coordination.asked_on or how.on,
        masthead=Masthead(outpost.name),
        addressees=(coordination.department,),
        signature=outpost.name,
        contact=_contact(coordination),
        number=coordination.letter_number,
        reference=coordination.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def phone_note_of(coordination: Coordination, how: Print) -> Paper:
    """Return what was said by telephone (or in a talk) as a sheet: whom, when, what was asked, what came of it."""
    answered = coordination.answered_on
    fields = (
        Field("对方单位", (coordination.department,), wide=True),
        Field("沟通方式", (str(coordination.get_way_display()),)),
        Field("对方联系人", (coordination.contact,)),
        Field("沟通日期", (chinese_day(coordination.asked_on) if coordination.asked_on else "",)),
        Field("希望答复期限", (chinese_day(coordination.due_on) if coordination.due_on else "",)),
        Field("涉及项目", (coordination.project.name if coordination.project else "",), wide=True),
        Field("沟通事项", (coordination.ask,), wide=True, row_mm=40),
        Field("对方答复", (coordination.answer,), wide=True, row_mm=40),
        Field("答复日期", (chinese_day(answered) if answered else "",)),
        Field("受理号、回执号", (coordination.receipt,)),
    )
    return Paper(
        kind=PaperKind.REVIEW_SHEET,
        title="协调事项电话记录" if coordination.way == "phone" else "协调事项会商记录",
        blocks=(FieldGrid(fields), SignBoxes((SignBox("记录人"), SignBox("负责人")))),
        dated=coordination.asked_on or how.on,
        number=f"编号：{coordination.number}",
        reference=coordination.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def paper_of(coordination: Coordination, how: Print) -> Paper:
    """Return the paper of the way in which the department is asked."""
    return letter_of(coordination, how) if coordination.way == "letter" else phone_note_of(coordination, how)


def chinese_day(day: date) -> str:
    """Return 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _opening(name: str) -> str:
    if name:
        return f"我单位正在推进“{name}”项目，现就以下事项商请贵单位予以协调支持："
    return "现就以下事项商请贵单位予以协调支持："


def _contact(coordination: Coordination) -> str:
    owner = coordination.owner.display_name if coordination.owner else ""
    return "，".join(part for part in (owner, coordination.outpost.phone) if part)
