"""Pages of 协调事项: drafted, sent with a number, waited for, answered, closed; its letter in Word."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.enums import CoordinationState, CoordinationWay
from feidi.domain.liaison.models import Coordination
from feidi.domain.liaison.services.coordinations import NewCoordination, ask_department, open_coordination
from tests.support.queries import assert_same_queries
from tests.support.world import PDF, World

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
    return reverse(f"console:coordinations:coordination_{name}", args=args)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def word(client: Client, address: str) -> str:
    document = docx.Document(BytesIO(client.get(address).content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def drafted(world: World, **more: Any) -> Coordination:
    new = NewCoordination(**{"department": "云溪区市场监管局", "ask": "名称预核准加急", **more})
    return open_coordination(actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=new)


def test_a_letter_from_draft_to_answer(officer: Client, world: World, settings: Any) -> None:
    settings.FEIDI_DEMONSTRATION = True
    project = world.lead()
    assert "没有符合条件的协调事项" in page(officer, url("list"))
    assert f"{project.code} {project.name}" in page(officer, url("new") + f"?project={project.uid}")
    sent = {
        "outpost": world.outpost.pk,
        "department": "云溪区市场监管局",
        "side": "home",
        "way": "letter",
        "ask": "请协助办理名称预核准。\n请告知所需材料。",
        "due_on": "2026-11-30",
        "owner": world.users["officer"].pk,
        "project": project.name,
    }
    officer.post(url("new"), sent)
    row = Coordination.objects.get()
    shown = page(officer, url("view", row.uid))
    for words in ("协调函预览", "关于商请协调低温介质检测有关事项的函", "请告知所需材料", "请于2026年11月30日前函复"):
        assert words in shown
    officer.post(url("edit", row.uid), {**sent, "version": row.version, "contact": "窗口"})
    refused = officer.post(url("ask", row.uid), {"asked_on": "2026-11-20"})
    assert refused.status_code == 409
    assert (
        officer.post(url("ask", row.uid), {"asked_on": "2026-11-20", "letter_number": "云滨函〔2026〕3号"}).status_code
        == 302
    )
    assert "待反馈 · 第 4 天" in page(officer, url("view", row.uid))
    assert officer.post(url("edit", row.uid), sent).status_code == 409
    letter = word(officer, url("paper", row.uid))
    for words in ("云溪区市场监管局：", "云滨函〔2026〕3号", "特此函商", "2026年11月20日", world.outpost.name):
        assert words in letter
    header = docx.Document(BytesIO(officer.get(url("paper", row.uid)).content)).sections[0].header.paragraphs[0].text
    assert "演示数据" in header
    answer = {
        "answer": "同意",
        "answered_on": "2026-11-22",
        "receipt": "〔2026〕77",
        "file": SimpleUploadedFile("复函.pdf", PDF),
    }
    assert officer.post(url("answer", row.uid), {**answer, "answered_on": "2026-11-19"}).status_code == 409
    answer["file"] = SimpleUploadedFile("复函.pdf", PDF)
    assert officer.post(url("answer", row.uid), answer).status_code == 302
    assert "复函.pdf" in page(officer, url("view", row.uid))
    officer.post(url("close", row.uid))
    row.refresh_from_db()
    assert (row.state, row.receipt) == (CoordinationState.CLOSED, "〔2026〕77")


def test_a_call_leaves_a_note(officer: Client, world: World) -> None:
    row = drafted(world, way=CoordinationWay.PHONE, contact="刘科")
    officer.post(url("ask", row.uid), {"asked_on": "2026-11-20"})
    assert "协调函预览" not in page(officer, url("view", row.uid))
    note = word(officer, url("paper", row.uid))
    for words in ("协调事项电话记录", "名称预核准加急", "刘科", "2026年11月20日"):
        assert words in note


def test_list_filters_copies_and_exports(officer: Client, world: World) -> None:
    waiting = drafted(world, owner=world.users["officer"])
    ask_department(
        actor=world.actor("officer"),
        now=world.now,
        coordination=waiting,
        asked_on=world.now.date() - timedelta(days=2),
        letter_number="1号",
    )
    drafted(
        world,
        department="前湾区供电局",
        way=CoordinationWay.PHONE,
        side="host",
        due_on=world.now.date() - timedelta(days=1),
    )
    assert "云溪区市场监管局：名称预核准加急（待反馈 · 第 3 天）" in page(officer, url("list"))
    for asked, here, gone in (
        ("show=waiting", "市场监管局", "供电局"),
        ("show=mine", "市场监管局", "供电局"),
        ("show=overdue", "供电局", "市场监管局"),
        ("side=host", "供电局", "市场监管局"),
        ("way=phone", "供电局", "市场监管局"),
        ("words=供电", "供电局", "市场监管局"),
    ):
        shown = page(officer, url("list") + f"?{asked}").split("list-table")[1]
        assert here in shown, asked
        assert gone not in shown, asked
    sheet = openpyxl.load_workbook(BytesIO(officer.get(url("export")).content)).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == ["协调部门", "前湾区供电局", "云溪区市场监管局"]


def test_only_the_outpost_itself_sees_it(world: World) -> None:
    row = drafted(world)
    for role in ("bureau", "verifier", "rival", "tenant"):
        client = Client()
        client.force_login(world.users[role])
        assert client.get(url("view", row.uid)).status_code == 404
        assert client.get(url("paper", row.uid)).status_code == 404
        shown = client.get(url("list")).content.decode()
        assert row.number not in shown


def test_the_list_costs_the_same_at_one_and_three_rows(officer: Client, world: World) -> None:
    def rows(count: int) -> None:
        for _ in range(count):
            at = Coordination.objects.count()
            project = world.lead(f"项目{at}", f"滨海{at}有限公司", contact_name=f"人{at}")
            drafted(world, project=project, owner=world.users["officer"])

    assert_same_queries(rows, lambda: officer.get(url("list")))
