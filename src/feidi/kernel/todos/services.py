"""Verbs of to-dos."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.audit.canonical import Json
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.access import can_change
from feidi.kernel.todos.models import Todo


def add_todo(
    *,
    actor: Actor,
    now: datetime,
    subject: Subject,
    what: str,
    assignee: User | None = None,
    due_on: date | None = None,
) -> Todo:
    """Note what has to be done about ``subject``, by whom, by when. The same open to-do is returned, not doubled.

    Refused: nothing said. Whether the actor may is the caller's question.
    """
    text = what.strip()[:300]
    if not text:
        raise refuse("todos.says_nothing")
    with recorded(actor=actor, now=now) as unit:
        same = Todo.objects.filter(
            subject_kind=subject.kind,
            subject_uid=subject.uid,
            what=text,
            assignee=assignee,
            due_on=due_on,
            done_at__isnull=True,
            voided_at__isnull=True,
        ).first()
        if same is not None:
            return same
        todo = Todo.objects.create(
            subject_kind=subject.kind,
            subject_uid=subject.uid,
            what=text,
            assignee=assignee,
            due_on=due_on,
            created_at=now,
        )
        unit.created(todo, kind="todos.todo")
    return todo


def finish_todo(*, actor: Actor, now: datetime, todo: Todo) -> Todo:
    """Mark a to-do as done. Refused: not the actor's to change, done or taken back before."""
    with recorded(actor=actor, now=now) as unit:
        row = _changeable(actor, todo)
        if row.done_at is not None:
            raise refuse("todos.already_done", what=row.what, by=row.done_by)
        before = unit.before(row)
        row.done_at, row.done_by = now, actor.label[:160]
        _save(row, before, unit, "finished")
    return row


def settle_todos(*, actor: Actor, now: datetime, todos: QuerySet[Todo]) -> int:
    """Mark those of ``todos`` that are open as done, because what they ask for has happened; return how many.

    Whether the actor may is the caller's question: the act itself was asked for, the to-do only follows.
    """
    with recorded(actor=actor, now=now) as unit:
        rows = list(
            todos.filter(done_at__isnull=True, voided_at__isnull=True).select_for_update(of=("self",)).order_by("pk")
        )
        for row in rows:
            before = unit.before(row)
            row.done_at, row.done_by = now, actor.label[:160]
            _save(row, before, unit, "finished")
    return len(rows)


def reopen_todo(*, actor: Actor, now: datetime, todo: Todo) -> Todo:
    """Undo ``finish_todo``. Refused: not the actor's to change, not done, taken back."""
    with recorded(actor=actor, now=now) as unit:
        row = _changeable(actor, todo)
        if row.done_at is None:
            raise refuse("todos.not_done", what=row.what)
        before = unit.before(row)
        row.done_at, row.done_by = None, ""
        _save(row, before, unit, "reopened")
    return row


def void_todo(*, actor: Actor, now: datetime, todo: Todo, reason: str) -> Todo:
    """Take a to-do back: it was not needed. Refused: no reason, not the actor's to change, taken back before."""
    if not reason.strip():
        raise refuse("todos.void_needs_reason", what=todo.what)
    with recorded(actor=actor, now=now) as unit:
        row = _changeable(actor, todo)
        before = unit.before(row)
        row.voided_at, row.void_reason = now, reason.strip()[:500]
        _save(row, before, unit, "voided")
    return row


def reassign_todos(
    *, actor: Actor, now: datetime, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    """Pass open to-dos from ``giver`` to ``taker``; return which were still the giver's and have been passed.

    Whether the actor may is the caller's question.
    """
    wanted = Todo.objects.filter(uid__in=uids, assignee=giver, done_at__isnull=True, voided_at__isnull=True)
    with recorded(actor=actor, now=now) as unit:
        rows = list(wanted.select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            before = unit.before(row, "todos.todo")
            row.assignee = taker
            row.version += 1
            unit.changed(row, kind="todos.todo", before=before, reason=reason)
        Todo.objects.bulk_update(rows, ["assignee", "version"], batch_size=200)
    return frozenset(row.uid for row in rows)


def _changeable(actor: Actor, todo: Todo) -> Todo:
    row = Todo.objects.select_for_update().get(pk=todo.pk)
    if not can_change(actor, row):
        raise refuse("todos.not_yours", what=row.what)
    if row.voided_at is not None:
        raise refuse("todos.voided", what=row.what, reason=row.void_reason)
    return row


def _save(row: Todo, before: Mapping[str, Json], unit: Unit, action: str) -> None:
    row.version += 1
    row.save(update_fields=["done_at", "done_by", "voided_at", "void_reason", "version"])
    unit.changed(row, kind="todos.todo", before=before, reason=row.void_reason, action=action)


def change_todo(
    *, actor: Actor, now: datetime, todo: Todo, what: str, assignee: User | None, due_on: date | None
) -> Todo:
    """Say otherwise what, by whom, by when. Refused: nothing said, not the actor's to change, done or taken back."""
    text = what.strip()[:300]
    if not text:
        raise refuse("todos.says_nothing")
    with recorded(actor=actor, now=now) as unit:
        row = _changeable(actor, todo)
        if row.done_at is not None:
            raise refuse("todos.already_done", what=row.what, by=row.done_by)
        before = unit.before(row)
        row.what, row.assignee, row.due_on = text, assignee, due_on
        row.version += 1
        row.save(update_fields=["what", "assignee", "due_on", "version"])
        unit.changed(row, kind="todos.todo", before=before)
    return row
