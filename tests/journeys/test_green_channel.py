"""A talent's case: told once, the clock stands still, delivered late and shown late, confirmed by its link with a score."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from feidi.domain.talent.enums import CaseState, Whereabouts
from feidi.domain.talent.models import GreenCase, Talent
from feidi.domain.talent.services.talents import Work, link_account
from tests.journeys.walking import Walker, walking
from tests.support.talents import PAPER, PHONE, made

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


@pytest.fixture
def talent(people: Any) -> Talent:
    """Somebody who works at the outpost and has an account."""
    row = made(people, "苏叶", work=Work(field="半导体新材料", works_at=Whereabouts.HOST))
    people.user("suye", "talent", outpost=people.outpost)
    return link_account(actor=people.actor("officer"), now=people.now, talent=row, user=people.users["suye"])


def _ruled(officer: Walker, bureau: Walker, talent: Talent) -> None:
    officer.go(f"/talents/{talent.uid}/")
    assert officer.says("在飞地工作")
    assert not officer.says(PAPER)
    assert not officer.says(PHONE)
    officer.look("talent")
    officer.follow("送主办单位裁定")
    officer.fill(question="每周在云溪两天")
    officer.press("送裁定")
    bureau.go("/talents/rulings/")
    bureau.follow(talent.number)
    assert bureau.says("在飞地工作，不在本地工作")
    bureau.look("ruling")
    with bureau.page.expect_navigation():
        bureau.page.locator("main >> a.btn-primary:has-text('裁定')").click()
    bureau.fill(class_code="乙类人才（演示）", basis="联席会议第3次")
    bureau.press("裁定", within="main form")
    assert bureau.says("乙类人才（演示）")


def _opened(officer: Walker, talent: Talent) -> GreenCase:
    officer.go(f"/talents/{talent.uid}/cases/new/")
    officer.page.check("main >> input[name='services'][value='settling']")
    officer.fill(opened_on="2026-10-26")
    officer.press("受理", within="main form")
    case = GreenCase.objects.get()
    assert officer.says(case.number)
    officer.follow("一次性告知")
    officer.fill(missing="落户申请表", on="2026-10-28")
    officer.press("告知", within="main form")
    assert officer.says("时钟停止：等申请人，还剩 8 个工作日")
    officer.look("paused")
    return case


def _told(own: Walker, case: GreenCase) -> None:
    own.go("/")
    assert own.says(case.number)
    own.look("my-talent")
    own.follow("打开")
    assert own.says("时钟停着，在等您：")
    assert own.says("落户申请表")
    own.look("my-case")


def _delivered(officer: Walker, case: GreenCase) -> str:
    officer.go(f"/talents/cases/{case.uid}/")
    officer.follow("已补齐，继续")
    officer.fill(on="2026-11-04")
    officer.press("继续", within="main form")
    officer.follow("交件")
    officer.fill(department="云溪区公安部门（演示）", what="身份证、聘用合同", handed_on="2026-11-05")
    officer.fill(acceptance_number="GA-2026-7")
    officer.press("保存")
    officer.follow("登记结果")
    officer.fill(result="已落户", on="2026-11-20")
    officer.press("保存")
    confirm = officer.page.locator("details.confirm:has(summary:has-text('办结'))").first
    confirm.locator("summary").click()
    with officer.page.expect_navigation():
        confirm.locator("button:text-is('办结')").click()
    officer.look("link")
    link = re.search(r"/public/delivery/[\w-]+/", officer.page.inner_text("main"))
    assert link is not None
    officer.go(f"/talents/cases/{case.uid}/")
    assert officer.says("超时办结，晚了")
    officer.look("late")
    return link[0]


def _confirmed(browser: Any, server: str, people: Any, link: str) -> None:
    with walking(browser, server, "green-channel") as anybody:
        for wrong in ("guessed", link.split("/")[3][:-1]):
            assert anybody.page.goto(f"{server}/public/delivery/{wrong}/").status == 404
        people.now += timedelta(days=31)
        assert anybody.page.goto(server + link).status == 404, "expired"
        people.now -= timedelta(days=31)
        anybody.go(link)
        page = anybody.page.inner_text("body")
        assert "晚了" in page
        assert "苏叶" not in page
        anybody.look("confirm")
        anybody.page.check("input[name='score'][value='2']")
        anybody.page.fill("input[name='word']", "晚了，但人很好")
        anybody.press("确认收到")
        assert "已确认，谢谢" in anybody.page.inner_text("body")
        assert anybody.page.goto(server + link).status == 404, "confirmed once"


def test_green_channel(
    walker: Callable[[str], Walker],
    people: Any,
    talent: Talent,
    browser: Any,
    server: str,
) -> None:
    officer = walker("officer")
    _ruled(officer, walker("bureau"), talent)
    case = _opened(officer, talent)
    _told(walker("suye"), case)
    link = _delivered(officer, case)
    _confirmed(browser, server, people, link)
    case.refresh_from_db()
    assert (case.state, case.score, case.delivered_on) == (CaseState.CONFIRMED, 2, date(2026, 11, 23))
    officer.go(f"/talents/cases/{case.uid}/")
    assert officer.says("晚了，但人很好")
    officer.go("/talents/figures/")
    assert officer.says("0 / 1 件")
    officer.look("figures")
    bureau = walker("bureau")
    bureau.go("/talents/home/")
    assert not bureau.says("苏叶")
    bureau.look("home")
