"""签到表 for a visit of leaders. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Final

from feidi.domain.liaison.services.letters import Print, chinese_day
from feidi.domain.parties.models import Outpost
from feidi.kernel.documents.office.papers import Align, Column, Labelled, Paper, PaperKind, Table

_LINES: Final = 18


def visit_sign_in_sheet(outpost: Outpost, guests: str, on: date, how: Print) -> Paper:
    """Return a page of empty lines to sign on. ``guests``: who comes, as somebody typed it; kept nowhere."""
    head = [Labelled("时间", (chinese_day(on),)), Labelled("地点", (outpost.name,))]
    if guests.strip():
        head.append(Labelled("来访", (guests.strip(),)))
    columns = (
        Column("序号", 0.6, Align.CENTRE), Column("姓名", 1.2), Column("单位", 2.6), Column("职务", 1.4),
        Column("电话", 1.5), Column("签名", 1.5),
    )  # fmt: skip
    rows = tuple((str(at), "", "", "", "", "") for at in range(1, _LINES + 1))
    return Paper(
        kind=PaperKind.SIGN_IN_SHEET,
        title="来访签到表",
        blocks=(*head, Table(columns, rows, row_mm=10)),
        watermark=how.watermark,
        demonstration=how.demonstration,
    )
