"""共振点 as pages: what a pair rests on, what is to be asked, only what the reader may see."""

from __future__ import annotations

from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.enums import Stage
from tests.domain.matching.test_resonance import fund, need
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, NOT_THERE, REFUSED = 200, 404, 409


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def client_of(world: World, login: str) -> Client:
    client = Client()
    client.force_login(world.users[login])
    return client


@pytest.fixture
def officer(world: World) -> Client:
    return client_of(world, "officer")


def page(client: Client, name: str = "pair_list", **query: Any) -> str:
    response = client.get(reverse(f"console:resonance:{name}"), query)
    assert response.status_code == OK, response.content.decode()[:400]
    return unescape(response.content.decode())


def sheet(client: Client, **query: Any) -> list[tuple[Any, ...]]:
    response = client.get(reverse("console:resonance:pair_export"), query)
    assert response.status_code == OK
    return list(openpyxl.load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True))


def test_an_empty_page_says_what_is_needed(officer: Client) -> None:
    html = page(officer)
    assert "没有可比的投资方和项目" in html
    assert "先登记投资方的供给" in html


def test_the_list_says_factors_questions_and_lift(world: World, officer: Client) -> None:
    fund(world)
    need(world)
    need(world, "问号公司", rounds=None, amount_lo_fen=9000_000_000, amount_hi_fen=9000_000_000)
    html = page(officer)
    assert "已能判断" in html
    assert "问清后可判断" in html
    assert "项目在哪一轮" in html
    assert "补上后最高" in html
    rows = sheet(officer)
    assert len(rows) == 3
    assert rows[1][2] == "100"
    assert rows[2][-1] == "问清后可判断"
    assert rows[2][0].startswith("滨海甲基金（YB-")


def test_filters_and_order_are_those_of_the_export(world: World, officer: Client) -> None:
    fund(world, "甲基金")
    fund(world, "乙基金", rounds=["seed"])
    need(world, "公司一")
    need(world, "公司二", rounds=["c"])
    project = world.lead("在谈项目", "滨海丙有限公司", industry="生物医药")
    project.talks_stage = Stage.KEY
    project.save()
    assert len(sheet(officer)) == 1 + 2 * 3
    assert {row[0][:3] for row in sheet(officer, investor="乙")[1:]} == {"乙基金"}
    assert {row[1][:4] for row in sheet(officer, of="projects")[1:]} == {"在谈项目"}
    assert {row[-1] for row in sheet(officer, state="no")[1:]} == {"有一项为零"}
    names = [row[1] for row in sheet(officer, sort="-project")[1:]]
    assert names == sorted(names, reverse=True)
    assert "公司一" not in page(officer, project="公司二").partition("list-table")[2]


def test_one_pair_explained(world: World, officer: Client) -> None:
    backer, seeker = fund(world, rounds=["seed"]), need(world, rounds=["c"])
    html = page(officer, "pair_view", investor=backer.uid, project=seeker.uid)
    for words in ("轮次：投资方投 种子轮，项目在 C轮及以后", "最近的轮次是 种子轮", "总分最高 100", "有一项为零"):
        assert words in html, words
    talked = world.lead("在谈项目", "滨海丙有限公司", industry="生物医药")
    talked.talks_stage = Stage.KEY
    talked.save()
    asked = page(officer, "pair_view", investor=backer.uid, project=talked.uid)
    assert "项目要多少钱" in asked
    assert "落地地点没有填写，按驻点的主办地计" in asked


def test_only_the_outposts_people(world: World) -> None:
    backer, seeker = fund(world), need(world)
    query = {"investor": backer.uid, "project": seeker.uid}
    for login in ("bureau", "tenant", "verifier", "admin"):
        client = client_of(world, login)
        for name in ("pair_list", "pair_export", "pair_view"):
            assert client.get(reverse(f"console:resonance:{name}"), query).status_code == REFUSED, (login, name)
    rival = client_of(world, "rival")
    assert "滨海甲基金" not in page(rival)
    assert rival.get(reverse("console:resonance:pair_view"), query).status_code == NOT_THERE


def test_queries(world: World, officer: Client) -> None:
    at = iter(range(99))

    def rows(count: int) -> None:
        for _ in range(count):
            number = next(at)
            fund(world, f"基金{number}")
            need(world, f"公司{number}")

    assert_same_queries(rows, lambda: page(officer), at_most=20)
