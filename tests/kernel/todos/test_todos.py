"""A to-do is added, done, reopened, taken back; by whom."""

from __future__ import annotations

from datetime import date

import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.todos.access import can_view, visible_to
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.selectors import get_todo, open_todos, open_todos_about
from feidi.kernel.todos.services import add_todo, finish_todo, reopen_todo, void_todo
from tests.kernel.files import hosts
from tests.kernel.files.hosts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return hosts.make_user("项目")


@pytest.fixture
def person():
    return hosts.make_user("经办")


@pytest.fixture
def editor(host):
    return hosts.make_actor(host)


@pytest.fixture
def add(host, person, editor):
    def add_it(what="约李博士考察", assignee=person, **more):
        return add_todo(actor=editor, now=NOW, subject=hosts.subject_of(host), what=what, assignee=assignee, **more)

    return add_it


def _code(call):
    with pytest.raises(RefusedError) as refused:
        call()
    return refused.value.refusal.code


def test_the_same_open_todo_is_not_doubled(add, editor):
    first = add()
    assert add(" 约李博士考察 ") == first
    assert add(due_on=date(2026, 12, 1)) != first
    finish_todo(actor=editor, now=NOW, todo=first)
    assert add() != first
    assert _code(lambda: add("  ")) == "todos.says_nothing"


def test_done_and_undone(add, person):
    own = hosts.make_actor(user=person)  # sees the row of no host, yet it is his to do
    todo = add()
    done = finish_todo(actor=own, now=NOW, todo=todo)
    assert (done.done_at, done.done_by, done.version) == (NOW, own.label, 2)
    assert _code(lambda: finish_todo(actor=own, now=NOW, todo=todo)) == "todos.already_done"
    again = reopen_todo(actor=own, now=NOW, todo=todo)
    assert (again.done_at, again.done_by) == (None, "")
    assert _code(lambda: reopen_todo(actor=own, now=NOW, todo=todo)) == "todos.not_done"
    actions = AuditEntry.objects.filter(subject_uid=todo.uid).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["created", "finished", "reopened"]


def test_voided_todos_rest(add, editor):
    todo = add()
    assert _code(lambda: void_todo(actor=editor, now=NOW, todo=todo, reason=" ")) == "todos.void_needs_reason"
    void_todo(actor=editor, now=NOW, todo=todo, reason="不用了")
    assert _code(lambda: finish_todo(actor=editor, now=NOW, todo=todo)) == "todos.voided"
    assert not open_todos([todo.assignee_id]).exists()


def test_only_the_assignee_or_an_editor_who_sees_the_row_changes_it(add, host):
    todo = add()
    for actor in (
        ANONYMOUS,
        hosts.make_actor(hosts.make_user()),
        hosts.make_actor(host, permissions=()),
    ):
        assert _code(lambda actor=actor: finish_todo(actor=actor, now=NOW, todo=todo)) == "todos.not_yours"
    finish_todo(actor=hosts.make_actor(host), now=NOW, todo=todo)


def test_open_todos_come_in_order(add, person, host):
    undated, late, soon = add("无期限"), add("晚", due_on=date(2026, 12, 9)), add("早", due_on=date(2026, 11, 24))
    add("别人的", assignee=hosts.make_user())
    assert list(open_todos([person.pk])) == [soon, late, undated]
    assert list(open_todos([person.pk], due_by=date(2026, 11, 30))) == [soon]
    assert open_todos_about([hosts.subject_of(host)]).count() == 4


def test_seeing_one_and_seeing_many_agree(add, person, editor):
    mine, unassigned = add(), add("待分派", assignee=None)
    own, stranger = hosts.make_actor(user=person), hosts.make_actor(hosts.make_user())
    for actor, expected in ((own, {mine}), (editor, {mine, unassigned}), (stranger, set()), (ANONYMOUS, set())):
        assert set(visible_to(actor, Todo.objects.all())) == expected
        assert {each for each in (mine, unassigned) if can_view(actor, each)} == expected
    assert get_todo(actor=own, uid=mine.uid) == mine
    assert _code(lambda: get_todo(actor=stranger, uid=mine.uid)) == "todos.not_found"
