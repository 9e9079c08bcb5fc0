"""What can be handed over: one handler for each kind of work, and those that other apps register. Who lists and who writes
is each app's own service.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.liaison.enums import CoordinationState, InstructionState, PlanState, TaskState
from feidi.domain.liaison.models import (
    Coordination,
    Decision,
    Instruction,
    PlanTask,
    Trip,
    WalkIn,
    WorkHandover,
    WorkHandoverItem,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.handing import Give, Handler, Held, registered_handlers
from feidi.domain.parties.services.reassigning import HAND_OVER, pass_rows, reassign_titles, titles_held
from feidi.domain.pipeline.services.reassigning import (
    gaps_held,
    projects_held,
    reassign_gaps,
    reassign_projects,
    reassign_targets,
    targets_held,
)
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User
from feidi.kernel.messages import Words
from feidi.kernel.subjects import Subject
from feidi.kernel.subjects.registry import UnknownSubjectKindError, kind_of
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.selectors import open_todos
from feidi.kernel.todos.services import reassign_todos


def _many(kind: str, rows: Iterable[Any], say: Callable[[Any], tuple[str, str]]) -> list[Held]:
    return [Held(Subject(kind, row.uid), label[:300], state[:120]) for row in rows for label, state in [say(row)]]


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _projects(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = projects_held(outpost, user)
    return _many("pipeline.project", rows, lambda row: (f"{row.code} {row.name}", str(row.get_talks_stage_display())))


def _gaps(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = gaps_held(outpost, user)
    return _many("pipeline.gap", rows, lambda row: (f"{row.project.code} {row.label_zh}", _day(row.due_on)))


def _targets(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = targets_held(outpost, user)
    return _many("pipeline.target", rows, lambda row: (f"{row.name}（{row.node}）", str(row.get_state_display())))


def _titles(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = titles_held(outpost, user)
    return _many("parties.title", rows, lambda row: (f"{row.organization.name} {row.label}", _day(row.valid_to)))


def _todos(outpost: Outpost, user: User, _today: date) -> list[Held]:
    return _many("todos.todo", _of_outpost(outpost, open_todos([user.pk])), lambda row: (row.what, _day(row.due_on)))


def _of_outpost(outpost: Outpost, todos: Iterable[Todo]) -> list[Todo]:
    """Return the to-dos about rows of this outpost: a person may work for several."""
    rows = list(todos)
    here: set[tuple[str, str]] = set()
    for kind in {row.subject_kind for row in rows}:
        uids = [row.subject_uid for row in rows if row.subject_kind == kind]
        here |= {(kind, uid) for uid in _uids_here(kind, uids, outpost)}
    return [row for row in rows if (row.subject_kind, row.subject_uid) in here]


def _uids_here(kind: str, uids: Collection[str], outpost: Outpost) -> Iterable[str]:
    """Return those of ``uids`` whose row belongs to the outpost: by itself, or through the project it hangs on."""
    try:
        model = apps.get_model(kind_of(kind).model)
    except UnknownSubjectKindError:
        return ()
    names = {each.name for each in model._meta.get_fields()}
    where = Q(pk=outpost.pk) if model is Outpost else None
    where = Q(outpost=outpost) if "outpost" in names and where is None else where
    where = Q(project__outpost=outpost) if "project" in names and where is None else where
    if where is None:
        return ()
    return {str(uid) for uid in model._default_manager.filter(where, uid__in=uids).values_list("uid", flat=True)}


def _instructions(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = Instruction.objects.filter(outpost=outpost, owner=user, voided_at__isnull=True)
    rows = rows.exclude(state=InstructionState.CLOSED).order_by("id")
    return _many(
        "liaison.instruction", rows, lambda row: (f"{row.number} {row.paraphrase}", str(row.get_state_display()))
    )


def _coordinations(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = Coordination.objects.filter(outpost=outpost, owner=user, voided_at__isnull=True)
    rows = rows.exclude(state=CoordinationState.CLOSED).order_by("id")
    return _many(
        "liaison.coordination",
        rows,
        lambda row: (f"{row.number} {row.department}：{row.ask}", str(row.get_state_display())),
    )


def _decisions(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = Decision.objects.filter(
        meeting__outpost=outpost, meeting__voided_at__isnull=True, responsible=user, voided_at__isnull=True
    )
    rows = rows.filter(done_on__isnull=True).select_related("meeting").order_by("id")
    return _many("liaison.decision", rows, lambda row: (f"{row.meeting.number} {row.text}", _day(row.due_on)))


def _tasks(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = PlanTask.objects.filter(
        plan__outpost=outpost, plan__voided_at__isnull=True, owner=user, voided_at__isnull=True
    )
    rows = rows.filter(plan__state__in=(PlanState.DRAFT, PlanState.IN_FORCE))
    rows = rows.exclude(state__in=(TaskState.DONE, TaskState.STOPPED)).select_related("plan").order_by("id")
    return _many("liaison.plan_task", rows, lambda row: (f"{row.plan.title} {row}", row.due_text or _day(row.due_on)))


def _trips(outpost: Outpost, user: User, today: date) -> list[Held]:
    """Return trips to come or under way, and past ones whose result nobody has written: the rest is history."""
    rows = Trip.objects.filter(outpost=outpost, owner=user, voided_at__isnull=True)
    rows = rows.filter(Q(ends_on__gte=today) | Q(result="")).order_by("id")
    return _many("liaison.trip", rows, lambda row: (f"{row.starts_on} {row.title}", str(row.get_kind_display())))


def _walk_ins(outpost: Outpost, user: User, _today: date) -> list[Held]:
    rows = WalkIn.objects.filter(outpost=outpost, voided_at__isnull=True, closed_at__isnull=True)
    rows = rows.filter(Q(handed_to=user) | Q(handed_to__isnull=True, handed_to_text="", first=user)).order_by("id")
    return _many("liaison.walk_in", rows, lambda row: (row.asked, row.came_at.astimezone(SHANGHAI).date().isoformat()))


def _giver(kind: str, rows_of: Callable[[Outpost, User], QuerySet[Any]], field: str, text_field: str = "") -> Give:
    """Return what passes the rows of one kind of this app."""

    def give(
        *,
        actor: Actor,
        now: datetime,
        outpost: Outpost,
        uids: Collection[str],
        giver: User,
        taker: User,
        reason: str,
    ) -> frozenset[str]:
        require(actor, HAND_OVER, outpost_scope(outpost.pk))
        rows = rows_of(outpost, giver).filter(uid__in=uids, voided_at__isnull=True)
        return pass_rows(
            actor=actor, now=now, rows=rows, kind=kind, field=field, to=taker, reason=reason, text_field=text_field
        )

    return give


def _give_todos(
    *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    require(actor, HAND_OVER, outpost_scope(outpost.pk))
    return reassign_todos(actor=actor, now=now, uids=uids, giver=giver, taker=taker, reason=reason)


def _visits(outpost: Outpost, giver: User) -> QuerySet[WalkIn]:
    """Who took it first stays (首问负责人 is a fact); whom it went to is what is passed."""
    held = Q(handed_to=giver) | Q(handed_to__isnull=True, first=giver)
    return WalkIn.objects.filter(held, outpost=outpost)


HANDLERS: tuple[Handler, ...] = (
    Handler("projects", _("项目"), "pipeline.project", _projects, reassign_projects),
    Handler("gaps", _("待补"), "pipeline.gap", _gaps, reassign_gaps),
    Handler("todos", _("待办"), "todos.todo", _todos, _give_todos),
    Handler(
        "instructions",
        _("交办事项"),
        "liaison.instruction",
        _instructions,
        _giver("liaison.instruction", lambda at, who: Instruction.objects.filter(outpost=at, owner=who), "owner"),
    ),
    Handler(
        "coordinations",
        _("协调事项"),
        "liaison.coordination",
        _coordinations,
        _giver("liaison.coordination", lambda at, who: Coordination.objects.filter(outpost=at, owner=who), "owner"),
    ),
    # the name in issued minutes stays as it was printed; the account behind it is what is passed
    Handler(
        "decisions",
        _("会议决定"),
        "liaison.decision",
        _decisions,
        _giver(
            "liaison.decision",
            lambda at, who: Decision.objects.filter(meeting__outpost=at, responsible=who),
            "responsible",
        ),
    ),
    Handler(
        "plan_tasks",
        _("重点任务"),
        "liaison.plan_task",
        _tasks,
        _giver("liaison.plan_task", lambda at, who: PlanTask.objects.filter(plan__outpost=at, owner=who), "owner"),
    ),
    Handler("targets", _("目标企业"), "pipeline.target", _targets, reassign_targets),
    Handler(
        "trips",
        _("出访与接待"),
        "liaison.trip",
        _trips,
        _giver("liaison.trip", lambda at, who: Trip.objects.filter(outpost=at, owner=who), "owner"),
    ),
    Handler(
        "walk_ins",
        _("服务台登记"),
        "liaison.walk_in",
        _walk_ins,
        _giver("liaison.walk_in", _visits, "handed_to", "handed_to_text"),
    ),
    Handler("titles", _("资质续期"), "parties.title", _titles, reassign_titles),
)


def handlers() -> tuple[Handler, ...]:
    """Return every kind of work, the other apps' last, in the order of the paper."""
    return (*HANDLERS, *registered_handlers())


def items_by_kind(handover: WorkHandover) -> list[tuple[str, Words, list[WorkHandoverItem]]]:
    """Return (code, name, things) of a hand-over's list, in the order of the paper."""
    known = handlers()
    places, labels = {each.code: place for place, each in enumerate(known)}, {each.code: each.label for each in known}
    items = sorted(handover.items.all(), key=lambda each: (places.get(each.kind, len(places)), each.pk))
    by_code = groupby(items, key=lambda each: each.kind)
    return [(code, labels.get(code, code), list(rows)) for code, rows in by_code]
