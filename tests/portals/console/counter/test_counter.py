"""The counter: thirty seconds, closed in place, turned into a lead."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.models import WalkIn
from feidi.domain.liaison.services.walk_ins import Visit, register_visit
from feidi.domain.parties.models import ContactPoint
from feidi.domain.pipeline.models import FirstReport, Project
from feidi.kernel.audit.verify import verify
from feidi.kernel.todos.models import Todo
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def officer(world: World) -> Client:
    client = Client()
    client.force_login(world.users["officer"])
    return client


def url(name: str, *args: str) -> str:
    return reverse(f"console:counter:{name}", args=args)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def came(world: World, **more: Any) -> WalkIn:
    visit = Visit(**{"asked": "问人才补贴怎么申请", "visitor": "周先生", "phone": "13800001234", **more})
    return register_visit(actor=world.actor("officer"), now=world.now, outpost=world.outpost, visit=visit)


def test_registered_handed_on_and_closed_in_place(officer: Client, world: World) -> None:
    assert "今天还没有人来" in page(officer, url("counter_view"))
    assert officer.post(url("counter_view"), {"outpost": world.outpost.pk, "asked": ""}).status_code == 422
    sent = {"outpost": world.outpost.pk, "asked": "想租中试场地", "visitor": "吴女士", "phone": "12"}
    wrong = officer.post(url("counter_view"), sent)
    assert wrong.status_code == 409
    assert "想租中试场地" in wrong.content.decode()
    good = {**sent, "phone": "13800005678", "handed_to": world.users["manager"].pk}
    assert officer.post(url("counter_view"), good).status_code == 302
    row = WalkIn.objects.get()
    shown = page(officer, url("counter_view"))
    for words in ("想租中试场地", "138****5678", "转给 manager", "未办结共 1 条"):
        assert words in shown
    assert "13800005678" not in shown
    assert Todo.objects.get().assignee == world.users["manager"]
    assert officer.post(url("visit_hand", row.uid), {"to_text": ""}).status_code == 409
    assert officer.post(url("visit_hand", row.uid), {"to_text": "政务大厅"}).status_code == 302
    assert "政务大厅" in page(officer, url("visit_view", row.uid))
    line = officer.post(url("visit_close", row.uid), {"result": "已发场地清单"}, headers={"HX-Request": "true"})
    assert line.content.decode().strip().startswith(f'<li id="visit-{row.uid}"')
    assert "已发场地清单" in line.content.decode()
    assert officer.post(url("visit_close", row.uid), {"result": "再"}).status_code == 409
    assert "未办结共" not in page(officer, url("counter_view"))


def test_a_visit_becomes_a_lead_with_its_phone(officer: Client, world: World) -> None:
    row = came(world, asked="做低温传感器，想落地中试线", unit="滨海丙传感有限公司")
    form = page(officer, url("visit_lead", row.uid))
    for words in ("滨海丙传感有限公司", "周先生", "空着就用登记时留的 138****1234", "来访"):
        assert words in form
    assert "13800001234" not in form
    sent = {
        "outpost": world.outpost.pk,
        "name": "低温传感器",
        "sponsor": "滨海丙传感有限公司",
        "contact_name": "周先生",
        "kind": "enterprise",
        "source_channel": "来访",
    }
    assert officer.post(url("visit_lead", row.uid), {**sent, "name": ""}).status_code == 422
    saved = officer.post(url("visit_lead", row.uid), sent)
    project = Project.objects.get(name="低温传感器")
    assert saved.headers["Location"] == reverse("console:pipeline:project_view", args=[project.uid])
    row.refresh_from_db()
    assert (row.project, row.result) == (project, f"已登记线索 {project.code}")
    assert ContactPoint.objects.get().value_hint == "138****1234"
    assert FirstReport.objects.filter(project=project).exists()
    assert officer.post(url("visit_lead", row.uid), {**sent, "not_a_duplicate": "on"}).status_code == 409
    assert Project.objects.count() == 1
    assert verify().faults == ()


def test_register_filters_copies_and_exports(officer: Client, world: World) -> None:
    came(world)
    came(world, asked="问会议室", visitor="", phone="", handed_to=world.users["manager"])
    both = page(officer, url("visit_list"))
    assert "来访登记 2026-11-23，共 2 条" in both
    copied = both.split('data-copy="')[1].split('"')[0]
    assert "周先生" not in copied
    assert "问会议室" not in page(officer, url("visit_list") + "?words=补贴").split("list-table")[1]
    assert "没有符合条件的来访" in page(officer, url("visit_list") + "?since=2026-11-24")
    assert "没有符合条件的来访" in page(officer, url("visit_list") + "?until=2026-11-22")
    sheet = openpyxl.load_workbook(BytesIO(officer.get(url("visit_export") + "?show=open").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["来问什么", "问会议室", "问人才补贴怎么申请"]
    assert "13800001234" not in str(rows)


def test_only_the_outpost_itself_sees_it(world: World) -> None:
    row = came(world)
    for role in ("bureau", "rival", "tenant"):
        client = Client()
        client.force_login(world.users[role])
        for name in ("visit_view", "visit_lead", "visit_hand"):
            assert client.get(url(name, row.uid)).status_code == 404
        assert client.get(url("counter_view")).status_code == (200 if role == "rival" else 409)
        assert "补贴" not in client.get(url("visit_list")).content.decode()


def test_counter_and_register_cost_the_same_at_one_and_three_rows(officer: Client, world: World) -> None:
    def rows(count: int) -> None:
        for _ in range(count):
            came(world, handed_to=world.users["manager"], project=None)

    assert_same_queries(rows, lambda: (officer.get(url("counter_view")), officer.get(url("visit_list"))))


def test_an_entry_in_error_is_taken_back(officer: Client, world: World) -> None:
    row = came(world, handed_to=world.users["manager"])
    assert officer.post(url("visit_void", row.uid), {"reason": " "}).status_code == 409
    assert officer.post(url("visit_void", row.uid), {"reason": "登记了两次"}).status_code == 302
    assert "问人才补贴" not in page(officer, url("visit_list"))
    assert "登记了两次" in page(officer, url("visit_view", row.uid))
    assert not Todo.objects.filter(done_at__isnull=True).exists()
    assert officer.post(url("visit_void", row.uid), {"reason": "再撤"}).status_code == 409
    assert not verify().faults
