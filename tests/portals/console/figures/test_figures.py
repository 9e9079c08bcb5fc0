"""统计分析 as officers and the home side see it."""

from __future__ import annotations

import io
import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Agreement, Project, StageLog
from feidi.domain.pipeline.services.plaques import set_plaques
from feidi.engines.measures import DEFINITIONS
from feidi.kernel.audit.models import AuditEntry
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def page(client: Client, name: str, query: str = "", status: int = 200) -> str:
    response = client.get(reverse(f"console:figures:{name}") + query)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def words(html: str) -> str:
    """Return what is read: no tags, no address, no script data."""
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare)


def test_at_a_glance_and_the_rows_behind(world: World, client: Client) -> None:
    signed, told = world.to_signed(world.lead("甲项目")), world.lead("乙项目", "滨海乙有限公司")
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)
    client.force_login(world.users["officer"])
    html = page(client, "figure_overview")
    shown = words(html)
    assert html.count('class="tile"') == 6
    assert "本周新增线索 2个 截至 2026-11-23" in shown
    assert "完成年度任务30个的3.3%，序时进度89.6%，慢86.3个百分点" in shown
    assert "同比 +1（上年同期 0）" in shown
    assert "300万元" in shown
    assert (
        "截至11月23日，登记线索2个（本周新增2个）；签约1个（本周新增1个），完成年度任务30个的3.3%，序时进度89.6%"
        in html
    )
    assert not re.search(r"\bK\d\d", words(html + page(client, "figure_list"))), "an internal code on screen"
    assert html.count("/figures/rows/?") > 12
    rows = page(client, "figure_rows", "?kind=figure&code=K08")
    assert "甲项目" in rows
    assert "乙项目" not in rows
    assert "甲项目" in page(client, "figure_rows", "?kind=step&code=signed")
    assert "乙项目" in page(client, "figure_rows", "?kind=word&code=talking&part=standing")
    assert "没有可列出的项目" in page(client, "figure_rows", "?code=K14")
    client.force_login(world.users["bureau"])
    assert "本周新增线索 2个" in words(page(client, "figure_overview"))
    seen = words(page(client, "figure_rows", "?kind=figure&code=K01"))
    assert "乙项目" in seen
    assert "甲项目" not in seen
    assert "共 2 个项目，其中 1 个尚未报送，只计数、不列名" in seen
    assert signed.name not in page(client, "figure_export", "?format=csv&kind=figure&code=K01")


def test_all_figures_have_their_definition(world: World, client: Client) -> None:
    client.force_login(world.users["verifier"])
    shown = words(page(client, "figure_list", "?span=last_year"))
    for definition in DEFINITIONS.values():
        assert definition.label.zh in shown
        assert definition.formula.zh in shown
    assert "无数据" in shown
    assert "0%" not in shown
    assert "参考外地做法（江门 2024），待本区确认" in shown


@pytest.mark.parametrize("span", ["year", "quarter", "month", "week", "last_year", "all", "own", "nonsense"])
def test_every_span(world: World, client: Client, span: str) -> None:
    world.lead()
    client.force_login(world.users["lead"])
    known = "&since=2026-11-30&until=2026-11-01&as_of=2099-01-01&openings=1"
    assert "本周新增线索 1个" in words(page(client, "figure_overview", f"?span={span}{known}"))
    page(client, "figure_rows", f"?span={span}&kind=step&code=lead&openings=1")
    assert "本周新增线索 0个" in words(page(client, "figure_overview", f"?span={span}&known=2026-11-20"))


def test_the_workbook_holds_figures_and_rows(world: World, client: Client) -> None:
    world.to_signed(world.lead("=甲项目"))
    client.force_login(world.users["officer"])
    response = client.get(reverse("console:figures:figure_export"))
    book = load_workbook(io.BytesIO(response.content))
    figures, rows = book["统计"], book["明细"]
    assert figures.max_row == len(DEFINITIONS) + 1
    named = {(row[0].value, row[2].value) for row in rows.iter_rows(min_row=2)}
    assert ("签约数、签约额", "=甲项目") in named
    assert rows["C2"].data_type == "s"
    assert AuditEntry.objects.filter(action="figures_exported").count() == 1
    text = client.get(reverse("console:figures:figure_export") + "?format=csv&code=K08").content.decode("utf-8-sig")
    assert "'=甲项目" in text
    assert AuditEntry.objects.filter(action="figures_exported").count() == 2


def test_strangers_are_refused(world: World, client: Client) -> None:
    for login in ("tenant", "admin"):
        client.force_login(world.users[login])
        for name in ("figure_overview", "figure_list", "figure_rows", "figure_export"):
            page(client, name, status=409)
    client.force_login(world.users["rival"])
    world.lead()
    assert "本周新增线索 0个" in words(page(client, "figure_overview", f"?outpost={world.outpost.pk}"))


def test_a_sum_opens_every_project_that_adds_to_it(world: World, client: Client) -> None:
    """An increment of a project signed before is in the sum, and so among its rows, with what it adds."""
    first = world.to_signed(world.lead("甲项目"))
    Agreement.objects.filter(project=first).update(signed_on="2025-05-06")
    StageLog.objects.filter(project=first, to_stage="signed").update(occurred_on="2025-05-06")
    world.contract(first, 400_000_000, adds_capital=True)
    world.to_signed(world.lead("乙项目", "滨海乙有限公司"))
    client.force_login(world.users["officer"])
    shown = page(client, "figure_overview")
    assert "签约 1个" in words(shown)
    assert "签约额 400万元" in words(shown)
    assert "code=K08&amp;part=sums" in shown
    rows = words(page(client, "figure_rows", "?kind=figure&code=K08&part=sums"))
    assert "计入金额" in rows
    assert re.search(r"甲项目 .* 100万元", rows)
    assert re.search(r"乙项目 .* 300万元", rows)
    assert "甲项目" not in words(page(client, "figure_rows", "?kind=figure&code=K08"))


@pytest.mark.parametrize("query", ["", "rows", "sums"])
def test_queries(world: World, client: Client, query: str) -> None:
    client.force_login(world.users["officer"])
    number = iter(range(99))

    def rows(count: int) -> None:
        for _ in range(count):
            at = next(number)
            world.lead(f"项目{at}", f"滨海{at}有限公司")
        page(client, name)  # what was written since is read in, once

    name = "figure_rows" if query else "figure_overview"
    asked = "?kind=figure&code=K08&part=sums" if query == "sums" else ""
    assert_same_queries(rows, lambda: page(client, name, asked))


def test_figures_by_plaque(world: World, client: Client) -> None:
    """A project may count under several plaques, none is lost: what nobody put under one stands apart."""
    officer = world.actor("officer")
    signed, lead = world.to_signed(world.lead("甲项目")), world.lead("乙项目", "滨海乙有限公司")
    world.lead("丙项目", "滨海丙有限公司")
    codes = list(world.outpost.plaques.order_by("pk").values_list("code", flat=True))
    set_plaques(actor=officer, now=world.now, project=signed, codes=codes[:2])
    set_plaques(actor=officer, now=world.now, project=lead, codes=codes[1:2])
    client.force_login(world.users["officer"])
    lines = re.findall(r"<tr>(.*?)</tr>", page(client, "figure_plaques", "?span=year"), flags=re.DOTALL)[1:]
    said = [re.sub(r"<[^>]+>", " ", line).split() for line in lines]
    assert [each[1:] for each in said][:2] == [
        ["1个", "0个", "1个", "300万元", "0个"],
        ["2个", "1个", "1个", "300万元", "0个"],
    ]
    assert said[-2] == ["未归牌子", "1个", "1个", "0个", "0元", "0个"]
    assert said[-1][-5:] == ["3个", "2个", "1个", "300万元", "0个"]
    assert len(said) == len(codes) + 2
    first = f"?plaque={codes[0]}&kind=figure&code=K01"
    rows = page(client, "figure_rows", first)
    assert "甲项目" in rows
    assert "乙项目" not in rows
    loose = page(client, "figure_rows", "?plaque=none&kind=figure&code=K01")
    assert "丙项目" in loose
    assert "甲项目" not in loose
    overview = words(page(client, "figure_overview", f"?plaque={codes[0]}"))
    assert "完成年度任务" not in overview, "the task is the outpost's, not one plaque's"
    assert "本周新增线索 1个" in overview
    assert words(page(client, "figure_overview", "?plaque=made-up")).count("本周新增线索 3个") == 1


def test_the_figures_as_a_picture(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["officer"])
    assert "/figures/card/?span=month" in page(client, "figure_overview", "?span=month")
    shown = page(client, "card_view", "?span=month")
    assert "/figures/card.png?span=month" in shown
    assert "本周新增线索 1个" in shown
    picture = client.get(reverse("console:figures:card_image") + "?span=month")
    assert picture["Content-Type"] == "image/png"
    assert picture["Cache-Control"] == "private, no-store"
    assert picture.content.startswith(b"\x89PNG")
    client.force_login(world.users["tenant"])
    assert client.get(reverse("console:figures:card_image")).status_code == 409
