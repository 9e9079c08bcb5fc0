"""指标 as officers and the home side see them: tiles, all figures, one figure, the rows behind each number."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.reporting.models import ClosedPeriod
from feidi.domain.reporting.selectors import figures_columns
from feidi.domain.reporting.selectors.readings import kept
from feidi.engines.measures import INDICATORS
from feidi.kernel.feedback.models import Answer, Ask
from tests.support.queries import assert_same_queries, queries_of
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def page(client: Client, name: str, *args: str, query: str = "", status: int = 200) -> str:
    response = client.get(reverse(f"console:indicators:{name}", args=args) + query)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def words(html: str) -> str:
    """Return what is read: no tags, no address, no script data."""
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare)


def test_six_tiles_twelve_figures_and_never_a_code(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["officer"])
    html = page(client, "indicator_overview")
    assert html.count('class="tile"') == 6
    assert html.count("data-row") == 6
    every = page(client, "indicator_list")
    assert every.count("data-row") == len(INDICATORS)
    for shown in (words(html), words(every)):
        assert not re.search(r"\bK\d\d", shown), "an internal code on screen"
    assert "完成年度任务30个的3.3%" in words(html)


def test_rows_are_those_that_one_may_open(world: World, client: Client) -> None:
    world.lead("甲项目")
    told = world.lead("乙项目", "滨海乙有限公司")
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)
    client.force_login(world.users["officer"])
    rows = page(client, "indicator_rows", "K01")
    assert "甲项目" in rows
    assert "乙项目" in rows
    client.force_login(world.users["bureau"])
    seen = page(client, "indicator_rows", "K01")
    assert "甲项目" not in seen
    assert "乙项目" in seen
    assert "其中 1 条您不能打开" in words(seen)


def test_the_rows_of_a_number_as_a_workbook_add_up(world: World, client: Client) -> None:
    world.lead("甲项目")
    told = world.lead("乙项目", "滨海乙有限公司")
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)
    for login, named in (("officer", 2), ("bureau", 1)):
        client.force_login(world.users[login])
        response = client.get(reverse("console:indicators:rows_export", args=["K01"]))
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert sheet is not None
        lines = list(sheet.values)[1:]
        assert len(lines) == named + 1 + (named < 2)
        assert lines[-1][0] == "合计"
        assert lines[-1][2] == 2
        assert sum(line[2] for line in lines[:-1]) == 2
        assert ("甲项目" in str(lines)) == (login == "officer")


def test_signings_open_with_the_sum_of_each(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["officer"])
    told = Agreement.objects.get(counting="first")
    assert told.counted_fen
    rows = words(page(client, "indicator_rows", "K08"))
    assert "计入签约额（元）" in rows
    assert f"{told.counted_fen // 100:,}" in rows
    response = client.get(reverse("console:indicators:rows_export", args=["K08"]))
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    lines = list(sheet.values)
    assert lines[0][3] == "计入签约额（元）"
    assert lines[1][3] == told.counted_fen / 100
    assert lines[-1] == ("合计", "截至 2026-11-23", 1, told.counted_fen / 100)


def test_all_figures_as_a_workbook(world: World, client: Client) -> None:
    world.lead("甲项目")
    client.force_login(world.users["officer"])
    response = client.get(reverse("console:indicators:indicator_export"))
    assert response.status_code == 200
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert len(rows) == len(INDICATORS) + 1
    assert rows[1][:4] == ("线索数", "1个", 1, None)


def test_a_target_of_the_year_is_drawn_beside_years_only(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    assert "目标（底线）" not in page(client, "indicator_view", "K08"), "its points are quarters"
    assert "目标（底线）" in page(client, "indicator_view", "K16")


def test_a_page_of_figures_says_of_which_days(world: World, client: Client) -> None:
    client.force_login(world.users["bureau"])
    assert "期间 2026-01-01 — 2026-12-31" in words(page(client, "indicator_overview"))
    assert "累计到 2026-11-23" in words(page(client, "indicator_list", query="?span=all"))
    asked = "?span=own&since=2026-02-30&until=2026-03-31"
    assert "期间 2026-01-01 — 2026-03-31" in words(page(client, "indicator_view", "K01", query=asked)), (
        "nonsense is left out"
    )


@pytest.mark.parametrize("span", ["all", "week", "month", "quarter", "last_year"])
def test_any_span_of_days(world: World, client: Client, span: str) -> None:
    client.force_login(world.users["bureau"])
    assert page(client, "indicator_list", query=f"?span={span}").count("data-row") == len(INDICATORS)


def test_every_page_of_every_figure_opens(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    for code in INDICATORS:
        page(client, "indicator_view", code)
        page(client, "indicator_rows", code)
    page(client, "indicator_view", "K99", status=404)


def fresh() -> None:
    """Keep nothing of what was read or gathered."""
    kept.forget()
    figures_columns._books.clear()
    figures_columns._ready.clear()


@pytest.mark.parametrize("name", ["indicator_overview", "indicator_list"])
def test_many_rows_ask_no_more_than_one(world: World, client: Client, name: str) -> None:
    client.force_login(world.users["officer"])
    units = floor_of(world, rooms=3)

    def rows(count: int) -> None:
        for _each in range(count):
            unit = units.pop()
            tenancy_of(world, unit, name=f"项目{unit.code}", sponsor=f"滨海{unit.code}生物有限公司")

    def ask() -> None:
        fresh()
        page(client, name)

    assert_same_queries(rows, ask, at_most=130)


def test_what_is_kept_asks_little(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    page(client, "indicator_overview")
    assert len(queries_of(lambda: page(client, "indicator_overview"))) <= 40


def test_few_answers_are_not_shown_nor_opened(world: World, client: Client) -> None:
    for n in range(4):
        heard(world, n)
    client.force_login(world.users["lead"])
    shown = words(page(client, "indicator_view", "K39"))
    assert "不足 5，不显示" in shown
    assert "没有可列出的明细" in words(page(client, "indicator_rows", "K39"))
    heard(world, 5)
    assert "5分" in words(page(client, "indicator_view", "K39"))
    assert page(client, "indicator_rows", "K39").count("data-row") == 5
    client.force_login(world.users["bureau"])
    home = words(page(client, "indicator_rows", "K39"))
    assert "其中 5 条您不能打开" in home


def heard(world: World, n: int) -> None:
    """Somebody was asked, and is content."""
    act: dict[str, Any] = {
        "created_at": world.now,
        "scope_outpost": world.outpost.pk,
        "scope_home": world.outpost.home_id,
    }
    day, about = world.now.date(), f"服务{n}"
    ask = Ask.objects.create(
        subject_kind="x.y", subject_uid=f"uid{n}", occasion="service", about=about, counts=True, person_index=str(n),
        asked_on=day, asked_by="t", expires_on=day, place=world.outpost.home.code, **act,
    )  # fmt: skip
    Answer.objects.create(
        ask=ask, occasion="service", about=about, counts=True, satisfaction=5, via="link", answered_on=day, **act
    )
    kept.forget()


def test_a_sheet_is_scored_from_the_figures_and_what_is_typed(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["lead"])
    first = words(page(client, "sheet_view", "city2024"))
    assert "缺数" in first
    typed = "?done.home.count=28&target.home.count=27&done.home.sum=177.7&target.home.sum=54"
    typed += "&done.abroad.abroad=120&target.abroad.abroad=100&done.order.late=2&done.order.false_figures=0"
    html = page(client, "sheet_view", "city2024", query=typed)
    assert "已封顶" in words(html)
    # 0.5 capped, 0.6 not capped, 0.5 − 2 × 0.1
    assert "<strong>1.4</strong>" in html
    page(client, "sheet_view", "unknown", status=404)


SHEETS = ("proposal", "city2024", "city2023", "taskforce", "yulin2008", "county_units", "county2006")


@pytest.mark.parametrize("code", SHEETS)
def test_every_published_sheet_says_who_gives_each_number(world: World, client: Client, code: str) -> None:
    client.force_login(world.users["lead"])
    html = page(client, "sheet_view", code)
    assert html.count("data-row=") >= 1
    said = words(html)
    assert "要人填" in said
    assert "数字截至 2026-11-23" in said
    assert not re.search(r"\bK\d\d", said), "an internal code on screen"
    response = client.get(reverse("console:indicators:sheet_export", args=[code]))
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    lines = list(sheet.values)
    assert len(lines) == 2 + html.count("data-row=") + len(re.findall(r'<th scope="row" colspan="4"><strong>', html))
    assert "缺" in str(lines)


def test_bonuses_have_their_own_most_and_steps_wait_for_what_is_not_known(world: World, client: Client) -> None:
    client.force_login(world.users["lead"])
    given = "?done.bonus.visits=40&done.bonus.meetings=1&done.bonus.leads=2&done.bonus.extra=9&done.bonus.billion=0"
    html = words(page(client, "sheet_view", "taskforce", query=given + "&done.bonus.five_billion=0"))
    # at most 3 of the visits, 3 of the meeting, 1 of two leads, at most 6 of the projects beyond
    assert "每个+0.5分，最多3分" in html
    assert "0／不封顶 13" in html
    county = "?done.task.task=85&target.task.task=100&done.task.reports=20"
    assert "缺数" in words(page(client, "sheet_view", "county_units", query=county))
    paid = county + "&done.task.money=20&target.task.money=100"
    assert "<strong>63</strong>" in page(client, "sheet_view", "county_units", query=paid)


def test_what_the_figures_give_is_not_frozen_by_sending_the_form(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["lead"])
    first = page(client, "sheet_view", "yulin2008")
    assert "取自指标" in words(first)
    field = re.search(r'name="done.kept.kept" value="([^"]*)" placeholder="([^"]*)"', first)
    assert field is not None
    assert field[1] == "", "what is shown is not sent"
    assert field[2] != ""
    half = words(page(client, "sheet_view", "yulin2008", query="?done.kept.kept=50"))
    assert "10／不封顶 5" in half
    assert "人填，代替指标的" in half


def test_choosing_and_closing_by_the_pages(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    world.lead("甲项目")
    client.force_login(world.users["lead"])
    address = reverse("console:indicators:indicator_choose", args=[world.outpost.uid])
    assert client.get(address).status_code == 200
    sent = {"codes": ["K05", "K14"], "tiles": ["K14"], "seen": "0"}
    assert client.post(address, sent).status_code == 302
    html = page(client, "indicator_overview")
    assert html.count('class="tile"') == 1
    assert html.count("data-row") == 1
    later = world.now + timedelta(days=30)
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: later)
    listed = page(client, "closing_list")
    assert '<option value="2026-11">' in listed
    make = reverse("console:indicators:closing_make", args=[world.outpost.uid])
    assert client.post(make, {"period": "2026-12"}).status_code == 409
    assert client.post(make, {"period": "2026-11", "reason": "十一月"}).status_code == 302
    closing = ClosedPeriod.objects.get()
    shown = words(page(client, "closing_view", closing.uid))
    assert "没有更正" in shown
    assert "与摘要不符" not in shown
    ClosedPeriod.objects.update(figures={**closing.figures, "K01": {**closing.figures["K01"], "value": "9"}})
    assert "与摘要不符" in words(page(client, "closing_view", closing.uid))
    assert '<option value="2026-11">' not in page(client, "closing_list")
