"""行程表 and 签到表 of a trip as Word papers. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from feidi.domain.liaison.models import Trip, TripStop
from feidi.domain.liaison.selectors.trips import by_day, itinerary_of
from feidi.domain.liaison.services.letters import Print, chinese_day
from feidi.kernel.documents.office.papers import (
    Align,
    Block,
    Column,
    Heading,
    Labelled,
    Paper,
    PaperKind,
    Paragraph,
    Table,
)

_EMPTY_LINES, _SPARE = 19, 5


def itinerary_paper(trip: Trip, how: Print) -> Paper:
    """Return the itinerary of a trip loaded by ``get_trip``: who travels, and day by day where, with whom, about what."""
    head: list[Block] = [Labelled("时间", (period(trip),))]
    named = (
        ("带队", trip.leader), ("接待方", trip.received_by), ("交通", trip.transport), ("住宿", trip.lodging),
        ("审批号", trip.approval_number),
    )  # fmt: skip
    head += [Labelled(label, (text,)) for label, text in named if text]
    body: list[Block] = []
    members = list(trip.members.all())
    if members:
        rows = tuple((str(at), each.name, each.unit, each.title) for at, each in enumerate(members, start=1))
        columns = (Column("序号", 0.6, Align.CENTRE), Column("姓名", 1.2), Column("单位", 3), Column("职务", 1.6))
        body += [Heading(1, "人员名单"), Table(columns, rows)]
    body.append(Heading(1, "行程安排"))
    for on, stops in by_day(itinerary_of(trip)):
        body += [Heading(2, chinese_day(on)), Table(_STOPS, tuple(_line(stop) for stop in stops))]
    if not itinerary_of(trip):
        body.append(Paragraph(("行程待定。",)))
    return Paper(
        kind=PaperKind.REVIEW_SHEET,
        title=f"{trip.title}行程表",
        blocks=(*head, *body),
        dated=how.on,
        reference=trip.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def trip_sign_in(trip: Trip, how: Print) -> Paper:
    """Return the 签到表: the list as known, then empty lines to sign on."""
    known = [(each.name, each.unit, each.title) for each in trip.members.all()]
    blank = max(_SPARE, _EMPTY_LINES - len(known))
    lines = [*known, *(("", "", "") for _ in range(blank))]
    rows = tuple((str(at), *line, "", "") for at, line in enumerate(lines, start=1))
    columns = (
        Column("序号", 0.6, Align.CENTRE), Column("姓名", 1.2), Column("单位", 2.6), Column("职务", 1.2),
        Column("电话", 1.5), Column("签名", 1.5),
    )  # fmt: skip
    return Paper(
        kind=PaperKind.SIGN_IN_SHEET,
        title=f"{trip.title}签到表",
        blocks=(Labelled("时间", (period(trip),)), Table(columns, rows, row_mm=10)),
        reference=trip.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )


def period(trip: Trip) -> str:
    """Return 2026年11月3日至5日, or the one day."""
    first, last = trip.starts_on, trip.ends_on
    if first == last:
        return chinese_day(first)
    same = (first.year, first.month) == (last.year, last.month)
    return f"{chinese_day(first)}至{f'{last.day}日' if same else chinese_day(last)}"


_STOPS = (Column("时间", 0.9), Column("地点", 1.6), Column("内容", 2.4), Column("会见", 1.8), Column("结果", 1.8))


def _line(stop: TripStop) -> tuple[str, ...]:
    what = f"{stop.what}（{stop.project.name}）" if stop.project else stop.what
    return (stop.at, stop.place, what, stop.meets, stop.result)
