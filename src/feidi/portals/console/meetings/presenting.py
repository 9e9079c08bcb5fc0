"""From meetings to what the components draw; every text has passed the veil before it gets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.enums import MeetingKind
from feidi.domain.liaison.models import AgendaItem, Decision, Meeting
from feidi.domain.liaison.selectors.meetings import about, decided_of, items_of, meetings_veil
from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.liaison.services.minutes import people_line
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor
from feidi.portals.console.daily import EDIT, edits
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Badge, Column, Row

COLUMNS = [
    Column("title", gettext_lazy("会议"), sortable=True, lead=True),
    Column("kind", gettext_lazy("会议类型"), sortable=True),
    Column("held", gettext_lazy("开会日期"), sortable=True),
    Column("place", gettext_lazy("地点")),
    Column("items", gettext_lazy("议题数"), numeric=True),
    Column("decided", gettext_lazy("决定数"), numeric=True),
    Column("undone", gettext_lazy("未办结决定"), numeric=True),
    Column("minuted", gettext_lazy("纪要"), sortable=True),
    Column("number", gettext_lazy("编号"), sortable=True, shown=False),
    Column("chair", gettext_lazy("主持人"), shown=False),
    Column("agenda", gettext_lazy("议题"), shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
#: Of a decision, in the workbook: one row each.
DECISION_HEADERS = (
    gettext_lazy("会议编号"),
    gettext_lazy("会议"),
    gettext_lazy("开会日期"),
    gettext_lazy("议题"),
    gettext_lazy("决定事项"),
    gettext_lazy("责任人"),
    gettext_lazy("完成时限"),
    gettext_lazy("办结日期"),
    gettext_lazy("办理结果"),
    gettext_lazy("关联项目"),
)
#: Fields whose change a history names.
FIELDS = {
    "title": gettext_lazy("会议名称"),
    "kind": gettext_lazy("会议类型"),
    "held_on": gettext_lazy("开会日期"),
    "place": gettext_lazy("地点"),
    "chair": gettext_lazy("主持人"),
    "present": gettext_lazy("参会人"),
    "absent": gettext_lazy("请假、缺席"),
    "summary": gettext_lazy("会议概况"),
    "minuted_at": gettext_lazy("纪要"),
}


#: What became of the minutes → how a history says so.
TURNS = {"issued": gettext_lazy("纪要定稿"), "reopened": gettext_lazy("撤回纪要")}


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """One decision as its reader may read it. ``open``: something is still to be done."""

    uid: str
    text: str
    who: str
    due_on: date | None
    done_on: date | None
    result: str
    project: str
    project_url: str
    open: bool


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One item of the agenda as its reader may read it, with what was decided under it."""

    uid: str
    number: int
    title: str
    discussion: str
    project: str
    project_url: str
    decided: tuple[DecisionShown, ...]


def _project_of(veil: Veil, project: Project | None) -> tuple[str, str]:
    if project is None or veil.hides(project.pk):
        return veil.name(project), ""
    return project.name, reverse("console:pipeline:project_view", args=[project.uid])


def decision_shown(row: Decision, veil: Veil) -> DecisionShown:
    """Return a decision as its reader may read it."""
    name, url = _project_of(veil, row.project or (row.item.project if row.item else None))
    return DecisionShown(
        uid=row.uid,
        text=veil.whole(row.text, about(row)),
        who=veil.text(row.responsible_text),
        due_on=row.due_on,
        done_on=row.done_on,
        result=veil.whole(row.result, about(row)) if row.result else "",
        project=name,
        project_url=url,
        open=row.done_on is None,
    )


def item_shown(item: AgendaItem, number: int, decided: Sequence[Decision], veil: Veil) -> ItemShown:
    """Return an item as its reader may read it; of one about an unreported project nothing but that."""
    name, url = _project_of(veil, item.project)
    return ItemShown(
        uid=item.uid,
        number=number,
        title=veil.whole(item.title, item.project_id),
        discussion=veil.text(item.discussion) if not veil.hides(item.project_id) else "",
        project=name if url else "",
        project_url=url,
        decided=tuple(decision_shown(each, veil) for each in decided if each.item_id == item.pk),
    )


def agenda_of(meeting: Meeting, veil: Veil) -> list[ItemShown]:
    """Return the agenda with the decisions under each item."""
    decided = decided_of(meeting)
    return [item_shown(item, number, decided, veil) for number, item in enumerate(items_of(meeting), start=1)]


def apart_of(meeting: Meeting, veil: Veil) -> list[DecisionShown]:
    """Return the decisions that stand under no item."""
    listed = {item.pk for item in items_of(meeting)}
    return [decision_shown(each, veil) for each in decided_of(meeting) if each.item_id not in listed]


def rows_of(meetings: Sequence[Meeting], actor: Actor) -> list[Row]:
    """Return meetings as list rows, without what the reader may not know."""
    veil = meetings_veil(actor, list(meetings))
    return [_row(each, veil) for each in meetings]


def _row(row: Meeting, veil: Veil) -> Row:
    decided = decided_of(row)
    titles = [veil.whole(item.title, item.project_id) for item in items_of(row)]
    return Row(
        cells={
            "title": veil.text(row.title),
            "kind": MeetingKind(row.kind).label,
            "held": row.held_on,
            "place": veil.text(row.place),
            "items": len(titles),
            "decided": len(decided),
            "undone": sum(1 for each in decided if each.done_on is None),
            "minuted": _("已出纪要") if row.minuted_at else _("未出"),
            "number": row.number,
            "chair": row.chair,
            "agenda": "；".join(titles),
            "outpost": row.outpost.short_name,
        },
        url=reverse("console:meetings:meeting_view", args=[row.uid]),
        uid=row.uid,
    )


def decision_cells(meetings: Sequence[Meeting], actor: Actor) -> list[list[Any]]:
    """Return one line of the workbook for each decision, one for a meeting without any."""
    veil, lines = meetings_veil(actor, list(meetings)), []
    for meeting in meetings:
        head = [meeting.number, veil.text(meeting.title), meeting.held_on]
        for row in decided_of(meeting):
            shown = decision_shown(row, veil)
            item = veil.whole(row.item.title, row.item.project_id) if row.item else ""
            rest = [shown.text, shown.who, shown.due_on, shown.done_on, shown.result, shown.project]
            lines.append([*head, item, *rest])
        if not decided_of(meeting):
            lines.append([*head, "；".join(each.title for each in agenda_of(meeting, veil)), *[""] * 6])
    return lines


def badges_of(row: Meeting) -> list[Badge]:
    """Return what kind of meeting it is and whether its minutes stand."""
    minutes = Badge(_("已出纪要"), "ok") if row.minuted_at else Badge(_("未出纪要"), "warn")
    return [Badge(MeetingKind(row.kind).label, "info"), minutes]


def pairs_of(row: Meeting, veil: Veil) -> list[tuple[str, Any]]:
    """Return what the page of one meeting lists."""
    return [
        (_("开会日期"), row.held_on),
        (_("时间"), row.held_at),
        (_("地点"), veil.text(row.place)),
        (_("主持人"), row.chair),
        (_("记录人"), row.keeper),
        (_("参会人"), veil.text(people_line(row.present))),
        (_("请假、缺席"), veil.text(people_line(row.absent))),
        (_("驻点"), row.outpost.short_name),
    ]


@dataclass(frozen=True, slots=True)
class MightMeet:
    """What the actor may do with one meeting as it stands. ``staff``: works for its outpost."""

    staff: bool
    change: bool
    issue: bool
    reopen: bool


def might(actor: Actor, row: Meeting) -> MightMeet:
    """Return what ``actor`` may do with ``row``; the services ask again."""
    staff, issued = edits(actor, row.outpost, EDIT), row.minuted_at is not None
    return MightMeet(staff=staff, change=staff and not issued, issue=staff and not issued, reopen=staff and issued)


def list_text(rows: Sequence[Row], total: str, today: date) -> str:
    """Return the list as a chat message."""
    title = _("会议 {today}，共 {n} 次").format(today=today.isoformat(), n=total)
    told = _("{day} {title}：决定 {n} 项，未办结 {left} 项")
    return chat_lines(
        title,
        (
            told.format(
                day=row.cells["held"], title=row.cells["title"], n=row.cells["decided"], left=row.cells["undone"]
            )
            for row in rows
        ),
    )


def record_text(row: Meeting, veil: Veil) -> str:
    """Return a meeting's decisions as a chat message."""
    lines = []
    for number, each in enumerate(decided_of(row), start=1):
        shown = decision_shown(each, veil)
        due = f"，{shown.due_on:%m-%d}" if shown.due_on else ""
        lines.append(f"{number}. {shown.text}（{shown.who}{due}）")
    return chat_lines(f"{row.held_on.isoformat()} {veil.text(row.title)}", lines)
