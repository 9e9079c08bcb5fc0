"""Pages of hand-overs: look first, hand over in one move, print the list, take it back."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.models import WorkHandover
from feidi.domain.liaison.services.handing_over import hand_over_work
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.registering import assign_owner
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.services import add_todo
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The operator lead, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["lead"])
    return client


def at(name: str, *args: str) -> str:
    """Return an address of this part."""
    return reverse(f"console:handovers:{name}", args=args)


def test_look_hand_over_print_undo(client: Client, world: World) -> None:
    project = world.lead()
    subject = Subject("pipeline.project", project.uid)
    officer, manager = world.users["officer"], world.users["manager"]
    todo: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "subject": subject}
    add_todo(what="回电话", assignee=officer, **todo)
    given = {"outpost": world.outpost.pk, "leaver": officer.pk, "taker": manager.pk, "reason": "离职"}
    look = client.get(at("handover_new"), given)
    page = look.content.decode()
    for words in (project.name, "回电话", "确认移交 2 项", "联系人属于驻点"):
        assert words in page, words
    seen = {"seen": look.context["holdings"].digest, "seen_total": 2}
    add_todo(what="后来加的", assignee=officer, **todo)
    moved = client.post(at("handover_new"), {**given, **seen})
    assert moved.status_code == 409
    assert "预览时 2 项，现在 3 项" in moved.content.decode()
    seen = {"seen": moved.context["holdings"].digest, "seen_total": 3}
    done = client.post(at("handover_new"), {**given, **seen})
    row = WorkHandover.objects.get()
    assert done.headers["Location"] == at("handover_view", row.uid)
    page = client.get(at("handover_view", row.uid)).content.decode()
    for words in (row.number, "离职", project.name, "回电话", "撤销移交", "不随人走"):
        assert words in page, words
    document = docx.Document(BytesIO(client.get(at("list_download", row.uid)).content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    assert {"officer", "manager", "3 项：项目 1，待办 2"} <= set(cells)
    assert [each for each in cells if each.startswith("监交人")]
    desk = Client()
    desk.force_login(manager)
    assert "回电话" in desk.get(reverse("console:home")).content.decode(), "on the taker's desk"

    assign_owner(
        actor=world.actor("manager"), now=world.now + timedelta(minutes=1), project=project, owner=world.users["lead"]
    )
    client.post(at("handover_undo", row.uid))
    page = client.get(at("handover_view", row.uid)).content.decode()
    assert "没有退回的" in page
    assert "manager (manager) 于 2026-11-23 09:31 改过" in page
    assert Project.objects.get().owner == world.users["lead"]
    assert client.post(at("handover_undo", row.uid)).status_code == 409
    assert "已撤销" in client.get(at("handover_list")).content.decode()


def test_lists_and_pages_cost_the_same_at_one_and_three(client: Client, world: World) -> None:
    lead, n, made = world.actor("lead"), [0], list[WorkHandover]()

    def make(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            leaver, taker = (world.users[each] for each in ("officer", "manager")[:: 1 if n[0] % 2 else -1])
            world.lead(f"项目{n[0]}", contact_name=f"王{n[0]}", owner=leaver)
            made.append(
                hand_over_work(
                    actor=lead, now=world.now, outpost=world.outpost, leaver=leaver, taker=taker, reason="轮岗"
                )
            )

    assert_same_queries(make, lambda: client.get(at("handover_list")), at_most=16)
    pages = iter([made[0], made[0], made[2]])  # one project, then three
    assert_same_queries(lambda _count: None, lambda: client.get(at("handover_view", next(pages).uid)), at_most=20)
