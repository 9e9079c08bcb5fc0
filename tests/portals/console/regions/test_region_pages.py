"""互补点 as pages: heat map with values, ranked list, what stands behind a number, workbook, picture; invented says so."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.models import IndustryTable
from feidi.domain.matching.selectors.complementarity import ask
from feidi.domain.matching.services.industry_tables import upload_industry_table, void_industry_table
from feidi.portals.cli.demonstration.industry_tables import FOLDER, TABLES
from tests.domain.matching.test_industry_tables import CERAMICS, GOOD, upload
from tests.domain.matching.test_resonance import need
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422
CHIPS = "电子器件制造"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def officer(world: World) -> Client:
    return client_of(world, "officer")


def client_of(world: World, login: str) -> Client:
    client = Client()
    client.force_login(world.users[login])
    return client


@pytest.fixture
def table(world: World) -> IndustryTable:
    name, new = TABLES[1]
    data = (FOLDER / name).read_bytes()
    return upload_industry_table(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=new, data=data, name=name
    )


def page(client: Client, name: str, *args: str, **query: Any) -> str:
    response = client.get(reverse(f"console:regions:{name}", args=args), query)
    assert response.status_code == OK, response.content.decode()[:500]
    return unescape(response.content.decode())


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def sheet(client: Client, name: str, *args: str, **query: Any) -> list[tuple[Any, ...]]:
    response = client.get(reverse(f"console:regions:{name}", args=args), query)
    assert response.status_code == OK
    book = openpyxl.load_workbook(BytesIO(response.content))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_empty_list_offers_the_first_action(world: World, officer: Client) -> None:
    assert reverse("console:regions:table_new") in page(officer, "table_list")
    assert "还没有产业表" in page(officer, "table_list")
    # the home side reads; it is not asked to upload
    home = page(client_of(world, "bureau"), "table_list")
    assert reverse("console:regions:table_new") not in home


def form(world: World, text: str = GOOD, **more: Any) -> dict[str, Any]:
    given = {
        "outpost": world.outpost.pk, "title": "用工", "source": "某统计年鉴", "year": "2024", "unit": "人",
        "level": "city", "home_region": "云溪区", "host_region": "前湾区",
    }  # fmt: skip
    return {**given, "file": SimpleUploadedFile("表.csv", text.encode()), **more}


def test_upload_by_the_page(world: World, officer: Client) -> None:
    here = reverse("console:regions:table_new")
    assert "云溪区" in page(officer, "table_new")
    wrong = officer.post(here, form(world, GOOD.replace("30", "-30").replace("40", "")))
    said = words(unescape(wrong.content.decode()))
    assert wrong.status_code == REFUSED
    assert "有 2 处问题，没有存入" in said
    assert "第 2 行" in said
    assert "第 3 行" in said
    assert officer.post(here, form(world, year="")).status_code == INVALID
    assert not IndustryTable.objects.exists()
    done = officer.post(here, form(world))
    made = IndustryTable.objects.get()
    assert (done.status_code, done.headers["Location"]) == (
        REDIRECT,
        reverse("console:regions:table_view", args=[made.uid]),
    )
    again = officer.post(here, form(world, title="又传"))
    assert again.status_code == REFUSED
    said = unescape(again.content.decode())
    assert re.search("已由.*officer.*在 2026-11-23 09:30 传过：用工 2024", said)
    assert reverse("console:regions:table_view", args=[made.uid]) in said.partition("<h1")[2]


def test_heat_map_shows_values_legend_and_source(officer: Client, table: IndustryTable) -> None:
    html = page(officer, "table_view", table.uid)
    said = words(html)
    assert "来源：演示：虚构的数字，不对应任何真实地方；2024 年；单位：人；口径：区级" in said
    assert "数字是虚构的，只作演示" in said
    grid = html.partition('id="heat"')[2].partition("heat-legend")[0]
    cells = re.findall(r'<td class="heat-(\d)"><a href="([^"]+)"[^>]*>([\d.]+)</a>', grid)
    assert len(cells) == len(ask(table).result.points)
    assert {shade for shade, _url, _text in cells} >= {"1", "3", "5"}
    deepest = max(cells, key=lambda cell: float(cell[2]))
    assert deepest[0] == "5"
    assert "图例" in html
    assert re.search(r"陶瓷制品制造 区位熵 3\.\d\d", words(grid))
    figures = html.partition('id="figures"')[2]
    assert words(figures).count("区位熵") >= 2
    assert len(re.findall(r"<tr><th scope=\"row\">", figures)) == 25
    assert officer.get(deepest[1]).status_code == OK


def test_citys_figures_warn(world: World, officer: Client) -> None:
    table = upload(world, level="city")
    for name in ("table_view", "industry_view"):
        html = page(officer, name, table.uid, industry=CERAMICS)
        assert "这是市级数字，不是本区的数字" in html
    assert "市级数字" in sheet(officer, "point_export", table.uid)[1][-1]
    assert "市级数字" in page(officer, "card_view", table.uid)


def test_undefined_is_a_dash_with_its_reason(world: World, officer: Client) -> None:
    text = "地区,陶瓷,家电,电子,空业\n云溪区,30,20,2,0\n前湾区,2,5,40,0\n青岚区,9,4,11,0\n"
    table = upload(world, text, zeros_true=True)
    html = page(officer, "table_view", table.uid)
    row = words(html.partition('id="figures"')[2].partition("空业")[2].partition("</tr>")[0])
    assert row.count("—（未定义：") >= 6
    assert " 0.0" not in row
    assert "“空业”在各地都是零" in row


def test_ranked_list_sorts_filters_and_exports_the_same(officer: Client, table: IndustryTable) -> None:
    rows = sheet(officer, "point_export", table.uid)
    scores = [row[2] for row in rows[1:]]
    assert len(scores) == len(ask(table).result.points)
    assert scores == sorted(scores, reverse=True)
    assert rows[0][-5:] == ("来源", "年份", "单位", "口径", "说明")
    assert all("虚构" in row[-1] and row[-4] == "2024" for row in rows[1:])
    # the split adds up to the score: four parts of equal weight
    assert all(sum(row[3:7]) / 4 == pytest.approx(row[2]) for row in rows[1:])
    rising = sheet(officer, "point_export", table.uid, sort="home_leads", words="陶瓷", least="20")
    assert 0 < len(rising) < len(rows)
    assert all(CERAMICS in row[0] and row[2] >= 20 for row in rising[1:])
    html = page(officer, "table_view", table.uid, words=CHIPS)
    listed = html.partition('class="list-table"')[2]
    assert CHIPS in listed
    assert "通信设备制造" not in listed.partition("</table>")[0]
    assert "没有符合条件的互补点" in page(officer, "table_view", table.uid, least="99")


def test_another_pair_of_regions(officer: Client, table: IndustryTable) -> None:
    html = page(officer, "table_view", table.uid, home="望湖区", host="临港新区")
    assert "主办地：望湖区；所在地：临港新区" in html
    assert "home=%E6%9C%9B%E6%B9%96%E5%8C%BA" in html.partition('id="heat"')[2]
    same = page(officer, "table_view", table.uid, home="望湖区", host="望湖区")
    assert "主办地和所在地是同一个地区（望湖区）" in same


def test_what_stands_behind_a_point(world: World, officer: Client, table: IndustryTable) -> None:
    world.lead("电子浆料", "滨海电子有限公司", industry="电子信息")
    said = words(page(officer, "point_view", table.uid, a=CERAMICS, b=CHIPS))
    for word in (
        "所在地产业给主办地产业补上的关联", "主办地在自己产业上的领先", "合计", "本地合计", "各地合计", "滨海前湾区能新增的密度",
        "两地合起来", "滨海前湾区新增", "云溪区已有", "电子浆料", "没有投入产出表",
    ):  # fmt: skip
        assert word in said, word
    assert officer.get(reverse("console:regions:point_view", args=[table.uid]), {"a": CERAMICS, "b": "没有"}).status_code == NOT_THERE  # fmt: skip


def test_one_industry_and_other_words_to_find_by(world: World, officer: Client, table: IndustryTable) -> None:
    world.lead("窑炉节能", "滨海窑炉有限公司", industry="装备")
    assert "窑炉节能" not in page(officer, "industry_view", table.uid, industry=CERAMICS)
    assert "窑炉节能" in page(officer, "industry_view", table.uid, industry=CERAMICS, by="窑炉 釉料")
    assert officer.get(reverse("console:regions:industry_view", args=[table.uid])).status_code == NOT_THERE


def test_open_needs_of_an_industry_lead_to_their_page(world: World, officer: Client, table: IndustryTable) -> None:
    wanted = need(world, "陶瓷窑炉节能")
    closed = need(world, "陶瓷釉料", state="paused")
    html = page(officer, "industry_view", table.uid, industry=CERAMICS)
    assert reverse("console:profiles:profile_view", args=[wanted.uid]) in html
    assert closed.number not in html


def test_home_side_reads_and_does_not_see_needs(world: World, table: IndustryTable) -> None:
    world.lead("电子浆料", "滨海电子有限公司", industry="电子信息")
    bureau = client_of(world, "bureau")
    html = page(bureau, "industry_view", table.uid, industry=CHIPS)
    assert "电子浆料" not in html
    assert "有效的需求与供给" not in html
    assert reverse("console:regions:table_void", args=[table.uid]) not in page(bureau, "table_view", table.uid)
    assert bureau.post(reverse("console:regions:table_void", args=[table.uid]), {"reason": "错"}).status_code == REFUSED
    rival = client_of(world, "rival")
    for name in ("table_view", "point_view", "industry_view", "point_export", "card_view", "card_image"):
        assert rival.get(reverse(f"console:regions:{name}", args=[table.uid])).status_code == NOT_THERE


def test_picture_says_what_it_must_not_be_taken_for(officer: Client, table: IndustryTable) -> None:
    html = page(officer, "card_view", table.uid)
    assert "虚构数字" in html
    assert "数字是虚构的" in html
    drawn = officer.get(reverse("console:regions:card_image", args=[table.uid]))
    assert drawn.content.startswith(b"\x89PNG")


def test_void_by_the_page_keeps_figures_and_file(world: World, officer: Client, table: IndustryTable) -> None:
    here = reverse("console:regions:table_void", args=[table.uid])
    assert officer.post(here).status_code == REFUSED
    assert officer.post(here, {"reason": "传错"}).status_code == REDIRECT
    assert "还没有产业表" in page(officer, "table_list")
    assert table.title in page(officer, "table_list", voided="on")
    html = page(officer, "table_view", table.uid)
    assert "这份表已作废：传错" in html
    assert "下载原文件" in html
    assert 'id="heat"' not in html


def test_list_exports_what_it_shows(world: World, officer: Client, table: IndustryTable) -> None:
    other = upload(world, title="各市产值", unit="万元", level="city")
    assert len(sheet(officer, "table_export")) == 3
    rows = sheet(officer, "table_export", words="各市")
    assert [row[0] for row in rows[1:]] == ["各市产值"]
    assert "市级数字" in rows[1][-1]
    assert other.uid in page(officer, "table_list", level="city")
    assert table.uid not in page(officer, "table_list", level="city")


def test_queries(world: World, officer: Client, table: IndustryTable) -> None:
    number = iter(range(99))

    def tables(count: int) -> None:
        for _ in range(count):
            upload(world, GOOD + f"丁{next(number)}区,1,2,3\n")

    def leads(count: int) -> None:
        for _ in range(count):
            at = next(number)
            world.lead(f"电子浆料{at}", f"滨海电子{at}有限公司", industry="电子信息")

    assert_same_queries(tables, lambda: page(officer, "table_list"), at_most=15)
    assert_same_queries(leads, lambda: page(officer, "industry_view", table.uid, industry=CHIPS), at_most=25)
    assert_same_queries(lambda _n: None, lambda: page(officer, "table_view", table.uid), at_most=20)


def test_a_void_table_is_no_answer(world: World, officer: Client, table: IndustryTable) -> None:
    void_industry_table(actor=world.actor("officer"), now=world.now, table=table, reason="旧")
    gone = officer.get(reverse("console:regions:point_export", args=[table.uid]))
    assert gone.status_code == REFUSED
