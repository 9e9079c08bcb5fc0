"""Pages of 交办事项: written down, urged, answered, closed; what the home side may not read is struck out."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.enums import InstructionState
from feidi.domain.liaison.models import Instruction
from feidi.domain.liaison.services.instructions import NewInstruction, give_instruction
from feidi.kernel.todos.models import Todo
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def sign_in(world: World) -> Any:
    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(world.users[role])
        return client

    return signed_in


def url(name: str, *args: str) -> str:
    return reverse(f"console:instructions:instruction_{name}", args=args)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def given(world: World, **more: Any) -> Instruction:
    day = world.now.date()
    new = NewInstruction(
        **{
            "given_by": "区经科局",
            "paraphrase": "月底前报送在谈项目清单",
            "received_on": day - timedelta(days=5),
            "due_on": day - timedelta(days=1),
            "owner": world.users["officer"],
            "plaque": "liaison",
            **more,
        }
    )
    return give_instruction(actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=new)


def test_from_the_bureaus_word_to_its_closing(sign_in: Any, world: World) -> None:
    bureau, officer = sign_in("bureau"), sign_in("officer")
    assert "没有符合条件的交办事项" in page(bureau, url("list"))
    form = page(bureau, url("new"))
    assert "不录批示原文" in form
    sent = {
        "outpost": world.outpost.pk,
        "given_by": "区经科局",
        "paraphrase": "月底前报送在谈项目清单",
        "received_on": "2026-11-20",
        "due_on": "2026-11-19",
        "owner": world.users["officer"].pk,
    }
    refused = bureau.post(url("new"), sent)
    assert refused.status_code == 409
    assert "早于" in refused.content.decode()
    assert "项目编号" in bureau.post(url("new"), {**sent, "project": "没有这个项目"}).content.decode()
    saved = bureau.post(url("new"), {**sent, "due_on": "2026-11-22", "plaque": "liaison"})
    row = Instruction.objects.get()
    assert saved.headers["Location"] == url("view", row.uid)
    assert Todo.objects.get().assignee == world.users["officer"]
    seen = page(bureau, url("view", row.uid))
    assert "待反馈 · 第 4 天" in seen
    assert "逾期" not in seen
    assert "逾期 1 天" in page(officer, url("view", row.uid))
    assert "招商联络处" in seen
    bureau.post(url("urge", row.uid), {"note": "局长周五要看"})
    assert "局长周五要看" in page(officer, url("view", row.uid))
    assert bureau.get(url("answer", row.uid)).status_code == 409
    assert bureau.post(url("edit", row.uid), sent).status_code == 409
    assert officer.post(url("answer", row.uid), {"answer": ""}).status_code == 422
    assert officer.post(url("answer", row.uid), {"answer": "清单已报，共 6 个"}).status_code == 302
    assert "清单已报，共 6 个" in page(bureau, url("view", row.uid))
    assert bureau.post(url("close", row.uid)).status_code == 302
    assert bureau.post(url("reopen", row.uid), {"reason": ""}).status_code == 409
    assert bureau.post(url("reopen", row.uid), {"reason": "少了投资额"}).status_code == 302
    row.refresh_from_db()
    assert row.state == InstructionState.OPEN
    history = page(officer, url("view", row.uid))
    for words in ("少了投资额", "退回办理", "登记反馈", "催办"):
        assert words in history
    assert bureau.post(url("void", row.uid), {"reason": "重复"}).status_code == 302
    assert row.number not in page(officer, url("list"))


def test_an_edit_meets_another(sign_in: Any, world: World) -> None:
    row, officer = given(world), sign_in("officer")
    assert row.paraphrase in page(officer, url("edit", row.uid))
    sent = {
        "outpost": world.outpost.pk,
        "version": row.version,
        "given_by": "区经科局",
        "paraphrase": "改为下月初报送",
        "received_on": "2026-11-20",
        "owner": world.users["manager"].pk,
    }
    assert officer.post(url("edit", row.uid), sent).status_code == 302
    assert Todo.objects.filter(assignee=world.users["manager"]).count() == 1
    late = sign_in("manager").post(url("edit", row.uid), {**sent, "paraphrase": "改为年底报送"})
    text = late.content.decode()
    assert late.status_code == 409
    assert "别人刚改过" in text
    assert "已改为“改为下月初报送”" in text, "what the other wrote, at the field"
    assert "改为年底报送" in text, "what was typed is still there"
    assert f'name="version" value="{row.version + 1}"' in text
    knowing = sign_in("manager").post(
        url("edit", row.uid), {**sent, "paraphrase": "改为年底报送", "version": row.version + 1}
    )
    assert knowing.status_code == 302, "who has seen it saves over it"


def test_list_filters_sorts_copies_and_exports(sign_in: Any, world: World) -> None:
    given(world)
    given(world, paraphrase="走访三家链主企业", due_on=None, owner=None, plaque="centre")
    officer = sign_in("officer")
    both = page(officer, url("list") + "?sort=-due")
    assert "交办事项 2026-11-23，共 2 件" in both
    assert "row-bad" in both
    for asked, here, gone in (
        ("show=overdue", "在谈项目清单", "链主"),
        ("show=mine", "在谈项目清单", "链主"),
        ("show=week", "在谈项目清单", "链主"),
        ("plaque=centre", "链主", "在谈项目清单"),
        ("words=链主", "链主", "在谈项目清单"),
    ):
        shown = page(officer, url("list") + f"?{asked}")
        assert here in shown, asked
        assert gone not in shown.split("list-table")[1], asked
    assert "row-bad" not in page(sign_in("bureau"), url("list"))
    sheet = openpyxl.load_workbook(BytesIO(officer.get(url("export") + "?show=mine").content)).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == ["交办内容", "月底前报送在谈项目清单"]


def test_what_is_not_reported_the_home_side_does_not_read(sign_in: Any, world: World) -> None:
    project = world.lead()
    row = given(world, project=project, paraphrase="核实低温介质检测的用地需求", given_by="滨海甲检测技术有限公司来函")
    bureau, officer = sign_in("bureau"), sign_in("officer")
    assert "低温介质检测" in page(officer, url("view", row.uid))
    officer.post(url("urge", row.uid), {"note": f"{project.code} 请抓紧"})
    officer.post(url("answer", row.uid), {"answer": "低温介质检测不需用地"})
    for address in (
        url("view", row.uid),
        url("list") + "?cols=project&cols=what&cols=answer&cols=from",
        url("list") + f"?project={project.uid}",
    ):
        seen = page(bureau, address)
        for mark in ("低温介质", "滨海甲", project.code):
            assert mark not in seen, (address, mark)
    assert "（未报送项目）" in page(bureau, url("view", row.uid))
    assert row.number not in page(bureau, url("list") + "?words=低温").split("</form>", 1)[1]
    assert row.number not in page(bureau, url("list") + f"?project={project.uid}").split("</form>", 1)[1]
    assert row.number in page(officer, url("list") + "?words=低温")
    cells = openpyxl.load_workbook(BytesIO(bureau.get(url("export")).content)).active
    assert cells is not None
    assert "低温介质" not in str(list(cells.iter_rows(values_only=True)))


def test_strangers_find_nothing(sign_in: Any, world: World) -> None:
    row = given(world)
    for role in ("rival", "rival_bureau", "tenant", "admin"):
        assert sign_in(role).get(url("view", row.uid)).status_code == 404
        assert sign_in(role).post(url("urge", row.uid), {"note": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["officer", "bureau"])
def test_the_list_costs_the_same_at_one_and_three_rows(sign_in: Any, world: World, role: str) -> None:
    client = sign_in(role)

    def rows(count: int) -> None:
        for _ in range(count):
            at = Instruction.objects.count()
            given(world, project=world.lead(f"项目{at}", f"滨海{at}有限公司", contact_name=f"人{at}"))

    assert_same_queries(rows, lambda: client.get(url("list")))


def test_without_anybody_responsible_nobody_is_said_to_see_it(sign_in: Any, world: World) -> None:
    bureau = sign_in("bureau")
    given = {
        "outpost": world.outpost.pk,
        "given_by": "区政府办",
        "paraphrase": "汇总用能需求",
        "received_on": world.now.date().isoformat(),
    }
    told = bureau.post(reverse("console:instructions:instruction_new"), given, follow=True).content.decode()
    assert "还没有承办人" in told
    row = Instruction.objects.get()
    urge = reverse("console:instructions:instruction_urge", args=[row.uid])
    assert "请先指定" in bureau.post(urge, {"note": "请先报初稿"}, follow=True).content.decode()
