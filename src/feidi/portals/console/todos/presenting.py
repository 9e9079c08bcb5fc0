"""From to-do to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.selectors.todos import About, abouts_of
from feidi.kernel.access import Actor
from feidi.kernel.todos.models import Todo
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.pieces import Action, Badge, Column, Row

COLUMNS = [
    Column("what", gettext_lazy("要做什么"), sortable=True, lead=True),
    Column("about", gettext_lazy("关于")),
    Column("assignee", gettext_lazy("办理人"), sortable=True),
    Column("due", gettext_lazy("期限"), sortable=True),
    Column("done", gettext_lazy("完成"), shown=False),
]


def rows_of(todos: Sequence[Todo], actor: Actor, today: date) -> list[Row]:
    """Return to-dos as list rows, each with what may be done in place."""
    abouts = abouts_of(actor, todos)
    return [_row(each, abouts[each.pk], today) for each in todos]


def _row(todo: Todo, about: About, today: date) -> Row:
    late = todo.done_at is None and todo.due_on is not None and todo.due_on < today
    return Row(
        cells={
            "what": todo.what,
            "about": about.name,
            "assignee": todo.assignee.display_name if todo.assignee else "",
            "due": todo.due_on,
            "done": f"{business_date(todo.done_at)} {todo.done_by}" if todo.done_at else "",
        },
        url=about.url,
        uid=todo.uid,
        badges=[Badge(_("已过期限"), "bad")] if late else [],
        actions=acts_of(todo),
    )


def acts_of(todo: Todo) -> list[Action]:
    """Return what is offered beside a to-do; the service asks again who may."""
    if todo.done_at is not None:
        return [Action(_("恢复"), reverse("console:todos:todo_reopen", args=[todo.uid]), "arrow-back-up", post=True)]
    return [
        Action(_("完成"), reverse("console:todos:todo_finish", args=[todo.uid]), "check", post=True),
        Action(_("修改"), reverse("console:todos:todo_edit", args=[todo.uid]), "pencil"),
    ]


def line_of(todo: Todo, about: About) -> dict[str, Any]:
    """Return a to-do as a line of a card."""
    return {"row": todo, "about": about, "actions": acts_of(todo)}


def lines_of(todos: Sequence[Todo], actor: Actor) -> list[dict[str, Any]]:
    """Return to-dos as lines of a card."""
    abouts = abouts_of(actor, todos)
    return [line_of(each, abouts[each.pk]) for each in todos]
