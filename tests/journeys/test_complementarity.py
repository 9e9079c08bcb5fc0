"""A table goes in, the heat map is drilled to the figures; the home side reads it; six key projects are thin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feidi.portals.cli.demonstration.industry_tables import FOLDER
from tests.domain.matching.test_choosing import candidate, six
from tests.domain.matching.test_resonance import fund, need
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey


def _spoilt(data: bytes) -> bytes:
    """Return the table with a figure below zero in its first row, and one missing in its second."""
    lines = [line.split(",") for line in data.decode().split("\n")]
    lines[5][1], lines[6][2] = f"-{lines[5][1]}", ""
    return "\n".join(",".join(line) for line in lines).encode()


def test_complementarity(walker: Callable[[str], Walker], people: Any) -> None:
    officer = walker("officer")
    officer.go("/matching/regions/")
    officer.look("no-table")
    officer.follow("上传产业表", within="header")
    data = (FOLDER / "industries_2024.csv").read_bytes()
    officer.fill(title="各区规模以上企业用工（演示）", source="演示：虚构的数字", year="2024", unit="人", level="市级")
    officer.fill(home_region="云溪区", host_region="滨海前湾区")
    officer.upload("表.csv", _spoilt(data), kind="text/csv")
    officer.press("上传", within="main")
    assert officer.says("有 2 处问题，没有存入")
    assert officer.says("第 6 行")
    officer.look("faults")
    officer.upload("表.csv", data, kind="text/csv")
    officer.press("上传", within="main")
    assert officer.says("数字是虚构的，只作演示")
    assert officer.says("这是市级数字，不是本区的数字")
    officer.look("heat-map")

    grid = officer.page.locator("#heat .heat-table")
    assert grid.locator("tbody tr").count() >= 5
    row = grid.locator("tbody tr:has(th:has-text('陶瓷制品制造'))")
    at = grid.locator("thead th").all_inner_texts()
    place = next(n for n, words in enumerate(at) if "电子器件制造" in words)
    with officer.page.expect_navigation():
        row.locator("td").nth(place - 1).locator("a").click()
    assert officer.says("陶瓷制品制造 × 电子器件制造")
    assert officer.says("计入分数")
    officer.look("point")
    officer.follow("家用电力器具制造")
    assert officer.says("它的互补点")
    officer.look("industry")

    bureau = walker("bureau")
    bureau.go("/matching/regions/")
    bureau.follow("各区规模以上企业用工")
    assert bureau.says("热力图")
    assert bureau.page.locator("main >> a:has-text('上传产业表')").count() == 0


def test_choosing_says_that_six_are_thin(walker: Callable[[str], Walker], people: Any) -> None:
    six(people, 50)
    candidate(people, "没人填")
    officer = walker("officer")
    officer.go("/matching/choosing/")
    assert officer.says("6 个重点培育项目对 3—5 个成果来说偏少")
    assert officer.says("至少 3 个要每个不低于 66.7%")
    assert officer.says("达不到：在这些限制下最好的 6 个，至少落地 3 个的把握只有 65.6%")
    officer.page.wait_for_selector(".chart-canvas canvas")
    officer.look("choice")
    officer.follow("没人填", within=".list-table")
    officer.fill(successes="2", cases="3", area_m2="150", note="同类中试项目")
    officer.press("留存")
    assert officer.says("3 例中 2 例")
    officer.fill(at_least="2", confidence="80")
    officer.press("筛选", within="main")
    assert officer.says("达到 80.0%")
    officer.look("met")


def test_resonance_of_investors_and_projects(walker: Callable[[str], Walker], people: Any) -> None:
    fund(people, "滨海甲基金")
    fund(people, "滨海乙基金", rounds=None, amount_lo_fen=None, amount_hi_fen=None)
    need(people, "云溪甲公司")
    need(people, "云溪乙公司", rounds=["c"])
    officer = walker("officer")
    officer.go("/matching/resonance/")
    assert officer.says("问清后可判断")
    officer.look("pairs")
    officer.follow("滨海乙基金", within=".list-table")
    assert officer.says("投资方投哪几轮")
    officer.look("pair")
