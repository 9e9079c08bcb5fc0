"""待办: written by hand, done in place, handed on, taken back; settled with the matter that it was about."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.enums import TripKind
from feidi.domain.liaison.selectors.todos import get_todo, reachable_todos
from feidi.domain.liaison.services.instructions import (
    NewInstruction,
    answer_instruction,
    give_instruction,
    reopen_instruction,
)
from feidi.domain.liaison.services.todos import NewTodo, note_todo
from feidi.domain.liaison.services.trips import StopPlan, TripPlan, add_stop, plan_trip
from feidi.domain.parties.services.stand_ins import set_stand_in
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import void_todo
from tests.support.queries import assert_same_queries, queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def url(name: str, *args: str) -> str:
    return reverse(f"console:todos:{name}", args=args)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def noted(world: World, what: str = "回电话", by: str = "officer", **more: Any) -> Todo:
    new = NewTodo(what, **{"assignee": world.users["officer"], **more})
    return note_todo(actor=world.actor(by), now=world.now, outpost=world.outpost, new=new)


def test_written_down_done_and_restored(world: World, client: Client) -> None:
    project = world.lead()
    client.force_login(world.users["officer"])
    assert "没有待办" in page(client, url("todo_list"))
    sent = {"outpost": world.outpost.pk, "what": "约看实验室", "assignee": world.users["officer"].pk}
    assert client.post(url("todo_new"), {**sent, "what": ""}).status_code == 422
    assert client.post(url("todo_new"), {**sent, "project": project.code}).status_code == 302
    todo = Todo.objects.get()
    assert (todo.subject_uid, todo.assignee) == (project.uid, world.users["officer"])
    home = page(client, reverse("console:home"))
    assert "约看实验室" in home
    assert url("todo_finish", todo.uid) in home
    record = reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=daily"
    assert "约看实验室" in page(client, record)
    done = client.post(url("todo_finish", todo.uid), headers={"referer": f"http://testserver{record}"})
    assert done.headers["Location"].endswith(record)
    assert "约看实验室" not in page(client, url("todo_list"))
    assert "约看实验室" in page(client, url("todo_list") + "?show=done")
    assert client.post(url("todo_finish", todo.uid)).status_code == 409
    client.post(url("todo_reopen", todo.uid), headers={"referer": "https://elsewhere.example/"})
    assert "约看实验室" in page(client, url("todo_list"))
    assert client.post(url("todo_void", todo.uid), {"reason": " "}).status_code == 409
    client.post(url("todo_void", todo.uid), {"reason": "对方来过了"})
    assert "没有待办" in page(client, url("todo_list"))
    assert not verify().faults


def test_handed_on_and_late(world: World, client: Client) -> None:
    todo = noted(world, due_on=world.now.date() - timedelta(days=2))
    client.force_login(world.users["officer"])
    assert "已过期限" in page(client, url("todo_list") + "?show=overdue")
    sent = {"what": "改约周三", "assignee": world.users["manager"].pk, "due_on": "2026-12-01"}
    assert client.post(url("todo_edit", todo.uid), {**sent, "assignee": world.users["rival"].pk}).status_code == 422
    assert client.post(url("todo_edit", todo.uid), sent).status_code == 302
    assert "改约周三" not in page(client, url("todo_list"))
    assert "改约周三" in page(client, url("todo_list") + f"?assignee={world.users['manager'].pk}")
    client.force_login(world.users["manager"])
    assert "改约周三" in page(client, url("todo_list"))


def test_what_is_not_mine_and_not_here(world: World, client: Client) -> None:
    project = world.lead()
    todo = noted(world, project=project)
    Project.objects.update(reported_at=world.now)
    for login in ("rival", "bureau", "auditor", "tenant"):
        client.force_login(world.users[login])
        assert client.post(url("todo_finish", todo.uid)).status_code == 404, login
    client.force_login(world.users["bureau"])
    assert "回电话" not in page(client, url("todo_list") + "?whose=all")
    for code, more in (
        ("liaison.not_a_colleague", {"assignee": world.users["rival"]}),
        ("todos.says_nothing", {"what": " "}),
    ):
        with pytest.raises(RefusedError) as refused:
            noted(world, **more)
        assert refused.value.refusal.code == code
    for by in ("bureau", "rival"):
        with pytest.raises(RefusedError):
            noted(world, by=by)


def test_the_home_side_keeps_its_own(world: World, client: Client) -> None:
    todo = noted(world, "核对名单", assignee=world.users["officer"])
    Todo.objects.update(assignee=world.users["bureau"])
    client.force_login(world.users["bureau"])
    assert "核对名单" in page(client, url("todo_list"))
    assert client.post(url("todo_edit", todo.uid), {"what": "再核对名单"}).status_code == 302
    assert client.post(url("todo_finish", todo.uid)).status_code == 302
    assert Todo.objects.get().done_by == "bureau (bureau)"


def test_a_stand_in_sees_and_finishes(world: World, client: Client) -> None:
    todo = noted(world)
    set_stand_in(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, absent=world.users["officer"],
        stand_in=world.users["manager"], since=world.now.date(), until=world.now.date(),
    )  # fmt: skip
    client.force_login(world.users["manager"])
    assert "回电话" in page(client, url("todo_list") + "?whose=stand_in")
    assert "回电话" in page(client, reverse("console:home"))
    assert client.post(url("todo_finish", todo.uid)).status_code == 302


def test_an_answered_instruction_leaves_no_todo(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    new = NewInstruction("经科局", "报本周进展", world.now.date(), owner=world.users["manager"])
    row = give_instruction(outpost=world.outpost, new=new, **act)
    assert Todo.objects.filter(done_at__isnull=True).count() == 1
    answer_instruction(instruction=row, answer="已报", **act)
    assert not Todo.objects.filter(done_at__isnull=True).exists()
    reopen_instruction(instruction=row, reason="补数", **act)
    assert Todo.objects.get(done_at__isnull=True).assignee == world.users["manager"]


def test_a_trip_stands_on_its_project(world: World, client: Client) -> None:
    project, today = world.lead(), world.now.date()
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    trip = plan_trip(outpost=world.outpost, plan=TripPlan(TripKind.OUTBOUND, "赴滨海走访", today, today), **act)
    add_stop(trip=trip, plan=StopPlan(today, "看低温实验室", project=project, result="约定送样"), **act)
    Project.objects.update(reported_at=world.now)
    record = reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=daily"
    client.force_login(world.users["officer"])
    html = page(client, record)
    assert "赴滨海走访" in html
    assert "约定送样" in html
    client.force_login(world.users["bureau"])
    assert "赴滨海走访" not in page(client, record)


def test_queries(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    number = iter(range(99))

    def rows(count: int) -> None:
        for _ in range(count):
            noted(world, f"第{next(number)}件")

    assert_same_queries(rows, lambda: client.get(url("todo_list") + "?whose=all"), at_most=25)


def test_one_is_within_reach_for_exactly_those_whose_list_has_it(world: World) -> None:
    today, project = world.now.date(), world.lead()
    own = noted(world, "回电话", project=project)
    orphan = noted(world, "核对名单")
    Todo.objects.filter(pk=orphan.pk).update(assignee=world.users["bureau"])
    gone = noted(world, "不用了")
    void_todo(actor=world.actor("officer"), now=world.now, todo=gone, reason="x")
    for who in ("officer", "manager", "lead", "rival", "bureau", "verifier", "auditor", "admin", "tenant"):
        actor = world.actor(who)
        for todo in (own, orphan, gone):
            listed = reachable_todos(actor, today).filter(uid=todo.uid).exists()
            try:
                got = get_todo(actor, todo.uid, today) == todo
            except Todo.DoesNotExist:
                got = False
            assert got == listed, (who, todo.what)
    sent = queries_of(lambda: get_todo(world.actor("officer"), own.uid, today))
    assert sum(map(len, sent)) < 9000


def test_the_list_leaves_as_a_workbook(world: World, client: Client) -> None:
    noted(world, "约看实验室")
    client.force_login(world.users["officer"])
    assert url("todo_export") in page(client, url("todo_list"))
    book = openpyxl.load_workbook(BytesIO(client.get(url("todo_export")).content))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert [row[0] for row in rows] == ["要做什么", "约看实验室"]
    assert len(rows[0]) == 5


def test_the_second_who_says_it_otherwise_is_told(world: World, client: Client) -> None:
    todo = noted(world)
    client.force_login(world.users["officer"])
    address = url("todo_edit", todo.uid)
    version = client.get(address).context["form"]["version"].value()
    sent = {"assignee": world.users["officer"].pk, "version": version}
    assert client.post(address, {**sent, "what": "先改的"}).status_code == 302
    late = client.post(address, {**sent, "what": "后改的"})
    assert late.status_code == 409
    assert "先改的" in late.content.decode()
    assert Todo.objects.get().what == "先改的"
    fresh = late.context["form"]["version"].value()
    assert client.post(address, {**sent, "what": "后改的", "version": fresh}).status_code == 302
    assert Todo.objects.get().what == "后改的"
