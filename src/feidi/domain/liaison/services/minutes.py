"""会议纪要 and 签到表 of a meeting as Word papers. What the reader may not know is struck out before it is printed."""

from __future__ import annotations

from collections.abc import Iterable

from feidi.domain.liaison.models import Meeting
from feidi.domain.liaison.selectors.meetings import about, decided_of, items_of
from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.liaison.services.letters import Print, chinese_day
from feidi.kernel.documents.office.papers import (
    Align,
    Block,
    Column,
    Copies,
    Heading,
    Labelled,
    Masthead,
    Paper,
    PaperKind,
    Paragraph,
    Table,
)

#: So many lines fill one page.
_LINES = 16


def minutes_of(meeting: Meeting, veil: Veil, how: Print) -> Paper:
    """Return the 会议纪要 of a meeting loaded ``with_parts``: who was there, what was said, who does what by when."""
    outpost, title = meeting.outpost, veil.text(meeting.title)
    items, decided = items_of(meeting), decided_of(meeting)
    head: list[Block] = [
        Labelled("时间", (f"{chinese_day(meeting.held_on)}{meeting.held_at}",)),
        Labelled("地点", (meeting.place or "—",)),
        Labelled("主持", (meeting.chair or "—",)),
        Labelled("出席", (people_line(meeting.present) or "—",)),
    ]
    head += [Labelled("缺席", (people_line(meeting.absent),))] if meeting.absent else []
    head += [Labelled("记录", (meeting.keeper,))] if meeting.keeper else []
    body: list[Block] = [Paragraph((line,)) for line in _lines(veil.text(meeting.summary))]
    if items:
        body.append(Heading(1, "会议议题"))
        for item in items:
            body.append(Heading(2, veil.whole(item.title, item.project_id)))
            body += [Paragraph((line,)) for line in _lines(veil.whole(item.discussion, item.project_id))]
    if decided:
        body.append(Heading(1, "议定事项"))
        rows = [
            (
                veil.whole(each.text, about(each)),
                each.responsible_text,
                chinese_day(each.due_on) if each.due_on else "",
            )
            for each in decided
        ]
        body.append(Table((Column("事项", 3), Column("责任人"), Column("完成时限", 1.8)), tuple(rows)))
    units = sorted({each.get("unit", "") for each in meeting.present if each.get("unit")})
    return Paper(
        kind=PaperKind.MINUTES,
        title=f"{title.removesuffix('纪要')}纪要{'' if meeting.minuted_at else '（讨论稿）'}",
        blocks=(*head, *body),
        dated=meeting.held_on,
        masthead=Masthead(f"{meeting.get_kind_display()}纪要", meeting.number, outpost.name),
        copies=(Copies("发", tuple(units)),) if units else (),
        printed_by=outpost.name,
        reference=meeting.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def sign_in_of(meeting: Meeting, veil: Veil, how: Print) -> Paper:
    """Return the 签到表: those already noted, then empty lines to sign on, a page at least."""
    known = [(each.get("name", ""), each.get("unit", ""), each.get("title", "")) for each in meeting.present]
    blank = max(5, _LINES - len(known))
    lines = [*known, *(("", "", "") for _ in range(blank))]
    rows = tuple((str(at), *line, "", "") for at, line in enumerate(lines, start=1))
    columns = (
        Column("序号", 0.6, Align.CENTRE), Column("姓名", 1.2), Column("单位", 2.6), Column("职务", 1.2),
        Column("电话", 1.5), Column("签名", 1.5),
    )  # fmt: skip
    return Paper(
        kind=PaperKind.SIGN_IN_SHEET,
        title=f"{veil.text(meeting.title)}签到表",
        blocks=(
            Labelled("时间", (f"{chinese_day(meeting.held_on)}{meeting.held_at}",)),
            Labelled("地点", (meeting.place or "—",)),
            Table(columns, rows, row_mm=11),
        ),
        reference=meeting.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def people_line(people: Iterable[dict[str, str]]) -> str:
    """Return 陈局（经科局 局长）、周宁（联络处）."""
    told = []
    for each in people:
        place = " ".join(part for part in (each.get("unit", ""), each.get("title", "")) if part)
        told.append(f"{each.get('name', '')}（{place}）" if place else each.get("name", ""))
    return "、".join(told)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
