"""A playbook run whose home side is late: 待反馈 · 第 n 天 to both, answered late, told late, and in the burn-down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from feidi.domain.pipeline.models import Project
from feidi.domain.playbook.models import PlaybookRun, RunStep
from tests.journeys.walking import Walker
from tests.support.world import PDF

pytestmark = pytest.mark.journey


@pytest.fixture
def clock(people: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], datetime]:
    """``clock(8)``: it is eight days after the day of the world."""

    def move(days: int) -> datetime:
        moment: datetime = people.now + timedelta(days=days)
        monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: moment)
        return moment

    move(0)
    return move


def _started(officer: Walker, project: Project) -> PlaybookRun:
    officer.go("/playbooks/")
    officer.look("playbooks")
    officer.follow("孵化在滨海、落地在云溪")
    assert officer.says("参考外地做法，待本区确认")
    officer.look("playbook")
    officer.go(f"/projects/{project.uid}/")
    officer.follow("开办服务")
    officer.follow("选“孵化在滨海、落地在云溪”")
    officer.fill(q_wet_lab="否")
    officer.look("start")
    officer.press("开办")
    run = PlaybookRun.objects.get()
    assert officer.says("待问清"), "two questions are still open"
    return run


def _step(officer: Walker, run: PlaybookRun, label: str) -> str:
    step = RunStep.objects.get(run=run, label_zh=label)
    officer.go(f"/playbooks/steps/{step.uid}/")
    return step.uid


def _as_far_as_the_home_side(officer: Walker, run: PlaybookRun) -> str:
    for label in ("接待登记、指定专人", "研判产业、技术与条件"):
        _step(officer, run, label)
        officer.follow("登记办结或答复")
        officer.fill(answer="办好了")
        officer.press("保存")
    uid = _step(officer, run, "主办地研究承接意见")
    officer.follow("登记交件")
    officer.fill(to="经科局创新科 李工", receipt="受理〔2026〕8号")
    officer.press("保存")
    officer.follow("变更时限")
    officer.fill(due_on="2026-11-27", reason="电话约定：周五前答复")
    officer.press("保存")
    officer.look("handed")
    return uid


def _late_for_both(officer: Walker, bureau: Walker, run: PlaybookRun) -> None:
    officer.go(f"/playbooks/runs/{run.uid}/")
    assert officer.says("待反馈 · 第 9 天")
    officer.look("run-late")
    bureau.go("/playbooks/owed/home/")
    assert bureau.says("待反馈 · 第 9 天")
    assert bureau.says("受理〔2026〕8号")
    assert not bureau.says("已超")
    bureau.look("owed-home")


def _answered(officer: Walker, bureau: Walker, run: PlaybookRun) -> None:
    bureau.follow("主办地研究承接意见")
    bureau.follow("登记办结或答复")
    bureau.fill(answer="可以承接，安排 A3 厂房")
    bureau.press("保存")
    assert bureau.says("第 9 天反馈（约定 2026-11-27）")
    bureau.look("answered")
    officer.go(f"/playbooks/runs/{run.uid}/")
    assert officer.says("第 9 天反馈")
    home = officer.page.locator(".burn", has_text="云溪侧")
    assert "还剩 3 步" in home.inner_text()
    home.locator("summary").click()
    assert "2026-12-01" in home.inner_text()
    officer.look("burn-down")


def _by_keyboard(officer: Walker) -> None:
    """Every box of the drawing is reached by Tab and opens its step by Enter."""
    box = officer.page.locator("svg.lanes a").first
    box.focus()
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    assert officer.says("接待登记、指定专人")


def _the_firm_hands_in(officer: Walker, tenant: Walker, run: PlaybookRun) -> None:
    _step(officer, run, "一页答复：在哪里、给什么、谁联系")
    officer.follow("登记办结或答复")
    officer.press("保存")
    tenant.go("/my/runs/")
    assert tenant.says("签订入驻与孵化协议")
    tenant.look("own-services")
    tenant.follow("打开")
    tenant.follow("提交")
    tenant.upload("入驻协议.pdf", PDF)
    tenant.press("提交")
    assert tenant.says("入驻协议.pdf")
    tenant.look("own-service")
    _step(officer, run, "签订入驻与孵化协议")
    officer.follow("登记办结或答复")
    officer.press("保存")
    assert officer.says("待审核 1 件"), "nothing counts without accepted evidence"


def test_a_run_whose_home_side_is_late(
    walker: Callable[[str], Walker], people: Any, clock: Callable[[int], datetime]
) -> None:
    project = people.lead()  # the tenant's own firm brings it
    Project.objects.filter(pk=project.pk).update(reported_at=people.now)
    officer, bureau, tenant = walker("officer"), walker("bureau"), walker("tenant")
    run = _started(officer, project)
    _as_far_as_the_home_side(officer, run)
    clock(8)
    _late_for_both(officer, bureau, run)
    _answered(officer, bureau, run)
    _by_keyboard(officer)
    _the_firm_hands_in(officer, tenant, run)
