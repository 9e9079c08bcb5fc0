"""Who sees a to-do: its assignee, and those who see the row it is about. Who changes it: of those, ``todo.edit``."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.files.delegation import sees_subject, visible_by_subject
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.todos.models import Todo

EDIT_PERMISSION = "todo.edit"


def visible_to(actor: Actor, todos: QuerySet[Todo]) -> QuerySet[Todo]:
    """Narrow ``todos`` to the actor's own and those about rows that ``actor`` may see."""
    own = Q(assignee_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    about = visible_by_subject(actor, Todo.objects.all())
    return todos.filter(own | Q(pk__in=about.values("pk")))


def can_view(actor: Actor, todo: Todo) -> bool:
    """Tell whether ``actor`` may see ``todo``; agrees with ``visible_to``."""
    own = actor.user_id is not None and todo.assignee_id == actor.user_id
    return own or sees_subject(actor, todo.subject_kind, todo.subject_uid)


def can_change(actor: Actor, todo: Todo) -> bool:
    """Tell whether ``actor`` may finish, reopen or take back ``todo``: its assignee, or an editor who sees the row."""
    own = actor.user_id is not None and todo.assignee_id == actor.user_id
    return own or (actor.may(EDIT_PERMISSION) and sees_subject(actor, todo.subject_kind, todo.subject_uid))


def _what(todo: Any) -> str:
    return str(todo.what)


SUBJECT = SubjectKind(kind="todos.todo", model="todos.Todo", label=_what, visible_to=visible_to)
