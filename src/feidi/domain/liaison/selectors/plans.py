"""Questions about action plans: tables, what is late, what was reached, what a version changed.

Overdue is computed from today. Both sides read plans; what a task is tied to is shown only as far as its reader may know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from feidi.domain.liaison.access import visible_to
from feidi.domain.liaison.enums import PlanState, TaskState
from feidi.domain.liaison.models import ActionPlan, Meeting, PlanLink, PlanProgress, PlanTask
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject

#: Column of the list → field.
SORTS = {"title": "title", "period": "period_from", "state": "state"}
FINISHED = (TaskState.DONE, TaskState.STOPPED)
#: What a version may change of a task.
COMPARED = ("number", "group", "title", "measure", "lead_unit", "support_units", "due_on", "due_text")
_NUMBERS = re.compile(r"\d+")
#: A series has few versions; what lies further back is read on those versions themselves.
_BACK = 12


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which plans the list shows. Empty means "any"."""

    words: str = ""
    state: str = ""
    outpost_id: int | None = None


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks of a plan are shown. ``show``: overdue, open, silent (nothing noted yet)."""

    words: str = ""
    unit: str = ""
    state: str = ""
    show: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A row that a task is about, as its reader may know it."""

    subject: Subject
    label: str


@dataclass(slots=True)
class TaskLine:
    """A task with what was noted of it (also in earlier versions), latest first. ``files`` counts evidence on file."""

    task: PlanTask
    late: bool
    progress: list[PlanProgress] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def latest(self) -> PlanProgress | None:
        """The latest note, None when nothing was noted."""
        return self.progress[0] if self.progress else None

    @property
    def files(self) -> int:
        """How many notes carry a file."""
        return sum(1 for each in self.progress if each.file_id is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """What a version did to a task: ``fields`` that differ; ``before`` None for a new one, ``after`` None for one gone."""

    before: PlanTask | None
    after: PlanTask | None
    fields: tuple[str, ...] = ()


def is_overdue(task: PlanTask, today: date) -> bool:
    """Tell whether a task's day has passed and it is neither done nor stopped."""
    return task.due_on is not None and task.due_on < today and task.state not in FINISHED


def list_plans(actor: Actor, wanted: PlanFilter, today: date) -> QuerySet[ActionPlan]:
    """Return the plans the actor may open: in force first; ``task_count``, ``done_count`` and ``late_count`` counted."""
    asked = Q()
    if words := wanted.words.strip():
        found = PlanTask.objects.filter(plan=OuterRef("pk"), voided_at__isnull=True, title__icontains=words)
        asked &= Q(title__icontains=words) | Q(document_number__icontains=words) | Q(Exists(found))
    exact = {"state": wanted.state, "outpost_id": wanted.outpost_id}
    asked &= Q(**{name: value for name, value in exact.items() if value})
    live = Q(tasks__voided_at__isnull=True)
    late = live & Q(tasks__due_on__lt=today) & ~Q(tasks__state__in=FINISHED)
    rows = visible_to(actor, ActionPlan.objects.filter(asked, voided_at__isnull=True))
    return (
        rows.select_related("outpost")
        .annotate(
            in_force=Exists(ActionPlan.objects.filter(pk=OuterRef("pk"), state=PlanState.IN_FORCE)),
            task_count=Count("tasks", filter=live),
            done_count=Count("tasks", filter=live & Q(tasks__state=TaskState.DONE)),
            late_count=Count("tasks", filter=late),
        )
        .order_by("-in_force", "-period_from", "-number", "-id")
    )


def get_plan(actor: Actor, uid: str) -> ActionPlan:
    """Return one that the actor may open; raises ``ActionPlan.DoesNotExist`` for every other."""
    rows = ActionPlan.objects.select_related("outpost__home", "supersedes", "source")
    return visible_to(actor, rows).get(uid=uid)


def get_task(actor: Actor, uid: str) -> PlanTask:
    """Return one task of a plan that the actor may open; raises ``PlanTask.DoesNotExist`` for every other."""
    seen = visible_to(actor, ActionPlan.objects.filter(voided_at__isnull=True))
    rows = PlanTask.objects.filter(plan__in=seen, voided_at__isnull=True)
    return rows.select_related("plan__outpost__home", "owner", "earlier").get(uid=uid)


def get_progress(actor: Actor, uid: str) -> PlanProgress:
    """Return one note of a plan that the actor may open; raises ``PlanProgress.DoesNotExist`` for every other."""
    seen = visible_to(actor, ActionPlan.objects.filter(voided_at__isnull=True))
    rows = PlanProgress.objects.filter(task__plan__in=seen, voided_at__isnull=True)
    return rows.select_related("task__plan__outpost").get(uid=uid)


def versions_of(actor: Actor, plan: ActionPlan) -> list[ActionPlan]:
    """Return every version of the series that the actor may open, latest first."""
    rows = ActionPlan.objects.filter(outpost=plan.outpost_id, series=plan.series, voided_at__isnull=True)
    return list(visible_to(actor, rows).order_by("-number"))


def lines_of(actor: Actor, tasks: Sequence[PlanTask], today: date) -> list[TaskLine]:
    """Return tasks with what was noted and what they are tied to. A few queries, however many tasks."""
    lines = {task.pk: TaskLine(task, is_overdue(task, today)) for task in tasks}
    for task_id, notes in notes_of(tasks).items():
        lines[task_id].progress = notes
    for task_id, tie in _ties(actor, list(lines)):
        lines[task_id].ties.append(tie)
    return [lines[task.pk] for task in tasks]


def notes_of(tasks: Sequence[PlanTask]) -> dict[int, list[PlanProgress]]:
    """Return task key → what was noted of it, here and in the versions before, latest first."""
    owner_of = _with_earlier(tasks)
    found: dict[int, list[PlanProgress]] = {}
    notes = PlanProgress.objects.filter(task_id__in=list(owner_of), voided_at__isnull=True)
    for note in notes.select_related("file").order_by("-on", "-id"):
        found.setdefault(owner_of[note.task_id], []).append(note)
    return found


def tasks_of(plan: ActionPlan, wanted: TaskFilter, today: date) -> list[PlanTask]:
    """Return the plan's tasks in the order of their numbers, narrowed as asked."""
    asked = Q(voided_at__isnull=True)
    if words := wanted.words.strip():
        asked &= Q(title__icontains=words) | Q(measure__icontains=words) | Q(group__icontains=words) | Q(number=words)
    if unit := wanted.unit.strip():
        asked &= Q(lead_unit__icontains=unit) | Q(support_units__icontains=unit)
    if wanted.state:
        asked &= Q(state=wanted.state)
    unfinished = ~Q(state__in=FINISHED)
    silent = ~Q(pk__in=PlanProgress.objects.filter(voided_at__isnull=True).values("task_id"))
    shows = {"overdue": Q(due_on__lt=today) & unfinished, "open": unfinished, "silent": silent & unfinished}
    asked &= shows.get(wanted.show, Q())
    return in_order(plan.tasks.filter(asked).select_related("owner", "plan", "earlier"))


def in_order(tasks: Iterable[PlanTask]) -> list[PlanTask]:
    """Return tasks by their numbers as people count (2 before 10, 1.2 before 1.10); without any, as written down."""
    return sorted(tasks, key=lambda each: (_place(each.number), each.pk))


def grouped(lines: Sequence[TaskLine]) -> list[tuple[str, list[TaskLine]]]:
    """Return the lines by group, groups in the order in which they first appear."""
    groups: dict[str, list[TaskLine]] = {}
    for each in lines:
        groups.setdefault(each.task.group, []).append(each)
    return list(groups.items())


def changes_of(plan: ActionPlan) -> list[Change]:
    """Return what this version changed against the one before: new, changed and dropped tasks; empty for a first one."""
    if plan.supersedes_id is None:
        return []
    now = in_order(plan.tasks.filter(voided_at__isnull=True).select_related("earlier"))
    found = []
    for task in now:
        if task.earlier is None:
            found.append(Change(None, task))
            continue
        fields = tuple(name for name in COMPARED if getattr(task, name) != getattr(task.earlier, name))
        if fields:
            found.append(Change(task.earlier, task, fields))
    kept = {task.earlier_id for task in now if task.earlier_id is not None}
    before = PlanTask.objects.filter(plan=plan.supersedes_id, voided_at__isnull=True).exclude(pk__in=kept)
    return [*found, *(Change(task, None) for task in in_order(before))]


def _place(number: str) -> tuple[int, ...]:
    return tuple(int(each) for each in _NUMBERS.findall(number)[:6]) or (10**6,)


def _with_earlier(tasks: Sequence[PlanTask]) -> dict[int, int]:
    """Return task key → the task shown for it: each one's own and those of the versions before."""
    owner_of = {task.pk: task.pk for task in tasks}
    step = {task.earlier_id: task.pk for task in tasks if task.earlier_id is not None}
    for _ in range(_BACK):
        if not step:
            break
        owner_of |= step
        further = PlanTask.objects.filter(pk__in=list(step), earlier__isnull=False).values_list("pk", "earlier_id")
        step = {earlier: step[pk] for pk, earlier in further}
    return owner_of


def _ties(actor: Actor, task_ids: Sequence[int]) -> list[tuple[int, Tie]]:
    links = list(PlanLink.objects.filter(task_id__in=task_ids).order_by("id"))
    if not links:
        return []
    uids = {each.subject_uid for each in links}
    projects = visible_in_office(actor, Project.objects.filter(uid__in=uids))
    names = {row.uid: f"{row.code} {row.name}" for row in projects}
    names |= {row.uid: str(row) for row in visible_to(actor, Meeting.objects.filter(uid__in=uids, voided_at=None))}
    return [
        (each.task_id, Tie(Subject(each.subject_kind, each.subject_uid), names[each.subject_uid]))
        for each in links
        if each.subject_uid in names
    ]
