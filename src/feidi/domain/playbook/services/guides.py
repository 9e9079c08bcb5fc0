"""A playbook as a Word paper: 服务事项清单, 办事指南, 流程图, 时限表, with its version. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from feidi.domain.playbook.enums import OwnerSide, PlaybookKind, ServedKind
from feidi.domain.playbook.selectors.playbooks import Published
from feidi.engines.playbooks import OPENED, RUN, Clock, Forecast, Owner, Playbook, Step
from feidi.kernel.documents.office.papers import (
    Align,
    Block,
    Column,
    Heading,
    Labelled,
    Paper,
    PaperKind,
    Paragraph,
    Spacer,
    Table,
)

_UNITS: Final = {"working": "{n} 个工作日", "calendar": "{n} 天", "monthly_day": "每月 {n} 日"}


@dataclass(frozen=True, slots=True)
class Print:
    """How it is printed: on which day, issued by whom, under which watermark, whether everything is invented."""

    on: date
    issuer: str
    watermark: str = ""
    demonstration: bool = False


def guide_paper(published: Published, ahead: Forecast, how: Print) -> Paper:
    """Return the four parts as one paper. ``ahead``: the playbook reckoned from the day of printing."""
    book = published.playbook
    blocks: list[Block] = [
        Labelled("服务类别", (str(PlaybookKind(book.kind).label),)),
        Labelled("办理对象", (str(ServedKind(book.subject).label),)),
        Labelled("版本", (published.version,)),
        Labelled("说明", (book.purpose.zh,)),
        Heading(1, "服务事项清单"),
        _items(book),
        Heading(1, "办事指南"),
        *_guide(book),
        Heading(1, "流程图"),
        _lanes(book),
        Heading(1, "时限表"),
        _clocks(book),
        Paragraph((_length(book, ahead),)),
    ]
    return Paper(
        kind=PaperKind.SUMMARY,
        title=f"{published.title.zh}服务手册",
        blocks=(*blocks, Spacer()),
        dated=how.on,
        signature=how.issuer,
        number=f"版本：{published.version}",
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def owner_word(owner: Owner | None) -> str:
    """Return a side in Chinese."""
    return str(OwnerSide(owner).label) if owner else ""


def clock_words(clock: Clock | None, book: Playbook) -> str:
    """Return a clock as people say it, and from when it runs."""
    if clock is None:
        return "未定"
    said = _UNITS[clock.unit].format(n=clock.n)
    if clock.since == RUN:
        return f"{said}（自开办起）"
    if clock.since != OPENED:
        return f"{said}（自“{book.by_code[clock.since].label.zh}”办结起）"
    return said


def _items(book: Playbook) -> Table:
    phases = {each.code: each.label.zh for each in book.phases}
    return Table(
        columns=(
            Column("序号", 0.6, Align.CENTRE),
            Column("阶段", 1.2),
            Column("事项", 3.0),
            Column("由谁办", 1.0, Align.CENTRE),
            Column("时限", 1.8),
        ),
        rows=tuple(
            (str(at), phases.get(step.phase, ""), _named(step), owner_word(step.owner), clock_words(step.clock, book))
            for at, step in enumerate(book.steps, start=1)
        ),
    )


def _named(step: Step) -> str:
    return f"{step.label.zh}（可选）" if step.optional else step.label.zh


def _guide(book: Playbook) -> Sequence[Block]:
    found: list[Block] = []
    for phase in book.phases:
        found.append(Heading(2, phase.label.zh))
        for step in book.steps:
            if step.phase == phase.code:
                found += _step(book, step)
    return found


def _step(book: Playbook, step: Step) -> Sequence[Block]:
    lines = (
        ("由谁办", owner_word(step.owner)),
        ("什么情况下办", _conditions(book, step)),
        ("先办", "、".join(book.by_code[code].label.zh for code in step.after)),
        ("要交的材料", "、".join(each.zh for each in step.documents)),
        ("办结凭据", "、".join(f"{each.label.zh} {each.n} 件" for each in step.proofs)),
        ("时限", clock_words(step.clock, book) + (f"（{step.no_clock}）" if step.no_clock else "")),
        ("说明", step.note),
    )
    return [Heading(3, _named(step)), *(Labelled(label, (words,)) for label, words in lines if words)]


def _conditions(book: Playbook, step: Step) -> str:
    asked = {each.code: each for each in book.questions}
    said = []
    for each in step.when:
        question = asked[each.question]
        words = [
            ("是" if value else "否") if isinstance(value, bool) else question.options[value].zh
            for value in each.allowed
        ]
        said.append(f"{question.label.zh}——{'或'.join(words)}")
    return "；".join(said)


def _lanes(book: Playbook) -> Table:
    """Return the flow as lanes: one column for each side, one row for each step, in the column of whose turn it is."""
    number = {each.code: at for at, each in enumerate(book.steps, start=1)}
    columns = (
        Column("序号", 0.5, Align.CENTRE),
        *(Column(owner_word(each), 2.0, Align.CENTRE) for each in book.owners),
    )
    rows = []
    for step in book.steps:
        came = "".join(f"{number[code]}→" for code in step.after)
        cells = [f"{came}{_named(step)}" if step.owner is each else "" for each in book.owners]
        rows.append((str(number[step.code]), *cells))
    return Table(columns, tuple(rows), unit_note="“1→”表示第 1 步办结后才轮到")


def _clocks(book: Playbook) -> Table:
    return Table(
        columns=(
            Column("事项", 2.6),
            Column("由谁办", 0.9, Align.CENTRE),
            Column("时限", 1.6),
            Column("依据与确认情况", 2.6),
        ),
        rows=tuple(
            (step.label.zh, owner_word(step.owner), clock_words(step.clock, book), _grounds(step))
            for step in book.steps
        ),
    )


def _grounds(step: Step) -> str:
    if step.clock is None:
        return step.no_clock
    borrowed = f"参考外地做法（{step.clock.taken_from}），待本区确认" if step.clock.taken_from else "本区确认"
    return "；".join(filter(None, (borrowed, step.clock.note)))


def _length(book: Playbook, ahead: Forecast) -> str:
    path = "、".join(book.by_code[code].label.zh for code in ahead.path)
    said = f"按上列时限，各方都用足时间，最长的一条线是：{path}。"
    if ahead.untimed:
        return f"{said}其中 {len(ahead.untimed)} 步未定时限，总时长暂不能确定，只能给出下限。"
    return said
