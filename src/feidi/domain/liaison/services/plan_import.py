"""Importing a 重点任务分解表: a preview row by row, then everything or nothing; and the way out as a workbook.

A task is known by its number. A blank cell changes nothing. Of a version in force only state and progress are taken:
what a task says is changed by a new version.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from feidi.domain.liaison.enums import PlanState, TaskState
from feidi.domain.liaison.models import ActionPlan, PlanTask
from feidi.domain.liaison.selectors.plans import TaskLine, notes_of
from feidi.domain.liaison.services.changing import changed
from feidi.domain.liaison.services.plan_tables import FIELDS, RawRow, read_due, read_table
from feidi.domain.liaison.services.plans import (
    EDIT,
    KIND,
    TASK,
    TEXT_FIELDS,
    Progress,
    TaskFacts,
    set_state,
    still_worked_on,
    write_progress,
    write_task,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.files.models import StoredFile

_LIMITS: Final = {"number": 20, "group": 120, "title": 300, "lead_unit": 120, "support_units": 300, "progress": 1000}
LABELS: Final = {each.code: each.label for each in FIELDS}
#: How states are written in a plan: Chinese, whatever language the reader has chosen.
_STATES: Final = {
    "未启动": TaskState.NOT_STARTED,
    "推进中": TaskState.UNDER_WAY,
    "已完成": TaskState.DONE,
    "已中止": TaskState.STOPPED,
    "完成": TaskState.DONE,
    "已办结": TaskState.DONE,
    "进行中": TaskState.UNDER_WAY,
    "正在推进": TaskState.UNDER_WAY,
    "持续推进": TaskState.UNDER_WAY,
    "未开始": TaskState.NOT_STARTED,
    "中止": TaskState.STOPPED,
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row as it would be written. ``known``: the task it changes; ``changes``: labels of what changes."""

    row: int
    facts: TaskFacts
    state: TaskState | None
    progress: str
    known: PlanTask | None
    changes: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> bool:
        """Tell whether the row stands in the way of the import."""
        return any(each.level is not Level.NOTE for each in self.findings)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do to a plan: its rows, how columns were understood, tasks that it does not mention."""

    rows: tuple[PlanRow, ...]
    columns: tuple[tuple[str, str], ...]
    unmatched: tuple[str, ...]
    findings: tuple[Finding, ...]
    untouched: tuple[PlanTask, ...]

    @property
    def wrong(self) -> int:
        """How many rows stand in the way."""
        return sum(1 for each in self.rows if each.wrong)

    @property
    def new(self) -> int:
        """How many tasks would be added."""
        return sum(1 for each in self.rows if each.known is None)

    @property
    def altered(self) -> int:
        """How many tasks would be changed."""
        return sum(1 for each in self.rows if each.known is not None and each.changes)


def preview_import(*, plan: ActionPlan, data: bytes, name: str) -> Preview:
    """Say what a file would do. Refused: a file that cannot be read, or without a task table."""
    table = read_table(data, name)
    known = {task.number: task for task in plan.tasks.filter(voided_at__isnull=True)}
    last = {pk: notes[0].text for pk, notes in notes_of(list(known.values())).items()}
    taken: dict[str, int] = {}
    rows = [_row(plan, raw, known, last, taken) for raw in table.rows]
    mentioned = {each.known.pk for each in rows if each.known}
    untouched = tuple(task for task in known.values() if task.pk not in mentioned)
    return Preview(tuple(rows), table.columns, table.unmatched, table.findings, untouched)


def import_tasks(
    *, actor: Actor, now: datetime, plan: ActionPlan, data: bytes, name: str, source: StoredFile | None = None
) -> Preview:
    """Write what the file says, all rows or none. Refused: a row that is wrong, nothing new, a plan that is closed."""
    require(actor, EDIT, outpost_scope(plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        locked = ActionPlan.objects.select_for_update().get(pk=plan.pk)
        still_worked_on(locked)
        preview = preview_import(plan=locked, data=data, name=name)
        reasons = [each for row in preview.rows for each in row.findings if each.level is not Level.NOTE]
        if reasons:
            raise refuse("liaison.plan_rows_wrong", *reasons, n=preview.wrong)
        if not preview.new and not preview.altered:
            raise refuse("liaison.plan_nothing_new")
        for row in preview.rows:
            _write(unit, locked, row)
        if locked.state == PlanState.DRAFT and source is not None:
            with changed(unit, locked, KIND) as fresh:
                fresh.source = source
        unit.acted("imported", kind=KIND, uid=locked.uid, file=name, new=preview.new, altered=preview.altered)
    return preview


def export_rows(lines: list[TaskLine]) -> tuple[list[str], list[list[Any]]]:
    """Return header and rows of the table as a workbook that can be imported again unchanged."""
    rows = []
    for line in lines:
        task = line.task
        due = task.due_text or (task.due_on.isoformat() if task.due_on else "")
        said = [task.number, task.group, task.title, task.measure, task.lead_unit, task.support_units, due]
        rows.append([*said, str(task.get_state_display()), line.latest.text if line.latest else ""])
    return [each.label for each in FIELDS], rows


def _row(
    plan: ActionPlan, raw: RawRow, known: dict[str, PlanTask], last: dict[int, str], taken: dict[str, int]
) -> PlanRow:
    findings: list[Finding] = []
    number = _number(raw, known, taken, findings)
    task = known.get(number)
    facts = _facts(raw, number, task, findings)
    state = _state(raw, findings)
    progress = raw.texts.get("progress", "")
    changes = list(_changes(task, facts)) if task else [LABELS["title"]]
    if task and state and state != task.state:
        changes.append(LABELS["state"])
    if progress and progress != (last.get(task.pk, "") if task else ""):
        changes.append(LABELS["progress"])
    else:
        progress = ""
    if plan.state == PlanState.IN_FORCE:
        findings += _frozen(raw, task, facts, number)
    return PlanRow(raw.row, facts, state, progress, task, tuple(changes), tuple(findings))


def _number(raw: RawRow, known: dict[str, PlanTask], taken: dict[str, int], findings: list[Finding]) -> str:
    number = raw.texts.get("number", "").removesuffix(".0").strip("、.．")[: _LIMITS["number"]]
    if not number:
        number = str(next(n for n in range(1, 10**6) if str(n) not in taken and str(n) not in known))
        findings.append(Finding(Level.NOTE, "liaison.row_number_made", {"number": number}, row=raw.row))
    elif number in taken:
        params: dict[str, Scalar] = {"number": number, "other": taken[number]}
        findings.append(
            Finding(Level.PROBLEM, "liaison.row_number_twice", params, row=raw.row, column=LABELS["number"])
        )
    taken.setdefault(number, raw.row)
    return number


def _facts(raw: RawRow, number: str, task: PlanTask | None, findings: list[Finding]) -> TaskFacts:
    for code, limit in _LIMITS.items():
        if len(raw.texts.get(code, "")) > limit:
            params: dict[str, Scalar] = {"column": LABELS[code], "limit": limit}
            findings.append(Finding(Level.PROBLEM, "liaison.row_too_long", params, row=raw.row, column=LABELS[code]))
    given = {name: raw.texts.get(name, "") for name in ("group", "title", "measure", "lead_unit", "support_units")}
    if not given["title"] and task is None:
        findings.append(Finding(Level.PROBLEM, "liaison.row_no_title", row=raw.row, column=LABELS["title"]))
    if task is not None:  # a blank cell changes nothing
        given = {name: text or str(getattr(task, name)) for name, text in given.items()}
    facts = TaskFacts(
        number=number,
        title=given["title"],
        group=given["group"],
        measure=given["measure"],
        lead_unit=given["lead_unit"],
        support_units=given["support_units"],
        owner=task.owner if task else None,
    )
    if "due" in raw.texts:
        return _with_due(facts, raw, task, findings)
    return replace(facts, due_on=task.due_on, due_text=task.due_text) if task else facts


def _with_due(facts: TaskFacts, raw: RawRow, task: PlanTask | None, findings: list[Finding]) -> TaskFacts:
    written = raw.texts["due"]
    if task is not None and written in {task.due_text, task.due_on.isoformat() if task.due_on else ""}:
        return replace(facts, due_on=task.due_on, due_text=task.due_text)
    day, words = read_due(written)
    if words:
        code = "liaison.row_due_read" if day else "liaison.row_due_words"
        params = {"value": words, "due": day.isoformat() if day else ""}
        findings.append(Finding(Level.NOTE, code, params, row=raw.row, column=LABELS["due"]))
    return replace(facts, due_on=day, due_text=words)


def _state(raw: RawRow, findings: list[Finding]) -> TaskState | None:
    written = raw.texts.get("state", "")
    if written and written not in _STATES:
        params = {"value": written}
        findings.append(
            Finding(Level.PROBLEM, "liaison.row_state_unknown", params, row=raw.row, column=LABELS["state"])
        )
    return _STATES.get(written)


def _changes(task: PlanTask, facts: TaskFacts) -> list[str]:
    names = {"due_on": "due", "due_text": "due"}
    found = [LABELS[names.get(name, name)] for name in TEXT_FIELDS if getattr(task, name) != getattr(facts, name)]
    return list(dict.fromkeys(found))


def _frozen(raw: RawRow, task: PlanTask | None, facts: TaskFacts, number: str) -> list[Finding]:
    if task is None:
        return [Finding(Level.PROBLEM, "liaison.row_not_in_plan", {"number": number}, row=raw.row)]
    by_label = {LABELS.get(name, LABELS["due"]): str(getattr(task, name) or "") for name in TEXT_FIELDS}
    return [
        Finding(
            Level.PROBLEM,
            "liaison.row_frozen",
            {"column": each, "value": by_label[each][:60]},
            row=raw.row,
            column=each,
        )
        for each in _changes(task, facts)
    ]


def _write(unit: Unit, plan: ActionPlan, row: PlanRow) -> None:
    task = row.known
    if task is None:
        task = write_task(unit, plan, row.facts)
    elif plan.state == PlanState.DRAFT and _changes(task, row.facts):
        with changed(unit, task, TASK) as fresh:
            for name in TEXT_FIELDS:
                setattr(fresh, name, getattr(row.facts, name))
        task = fresh
    if row.progress:
        on = unit.now.astimezone(SHANGHAI).date()
        write_progress(unit, task, Progress(on=on, text=row.progress))
        if row.state is None and task.state == TaskState.NOT_STARTED:
            set_state(unit, task, TaskState.UNDER_WAY)
    if row.state is not None:
        set_state(unit, task, row.state)
