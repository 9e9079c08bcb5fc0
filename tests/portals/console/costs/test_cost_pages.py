"""成本测算 as pages: the published value with its warning, what is filled in, what is sent back, paper, workbook, who may."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.models import Project
from feidi.kernel.audit.models import AuditEntry
from tests.support.queries import queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED = 200, 302, 404, 409
REAL = {"home": "chancheng", "host": "nanshan"}
INVENTED = {"home": "yunxi", "host": "binhai-qianwan"}


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def asked(client: Client, page: str = "cost_compare", **given: Any) -> HttpResponse:
    answer: HttpResponse = client.get(reverse(f"console:costs:{page}"), given)
    return answer


def text_of(client: Client, **given: Any) -> str:
    answer = asked(client, **given)
    assert answer.status_code == OK
    return answer.content.decode()


def test_the_published_value_opens_its_sources_and_warns(world: World) -> None:
    officer = signed_in(world, "officer")
    page = text_of(officer, office="200㎡", **REAL)
    assert "20.14万元" in page
    assert "201,360元" in page
    assert "两边年份不同（2021Q4 与 2025Q3）" in page
    assert "南山没有自己的甲级写字楼租金，用的是上级地方（深圳）的数字" in page
    assert "/costs/figures/?place=chancheng&amp;as_of=2026-11-23#chancheng-premises-1" in page
    assert "64.5 元/㎡/月" in page
    copied = asked(officer, office="200㎡", **REAL).context["copy_text"]
    assert "年份不同的数字不能当作同一时点的差距" in copied
    assert len(copied) <= 300
    figures = asked(officer, "figure_list", place="chancheng").content.decode()
    assert 'id="chancheng-premises-1"' in figures
    assert 'id="foshan-premises-3"' in figures
    for words in ("季华路", "戴德梁行 2021 年四季度", "采用", "只作对照", "未查到"):
        assert words in figures


def test_first_visit_knows_the_two_places_and_asks_nothing(world: World) -> None:
    answer = asked(signed_in(world, "officer"))
    assert answer.context["comparison"] is None
    assert (answer.context["form"].initial["home"], answer.context["form"].initial["host"]) == (
        "yunxi",
        "binhai-qianwan",
    )
    assert "先写需要什么" in answer.content.decode()
    assert "没有填" not in answer.content.decode()


def test_an_unknown_may_be_quoted_on_the_spot(world: World) -> None:
    lead = signed_in(world, "lead")
    given = {"office": "200㎡", "plant": "500㎡", "conversion": ["pilot"], **REAL}
    before = asked(lead, **given)
    assert before.context["comparison"].left_out == ("plant", "pilot")
    page = before.content.decode()
    assert "缺：厂房租金" in page
    assert 'name="q-home-plant_rent"' in page
    quoted = {**given, "q-home-plant_rent": "18元/㎡/月", "q-host-plant_rent": "45元/㎡/月"}
    after = asked(lead, **quoted)
    assert after.context["comparison"].left_out == ("pilot",)
    assert after.context["comparison"].yearly.difference.lo == 201_360_00 + 500 * 27 * 12 * 100
    assert "自报" in after.content.decode()
    wrong = text_of(lead, **{**given, "q-home-plant_rent": "18元"})
    assert "单位“元”在这里不能用" in wrong


def test_people_in_words(world: World) -> None:
    given = {
        "kind_1": "研发",
        "count_1": "6",
        "wage_1": "24万元/年",
        "kind_3": "行政",
        "count_3": "3",
        "wage_3": "私营平均",
    }
    said = asked(signed_in(world, "manager"), years="2", **given, **INVENTED).context["comparison"]
    assert [each.item.code for each in said.lines] == ["wages", "social", "housing"]
    assert said.left_out == ()
    assert said.lines[0].home.amount.lo == (6 * 240_000 + 3 * 66_000) * 100


WRONG: list[tuple[dict[str, str], str]] = [
    ({"office": "200"}, "没有写单位"),
    ({"office": "-200㎡"}, "小于零"),
    ({"office": "很大"}, "不是数量"),
    ({"office": "200㎡", "years": "两"}, "不是年数"),
    ({"office": "200㎡", "as_of": "2027-01-01"}, "晚于今天"),
    ({"office": "200㎡", "host": "chancheng"}, "同一个地方"),
    ({"office": "200㎡", "host": "atlantis"}, "atlantis"),
    ({"kind_2": "研发", "count_2": "六", "wage_2": "24万元/年"}, "不是人数"),
    ({"kind_2": "研发", "count_2": "6", "wage_2": "24"}, "没有写单位"),
    ({"power": "5万度/年", "power_shares": "30/50"}, "合计 100%"),
]


def test_what_is_not_understood_is_said_at_its_field(world: World) -> None:
    officer = signed_in(world, "officer")
    for given, words in WRONG:
        answer = asked(officer, **{**REAL, **given})
        assert answer.status_code == OK
        assert answer.context["comparison"] is None, given
        assert words in answer.content.decode(), given
        assert not answer.context["form"].non_field_errors()
        assert asked(officer, "cost_print", **{**REAL, **given}).status_code == REDIRECT


def test_on_paper_and_as_a_workbook(world: World) -> None:
    officer = signed_in(world, "officer")
    given = {"office": "200㎡", "plant": "10㎡", "name": "测算一号", **REAL}
    paper = asked(officer, "cost_print", **given)
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    book = openpyxl.load_workbook(BytesIO(asked(officer, "cost_export", **given).content))
    rows = [[cell for cell in row if cell not in (None, "")] for row in book.active.iter_rows(values_only=True)]
    office = next(row for row in rows if row and row[0] == "办公场地")
    assert office[3:5] == [154_800, 154_800]
    assert 201_360 in office
    assert "年份不同" in str(office[-1])
    assert next(row for row in rows if row and row[0] == "厂房")[3] == "未知"
    assert any("季华路" in str(row) and "64.5 元/㎡/月" in str(row) for row in rows)
    assert AuditEntry.objects.filter(action__in=("printed", "exported")).count() == 2


def test_the_paper_says_what_the_page_says(world: World) -> None:
    from feidi.portals.console.costs.papers import paper_of

    answer = asked(signed_in(world, "officer"), office="200㎡", plant="10㎡", **REAL)
    said = paper_of(answer.context["comparison"], ())
    assert any("两边年份不同" in each for each in said["warnings"])
    assert said["tables"][0]["rows"][0] == ["办公场地（每年）", "154,800元", "356,160元", "201,360元"]
    assert said["tables"][0]["rows"][1][1] == "未知（缺：厂房租金）"
    assert "未计入合计（至少一边未知）：厂房" in said["closing"][1]
    assert not any("缺" in each for each in said["warnings"] + said["closing"])
    assert len(said["tables"][2]["rows"]) == 4


def test_a_project_fills_in_what_is_known_of_it(world: World) -> None:
    project = world.lead()
    Project.objects.filter(pk=project.pk).update(team_size=9, office_need="200㎡", energy_need="很多")
    officer = signed_in(world, "officer")
    page = officer.get(reverse("console:pipeline:project_view", args=[project.uid])).content.decode()
    assert f"/costs/?project={project.uid}" in page
    answer = asked(officer, project=project.uid)
    assert answer.context["comparison"].lines[0].difference is not None
    assert "团队人数：9（项目登记）" in answer.content.decode()
    emptied = asked(officer, project=project.uid, office="", count_1="", kind_1="")
    assert emptied.context["comparison"] is None
    assert asked(signed_in(world, "rival"), project=project.uid).status_code == NOT_THERE
    assert asked(officer, project="nobody").status_code == NOT_THERE


def test_an_organization_fills_in_its_facts_and_what_policies_grant(world: World) -> None:
    project = world.lead()
    organization = project.parties.get(role="sponsor").organization
    officer = signed_in(world, "officer")
    page = officer.get(reverse("console:parties:organization_view", args=[organization.uid])).content.decode()
    assert f"/costs/?organization={organization.uid}" in page
    answer = asked(officer, organization=organization.uid, office="200㎡")
    said = answer.context["comparison"]
    assert said.profile.name == organization.name
    assert said.lines[-1].item.code == "subsidies"
    assert asked(signed_in(world, "rival"), organization=organization.uid, office="200㎡").status_code == NOT_THERE


def test_who_may(world: World) -> None:
    given = {"office": "200㎡", "place": "yunxi", **INVENTED}
    pages = ("cost_compare", "cost_print", "cost_export", "figure_list")
    for who, status in (
        ("officer", OK),
        ("manager", OK),
        ("lead", OK),
        ("bureau", OK),
        ("tenant", REFUSED),
        ("admin", REFUSED),
    ):
        client = signed_in(world, who)
        assert {page: asked(client, page, **given).status_code for page in pages} == dict.fromkeys(pages, status), who
    assert {Client().get(reverse(f"console:costs:{page}")).status_code for page in pages} == {REDIRECT}


def test_more_figures_cost_no_more_queries(world: World) -> None:
    officer = signed_in(world, "officer")
    asked(officer, office="200㎡", **REAL)
    small = reverse("console:costs:cost_compare") + "?office=200㎡&home=chancheng&host=nanshan"
    large = small + "&plant=5㎡&power=1kWh/年&gas=1m³/年&profit=1元/年&kind_1=a&count_1=3&wage_1=私营平均"
    officer.get(large)
    assert len(queries_of(lambda: officer.get(small))) == len(queries_of(lambda: officer.get(large))) <= 25


def test_nonsense_places_and_days(world: World) -> None:
    officer = signed_in(world, "officer")
    assert asked(officer, "figure_list", place="atlantis", as_of="soon").status_code == OK
    assert "先选一个地方" in asked(officer, "figure_list").content.decode()
    assert asked(officer, as_of="soon").status_code == OK
