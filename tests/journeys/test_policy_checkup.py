"""企业政策体检 of one firm: what is unknown, one fact filled in on the spot, the amount that appears, kept and printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from feidi.domain.policy.models import Checkup
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.kernel.subjects import Subject
from tests.journeys.walking import Walker
from tests.support.policies import POLICY, firm, publish

pytestmark = pytest.mark.journey


def test_policy_checkup(walker: Callable[[str], Walker], people: Any) -> None:
    publish(people, POLICY)
    organization = firm(people, "云溪乙制造有限公司（演示）", founded_on=date(2020, 5, 1))
    known = {"employees": "30人", "legal_person": "是", "titles": ["high_tech"]}
    state_policy_facts(
        actor=people.actor("officer"),
        now=people.now,
        outpost=people.outpost,
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement(fact, value) for fact, value in known.items()],
    )
    officer = walker("officer")
    officer.go(f"/parties/{organization.uid}/")
    officer.follow("政策体检")
    clause = officer.page.locator("#clause-T-RATE")
    assert "缺：研发费用" in clause.inner_text()
    clause.locator("summary").first.click()
    assert "需要 ≥ 300万元，实际 未知" in clause.inner_text()
    officer.look("01-unknown")

    officer.fill(**{"fact-rd_spend": "500"})
    officer.press("保存并重新体检")
    assert officer.says("500")
    officer.look("02-refused")
    officer.fill(**{"fact-rd_spend": "500万元"})
    officer.press("保存并重新体检")
    changed = officer.page.locator("#changed").inner_text()
    assert "研发费用补助" in changed
    assert "待核实" in changed
    assert "25万元" in changed
    assert "25万元" in officer.page.locator("#group-applicable #clause-T-RATE .clause-amount").inner_text()
    assert "研发费用补助" in officer.page.locator("#combination").inner_text()
    officer.page.locator("#clause-T-RATE > summary").click()
    officer.look("03-eligible")

    officer.press("留存、打印")
    assert officer.says("重新计算：结果一致")
    officer.look("04-kept")
    assert Checkup.objects.get().subject_label == organization.name
    officer.go("/policies/checkups/")
    assert officer.says(organization.name)
    officer.look("05-list")


def test_policy_checkup_without_scripts(browser: Any, server: str, people: Any) -> None:
    """Everything that is read opens without JavaScript; the form saves."""
    publish(people, POLICY)
    organization = firm(people, founded_on=date(2020, 5, 1))
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    try:
        officer = Walker(context.new_page(), server, "policy-checkup-plain")
        officer.sign_in("officer")
        officer.go(f"/policies/checkups/{organization.uid}/")
        officer.page.locator("#clause-T-RATE > summary").click()
        assert officer.page.locator("#clause-T-RATE blockquote").is_visible()
        officer.page.fill('[name="fact-rd_spend"]', "500万元")
        officer.press("保存并重新体检")
        assert "25万元" in officer.page.locator("#changed").inner_text()
    finally:
        context.close()
