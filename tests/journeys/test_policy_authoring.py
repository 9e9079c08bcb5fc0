"""A policy with a gap between two tiers: the check says so, it is mended, another person reads the difference and publishes.

The clause then shows the new amount and both names; whoever proposed cannot publish, not even by a forged request.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from feidi.domain.policy.models import ClauseStanding
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.kernel.content.models import ContentProposal
from feidi.kernel.jobs.services import run_pending
from feidi.kernel.subjects import Subject
from tests.journeys.walking import Walker
from tests.support.policies import firm

pytestmark = pytest.mark.journey

_EDIT = "/drafts/edit/?place=yunxi&path=policies/innovation.yaml"
_GAP, _MENDED = '"[1000万元, 3000万元)"', '"[1000万元, 3500万元)"'


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


def _firm_in_the_gap(people: Any) -> str:
    organization = firm(people, "云溪丙制造有限公司（演示）", founded_on=date(2019, 6, 18))
    state_policy_facts(
        actor=people.actor("officer"),
        now=people.now,
        outpost=people.outpost,
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement("equipment_investment_year", "3200万元")],
    )
    return str(organization.name)


def _checked(lead: Walker) -> str:
    """Press 检查和试算 and return what is answered beside the text, without leaving the page."""
    with lead.page.expect_response(lambda answer: "/drafts/edit/" in answer.url):
        lead.page.click("main >> button:has-text('检查和试算')")
    lead.page.wait_for_selector("#checked >> text=与已发布文本的差别")
    return lead.page.inner_text("#checked")


def _jumps(lead: Walker) -> None:
    """The remark about the gap leads to its line: chosen in the text, marked beside it, in sight."""
    link = lead.page.locator("#checked li:has-text('空档') a[data-line]").first
    line = int(link.get_attribute("data-line") or "0")
    link.click()
    chosen = lead.page.evaluate(
        "() => { const t = document.querySelector('[name=body]'); return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    body = lead.page.input_value("[name=body]")
    assert chosen == body.split("\n")[line - 1]
    assert lead.page.inner_text(".editor-here") == str(line)
    assert lead.page.locator(".editor-here").is_visible()
    count = lead.page.locator(".editor-lines > div").count()
    assert count == len(body.split("\n")), "every line has its number"
    lead.look("1-jump")


def test_a_fault_leads_to_its_line_without_scripts(browser: Any, server: str, people: Any) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    try:
        lead = Walker(context.new_page(), server, "policy-authoring-plain")
        lead.sign_in("lead")
        lead.go(_EDIT)
        lead.press("检查和试算")
        link = lead.page.locator("#checked li:has-text('空档') a[href^='#line-']").first
        line = (link.get_attribute("href") or "").removeprefix("#line-")
        link.click()
        shown = lead.page.locator(f"#line-{line}")
        assert shown.is_visible()
        assert shown.inner_text().startswith(line)
    finally:
        context.close()


def _mended(lead: Walker, name: str) -> ContentProposal:
    """The gap is shown; joined, the check has no more of it, and the firm in it would get an amount."""
    lead.go(_EDIT)
    assert "空档" in _checked(lead)
    lead.look("1-gap")
    _jumps(lead)
    body = lead.page.input_value("[name=body]")
    assert body.count(_GAP) == 1
    lead.fill(body=body.replace(_GAP, _MENDED))
    said = _checked(lead)
    assert "空档" not in said
    assert name in said
    assert "50万元" in said
    lead.press("提交复核")
    assert lead.says("没有写")  # why it is changed must be said
    lead.fill(note="补上3000万元至3500万元的空档")
    lead.press("提交复核")
    assert lead.says("起草人不能复核自己的草稿")
    lead.look("2-proposed")
    return ContentProposal.objects.get()


def test_policy_authoring(walker: Callable[[str], Walker], people: Any) -> None:
    name = _firm_in_the_gap(people)
    lead, bureau = walker("lead"), walker("bureau")
    draft = _mended(lead, name)
    assert lead.page.locator("main >> button:has-text('复核无误')").count() == 0
    assert lead.post(f"/drafts/{draft.uid}/approve/").status == 409
    bureau.go("/drafts/")
    bureau.follow("云溪区支持科技创新若干措施")
    difference = " ".join(bureau.page.inner_text("main").split())
    assert _GAP in difference
    assert _MENDED in difference
    bureau.look("3-difference")
    bureau.press("复核无误，发布")
    assert bureau.says("云溪区经科局（演示）")
    officer = walker("officer")
    officer.go("/policy-library/clauses/yunxi/YX-EQ-01/")
    assert officer.says("[1,000万元, 3,500万元)")
    assert officer.says("起草：周主任")
    assert officer.says("复核：云溪区经科局（演示）")
    officer.look("4-clause")
    officer.go("/policy-library/documents/yunxi/innovation/")
    newest = officer.page.locator("main >> li:has(a[href*='/versions/'])").first.inner_text()
    assert "周主任" in newest
    assert "云溪区经科局（演示）" in newest
    officer.go("/policy-library/changes/")
    assert officer.says("正在重新计算")
    officer.look("5-under-way")
    run_pending(clock=lambda: people.now + timedelta(minutes=1))
    assert ClauseStanding.objects.get(clause="YX-EQ-01").lo_fen == 50_000_000
    officer.go("/policy-library/changes/")
    assert not officer.says("正在重新计算")
    assert not officer.says("此后政策有新发布，结果待重算")
