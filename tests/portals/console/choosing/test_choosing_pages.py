"""遴选 as a page: the answer with its range and what would make it so; nothing is stored by looking."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Fact
from feidi.domain.pipeline.enums import Stage
from feidi.kernel.audit.models import AuditLink
from tests.domain.matching.test_choosing import candidate, say, six
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422
THIN = "6 个重点培育项目对 3—5 个成果来说偏少：要有 90% 的把握，至少 3 个要每个不低于 66.7%"


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


def page(client: Client, **query: Any) -> str:
    response = client.get(reverse("console:choosing:choice_view"), query)
    assert response.status_code == OK, response.content.decode()[:400]
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def test_an_empty_page_says_what_is_needed_and_that_six_are_thin(officer: Client) -> None:
    html = page(officer)
    assert "没有在评估或重点培育的项目" in html
    assert THIN in html
    assert 'id="answer"' not in html


def test_an_aim_that_cannot_be_met_says_what_would_do(world: World, officer: Client) -> None:
    six(world, 50)
    html = page(officer)
    # a first look takes the outpost's own area
    assert 'value="1150"' in html
    assert "达不到：在这些限制下最好的 6 个，至少落地 3 个的把握只有 65.6%，低于 90.0%" in html
    assert "怎样才行" in html
    assert "每个的落地概率都要到" in html
    assert THIN in html
    for chart in ("by-number", "by-area", "distribution"):
        assert f'data-chart="{chart}"' in html
    met = page(officer, at_least=2, confidence=80, area=1150)
    assert "至少落地 2 个的把握是 89.1%，达到 80.0%" in met


def test_few_cases_show_their_range(world: World, officer: Client) -> None:
    for at in range(4):
        say(world, candidate(world, f"项目{at}"), successes=3, cases=4, area_m2=100, note="滨海同类中试")
    html = page(officer, at_least=2, confidence=60)
    assert re.search(r"至少落地 2 个的把握是 [\d.]+%（[\d.]+% 至 [\d.]+%）", html)
    assert "4 例中 3 例" in html
    assert "滨海同类中试（" in html
    assert "把握来自很少的案例" in html


def test_unknown_is_asked_and_tried_only_when_wished(world: World, officer: Client) -> None:
    candidate(world, "没人填", office_need="200㎡")
    html = page(officer)
    assert "没人填" in html
    assert "场地读自项目的用房需求“200㎡”" in html
    assert "落地把握" in html.partition("list-table")[2]
    tried = page(officer, at_least=1, confidence=50, untold="assumed", assumed=60)
    assert "含试算" in tried
    assert "至少落地 1 个的把握是 60.0%" in tried
    assert "试算用的假设，没有人这样估计过" in tried
    assert not Fact.objects.filter(fact="fostering_chance").exists()


def test_looking_writes_nothing(world: World, officer: Client) -> None:
    six(world, 50)
    before = (Fact.objects.count(), AuditLink.objects.count())
    page(officer, at_least=3, confidence=90, area=1150, per_sector=2, at_most=4, budget="100万元")
    assert before == (Fact.objects.count(), AuditLink.objects.count())


def test_limits_are_kept(world: World, officer: Client) -> None:
    for at in range(3):
        say(world, candidate(world, f"药{at}"), lo=80, area_m2=100)
    say(world, candidate(world, "芯片", industry="半导体新材料"), lo=50, area_m2=100)
    rows = sheet(officer, at_least=1, confidence=50, per_sector=1)
    assert {row[2] for row in rows[1:] if row[8] == "是"} == {"生物医药", "半导体新材料"}
    assert len([row for row in rows[1:] if row[8] == "是"]) == 2
    assert len([row for row in sheet(officer, at_least=1, confidence=50, at_most=1)[1:] if row[8] == "是"]) == 1
    assert "请只写数字" in page(officer, at_least="三", confidence=90) or "这不是数字" in page(officer, at_least="三")


def sheet(client: Client, **query: Any) -> list[tuple[Any, ...]]:
    response = client.get(reverse("console:choosing:choice_export"), query)
    assert response.status_code == OK
    return list(openpyxl.load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True))


def test_export_says_the_answer_and_that_six_are_thin(world: World, officer: Client) -> None:
    six(world, 50)
    rows = sheet(officer)
    assert len(rows) == 7
    assert all("达不到" in row[9] and "偏少" in row[10] for row in rows[1:])
    assert all("同类中试项目（" in row[4] for row in rows[1:])


def test_writing_down_a_chance(world: World, officer: Client) -> None:
    project = candidate(world)
    here = reverse("console:choosing:chance_state", args=[project.uid])
    assert officer.get(here).status_code == OK
    assert officer.post(here, {"successes": "1", "cases": "2", "lo": "40", "note": "两种"}).status_code == REFUSED
    assert officer.post(here, {"lo": "40"}).status_code == INVALID
    wrong = officer.post(here, {"successes": "3", "cases": "2", "note": "错"})
    assert "2 次中成 3 次，对不上" in unescape(wrong.content.decode())
    assert (
        officer.post(here, {"successes": "2", "cases": "5", "cost": "30万元", "note": "年鉴"}).status_code == REDIRECT
    )
    again = unescape(officer.get(here).content.decode())
    assert "5 例中 2 例" in again
    assert "年鉴（" in again
    assert "30万元" in again


def test_only_the_outposts_people(world: World, officer: Client) -> None:
    project = candidate(world)
    project.reported_at = world.now
    project.save()
    here = reverse("console:choosing:chance_state", args=[project.uid])
    for login in ("bureau", "verifier", "tenant", "admin"):
        client = client_of(world, login)
        for name in ("choice_view", "choice_export"):
            assert client.get(reverse(f"console:choosing:{name}")).status_code == REFUSED, (login, name)
        assert client.post(here, {"lo": "40", "note": "x"}).status_code in {NOT_THERE, REFUSED}
    assert project.name not in page(client_of(world, "rival"))
    assert client_of(world, "rival").get(here).status_code == NOT_THERE


def test_queries(world: World, officer: Client) -> None:
    at = iter(range(99))

    def rows(count: int) -> None:
        for _ in range(count):
            say(world, candidate(world, f"项目{next(at)}", Stage.KEY), lo=50, area_m2=100)

    assert_same_queries(rows, lambda: page(officer), at_most=20)
