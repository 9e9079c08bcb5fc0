"""周五出稿, papers and bound forms as pages."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.models import BoundForm, FormFilling, IssuedPaper
from feidi.domain.reporting.selectors.forms import bytes_of
from feidi.domain.reporting.selectors.papers import snapshot_of
from feidi.domain.reporting.services.paper_writing import Wording
from feidi.domain.reporting.services.papers import Issue, issue_paper
from feidi.portals.cli.demonstration.friday import WEEKLY, weekly_workbook, word_form
from tests.support.queries import assert_same_queries, queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def ask(client: Client, view: str, /, *args: str, status: int = 200, **query: str) -> str:
    response = client.get(reverse(f"console:papers:{view}", args=args), query)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def send(client: Client, view: str, /, *args: str, status: int = 302, query: str = "", **data: Any) -> Any:
    response = client.post(reverse(f"console:papers:{view}", args=args) + query, data)
    assert response.status_code == status, words(response.content.decode())[:3000]
    return response


def words(html: str) -> str:
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare)


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_form_is_bound_filled_and_its_new_layout_confirmed(world: World, client: Client) -> None:
    signed = world.to_signed(world.lead("甲项目"))
    Project.objects.filter(pk=signed.pk).update(reported_at=world.now)
    client.force_login(world.users["officer"])
    assert "还没有上级的表格" in ask(client, "form_list")
    send(client, "form_new", status=422, name="", outpost=world.outpost.pk)
    send(client, "form_new", name=WEEKLY, outpost=world.outpost.pk, file=upload("周报.xlsx", weekly_workbook()))
    form = BoundForm.objects.get()
    page = ask(client, "form_view", form.uid, place="周报!C6")
    assert 'aria-label="C6 空格"' in page
    assert 'value="周报!C6"' in page
    send(client, "form_bind", form.uid, place="周报!C6", source="K08_year")
    send(client, "form_bind", form.uid, place="签约项目!B3", source="signed.name", insert_rows="on")
    refused = send(client, "form_bind", form.uid, place="没有!A1", source="K08_year", status=409)
    assert "没有“没有!A1”这个位置" in refused.content.decode()
    shown = words(ask(client, "form_view", form.uid))
    assert "累计签约 1个" in shown
    assert "甲项目 等 1 行" in shown
    preview = client.get(reverse("console:papers:form_preview", args=[form.uid]))
    assert load_workbook(io.BytesIO(preview.content))["签约项目"]["B3"].value == "甲项目"
    assert not FormFilling.objects.exists()
    send(client, "form_revise", form.uid, file=upload("新周报.xlsx", weekly_workbook(above=3)))
    new = BoundForm.objects.get(revision=2)
    shown = words(ask(client, "form_view", new.uid))
    assert "版式变了，这些绑定要确认" in shown
    assert "改到 周报!C9" in shown
    assert "打开新版" in ask(client, "form_view", form.uid)
    friday = send(client, "friday_view", status=409, forms_chosen=new.uid)
    assert "版式变了" in friday.content.decode()
    send(client, "form_move", new.uid, all="1")
    send(client, "friday_view", forms_chosen=new.uid)
    filled = load_workbook(io.BytesIO(bytes_of(FormFilling.objects.get().file)))["周报"]["C9"]
    assert (filled.value, filled.font.color.rgb[-6:]) == (1, "FF0000")
    send(client, "form_unbind", new.uid, place="周报!C9")
    assert len(BoundForm.objects.get(pk=new.pk).bindings) == 1
    send(client, "form_new", name="进展表", outpost=world.outpost.pk, file=upload("进展表.docx", word_form()))
    word = BoundForm.objects.get(name="进展表")
    send(client, "form_bind", word.uid, place="截至日期", source="day")
    assert "2026年11月23日" in ask(client, "form_view", word.uid)
    send(client, "form_void", word.uid, reason="停报")
    assert "进展表" not in ask(client, "form_list")


def test_the_button_and_what_it_made(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目", plaques=["liaison"]))
    client.force_login(world.users["officer"])
    page = words(ask(client, "friday_view"))
    assert "截至11月23日，签约1个，完成年度任务30个的3.3%，序时进度89.6%，慢86.3个百分点" in page
    assert "本年签约 1个" in page
    send(client, "friday_view", status=409)
    data: dict[str, Any] = {
        "kinds": ["briefing", "bulletin"],
        "highlights": "甲项目签约",
        "plaque": "liaison",
        "span": "month",
    }
    run = send(client, "friday_view", **data).url
    shown = words(client.get(run).content.decode())
    assert "云滨情况〔2026〕1号" in shown
    assert "甲项目签约。" in shown
    report, bulletin = IssuedPaper.objects.order_by("id")
    paper = ask(client, "paper_view", bulletin.uid)
    assert "第1期" in paper
    assert "报：云溪区投资促进中心（演示）、云溪区人民政府办公室（演示）" in words(paper)
    rows = re.search(r'href="([^"]*figures/rows[^"]*)">1个<', paper)
    assert rows
    assert "甲项目" in client.get(rows[1].replace("&amp;", "&")).content.decode()
    assert "云滨简报〔2026〕第1期" in ask(client, "paper_list", kind="bulletin")
    world.to_signed(world.lead("乙项目", "滨海乙有限公司", plaques=["liaison"]))
    world.to_signed(world.lead("丙项目", "滨海丙有限公司", plaques=["centre"]))
    changed = words(ask(client, "paper_view", report.uid))
    assert "累计签约 出稿时 1个，现为 2个" in changed
    assert "乙项目" in changed
    assert "丙项目" not in changed, "another plaque's"
    world.lead("丁项目", "滨海丁有限公司")
    assert "另有 1 个项目未归牌子" in words(ask(client, "friday_view", plaque="liaison"))
    assert "未归牌子" not in words(ask(client, "friday_view"))
    send(client, "paper_void", report.uid, reason="重复")
    assert "已作废：" in ask(client, "paper_view", report.uid)


def test_an_edited_copy_is_marked(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["officer"])
    send(client, "friday_view", kinds=["briefing"])
    paper = IssuedPaper.objects.get()
    document = docx.Document(io.BytesIO(bytes_of(paper.file)))
    next(run for each in document.paragraphs for run in each.runs if run.text == "1个").text = "3个"
    stream = io.BytesIO()
    document.save(stream)
    send(client, "paper_check", paper.uid, status=422)
    send(client, "paper_check", paper.uid, file=upload("改稿.docx", stream.getvalue()))
    page = ask(client, "paper_view", paper.uid)
    assert "第1段：3 与台账 1 不符（截至2026-11-23）" in page
    assert "签约<mark>3个</mark>" in page
    assert "1 处不符" in ask(client, "paper_list")


def test_other_papers(world: World, client: Client) -> None:
    project = world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["officer"])
    for kind in ("briefing", "brief_one_page", "request", "letter", "summary", "bulletin"):
        ask(client, "paper_new", kind=kind)
    choices = ask(client, "paper_new", kind="inspection_report")
    assert f'<option value="{project.uid}">' in choices
    page = ask(client, "paper_new", kind="inspection_report", project=project.uid)
    assert f'<option value="{project.uid}" selected>' in page
    assert "看实验室" in page
    assert "“甲项目”项目" in page.replace("&quot;", '"')
    send(client, "paper_new", status=422, query="?kind=letter", subject="")
    body: dict[str, Any] = {
        "subject": "商请使用会议室",
        "addressee": "云溪区经科局（演示）",
        "body": "拟于12月1日举办路演。",
    }
    send(client, "paper_new", query="?kind=letter", **body)
    paper = IssuedPaper.objects.get()
    assert (paper.number, paper.title) == ("云滨函〔2026〕1号", "关于商请使用会议室的函")
    assert "主送 云溪区经科局（演示）" in words(ask(client, "paper_view", paper.uid))
    assert "情况汇报" in ask(client, "paper_new", kind="order")


def test_what_one_press_made_as_a_picture(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["officer"])
    send(client, "friday_view", kinds=["briefing"])
    uid = IssuedPaper.objects.get().uid
    assert reverse("console:papers:card_view", args=[uid]) in ask(client, "run_view", uid)
    shown = ask(client, "card_view", uid)
    assert reverse("console:papers:card_image", args=[uid]) in shown
    assert "截至11月23日，签约1个" in shown
    picture = client.get(reverse("console:papers:card_image", args=[uid]))
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    client.force_login(world.users["rival"])
    for name in ("card_view", "card_image"):
        assert client.get(reverse(f"console:papers:{name}", args=[uid])).status_code == 404


def test_who_is_kept_out(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    send(client, "friday_view", kinds=["briefing"])
    uid = IssuedPaper.objects.get().uid
    for role in ("bureau", "rival", "auditor"):
        client.force_login(world.users[role])
        assert client.get(reverse("console:papers:paper_view", args=[uid])).status_code == 404
        assert client.get(reverse("console:papers:run_view", args=[uid])).status_code == 404
    client.force_login(world.users["bureau"])
    ask(client, "friday_view", status=409)


def test_lists_cost_the_same(world: World, client: Client) -> None:
    officer = world.actor("officer")
    snapshot = snapshot_of(officer, world.outpost, world.now.date(), "week")
    client.force_login(world.users["officer"])

    def papers(count: int) -> None:
        for _ in range(count):
            issue_paper(actor=officer, now=world.now, snapshot=snapshot, issue=Issue("bulletin", "", Wording()))

    def forms(count: int) -> None:
        for _ in range(count):
            send(client, "form_new", name=WEEKLY, outpost=world.outpost.pk, file=upload("周报.xlsx", weekly_workbook()))

    assert_same_queries(papers, lambda: ask(client, "paper_list"))
    assert_same_queries(forms, lambda: ask(client, "form_list"))
    counted = []
    for n in (0, 2):
        forms(n)
        ask(client, "friday_view")  # figures are gathered anew after a write, whatever was written
        counted.append(len(queries_of(lambda: ask(client, "friday_view"))))
    assert counted[0] == counted[1] <= 20
