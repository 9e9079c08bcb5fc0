"""From playbooks, runs and steps to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.playbook.enums import OwnerSide, PlaybookKind, RunEvent, RunState, ServedKind, StepState
from feidi.domain.playbook.models import PlaybookRun, RunEntry, RunStep
from feidi.domain.playbook.selectors.runs import subject_labels
from feidi.domain.playbook.selectors.sides import Sides
from feidi.engines.playbooks import OPENED, RUN, Clock, Playbook, Step, days_late, days_waiting
from feidi.kernel.access import Actor
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.words import say, say_pair
from feidi.portals.ui.pieces import Badge, Column, Row, TimelineEntry, Tone

RUN_COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("playbook", gettext_lazy("服务手册"), sortable=True),
    Column("subject", gettext_lazy("为谁办")),
    Column("turn", gettext_lazy("轮到谁")),
    Column("current", gettext_lazy("正在办")),
    Column("due", gettext_lazy("最近的时限"), sortable=True),
    Column("started", gettext_lazy("开办日期"), sortable=True),
    Column("planned", gettext_lazy("原定办结"), sortable=True, shown=False),
    Column("officer", gettext_lazy("服务专员"), shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
    Column("state", gettext_lazy("状态"), sortable=True, shown=False),
]
OWED_COLUMNS = [
    Column("step", gettext_lazy("事项"), lead=True),
    Column("subject", gettext_lazy("为谁办")),
    Column("waiting", gettext_lazy("等了多久")),
    Column("asked", gettext_lazy("交件日期")),
    Column("of", gettext_lazy("交给谁")),
    Column("receipt", gettext_lazy("受理号、回执")),
    Column("due", gettext_lazy("约定时限")),
    Column("run", gettext_lazy("服务进度")),
]
STEP_TONES: dict[str, Tone] = {
    StepState.WAITING: "quiet",
    StepState.OPEN: "info",
    StepState.ASKED: "info",
    StepState.DONE: "ok",
    StepState.SKIPPED: "quiet",
    StepState.NOT_APPLICABLE: "quiet",
}
_RUN_TONES: dict[str, Tone] = {RunState.RUNNING: "info", RunState.FINISHED: "ok", RunState.STOPPED: "quiet"}
_EVENT_TONES: dict[str, Tone] = {
    RunEvent.DONE: "ok",
    RunEvent.FINISHED: "ok",
    RunEvent.CHANGED: "warn",
    RunEvent.REOPENED: "warn",
    RunEvent.STOPPED: "warn",
}
_GOVERNMENTS = frozenset({OwnerSide.HOME, OwnerSide.HOST})


def run_url(run: PlaybookRun) -> str:
    """Return the page of a run."""
    return reverse("console:playbooks:run_view", args=[run.uid])


def step_url(step: RunStep) -> str:
    """Return the page of a step."""
    return reverse("console:playbooks:step_view", args=[step.uid])


def title_of(run: PlaybookRun) -> str:
    """Return what the run's playbook was called on its first day."""
    return say_pair(run.title_zh, run.title_en)


def label_of(step: RunStep) -> str:
    """Return a step's words."""
    return say_pair(step.label_zh, step.label_en)


def side_word(sides: Sides, owner: str) -> str:
    """Return what a side is called at this outpost; the others by their plain names."""
    return say(sides.word(owner)) if owner in _GOVERNMENTS else str(OwnerSide(owner).label)


def standing_of(step: RunStep, today: date) -> Badge:
    """Return in words how a step stands. A government is never overdue: 待反馈 · 第 n 天, then 第 n 天反馈."""
    if step.state == StepState.WAITING:
        return Badge(_("待问清"), "warn") if step.unclear else Badge(StepState.WAITING.label, "quiet")
    if step.state == StepState.DONE:
        return _done(step)
    if step.state not in {StepState.OPEN, StepState.ASKED}:
        return Badge(StepState(step.state).label, STEP_TONES[step.state], title=step.reason)
    if step.owner in _GOVERNMENTS:
        if step.asked_on is None:
            return Badge(_("待交件"), "info")
        return Badge(_("待反馈 · 第 {n} 天").format(n=days_waiting(step.asked_on, today)), "info")
    late = days_late(step.due_on, today)
    if late:
        return Badge(_("已超 {n} 天").format(n=late), "bad")
    return Badge(StepState(step.state).label, "info")


def _done(step: RunStep) -> Badge:
    if step.done_on is None:
        return Badge(StepState.DONE.label, "ok")
    late = days_late(step.due_on, step.done_on)
    if step.owner in _GOVERNMENTS and step.asked_on:
        taken = _("第 {n} 天反馈").format(n=days_waiting(step.asked_on, step.done_on))
        agreed = _("约定 {due}").format(due=step.due_on.isoformat()) if step.due_on and late else ""
        return Badge(f"{taken}（{agreed}）" if agreed else taken, "warn" if late else "ok")
    return Badge(_("办结，超 {n} 天").format(n=late), "warn") if late else Badge(StepState.DONE.label, "ok")


def clock_of(step: RunStep, today: date) -> dict[str, Any] | None:
    """Return the props of the clock component of a step under way, None where no day is set."""
    if step.state not in {StepState.OPEN, StepState.ASKED} or step.due_on is None:
        return None
    waiting = step.asked_on if step.owner in _GOVERNMENTS else None
    return {"today": today, "due_on": step.due_on, "waiting_since": waiting}


def clock_words(clock: Clock | None, book: Playbook) -> str:
    """Return a clock as people say it, and from when it runs."""
    if clock is None:
        return _("未定")
    said = {
        "working": _("{n} 个工作日"),
        "calendar": _("{n} 天"),
        "monthly_day": _("每月 {n} 日"),
    }[clock.unit].format(n=clock.n)
    if clock.since == RUN:
        return _("{clock}（自开办起）").format(clock=said)
    if clock.since != OPENED:
        return _("{clock}（自“{step}”办结起）").format(clock=said, step=say(book.by_code[clock.since].label))
    return said


def conditions_of(step: Step, book: Playbook) -> list[str]:
    """Return under which answers a step is wanted."""
    asked = {each.code: each for each in book.questions}
    found = []
    for each in step.when:
        question = asked[each.question]
        words = [
            (_("是") if value else _("否")) if isinstance(value, bool) else say(question.options[value])
            for value in each.allowed
        ]
        found.append(f"{say(question.label)} {'／'.join(words)}")
    return found


def run_rows(actor: Actor, runs: Sequence[PlaybookRun], today: date) -> list[Row]:
    """Return runs (as ``list_runs`` gives them) as list rows."""
    labels = subject_labels(actor, runs)
    return [_run_row(each, labels[each.pk], today) for each in runs]


def _run_row(run: PlaybookRun, subject: str, today: date) -> Row:
    current: list[RunStep] = getattr(run, "current", [])
    sides = list(dict.fromkeys(str(OwnerSide(each.owner).label) for each in current))
    late = any(days_late(each.due_on, today) and each.owner not in _GOVERNMENTS for each in current)
    return Row(
        cells={
            "number": run.number,
            "playbook": title_of(run),
            "subject": subject or _("（不在您的范围内）"),
            "turn": "、".join(sides),
            "current": "、".join(label_of(each) for each in current),
            "due": getattr(run, "next_due", None),
            "started": run.started_on,
            "planned": run.planned_end,
            "officer": run.officer.display_name,
            "outpost": run.outpost.short_name,
            "state": RunState(run.state).label,
        },
        url=run_url(run),
        uid=run.uid,
        badges=[standing_of(each, today) for each in current if each.owner in _GOVERNMENTS and each.asked_on],
        tone="warn" if late else ("" if run.state == RunState.RUNNING else "quiet"),
    )


def owed_rows(actor: Actor, steps: Sequence[RunStep], today: date) -> list[Row]:
    """Return steps that a side owes as list rows."""
    labels = subject_labels(actor, [each.run for each in steps])
    return [
        Row(
            cells={
                "step": label_of(each),
                "subject": labels[each.run_id] or _("（不在您的范围内）"),
                "waiting": str(standing_of(each, today).text),
                "asked": each.asked_on,
                "of": each.asked_of,
                "receipt": each.receipt,
                "due": each.due_on,
                "run": f"{each.run.number} {title_of(each.run)}",
            },
            url=step_url(each),
            uid=each.uid,
        )
        for each in steps
    ]


def badges_of(run: PlaybookRun) -> list[Badge]:
    """Return the marks at the head of a run."""
    return [
        Badge(ServedKind(run.served).label, "info"),
        Badge(RunState(run.state).label, _RUN_TONES[run.state], title=run.ended_reason),
    ]


def kind_badge(book: Playbook) -> Badge:
    """Return what a playbook serves."""
    return Badge(PlaybookKind(book.kind).label, "info")


def history_of(entries: Sequence[RunEntry], *, inside: bool) -> list[TimelineEntry]:
    """Return a run's history, newest first; remarks only to the outpost's people."""
    return [
        TimelineEntry(
            when=each.occurred_on,
            title=f"{RunEvent(each.what).label}{'：' + label_of(each.step) if each.step else ''}",
            text=each.note,
            who=each.by,
            tone=_EVENT_TONES.get(each.what, "quiet"),
        )
        for each in entries
        if inside or not each.inside
    ]


def chat_of(run: PlaybookRun, subject: str, steps: Sequence[RunStep], today: date) -> str:
    """Return clean lines for a chat message: what is under way and whose turn it is."""
    lines = [
        f"{OwnerSide(each.owner).label}：{label_of(each)}（{standing_of(each, today).text}）"
        for each in steps
        if each.state in {StepState.OPEN, StepState.ASKED}
    ]
    return chat_lines(f"{title_of(run)} {subject} {run.number}", lines)
