"""From plans and tasks to what the components draw; every text has passed the veil before it gets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.enums import PlanState, TaskState
from feidi.domain.liaison.models import ActionPlan, PlanLink, PlanTask
from feidi.domain.liaison.selectors.plans import FINISHED, Change, TaskLine
from feidi.domain.liaison.selectors.veiling import Veil, veil_of
from feidi.domain.liaison.services.plan_import import LABELS
from feidi.domain.liaison.services.plans import APPROVE, PROJECT
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor
from feidi.kernel.subjects import url_of
from feidi.portals.console.daily import EDIT, edits
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.pieces import Badge, Column, Row, Tone
from feidi.portals.ui.reading import read_clock

COLUMNS = [
    Column("title", gettext_lazy("计划"), sortable=True, lead=True),
    Column("version", gettext_lazy("版次"), numeric=True),
    Column("state", gettext_lazy("状态"), sortable=True, whole=True),
    Column("period", gettext_lazy("计划期"), sortable=True),
    Column("tasks", gettext_lazy("任务数"), numeric=True),
    Column("done", gettext_lazy("已完成"), numeric=True),
    Column("late", gettext_lazy("已逾期"), numeric=True),
    Column("document", gettext_lazy("文号"), shown=False),
    Column("series", gettext_lazy("计划系列"), shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
TASK_COLUMNS = [
    Column("number", gettext_lazy("序号")),
    Column("title", gettext_lazy("任务"), lead=True),
    Column("lead_unit", gettext_lazy("牵头单位")),
    Column("support_units", gettext_lazy("配合单位")),
    Column("due", gettext_lazy("完成时限"), whole=True),
    Column("state", gettext_lazy("状态"), whole=True),
    Column("progress", gettext_lazy("最新进展")),
    Column("files", gettext_lazy("佐证"), numeric=True),
    Column("ties", gettext_lazy("关联"), numeric=True),
    Column("measure", gettext_lazy("主要举措"), shown=False),
    Column("owner", gettext_lazy("跟进人"), shown=False),
]
FIELDS = {
    "title": gettext_lazy("计划名称"),
    "document_number": gettext_lazy("文号"),
    "period_from": gettext_lazy("计划期起"),
    "period_to": gettext_lazy("计划期止"),
    "state": gettext_lazy("状态"),
}
STATE_TONES: dict[str, Tone] = {
    PlanState.DRAFT: "warn",
    PlanState.IN_FORCE: "ok",
    PlanState.SUPERSEDED: "quiet",
    PlanState.ENDED: "quiet",
}
_TASK_TONES: dict[str, Tone] = {
    TaskState.NOT_STARTED: "quiet",
    TaskState.UNDER_WAY: "info",
    TaskState.DONE: "ok",
    TaskState.STOPPED: "quiet",
}


@dataclass(frozen=True, slots=True)
class MightPlan:
    """What the actor may do with one plan as it stands. ``work``: note progress; ``change``: alter the text."""

    staff: bool
    work: bool
    change: bool
    approve: bool
    follow: bool


def might(actor: Actor, plan: ActionPlan) -> MightPlan:
    """Return what ``actor`` may do with ``plan``; the services ask again."""
    staff, live = edits(actor, plan.outpost, EDIT), plan.voided_at is None
    draft, in_force = plan.state == PlanState.DRAFT, plan.state == PlanState.IN_FORCE
    return MightPlan(
        staff=staff,
        work=staff and live and (draft or in_force),
        change=staff and live and draft,
        approve=live and draft and edits(actor, plan.outpost, APPROVE),
        follow=staff and live and not draft,
    )


def plan_veil(actor: Actor, plan: ActionPlan) -> Veil:
    """Return what must be struck out of a plan's words: the names of tied projects that were not reported."""
    uids = PlanLink.objects.filter(task__plan=plan, subject_kind=PROJECT).values("subject_uid")
    return veil_of(actor, Project.objects.filter(uid__in=uids).values_list("pk", flat=True))


def rows_of(plans: Sequence[ActionPlan]) -> list[Row]:
    """Return plans (with their counts) as list rows."""
    return [_row(each) for each in plans]


def _row(plan: ActionPlan) -> Row:
    counted: Any = plan
    return Row(
        cells={
            "title": plan.title,
            "version": plan.number,
            "state": str(plan.get_state_display()),
            "period": f"{plan.period_from.isoformat()} — {plan.period_to.isoformat()}",
            "tasks": counted.task_count,
            "done": counted.done_count,
            "late": counted.late_count,
            "document": plan.document_number,
            "series": plan.series,
            "outpost": plan.outpost.short_name,
        },
        url=reverse("console:plans:plan_view", args=[plan.uid]),
        uid=plan.uid,
    )


def badges_of(plan: ActionPlan, today: date) -> list[Badge]:
    """Return where the version stands, and whether its period is over."""
    found = [
        Badge(_("第 {n} 版").format(n=plan.number), "info"),
        Badge(str(plan.get_state_display()), STATE_TONES[plan.state]),
    ]
    if plan.voided_at is not None:
        found.append(Badge(_("已撤回"), "quiet", title=plan.void_reason))
    if plan.state == PlanState.IN_FORCE and plan.period_to < today:
        found.append(Badge(_("计划期已满，请建下一期"), "warn", "clock"))
    return found


def task_rows(lines: Sequence[TaskLine], veil: Veil) -> list[Row]:
    """Return the tasks of one group as rows."""
    return [_task_row(each, veil) for each in lines]


def _task_row(line: TaskLine, veil: Veil) -> Row:
    task, latest = line.task, line.latest
    due = task.due_text or (task.due_on.isoformat() if task.due_on else "")
    percent = f"（{latest.percent}%）" if latest and latest.percent is not None else ""
    return Row(
        cells={
            "number": task.number,
            "title": veil.text(task.title),
            "measure": veil.text(task.measure),
            "lead_unit": task.lead_unit,
            "support_units": task.support_units,
            "due": due,
            "state": str(task.get_state_display()),
            "progress": f"{latest.on.isoformat()} {veil.text(latest.text)}{percent}" if latest else "",
            "files": line.files,
            "ties": len(line.ties),
            "owner": str(task.owner) if task.owner else "",
        },
        url=reverse("console:plans:task_view", args=[task.uid]),
        uid=task.uid,
        badges=late_badge(line),
    )


def late_badge(line: TaskLine) -> list[Badge]:
    """Return a mark on a task whose day has passed; computed, never stored."""
    return [Badge(_("已逾期"), "bad", "clock")] if line.late else []


def task_badges(line: TaskLine, today: date) -> list[Badge]:
    """Return where a task stands and how its clock runs."""
    task = line.task
    found = [Badge(str(task.get_state_display()), _TASK_TONES[task.state])]
    if task.due_on is not None and task.state not in FINISHED:
        clock = read_clock(today=today, due_on=task.due_on)
        found.append(Badge(clock.text, "bad" if line.late else "info", "clock"))
    return found


def task_pairs(task: PlanTask, veil: Veil) -> list[tuple[str, Any]]:
    """Return what the page of one task lists."""
    return [
        (_("序号"), task.number),
        (_("类别"), veil.text(task.group)),
        (_("牵头单位"), task.lead_unit),
        (_("配合单位"), task.support_units),
        (_("完成时限"), task.due_on),
        (_("时限原文"), task.due_text),
        (_("本驻点跟进人"), str(task.owner) if task.owner else ""),
    ]


def ties_of(line: TaskLine) -> list[dict[str, str]]:
    """Return what a task is tied to, as far as its reader may know, with addresses."""
    return [
        {"label": each.label, "url": url_of(each.subject) or "", "kind": each.subject.kind, "uid": each.subject.uid}
        for each in line.ties
    ]


def summary_pairs(lines: Sequence[TaskLine]) -> list[tuple[str, Any]]:
    """Return how many tasks stand where."""
    states = [(state, sum(1 for each in lines if each.task.state == state)) for state in TaskState]
    found = [(str(state.label), n) for state, n in states if n]
    return [(_("任务数"), len(lines)), *found, (_("已逾期"), sum(1 for each in lines if each.late))]


def change_rows(changes: Sequence[Change], veil: Veil) -> list[dict[str, Any]]:
    """Return what a version changed: one entry a task, with each field before and after."""
    return [_change(each, veil) for each in changes]


def _change(change: Change, veil: Veil) -> dict[str, Any]:
    task = change.after or change.before
    assert task is not None  # noqa: S101 - a change has at least one side
    kind = _("新增") if change.before is None else _("删去") if change.after is None else _("修改")
    names = {"due_on": "due", "due_text": "due"}
    fields = [
        {
            "label": LABELS[names.get(name, name)],
            "before": veil.text(str(getattr(change.before, name) or "—")),
            "after": veil.text(str(getattr(change.after, name) or "—")),
        }
        for name in change.fields
    ]
    return {"kind": kind, "number": task.number, "title": veil.text(task.title), "fields": fields}


def list_text(rows: Sequence[Row], total: str, today: date) -> str:
    """Return the list as a chat message."""
    title = _("重点任务 {today}，共 {n} 份计划").format(today=today.isoformat(), n=total)
    told = _("{title} 第{version}版：任务 {tasks}，已完成 {done}，已逾期 {late}")
    return chat_lines(title, (told.format(**each.cells) for each in rows))


def record_text(plan: ActionPlan, lines: Sequence[TaskLine], veil: Veil, today: date) -> str:
    """Return a plan as a chat message: how it stands, then what is late."""
    done = sum(1 for each in lines if each.task.state == TaskState.DONE)
    late = [each for each in lines if each.late]
    head = _("{title}（截至 {today}）：任务 {n} 项，已完成 {done} 项，逾期 {late} 项").format(
        title=plan.title, today=today.isoformat(), n=len(lines), done=done, late=len(late)
    )
    return chat_lines(
        head,
        (_("逾期 {number}. {title}（{unit}，{due}）").format(
            number=each.task.number, title=veil.text(each.task.title), unit=each.task.lead_unit or "—",
            due=each.task.due_on,
        ) for each in late),
    )  # fmt: skip
