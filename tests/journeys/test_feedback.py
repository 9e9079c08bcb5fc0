"""A bad score: said in one minute on a phone, followed up by a day, closed; figures hidden at four, shown at five."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.parties.selectors.feedback import whose_of
from feidi.kernel.feedback.enums import Via
from feidi.kernel.feedback.models import Answer, Ask, FollowUp
from feidi.kernel.feedback.selectors.asks import link_of
from feidi.kernel.feedback.services.answering import Given, answer_ask
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.subjects import Subject
from tests.journeys.walking import PHONE, Walker, walking

pytestmark = pytest.mark.journey
FEW = "少于 5 份，不显示"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


def _asked(people: Any, n: int) -> Ask:
    row = ask(
        actor=people.actor("officer"),
        now=people.now,
        subject=Subject("pipeline.project", f"s{n:011d}"),
        occasion="service",
        about=f"注册地址协助 {n}",
        to=Respondent(f"person:{n}", "赵先生"),
        whose=whose_of(people.outpost),
        owner=people.users["officer"],
    )
    assert row is not None
    return row


def _said_in_a_minute(browser: Any, server: str, link: str) -> None:
    with walking(browser, server, "feedback") as anybody:
        anybody.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert anybody.page.goto(f"{server}/public/feedback/{'a' * 40}/").status == 404, "guessed"
        anybody.go(link)
        assert "赵先生" not in anybody.page.inner_text("body")
        anybody.look("minute")
        anybody.page.check("input[name='satisfaction'][value='1']")
        anybody.page.check("input[name='recommend'][value='2']")
        anybody.page.fill("textarea[name='words']", "跑了三趟")
        anybody.press("提交")
        assert "已收到，谢谢" in anybody.page.inner_text("body")
        anybody.look("thanks")
        anybody.go(link)
        assert "1 / 5" in anybody.page.inner_text("body"), "again it shows the first"
        assert anybody.page.locator("input[name='satisfaction']").count() == 0


def _sent_by_chat(officer: Walker, row: Ask) -> str:
    officer.go("/feedback/asks/")
    officer.follow(row.about)
    assert officer.says("待发链接")
    officer.look("ask")
    link = re.search(r"/public/feedback/\w+/", officer.page.inner_text("code.link-once"))
    assert link is not None
    return link[0]


def test_feedback(walker: Callable[[str], Walker], people: Any, browser: Any, server: str) -> None:
    for n in range(4):
        row = _asked(people, n)
        answer_ask(actor=people.actor("officer"), now=people.now, asked=row, given=Given(5, 10), via=Via.OWN)
    bureau, officer = walker("bureau"), walker("officer")
    bureau.go("/feedback/")
    assert bureau.says(FEW)
    assert not bureau.says("5.00")
    bureau.look("hidden")
    row = _asked(people, 4)
    link = _sent_by_chat(officer, row)
    assert link_of(row).endswith(link)
    _said_in_a_minute(browser, server, link)
    assert Answer.objects.filter(ask=row).count() == 1
    bureau.go("/feedback/")
    assert bureau.says("4.20")
    assert bureau.says("60.0")
    assert not bureau.says("跑了三趟")
    bureau.look("shown")
    officer.go("/")
    assert officer.says("回访：评价不满意")
    officer.go("/feedback/follow-ups/")
    officer.follow(row.about)
    assert officer.says("跑了三趟")
    assert officer.says("还有 3 天")
    officer.look("follow-up")
    officer.follow("登记回访")
    officer.fill(done="当面致歉，代办完成")
    officer.press("办结", within="main form")
    assert officer.says("已回访")
    assert FollowUp.objects.get().done == "当面致歉，代办完成"
    officer.go("/feedback/")
    officer.look("overview")
    officer.follow("投诉台账")
    officer.follow("登记投诉")
    officer.look("complaint-new")
    officer.fill(title="会议室空调不冷", words="报修两次没有人来")
    officer.press("登记", within="main form")
    assert officer.says("TS-2026-0001")
    officer.look("complaints")
