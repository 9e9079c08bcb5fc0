"""重点任务分解表: plans, their tasks, progress, versions and successors. Approved by the lead or the bureau."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from feidi.domain.liaison.enums import PlanState, TaskState
from feidi.domain.liaison.models import ActionPlan, Meeting, PlanLink, PlanProgress, PlanTask
from feidi.domain.liaison.services.changing import changed, void
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject

KIND, TASK, PROGRESS = "liaison.plan", "liaison.plan_task", "liaison.plan_progress"
EDIT, APPROVE = "liaison.edit", "liaison.instruct"
PROJECT, MEETING = "pipeline.project", "liaison.meeting"
#: What the table itself says of a task; state, owner and progress go on while a version is in force.
TEXT_FIELDS: Final = ("number", "group", "title", "measure", "lead_unit", "support_units", "due_on", "due_text")
_COPIED: Final = (*TEXT_FIELDS, "state", "owner_id")
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan is called, under which number it was issued, for which period [from, to]."""

    title: str
    period_from: date
    period_to: date
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One line of the table. ``due_text`` keeps a date that was written in words; ``due_on`` is what overdue asks."""

    number: str
    title: str
    group: str = ""
    measure: str = ""
    lead_unit: str = ""
    support_units: str = ""
    due_on: date | None = None
    due_text: str = ""
    owner: User | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What was reached by a day, a percentage when somebody gave one, a file that shows it, and the state from then."""

    on: date
    text: str
    percent: int | None = None
    file: StoredFile | None = None
    state: TaskState | None = None


def draft_plan(*, actor: Actor, now: datetime, outpost: Outpost, series: str, facts: PlanFacts) -> ActionPlan:
    """Begin the first version of a series. Refused: no title, dates out of order, a series of that name."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check(facts)
    name = series.strip()[:40] or facts.title.strip()[:40]
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update().get(pk=outpost.pk)  # of two who begin it at once the second is told
        known = ActionPlan.objects.filter(outpost=outpost, series=name)
        if known.filter(voided_at__isnull=True).exists():
            raise refuse("liaison.plan_series_taken", series=name)
        number = known.count() + 1  # drafts taken back keep their numbers
        return _new(unit, actor, ActionPlan(outpost=outpost, series=name, number=number), facts)


def edit_plan(*, actor: Actor, now: datetime, plan: ActionPlan, version: int, facts: PlanFacts) -> ActionPlan:
    """Change a draft's title, number or period. Refused: not a draft, saved by somebody else since."""
    require(actor, EDIT, outpost_scope(plan.outpost_id))
    _check(facts)
    with recorded(actor=actor, now=now) as unit, changed(unit, plan, KIND, version=version) as row:
        only_draft(row)
        row.title, row.document_number = facts.title.strip(), facts.document_number.strip()
        row.period_from, row.period_to = facts.period_from, facts.period_to
    return row


def new_version(*, actor: Actor, now: datetime, plan: ActionPlan) -> ActionPlan:
    """Begin the next version of the same period: every task is copied and knows its earlier self.

    Refused: a draft of the series waits already, the plan is itself a draft.
    """
    facts = PlanFacts(plan.title, plan.period_from, plan.period_to, plan.document_number)
    return _next(actor, now, plan, facts, open_only=False)


def new_period(*, actor: Actor, now: datetime, plan: ActionPlan, facts: PlanFacts) -> ActionPlan:
    """Begin the successor plan of a later period; tasks that are neither done nor stopped are carried over.

    Refused: as for a version; a period that does not begin after this one's end.
    """
    _check(facts)
    if facts.period_from <= plan.period_to:
        raise refuse("liaison.plan_period_after", end=plan.period_to.isoformat())
    return _next(actor, now, plan, facts, open_only=True)


def bring_into_force(*, actor: Actor, now: datetime, plan: ActionPlan) -> ActionPlan:
    """Approve a draft: it is in force, the version before is superseded (of an earlier period: ended).

    By the operator lead or the bureau. Refused: not a draft, no tasks.
    """
    require(actor, APPROVE, outpost_scope(plan.outpost_id), Scope(ScopeKind.HOME, plan.outpost.home_id))
    with recorded(actor=actor, now=now) as unit:
        _lock_series(plan)
        fresh = ActionPlan.objects.get(pk=plan.pk)
        only_draft(fresh)
        if not fresh.tasks.filter(voided_at__isnull=True).exists():
            raise refuse("liaison.plan_empty")
        for other in ActionPlan.objects.filter(outpost=plan.outpost, series=plan.series, state=PlanState.IN_FORCE):
            with changed(unit, other, KIND) as former:
                same = former.period_to >= fresh.period_from
                former.state = PlanState.SUPERSEDED if same else PlanState.ENDED
        with changed(unit, fresh, KIND) as row:
            row.state = PlanState.IN_FORCE
    return row


def void_plan(*, actor: Actor, now: datetime, plan: ActionPlan, reason: str) -> None:
    """Take a draft back with a reason. Refused: it was in force."""
    require(actor, EDIT, outpost_scope(plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        only_draft(ActionPlan.objects.get(pk=plan.pk))
        void(unit, plan, KIND, now, reason)


def add_task(*, actor: Actor, now: datetime, plan: ActionPlan, facts: TaskFacts) -> PlanTask:
    """Add a line to a draft. Refused: not a draft, nothing said, a number that stands already."""
    require(actor, EDIT, outpost_scope(plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _open_draft(plan)
        return write_task(unit, plan, facts)


def write_task(unit: Unit, plan: ActionPlan, facts: TaskFacts) -> PlanTask:
    """Write a new line within a unit of work; the caller has asked whether it may."""
    _check_task(plan, facts, None)
    row = PlanTask(plan=plan, created_at=unit.now)
    _fill(row, facts)
    row.owner = facts.owner
    row.save()
    unit.created(row, kind=TASK)
    return row


def edit_task(*, actor: Actor, now: datetime, task: PlanTask, facts: TaskFacts, version: int | None = None) -> PlanTask:
    """Change what a draft's line says.

    Refused: not a draft, nothing said, another line's number, changed by somebody else since ``version``.
    """
    require(actor, EDIT, outpost_scope(task.plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _open_draft(task.plan)
        _check_task(task.plan, facts, task)
        with changed(unit, task, TASK, version=version) as row:
            _fill(row, facts)
            row.owner = facts.owner
    return row


def assign_task(*, actor: Actor, now: datetime, task: PlanTask, owner: User | None) -> PlanTask:
    """Name who in the outpost follows a task up. Refused: a version that is no longer worked on."""
    require(actor, EDIT, outpost_scope(task.plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        still_worked_on(task.plan)
        with changed(unit, task, TASK) as row:
            row.owner = owner
    return row


def void_task(*, actor: Actor, now: datetime, task: PlanTask, reason: str) -> None:
    """Strike a line of a draft with a reason. Refused: not a draft."""
    require(actor, EDIT, outpost_scope(task.plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        _open_draft(task.plan)
        void(unit, task, TASK, now, reason)


def note_progress(*, actor: Actor, now: datetime, task: PlanTask, progress: Progress) -> PlanProgress:
    """Append a note of progress; a task not begun is under way from then on, unless a state is said.

    Refused: nothing said, a day to come, a percentage outside 0…100, a version that is no longer worked on.
    """
    require(actor, EDIT, outpost_scope(task.plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        still_worked_on(task.plan)
        row = write_progress(unit, task, progress)
        set_state(unit, task, progress.state or _under_way(task))
    return row


def write_progress(unit: Unit, task: PlanTask, progress: Progress) -> PlanProgress:
    """Append a note within a unit of work; the caller has asked whether it may."""
    if not progress.text.strip():
        raise refuse("liaison.says_nothing")
    if progress.on > unit.now.astimezone(SHANGHAI).date():
        raise refuse("liaison.progress_future", value=progress.on.isoformat())
    if progress.percent is not None and not 0 <= progress.percent <= _HUNDRED:
        raise refuse("liaison.percent_range", value=progress.percent)
    row = PlanProgress(
        task=task,
        on=progress.on,
        text=progress.text.strip()[:1000],
        percent=progress.percent,
        file=progress.file,
        recorded_by=unit.actor.label[:160],
        created_at=unit.now,
    )
    row.save()
    unit.created(row, kind=PROGRESS)
    return row


def set_state(unit: Unit, task: PlanTask, state: TaskState) -> None:
    """Write where a task stands, if that is new."""
    if task.state != state:
        with changed(unit, task, TASK) as row:
            row.state = state


def void_progress(*, actor: Actor, now: datetime, progress: PlanProgress, reason: str) -> None:
    """Take a note back with a reason; it stays in the record."""
    require(actor, EDIT, outpost_scope(progress.task.plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        void(unit, progress, PROGRESS, now, reason)


def link_task(*, actor: Actor, now: datetime, task: PlanTask, code: str) -> PlanLink:
    """Tie a task to a project (by its code) or a meeting (by its number) of the outpost. Refused: neither is found."""
    require(actor, EDIT, outpost_scope(task.plan.outpost_id))
    subject = _subject_of(task.plan.outpost_id, code.strip())
    with recorded(actor=actor, now=now) as unit:
        still_worked_on(task.plan)
        row, made = PlanLink.objects.get_or_create(task=task, subject_kind=subject.kind, subject_uid=subject.uid)
        if made:
            unit.acted("linked", kind=TASK, uid=task.uid, to=f"{subject.kind} {subject.uid}")
    return row


def unlink_task(*, actor: Actor, now: datetime, task: PlanTask, subject: Subject) -> None:
    """Take a tie back; the trail keeps that it was there."""
    require(actor, EDIT, outpost_scope(task.plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        still_worked_on(task.plan)
        gone, _by_model = task.links.filter(subject_kind=subject.kind, subject_uid=subject.uid).delete()
        if gone:
            unit.acted("unlinked", kind=TASK, uid=task.uid, was=f"{subject.kind} {subject.uid}")


def only_draft(plan: ActionPlan) -> None:
    """Refuse to change the text of a version that was approved."""
    if plan.state != PlanState.DRAFT:
        raise refuse("liaison.plan_not_draft", title=plan.title, state=str(plan.get_state_display()))


def still_worked_on(plan: ActionPlan) -> None:
    """Refuse to go on with a version that was superseded or has ended."""
    state = ActionPlan.objects.values_list("state", flat=True).get(pk=plan.pk)
    if state not in {PlanState.DRAFT, PlanState.IN_FORCE}:
        raise refuse("liaison.plan_closed", title=plan.title, state=str(PlanState(state).label))


def _under_way(task: PlanTask) -> TaskState:
    state = TaskState(task.state)
    return TaskState.UNDER_WAY if state is TaskState.NOT_STARTED else state


def _check(facts: PlanFacts) -> None:
    if not facts.title.strip():
        raise refuse("liaison.says_nothing")
    if facts.period_to < facts.period_from:
        raise refuse("liaison.plan_dates", start=facts.period_from.isoformat(), end=facts.period_to.isoformat())


def _check_task(plan: ActionPlan, facts: TaskFacts, own: PlanTask | None) -> None:
    if not facts.title.strip() or not facts.number.strip():
        raise refuse("liaison.says_nothing")
    taken = plan.tasks.filter(number=facts.number.strip(), voided_at__isnull=True)
    for other in taken.exclude(pk=own.pk if own else 0):
        raise refuse("liaison.task_number_taken", number=other.number, title=other.title)


def _fill(row: PlanTask, facts: TaskFacts) -> None:
    row.number, row.group, row.title = facts.number.strip(), facts.group.strip(), facts.title.strip()
    row.measure, row.lead_unit = facts.measure.strip(), facts.lead_unit.strip()
    row.support_units, row.due_on, row.due_text = facts.support_units.strip(), facts.due_on, facts.due_text.strip()


def _lock_series(plan: ActionPlan) -> QuerySet[ActionPlan]:
    """Lock every version of the series, so that two approvals or two new versions come one after the other."""
    rows = ActionPlan.objects.filter(outpost=plan.outpost, series=plan.series)
    list(rows.select_for_update().values_list("pk", flat=True))
    return rows


def _open_draft(plan: ActionPlan) -> None:
    fresh = ActionPlan.objects.select_for_update().get(pk=plan.pk)
    only_draft(fresh)
    if fresh.voided_at is not None:
        raise refuse("liaison.voided", reason=fresh.void_reason)


def _new(unit: Unit, actor: Actor, row: ActionPlan, facts: PlanFacts) -> ActionPlan:
    row.title, row.document_number = facts.title.strip(), facts.document_number.strip()
    row.period_from, row.period_to = facts.period_from, facts.period_to
    row.recorded_by, row.created_at = actor.label[:160], unit.now
    row.save()
    unit.created(row, kind=KIND)
    return row


def _next(actor: Actor, now: datetime, plan: ActionPlan, facts: PlanFacts, *, open_only: bool) -> ActionPlan:
    require(actor, EDIT, outpost_scope(plan.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        rows = _lock_series(plan)
        for waiting in rows.filter(state=PlanState.DRAFT, voided_at__isnull=True):
            raise refuse("liaison.plan_draft_exists", number=waiting.number)
        last = max(rows.values_list("number", flat=True))
        row = ActionPlan(outpost=plan.outpost, series=plan.series, number=last + 1, supersedes=plan)
        _new(unit, actor, row, facts)
        tasks = plan.tasks.filter(voided_at__isnull=True).order_by("id").prefetch_related("links")
        if open_only:
            tasks = tasks.exclude(state__in=(TaskState.DONE, TaskState.STOPPED))
        for task in tasks:
            _copy(unit, task, row)
    return row


def _copy(unit: Unit, task: PlanTask, plan: ActionPlan) -> None:
    copy = PlanTask(plan=plan, earlier=task, created_at=unit.now, **{name: getattr(task, name) for name in _COPIED})
    copy.save()
    unit.created(copy, kind=TASK)
    PlanLink.objects.bulk_create(
        PlanLink(task=copy, subject_kind=each.subject_kind, subject_uid=each.subject_uid) for each in task.links.all()
    )


def _subject_of(outpost_id: int, code: str) -> Subject:
    words = code.split(maxsplit=1)
    number = words[0] if words else ""
    project = Project.objects.filter(outpost_id=outpost_id, code__iexact=number, voided_at__isnull=True).first()
    if project is not None:
        return Subject(PROJECT, project.uid)
    meeting = Meeting.objects.filter(outpost_id=outpost_id, number__iexact=number, voided_at__isnull=True).first()
    if meeting is None:
        raise refuse("liaison.link_unknown", value=code)
    return Subject(MEETING, meeting.uid)
