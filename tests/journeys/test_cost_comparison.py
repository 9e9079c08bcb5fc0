"""An officer holds 200 m² at home against 200 m² at the host: the real pair with its warnings, the invented pair with more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey
PDF = b"%PDF"


def test_cost_comparison(walker: Callable[[str], Walker], people: Any) -> None:
    officer = walker("officer")
    officer.go("/costs/")
    assert officer.says("先写需要什么，再看两边各要多少钱")
    officer.fill(home="禅城", host="南山", office="200㎡", plant="1000㎡")
    officer.page.check("main >> text=中试")
    officer.press("测算", within="#question")
    assert officer.says("20.14万元")
    assert officer.page.locator("#item-office >> text=两边年份不同（2021Q4 与 2025Q3）").count() == 1
    assert officer.says("缺：厂房租金")
    assert officer.says("未计入：厂房、中试")
    officer.page.wait_for_selector("#sides ~ .chart-canvas canvas, .chart-canvas canvas")
    officer.look("real-places")

    officer.fill(**{"q-home-plant_rent": "18元", "q-host-plant_rent": "45元/㎡/月"})
    officer.press("测算", within="#question")
    assert officer.says("“18元”的单位“元”在这里不能用")
    officer.fill(**{"q-home-plant_rent": "18元/㎡/月"})
    officer.press("测算", within="#question")
    assert officer.says("32.4万元")
    paper = officer.page.request.get(officer.page.url.replace("/costs/?", "/costs/print/?"))
    assert paper.body().startswith(PDF)

    officer.page.locator("#item-office summary").first.click()
    officer.follow("甲级写字楼租金 64.5", within="#item-office")
    assert officer.page.locator("tr:target >> text=季华路").count() == 1
    officer.look("source-row")

    officer.go(
        "/costs/?home=yunxi&host=binhai-qianwan&office=200㎡&kind_1=研发&count_1=9&wage_1=24万元/年&conversion=testing"
    )
    assert officer.says("什么最影响差额")
    officer.look("invented-places")
    officer.unfold()
    assert officer.says("演示：虚构的数字")
