"""Demonstration 4: the same project signed again at a second ceremony, then a framework; the total stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from feidi.domain.parties.models import Membership
from feidi.domain.pipeline.models import Agreement, Project
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey
FIRST = datetime.fromisoformat("2025-03-18T10:00:00+08:00")
NOT_COUNTED = "不计入：2025-03-18 已首次签约；如为增资请登记增量"


@pytest.fixture
def signed(people: Any, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project signed in March 2025 for 300万元; today is in November 2026."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)
    today = people.now
    Membership.objects.update(valid_from=date(2024, 1, 1))
    people.now = FIRST
    project: Project = people.to_signed(people.lead())
    people.now = today
    return project


def _sign(who: Walker, project: Project, kind: str, amount: str, name: str, **more: str) -> None:
    who.go(f"/projects/{project.uid}/?tab=agreements")
    who.follow("登记协议")
    who.unfold()
    day = "2026-11-20"
    who.fill(kind=kind, signed_on=day, investor=project.sponsor_name, amount=amount, **more)
    who.upload(f"{name}.pdf")


def _counted(who: Walker) -> tuple[str, str]:
    """Return value and sum of 签约 over all days, as the page of all figures shows them, and of the framework row."""
    who.go("/figures/all/?span=all")
    rows = who.page.locator("main table tbody tr")
    said = {row.locator("td").first.inner_text(): row.inner_text() for row in rows.all()}
    return said["签约数、签约额"], said["框架、意向协议数（单列）"]


def test_repeat_signing(walker: Callable[[str], Walker], signed: Project) -> None:
    officer = walker("officer")
    contracts, frameworks = _counted(officer)
    assert "1个" in contracts
    assert "300万元" in contracts
    assert "0个" in frameworks
    _sign(officer, signed, "投资合同", "3000万元", "第二次签约", occasion="云溪区第二次集中签约")
    officer.look("1-second-signing")
    officer.press("保存", within="main")
    assert NOT_COUNTED in officer.page.inner_text("body")
    assert officer.says(NOT_COUNTED)
    officer.look("2-not-counted")
    assert _counted(officer) == (contracts, frameworks), "the total stays as it was"
    _sign(officer, signed, "框架协议", "5亿元", "框架协议")
    officer.press("保存", within="main")
    assert officer.says("单列：框架或意向")
    officer.look("3-framework-apart")
    again, apart = _counted(officer)
    assert again == contracts
    assert "1个" in apart
    officer.look("4-figures")
    _increment(officer, signed, contracts)


def _increment(officer: Walker, signed: Project, before: str) -> None:
    """What the page advises: the increase is entered, and only the increase counts."""
    _sign(officer, signed, "投资合同", "800万元", "增资协议")
    officer.page.check("main >> [name=adds_capital]")
    officer.press("保存", within="main")
    assert officer.says("计入：仅增资额")
    assert Agreement.objects.get(counting="increment").counted_fen == 500_000_000
    contracts, _frameworks = _counted(officer)
    assert "1个" in contracts, "one project, whatever it signs"
    assert "800万元" in contracts
    assert contracts != before
