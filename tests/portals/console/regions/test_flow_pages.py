"""Pages of input–output tables, and what 互补点 says of linkage with and without one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.models import FlowTable, IndustryTable
from feidi.domain.matching.services.flow_tables import void_flow_table
from tests.domain.matching.test_flow_tables import CERAMICS, CHIPS, TRADE, upload
from tests.portals.console.regions.test_region_pages import (
    _at_the_hour_of_the_world,
    client_of,
    officer,
    page,
    sheet,
    table,
    words,
)
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
__all__ = ["_at_the_hour_of_the_world", "officer", "table"]

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422


def form(world: World, text: str = TRADE, **more: Any) -> dict[str, Any]:
    given = {
        "outpost": world.outpost.pk, "title": "投入产出表", "source": "某统计局", "year": "2022", "unit": "万元", "region": "某省",
    }  # fmt: skip
    return {**given, "file": SimpleUploadedFile("往来.csv", text.encode()), **more}


def test_empty_list_offers_the_first_action(world: World, officer: Client) -> None:
    assert "还没有投入产出表" in page(officer, "flow_list")
    assert reverse("console:regions:flow_new") in page(officer, "flow_list")
    assert reverse("console:regions:flow_new") not in page(client_of(world, "bureau"), "flow_list")
    assert reverse("console:regions:flow_list") in page(officer, "table_list")


def test_upload_by_the_page(world: World, officer: Client) -> None:
    here = reverse("console:regions:flow_new")
    wrong = officer.post(here, form(world, TRADE.replace("60", "-60").replace("总产出", "合计行")))
    assert wrong.status_code == REFUSED
    said = words(wrong.content.decode())
    assert "没有存入" in said
    assert "第 4 行" in said
    assert officer.post(here, form(world, year="")).status_code == INVALID
    assert not FlowTable.objects.exists()
    done = officer.post(here, form(world))
    made = FlowTable.objects.get()
    assert (done.status_code, done.headers["Location"]) == (
        REDIRECT,
        reverse("console:regions:flow_view", args=[made.uid]),
    )
    again = officer.post(here, form(world, title="又传"))
    assert again.status_code == REFUSED
    assert reverse("console:regions:flow_view", args=[made.uid]) in again.content.decode()
    assert client_of(world, "bureau").post(here, form(world)).status_code == REFUSED


def test_one_table_and_one_industry(world: World, officer: Client) -> None:
    made = upload(world, invented=True)
    html = page(officer, "flow_view", made.uid)
    assert "投入产出表的数字是虚构的" in html
    assert "投入产出表来源：某统计局；某省；2022 年；单位：万元" in html
    assert f"?industry={CERAMICS}" in html
    said = words(page(officer, "flow_view", made.uid, industry=CERAMICS))
    assert f"{CERAMICS} → {CHIPS} 5 107 4.7% 35 14.3% 500 0.0100" in said
    here = reverse("console:regions:flow_view", args=[made.uid])
    assert officer.get(here, {"industry": "没有"}).status_code == NOT_THERE
    assert client_of(world, "rival").get(here).status_code == NOT_THERE


def test_without_a_table_the_page_says_that_linkage_does_not_count(officer: Client, table: IndustryTable) -> None:
    for name, query in (("table_view", {}), ("point_view", {"a": CERAMICS, "b": CHIPS})):
        html = page(officer, name, table.uid, **query)
        assert "没有投入产出表，投入产出联系不计入分数" in html
        assert reverse("console:regions:flow_list") in html
    assert "两个产业的投入产出联系" not in sheet(officer, "point_export", table.uid)[0]


def test_with_a_table_its_rows_stand_behind_the_number(world: World, officer: Client, table: IndustryTable) -> None:
    made = upload(world)
    html = page(officer, "point_view", table.uid, a=CERAMICS, b=CHIPS)
    said = words(html)
    assert "投入产出联系按“投入产出表 2022”计入分数" in said
    assert "这是某省的产业往来，不是云溪区与滨海前湾区之间的" in said
    assert f"{CERAMICS} → {CHIPS} 5 107 4.7% 35 14.3% 500 0.0100" in said
    assert f"{CHIPS} → {CERAMICS} 3 14 21.4% 163 1.8% 200 0.0150" in said
    assert reverse("console:regions:flow_view", args=[made.uid]) in html
    # five parts of equal weight add up to the score, and the figures behind the fifth are in the workbook
    head, *rows = sheet(officer, "point_export", table.uid)
    assert "两个产业的投入产出联系" in head
    known = next(row for row in rows if row[:2] == (CERAMICS, CHIPS))
    assert sum(known[3:8]) / 5 == pytest.approx(known[2])
    assert known[head.index("投入产出表")] == "投入产出表来源：某统计局；某省；2022 年；单位：万元"
    assert 107 not in known
    assert 5 in known
    unknown = next(row for row in rows if row[:2] == (CERAMICS, "通信设备制造"))
    assert "—" in unknown


def test_another_table_or_none_is_kept_from_page_to_page(world: World, officer: Client, table: IndustryTable) -> None:
    made = upload(world)
    html = page(officer, "table_view", table.uid, flows="none")
    assert "没有用投入产出表，投入产出联系不计入分数" in html
    assert "flows=none" in html.partition('id="heat"')[2]
    void_flow_table(actor=world.actor("officer"), now=world.now, table=made, reason="传错了")
    # an address with a table that was taken back asks for the one that counts now
    assert "没有投入产出表" in page(officer, "table_view", table.uid, flows=made.uid)


def test_void_by_the_page(world: World, officer: Client) -> None:
    made = upload(world)
    here = reverse("console:regions:flow_void", args=[made.uid])
    assert officer.post(here, {"reason": ""}).status_code == REFUSED
    assert client_of(world, "rival").post(here, {"reason": "不是我的"}).status_code == NOT_THERE
    assert officer.post(here, {"reason": "传错了"}).status_code == REDIRECT
    assert made.title not in page(officer, "flow_list").partition("<table")[2]
    assert made.title in page(officer, "flow_list", voided="on").partition("<table")[2]


def test_more_tables_ask_no_more_questions(world: World, officer: Client) -> None:
    numbers = iter(range(9))

    def tables(n: int) -> None:
        for _ in range(n):
            upload(world, TRADE.replace("60", f"6{next(numbers)}.5"))

    assert_same_queries(tables, lambda: page(officer, "flow_list"), at_most=15)
