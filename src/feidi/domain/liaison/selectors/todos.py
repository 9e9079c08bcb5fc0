"""Questions about 待办: one's own, those of whom one stands in for today, those about the rows of one's outposts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import F, Q, QuerySet

from feidi.domain.liaison.access import VIEW
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.stand_ins import absent_for
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.subjects import Subject, url_of
from feidi.kernel.subjects.registry import kind_of
from feidi.kernel.todos.access import can_view, visible_to
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.selectors import open_todos_about

#: Column of the list → field.
SORTS = {"what": "what", "due": "due_on", "assignee": "assignee__display_name"}


@dataclass(frozen=True, slots=True)
class TodoFilter:
    """What the list shows. ``whose``: mine, stand_in, all. ``done``: what is done instead of what is open."""

    whose: str = "mine"
    done: bool = False
    assignee_id: int | None = None
    words: str = ""
    overdue_on: date | None = None


@dataclass(frozen=True, slots=True)
class About:
    """The row that a to-do is about, as the reader may know it: its name (or nothing) and its page."""

    name: str = ""
    url: str = ""


def reachable_todos(actor: Actor, today: date) -> QuerySet[Todo]:
    """Return one's own; of those for whom one stands in, and for an outpost's people of everybody, what is about rows
    that they see. The home side reads only its own: what others have to do may name what is not reported.
    """
    own = Q(assignee_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    live = Todo.objects.filter(voided_at__isnull=True)
    if actor.scopes(VIEW, ScopeKind.OUTPOST):
        return live.filter(own | Q(pk__in=visible_to(actor, Todo.objects.all()).values("pk")))
    absent = absent_for(actor.user_id, today) if actor.user_id is not None else {}
    if not absent:
        return live.filter(own)
    theirs = visible_to(actor, Todo.objects.filter(assignee_id__in=absent))
    return live.filter(own | Q(pk__in=theirs.values("pk")))


def list_todos(actor: Actor, wanted: TodoFilter, today: date) -> QuerySet[Todo]:
    """Return to-dos, soonest first; what is done, last done first."""
    rows = reachable_todos(actor, today) if wanted.whose != "mine" else Todo.objects.filter(voided_at__isnull=True)
    if wanted.whose == "mine":
        rows = rows.filter(assignee_id=actor.user_id)
    elif wanted.whose == "stand_in":
        absent = absent_for(actor.user_id, today) if actor.user_id is not None else {}
        rows = rows.filter(assignee_id__in=absent)
    if wanted.assignee_id:
        rows = rows.filter(assignee_id=wanted.assignee_id)
    if words := wanted.words.strip():
        rows = rows.filter(what__icontains=words)
    if wanted.overdue_on:
        rows = rows.filter(due_on__lt=wanted.overdue_on)
    rows = rows.filter(done_at__isnull=not wanted.done).select_related("assignee")
    return rows.order_by("-done_at", "-id") if wanted.done else rows.order_by(F("due_on").asc(nulls_last=True), "id")


def get_todo(actor: Actor, uid: str, today: date) -> Todo:
    """Return one within reach; raises ``Todo.DoesNotExist`` for every other."""
    todo = Todo.objects.filter(voided_at__isnull=True).select_related("assignee").get(uid=uid)
    if not is_reachable(actor, todo, today):
        raise Todo.DoesNotExist
    return todo


def is_reachable(actor: Actor, todo: Todo, today: date) -> bool:
    """Tell whether a live to-do is among ``reachable_todos``; asks of the kind of its host alone."""
    if actor.user_id is not None and todo.assignee_id == actor.user_id:
        return True
    everybodys = bool(actor.scopes(VIEW, ScopeKind.OUTPOST))
    absent = absent_for(actor.user_id, today) if actor.user_id is not None and not everybodys else {}
    return (everybodys or todo.assignee_id in absent) and can_view(actor, todo)


def todos_of(project: Project) -> QuerySet[Todo]:
    """Return what is open about a project, which the caller has seen as one of its outpost."""
    return open_todos_about([Subject("pipeline.project", project.uid)])


def abouts_of(actor: Actor, todos: Sequence[Todo]) -> dict[int, About]:
    """Return to-do → what it is about. One query for each kind of row; what the reader may not see has no name."""
    staff = bool(actor.scopes(VIEW, ScopeKind.OUTPOST))
    uids: dict[str, set[str]] = {}
    for each in todos:
        uids.setdefault(each.subject_kind, set()).add(each.subject_uid)
    known: dict[tuple[str, str], About] = {}
    for code, wanted in uids.items():
        kind = kind_of(code)
        rows = apps.get_model(kind.model)._default_manager.filter(uid__in=wanted)
        for row in kind.visible_to(actor, rows):
            url = url_of(Subject(code, row.uid)) or ""
            # a meeting's title may name a project that the home side is not to know of
            named = not isinstance(row, Outpost) and (staff or isinstance(row, Project))
            known[code, row.uid] = About(kind.label(row) if named else "", url)
    return {each.pk: known.get((each.subject_kind, each.subject_uid), About()) for each in todos}
