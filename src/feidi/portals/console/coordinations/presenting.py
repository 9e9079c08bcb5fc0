"""From coordination to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.enums import CoordinationState, CoordinationWay
from feidi.domain.liaison.models import Coordination
from feidi.kernel.access import Actor
from feidi.portals.console.coordinations.forms import SIDES
from feidi.portals.console.daily import EDIT, edits
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Badge, Column, Row, Tone
from feidi.portals.ui.reading import read_clock

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True, whole=True),
    Column("department", gettext_lazy("协调部门"), sortable=True),
    Column("ask", gettext_lazy("协调事项")),
    Column("way", gettext_lazy("方式"), whole=True),
    Column("asked", gettext_lazy("发出日期"), sortable=True, whole=True),
    Column("due", gettext_lazy("希望答复日期"), sortable=True, whole=True),
    Column("clock", gettext_lazy("时限"), whole=True),
    Column("owner", gettext_lazy("经办人")),
    Column("state", gettext_lazy("协调状态"), sortable=True, whole=True),
    Column("letter", gettext_lazy("发文字号"), shown=False),
    Column("side", gettext_lazy("哪一侧"), shown=False),
    Column("project", gettext_lazy("关联项目"), shown=False),
    Column("answer", gettext_lazy("答复内容"), shown=False),
    Column("receipt", gettext_lazy("受理号、回执号"), shown=False),
]
TONES: dict[str, Tone] = {
    CoordinationState.ASKED: "warn",
    CoordinationState.ANSWERED: "info",
    CoordinationState.CLOSED: "ok",
}
#: Fields whose change a history names.
FIELDS = {
    "state": gettext_lazy("协调状态"),
    "department": gettext_lazy("协调部门"),
    "ask": gettext_lazy("协调事项"),
    "way": gettext_lazy("方式"),
    "due_on": gettext_lazy("希望答复日期"),
    "letter_number": gettext_lazy("发文字号"),
    "answer": gettext_lazy("答复内容"),
    "receipt": gettext_lazy("受理号、回执号"),
    "owner": gettext_lazy("经办人"),
    "project": gettext_lazy("关联项目"),
}
#: State that a matter went into → how its history says so.
TURNS = {
    CoordinationState.ASKED.value: gettext_lazy("登记发出"),
    CoordinationState.ANSWERED.value: gettext_lazy("登记答复"),
    CoordinationState.CLOSED.value: gettext_lazy("了结"),
}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class MightCoordinate:
    """What the actor may do with one matter as it stands."""

    edit: bool
    ask: bool
    answer: bool
    close: bool
    void: bool


def might(actor: Actor, row: Coordination) -> MightCoordinate:
    """Return what ``actor`` may do with ``row``; the services ask again."""
    staff, draft = edits(actor, row.outpost, EDIT), row.state == CoordinationState.DRAFT
    return MightCoordinate(
        edit=staff and draft,
        ask=staff and draft,
        answer=staff and row.state in {CoordinationState.ASKED, CoordinationState.ANSWERED},
        close=staff and row.state == CoordinationState.ANSWERED,
        void=staff,
    )


def clock_of(row: Coordination, today: date) -> dict[str, Any]:
    """Return a clock's facts: a draft is ours and may be late; what others owe reads 待反馈 · 第 n 天."""
    draft, asked = row.state == CoordinationState.DRAFT, row.state == CoordinationState.ASKED
    return {
        "today": today,
        "due_on": row.due_on if draft else None,
        "waiting_since": row.asked_on if asked else None,
        "stopped": not (draft or asked),
    }


def rows_of(rows: Iterable[Coordination], today: date) -> list[Row]:
    """Return matters as list rows."""
    sides = dict(SIDES)
    return [
        Row(
            cells={
                "number": each.number,
                "department": each.department,
                "ask": _short(each.ask),
                "way": CoordinationWay(each.way).label,
                "asked": each.asked_on,
                "due": each.due_on,
                "clock": read_clock(**clock_of(each, today)).text,
                "owner": each.owner.display_name if each.owner else "",
                "state": CoordinationState(each.state).label,
                "letter": each.letter_number,
                "side": str(sides.get(each.side, each.side)),
                "project": each.project.name if each.project else "",
                "answer": _short(each.answer),
                "receipt": each.receipt,
            },
            url=reverse("console:coordinations:coordination_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in rows
    ]


def pairs_of(row: Coordination) -> list[tuple[str, Any]]:
    """Return what the page of one matter lists."""
    return [
        (_("哪一侧"), str(dict(SIDES).get(row.side, row.side))),
        (_("方式"), CoordinationWay(row.way).label),
        (_("发文字号"), row.letter_number),
        (_("发出日期"), row.asked_on),
        (_("希望答复日期"), row.due_on),
        (_("对方联系人"), row.contact),
        (_("受理号、回执号"), row.receipt),
        (_("经办人"), row.owner.display_name if row.owner else ""),
        (_("驻点"), row.outpost.short_name),
        (_("登记人"), row.recorded_by),
    ]


def badge_of(row: Coordination) -> Badge:
    """Return where it stands."""
    return Badge(CoordinationState(row.state).label, TONES.get(row.state, "quiet"))


def list_text(rows: Sequence[Row], total: str, today: date) -> str:
    """Return the list as a chat message."""
    title = _("协调事项 {today}，共 {n} 件").format(today=today.isoformat(), n=total)
    return chat_lines(title, (f"{row.cells['department']}：{row.cells['ask']}（{row.cells['clock']}）" for row in rows))


def record_text(row: Coordination, today: date) -> str:
    """Return one matter as a chat message."""
    lines = [
        row.project.name if row.project else "",
        _short(row.ask),
        row.letter_number,
        read_clock(**clock_of(row, today)).text,
        _("答复：{what}").format(what=_short(row.answer)) if row.answer else "",
    ]
    return chat_lines(f"{row.number} {row.department}", (line for line in lines if line))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
