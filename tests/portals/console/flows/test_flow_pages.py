"""Pages of the flow ledger: diagrams apart by measure, the ledger, one entry, judging, taking back, rebuilding."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.reporting.models import FlowEntry, FlowSetAside
from feidi.portals.cli.main import main
from tests.support.flows import arrived, contract, funded, landed
from tests.support.queries import queries_of
from tests.support.talents import made
from tests.support.world import World

pytestmark = pytest.mark.django_db
REFUSED, NOT_THERE = 409, 404


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)


def client(world: World, who: str = "lead") -> Client:
    found = Client()
    found.force_login(world.users[who])
    return found


def page(world: World, name: str, *args: str, who: str = "lead", **query: Any) -> str:
    response = client(world, who).get(reverse(f"console:flows:{name}", args=args), query)
    assert response.status_code == 200, response.content.decode()[:400]
    return response.content.decode()


def test_each_kind_and_measure_is_a_diagram_of_its_own_and_every_figure_opens_its_entries(world: World) -> None:
    landed(world)
    contract(world)
    contract(world, taker="host", giver="home", technology=None)
    arrived(world, made(world))
    text = page(world, "flow_overview")
    for title in ("资金（人民币）", "技术（人民币）", "技术（份合同）", "人才（人）"):
        assert f"{title}" in text
    assert text.count('<svg class="flow-drawing"') == 4
    assert "滨海侧 → 云溪侧" in text
    links = [each.replace("&amp;", "&") for each in re.findall(r'href="(/flows/entries/\?[^"]*source=[^"]*)"', text)]
    assert len(links) == 4
    for link in links:
        assert "没有符合条件的分录" not in client(world).get(link).content.decode()


def test_an_empty_page_says_what_fills_it(world: World) -> None:
    assert "这段时间没有要素流动" in page(world, "flow_overview")
    assert "没有待判定的来源" in page(world, "waiting_list")


def test_the_ledger_is_filtered_exported_and_the_same_queries_at_one_and_three(world: World) -> None:
    landed(world)
    one = queries_of(lambda: page(world, "entry_list"))
    landed(world, "乙项目", sponsor="滨海乙检测技术有限公司", contact_phone="13900002222")
    contract(world)
    three = queries_of(lambda: page(world, "entry_list"))
    assert len(one) == len(three)
    assert "技术合同" not in page(world, "entry_list", kind="capital")
    response = client(world).get(reverse("console:flows:entry_export"), {"kind": "technology"})
    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.values)
    assert (rows[0][:3], len(rows)) == (("日期", "要素", "流向"), 2)


def test_an_entry_opens_its_source_and_evidence_for_who_may_see_them(world: World) -> None:
    case = landed(world)
    entry = FlowEntry.objects.get()
    text = page(world, "entry_view", entry.uid, who="officer")
    assert case.project.name in text
    assert "资金凭证" in text
    outcome = contract(world)
    hidden = page(world, "entry_view", FlowEntry.objects.get(subject_uid=outcome.uid).uid, who="bureau")
    assert "来源记录只对经办的驻点开放" in hidden
    assert outcome.introduction.number not in hidden
    assert client(world, "rival").get(reverse("console:flows:entry_view", args=[entry.uid])).status_code == NOT_THERE


def test_the_lead_takes_an_entry_back_with_a_reason(world: World) -> None:
    landed(world)
    entry = FlowEntry.objects.get()
    address = reverse("console:flows:entry_counter", args=[entry.uid])
    assert client(world).post(address, {"reason": ""}).status_code == REFUSED
    assert client(world, "officer").post(address, {"reason": "有误"}).status_code == REFUSED
    shown = client(world).post(address, {"reason": "资金来自本地"}, follow=True).content.decode()
    assert "冲销分录" in shown
    assert "已冲销" in page(world, "entry_view", entry.uid)
    aside = FlowSetAside.objects.get()
    assert "资金来自本地" in page(world, "waiting_list")
    client(world).post(reverse("console:flows:aside_return", args=[aside.uid]), {"reason": "核实"})
    assert FlowEntry.objects.filter(live=True).count() == 1


def test_the_lead_says_which_way_a_funding_went_or_that_it_is_none(world: World) -> None:
    result = funded(world, None)
    assert "天使轮" in page(world, "waiting_list")
    at = ("incubation.tenant_outcome", result.uid)
    address = reverse("console:flows:waiting_enter", args=at)
    assert client(world, "officer").get(address).status_code == NOT_THERE
    assert "没有金额或币种" in client(world).post(address, {"direction": "home_to_host"}).content.decode()
    client(world).post(address, {"direction": "home_to_host", "amount": "500万元人民币"})
    entry = FlowEntry.objects.get()
    assert (entry.direction, entry.amount_fen, entry.currency) == ("home_to_host", 500_000_000, "CNY")
    assert (
        client(world).post(reverse("console:flows:waiting_aside", args=at), {"reason": "内部"}).status_code == REFUSED
    )


def test_rebuilding_enters_what_existed_before_once(world: World) -> None:
    landed(world)
    FlowEntry.objects.all().delete()
    address = reverse("console:flows:flow_rebuild")
    assert client(world, "officer").post(address).status_code == REFUSED
    for said in ("新增 1 笔", "新增 0 笔"):
        assert said in client(world).post(address, follow=True).content.decode()


def test_four_chains_and_both_gatherings_show_the_same_figures_apart(world: World) -> None:
    landed(world)
    contract(world)
    arrived(world, made(world))
    chains = page(world, "chain_view")
    for each in ("创新链", "产业链", "资金链", "人才链", "60万元", "50万元"):
        assert each in chains
    gathering = page(world, "gathering_view")
    assert "人才向本地集聚" in gathering
    assert "项目向本地集聚" in gathering


def test_the_command_says_the_same(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    landed(world)
    contract(world)
    assert main(["flows", "show", "--json", "--as", "officer"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(each["kind"], each["amount_fen"], each["entries"]) for each in told["lines"]] == [
        ("capital", 50_000_000, 1),
        ("technology", 60_000_000, 1),
    ]
    assert main(["flows", "show", "--kind", "capital", "--as", "officer"]) == 0
    assert "50万元" in capsys.readouterr().out
    assert main(["flows", "show", "--outpost", "nowhere", "--as", "officer"]) == 1
    assert main(["flows", "rebuild", "--as", "officer"]) == 1
    capsys.readouterr()
    assert main(["flows", "rebuild", "--json", "--as", "lead"]) == 0
    assert json.loads(capsys.readouterr().out) == {"entered": 0, "countered": 0}
