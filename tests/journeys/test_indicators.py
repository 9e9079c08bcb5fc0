"""A tile of the figures opens its rows, and they add up; a month is closed, a late row becomes a correction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.reporting.models import ClosedPeriod
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


def test_a_tile_opens_its_rows_and_they_add_up(walker: Callable[[str], Walker], people: Any) -> None:
    people.to_signed(people.lead("甲项目"))
    people.lead("乙项目", "滨海乙有限公司")
    officer = walker("officer")
    officer.go("/indicators/")
    officer.look("1-daily")
    tile = officer.page.locator("a.tile", has_text="线索数")
    value = int(tile.locator(".tile-value").inner_text().removesuffix("个"))
    tile.click()
    rows = officer.page.locator("tr[data-row]")
    assert rows.count() == value == 2
    officer.look("2-rows")
    rows.first.locator("a").first.click()
    assert officer.says("项目")
    officer.go("/indicators/of/K01/")
    officer.look("3-figure")
    officer.go("/indicators/all/")
    officer.look("4-all")
    officer.go("/indicators/sheets/proposal/")
    officer.look("5-sheet")


def test_a_closed_month_keeps_its_figures(walker: Callable[[str], Walker], people: Any) -> None:
    people.lead("甲项目")
    before, people.now = people.now, people.now + timedelta(days=30)
    lead = walker("lead")
    lead.go("/indicators/closings/")
    lead.page.select_option("[name=period]", "2026-11")
    lead.press("关账", within="main")
    lead.look("1-closed")
    assert lead.says("没有更正")
    people.lead("乙项目", "滨海乙有限公司", occurred_on=before.date())
    lead.go(f"/indicators/closings/{ClosedPeriod.objects.get().uid}/")
    assert lead.says("关账之后台账又有变化")
    lead.look("2-corrected")
    lead.go("/indicators/closings/")
    lead.look("3-list")
    lead.go(f"/indicators/choice/{people.outpost.uid}/")
    lead.look("4-choice")
