"""From instructions to what the components draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.enums import InstructionState
from feidi.domain.liaison.models import Instruction
from feidi.domain.liaison.selectors.instructions import own_outposts
from feidi.domain.liaison.selectors.veiling import Veil, veil_of
from feidi.kernel.access import Actor
from feidi.portals.console.daily import EDIT, INSTRUCT, edits
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Badge, Column, Row, Tone
from feidi.portals.ui.reading import read_clock

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True, whole=True),
    Column("what", gettext_lazy("交办内容")),
    Column("from", gettext_lazy("交办来源"), sortable=True),
    Column("received", gettext_lazy("交办日期"), sortable=True, whole=True),
    Column("due", gettext_lazy("反馈期限"), sortable=True, whole=True),
    Column("clock", gettext_lazy("时限"), whole=True),
    Column("owner", gettext_lazy("承办人")),
    Column("state", gettext_lazy("办理状态"), sortable=True, whole=True),
    Column("urged", gettext_lazy("催办次数"), numeric=True, shown=False),
    Column("project", gettext_lazy("关联项目"), shown=False),
    Column("plaque", gettext_lazy("牌子"), shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
    Column("answer", gettext_lazy("反馈内容"), shown=False),
]
TONES: dict[str, Tone] = {
    InstructionState.OPEN: "warn",
    InstructionState.ANSWERED: "info",
    InstructionState.CLOSED: "ok",
}
#: Fields whose change a history names.
FIELDS = {
    "state": gettext_lazy("办理状态"),
    "paraphrase": gettext_lazy("交办内容"),
    "given_by": gettext_lazy("交办来源"),
    "due_on": gettext_lazy("反馈期限"),
    "owner": gettext_lazy("承办人"),
    "support": gettext_lazy("配合单位"),
    "answer": gettext_lazy("反馈内容"),
    "project": gettext_lazy("关联项目"),
    "plaque": gettext_lazy("牌子"),
}
#: State that a matter went into → how its history says so.
TURNS = {
    InstructionState.OPEN.value: gettext_lazy("退回办理"),
    InstructionState.ANSWERED.value: gettext_lazy("登记反馈"),
    InstructionState.CLOSED.value: gettext_lazy("办结"),
}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class MightInstruct:
    """What the actor may do with one instruction as it stands."""

    edit: bool
    answer: bool
    urge: bool
    close: bool
    reopen: bool
    void: bool


def might(actor: Actor, row: Instruction) -> MightInstruct:
    """Return what ``actor`` may do with ``row``; the services ask again."""
    staff, either = edits(actor, row.outpost, EDIT), edits(actor, row.outpost, EDIT, INSTRUCT)
    closed = row.state == InstructionState.CLOSED
    return MightInstruct(
        edit=staff and not closed,
        answer=staff and not closed,
        urge=either and row.state == InstructionState.OPEN,
        close=either and row.state == InstructionState.ANSWERED,
        reopen=either and row.state != InstructionState.OPEN,
        void=either,
    )


def clock_of(row: Instruction, today: date, *, staff: bool) -> dict[str, Any]:
    """Return a clock's facts: to the outpost what is left, to the home side since when it waits, never 逾期."""
    waiting = None if staff else row.received_on
    due_on = row.due_on if staff else None
    return {"today": today, "due_on": due_on, "waiting_since": waiting, "stopped": row.state != InstructionState.OPEN}


def rows_of(rows: Sequence[Instruction], actor: Actor, today: date, plaque: Callable[[str], str]) -> list[Row]:
    """Return instructions as list rows, without what the reader may not know."""
    veil, own = veil_of(actor, [each.project_id for each in rows]), own_outposts(actor)
    return [_row(each, veil, today, plaque, staff=each.outpost_id in own) for each in rows]


def _row(row: Instruction, veil: Veil, today: date, plaque: Callable[[str], str], *, staff: bool) -> Row:
    clock = read_clock(**clock_of(row, today, staff=staff))
    return Row(
        cells={
            "number": row.number,
            "what": _short(veil.text(row.paraphrase)),
            "from": veil.text(row.given_by),
            "received": row.received_on,
            "due": row.due_on,
            "clock": clock.text,
            "owner": row.owner.display_name if row.owner else "",
            "state": InstructionState(row.state).label,
            "urged": getattr(row, "urged", 0),
            "project": veil.name(row.project),
            "plaque": plaque(row.plaque),
            "outpost": row.outpost.short_name,
            "answer": _short(veil.text(row.answer)),
        },
        url=reverse("console:instructions:instruction_view", args=[row.uid]),
        uid=row.uid,
        tone="bad" if clock.tone == "late" else "",
    )


def pairs_of(row: Instruction, veil: Veil, plaque: str) -> list[tuple[str, Any]]:
    """Return what the page of one instruction lists."""
    return [
        (_("交办来源"), veil.text(row.given_by)),
        (_("交办日期"), row.received_on),
        (_("反馈期限"), row.due_on),
        (_("承办人"), row.owner.display_name if row.owner else ""),
        (_("配合单位"), veil.text(row.support)),
        (_("牌子"), plaque),
        (_("驻点"), row.outpost.short_name),
        (_("登记人"), row.recorded_by),
        (_("办结日期"), row.closed_on),
    ]


def badge_of(row: Instruction) -> Badge:
    """Return where it stands."""
    return Badge(InstructionState(row.state).label, TONES.get(row.state, "quiet"))


def list_text(rows: Iterable[Row], total: str, today: date) -> str:
    """Return the list as a chat message."""
    title = _("交办事项 {today}，共 {n} 件").format(today=today.isoformat(), n=total)
    return chat_lines(title, (f"{each.cells['what']}（{each.cells['clock']}）{each.cells['owner']}" for each in rows))


def record_text(row: Instruction, veil: Veil) -> str:
    """Return one instruction as a chat message."""
    lines = [
        _("来源：{who}").format(who=veil.text(row.given_by)),
        _("期限：{day}").format(day=row.due_on.isoformat()) if row.due_on else "",
        _("承办：{who}").format(who=row.owner.display_name) if row.owner else "",
        _("反馈：{what}").format(what=_short(veil.text(row.answer))) if row.answer else "",
    ]
    return chat_lines(f"{row.number} {_short(veil.text(row.paraphrase))}", (line for line in lines if line))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
