"""待办 written by hand, about a project or about the outpost's own work; and to-dos that another act has settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.meanwhile import refuse_if_changed
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.access import can_change
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.selectors import open_todos_about
from feidi.kernel.todos.services import add_todo, change_todo, finish_todo

PROJECT, OUTPOST, TODO = "pipeline.project", "parties.outpost", "todos.todo"


@dataclass(frozen=True, slots=True)
class NewTodo:
    """What is to be done, by whom, by when; ``project`` None: it is about the outpost's own work."""

    what: str
    assignee: User
    due_on: date | None = None
    project: Project | None = None


def note_todo(*, actor: Actor, now: datetime, outpost: Outpost, new: NewTodo) -> Todo:
    """Put something on one's own list or on a colleague's.

    Refused: nothing said, no permission, a project of another outpost, somebody without a role in the outpost.
    """
    if new.project is not None and new.project.outpost_id != outpost.pk:
        raise refuse("liaison.other_outpost", code=new.project.code)
    if new.project is not None:
        require_on(actor, "project.edit", new.project)
    else:
        require(actor, "liaison.edit", outpost_scope(outpost.pk))
    check_colleague(outpost, new.assignee, now)
    subject = Subject(PROJECT, new.project.uid) if new.project else Subject(OUTPOST, outpost.uid)
    return add_todo(actor=actor, now=now, subject=subject, what=new.what, assignee=new.assignee, due_on=new.due_on)


def restate_todo(
    *,
    actor: Actor,
    now: datetime,
    todo: Todo,
    what: str,
    assignee: User | None,
    due_on: date | None,
    outposts: list[Outpost],
    version: int | None = None,
) -> Todo:
    """Say otherwise what is to be done, hand it to another colleague or move its day.

    Refused: as the kernel refuses; a new assignee who has no role in any of the actor's ``outposts``; said otherwise by
    somebody else since ``version``.
    """
    if assignee is not None and assignee.pk != todo.assignee_id:
        check_colleague(outposts, assignee, now)
    with recorded(actor=actor, now=now):
        live = Todo.objects.select_for_update(of=("self",)).get(pk=todo.pk)
        refuse_if_changed(live, TODO, version, "liaison.changed_meanwhile", ("what", "assignee", "due_on"))
        return change_todo(actor=actor, now=now, todo=todo, what=what, assignee=assignee, due_on=due_on)


def check_colleague(outposts: Outpost | list[Outpost], user: User, now: datetime) -> None:
    """Refuse who holds no role today in the outpost (or in one of several)."""
    today = now.astimezone(SHANGHAI).date()
    where = [outposts] if isinstance(outposts, Outpost) else outposts
    roles = Membership.objects.filter(user=user, outpost__in=where, valid_from__lte=today).exclude(valid_to__lte=today)
    if not roles.exists():
        raise refuse("liaison.not_a_colleague", name=user.display_name)


def settle_todos(*, actor: Actor, now: datetime, subject: Subject) -> int:
    """Finish what is open about a matter that is settled, as far as it is the actor's to finish. Returns how many."""
    settled = [todo for todo in open_todos_about([subject]) if can_change(actor, todo)]
    for todo in settled:
        finish_todo(actor=actor, now=now, todo=todo)
    return len(settled)
