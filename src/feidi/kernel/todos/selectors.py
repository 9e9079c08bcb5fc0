"""Questions about to-dos."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.access import can_view
from feidi.kernel.todos.models import Todo


def open_todos(user_ids: Collection[int], *, due_by: date | None = None) -> QuerySet[Todo]:
    """Return what these users have to do, soonest first, undated last; ``due_by`` leaves later ones out."""
    todos = _open().filter(assignee_id__in=user_ids).select_related("assignee")
    return todos.filter(due_on__lte=due_by) if due_by else todos


def open_todos_about(subjects: Iterable[Subject]) -> QuerySet[Todo]:
    """Return what is to be done about these subjects of one kind. The caller has seen them."""
    wanted = list(subjects)
    kinds = {subject.kind for subject in wanted}
    return (
        _open()
        .filter(subject_kind__in=kinds, subject_uid__in=[subject.uid for subject in wanted])
        .select_related("assignee")
    )


def get_todo(*, actor: Actor, uid: str) -> Todo:
    """Return the to-do that ``actor`` may see, or refuse. Of its host only the one kind is asked."""
    todo = Todo.objects.filter(uid=uid).first()
    if todo is None or not can_view(actor, todo):
        raise refuse("todos.not_found")
    return todo


def _open() -> QuerySet[Todo]:
    return Todo.objects.filter(done_at__isnull=True, voided_at__isnull=True).order_by(
        F("due_on").asc(nulls_last=True), "id"
    )
