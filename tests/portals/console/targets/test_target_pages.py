"""The target list as pages: one, many, a workbook, handing out, contacting, beginning talks."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.enums import TargetState
from feidi.domain.pipeline.models import Project, Target
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def officer(world: World) -> Client:
    client = Client()
    client.force_login(world.users["officer"])
    return client


def page(client: Client, name: str, *args: str, **query: str) -> str:
    response = client.get(reverse(f"console:targets:{name}", args=args), query)
    assert response.status_code == OK, name
    return str(response.content.decode())


def send(client: Client, address: str, /, *args: str, **data: Any) -> Any:
    return client.post(reverse(f"console:targets:{address}", args=args), data)


def sheet(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    shown = book.add_worksheet()
    for at, row in enumerate(rows):
        shown.write_row(at, 0, row)
    book.close()
    return SimpleUploadedFile("目标企业.xlsx", stream.getvalue())


def test_from_a_missing_node_to_talks(world: World, officer: Client) -> None:
    assert "加一家" in page(officer, "target_list")
    common = {"outpost": world.outpost.pk, "chain": "半导体新材料", "node": "低温传感器", "priority": "1"}
    assert send(officer, "target_new", **common, name="滨海丙传感有限公司", why="国内仅两家").status_code == REDIRECT
    again = send(officer, "target_new", **common, name="滨海丙传感有限公司")
    assert again.status_code == REFUSED
    assert "已在目标清单" in again.content.decode()
    pasted = send(officer, "target_paste", **common, lines="滨海丙传感有限公司\n滨海丁测控有限公司，深圳，有专利")
    assert "“滨海丙传感有限公司”已在清单，未重复加入" in pasted.content.decode()
    assert send(officer, "target_paste", **common, lines="滨海戊仪器有限公司").status_code == REDIRECT
    book = sheet(("企业名称", "环节"), ("滨海己材料有限公司", "溅射靶材"))
    assert send(officer, "target_import", **common, file=book).status_code == REDIRECT
    broken = send(officer, "target_import", **common, file=SimpleUploadedFile("a.xlsx", b"not a workbook"))
    assert broken.status_code == REFUSED

    shown = page(officer, "target_list", node="低温传感器")
    assert "3 家 → 已接触 0 → 在谈 0" in shown
    assert "滨海己材料有限公司" not in shown
    rows = [each.uid for each in Target.objects.filter(node="低温传感器")]
    manager = world.users["manager"]
    assert send(officer, "target_assign", picked=rows, owner=manager.uid).status_code == REDIRECT
    assert Target.objects.filter(owner=manager).count() == 3
    assert send(officer, "target_assign", owner=manager.uid).status_code == REFUSED
    exported = officer.get(reverse("console:targets:target_export"), {"owner": str(manager.pk)})
    cells = openpyxl.load_workbook(BytesIO(exported.content)).worksheets[0]
    assert cells.max_row == 1 + 3

    first = Target.objects.get(name="滨海丙传感有限公司")
    assert (
        send(
            officer, "target_contact", first.uid, state="contacted", contacted_on="2026-11-20", result="约见"
        ).status_code
        == REDIRECT
    )
    edit = {"name": first.name, "chain": "半导体新材料", "node": "低温传感器", "priority": "2"}
    late = {**edit, "why": "缺一环", "version": str(first.version)}
    assert send(officer, "target_edit", first.uid, **late).status_code == REFUSED, "contacted meanwhile: told"
    assert send(officer, "target_edit", first.uid, **edit).status_code == REDIRECT
    world.lead("己的项目", "滨海丁测控有限公司")
    second = Target.objects.get(name="滨海丁测控有限公司")
    assert "己的项目" in page(officer, "target_view", second.uid)
    linked = Project.objects.get(name="己的项目")
    send(officer, "target_talk", second.uid, project=linked.uid)
    send(officer, "target_talk", first.uid)
    assert set(Target.objects.filter(state=TargetState.TALKING).values_list("project__name", flat=True)) == {
        "己的项目",
        "滨海丙传感有限公司",
    }
    assert "3 家 → 已接触 2 → 在谈 2" in page(officer, "target_list")
    assert send(officer, "target_void", first.uid, reason="录错").status_code == REFUSED, "a project stands on it"
    other = Target.objects.get(name="滨海己材料有限公司")
    assert send(officer, "target_void", other.uid, reason="录错").status_code == REDIRECT
    assert officer.get(reverse("console:targets:target_view", args=[other.uid])).status_code == NOT_THERE


@pytest.mark.parametrize("who", ["bureau", "rival", "verifier", "admin"])
def test_nobody_else_learns_of_a_target(world: World, officer: Client, who: str) -> None:
    given = {"outpost": world.outpost.pk, "node": "低温传感器", "priority": "1", "name": "滨海丙传感有限公司"}
    send(officer, "target_new", **given)
    client, target = Client(), Target.objects.get()
    client.force_login(world.users[who])
    assert client.get(reverse("console:targets:target_view", args=[target.uid])).status_code == NOT_THERE
    listed = client.get(reverse("console:targets:target_list"))
    assert listed.status_code == (OK if who == "rival" else REFUSED)
    assert "滨海丙传感" not in listed.content.decode()
    found = client.get(reverse("console:search:search_view"), {"q": "滨海丙传感"}, follow=True)
    assert found.content.decode().count("滨海丙传感有限公司") == 0


def test_the_list_costs_the_same(world: World, officer: Client) -> None:
    made: list[int] = []

    def rows(count: int) -> None:
        for _ in range(count):
            made.append(1)
            given = {
                "outpost": world.outpost.pk,
                "node": f"环节{len(made)}",
                "priority": "1",
                "name": f"企业{len(made)}",
            }
            send(officer, "target_new", **given, owner=world.users["officer"].pk)

    assert_same_queries(rows, lambda: page(officer, "target_list"))
