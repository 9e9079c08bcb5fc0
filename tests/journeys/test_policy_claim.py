"""A claim from the check-up of a firm to money on its account, its receipt photographed; the firm reads the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.models import Project
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.kernel.subjects import Subject
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey

_KNOWN = {"qianwan_leased_area": "200㎡", "established_on": "2021-04-12"}


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


@pytest.fixture
def organization(people: Any) -> Organization:
    """The tenant's own firm, with what is known of it."""
    own: Organization = people.lead().parties.get(role="sponsor").organization
    state_policy_facts(
        actor=people.actor("officer"),
        now=people.now,
        outpost=people.outpost,
        subject=Subject("parties.organization", own.uid),
        statements=[Statement(fact, value) for fact, value in _KNOWN.items()],
    )
    people.user("founder", "tenant", organization=own)
    return own


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 420), (223, 231, 238)).save(out, "PNG")
    return out.getvalue()


def _seen(officer: Walker, status: str, **more: str) -> None:
    officer.follow("记下平台状态")
    officer.fill(status=status, **more)
    officer.press("保存")


def _waits(officer: Walker, bureau: Walker) -> None:
    """Approved and not paid: who follows it sees the day and its grounds, the home side reads that it waits, never late."""
    assert officer.says("等待拨付")
    assert officer.says("不是法定期限")
    officer.look("2-waiting")
    Project.objects.update(reported_at=Project.objects.get().created_at)
    bureau.go("/policy-claims/payouts/")
    assert bureau.says("待反馈 · 第 1 天")
    assert bureau.says("到账 0万元 ÷ 核准 4.8万元")
    assert not bureau.says("逾期")
    bureau.look("2-payouts")


def test_policy_claim(walker: Callable[[str], Walker], people: Any, organization: Organization) -> None:
    officer = walker("officer")
    officer.go(f"/policies/checkups/{organization.uid}/")
    clause = officer.page.locator("#group-applicable #clause-QW-RENT-01")
    assert "4.8万元" in clause.inner_text()
    clause.locator("summary").first.click()
    officer.follow("登记申报", within="#clause-QW-RENT-01")
    assert officer.page.input_value("[name=organization]") == organization.name
    officer.fill(account_holder="王启", applied="4.8万元")
    officer.press("保存")
    assert officer.says("在这里登记不等于已经申报")
    assert officer.says("还剩 27 天")
    officer.look("1-begun")

    officer.follow("记下平台状态")
    officer.fill(status="已提交")
    officer.press("保存")
    assert officer.says("要有受理号或回执")  # a step without its paper is refused, nothing is lost
    officer.upload("回执.png", _picture(), "image/png")
    officer.fill(acceptance_number="QW2026-0317")
    officer.press("保存")
    assert officer.says("回执.png")
    _seen(officer, "已核准", amount="4.8万元")
    _waits(officer, walker("bureau"))
    _seen(officer, "已到账", amount="2.4万元")
    assert officer.says("部分到账")
    assert officer.says("等待余款")
    officer.look("2-remainder")
    _seen(officer, "已到账", amount="2.4万元")
    assert officer.says("已到账")
    officer.look("2-paid")
    officer.go("/policy-claims/")
    assert officer.says("100%")

    founder = walker("founder")
    founder.go("/my/claims/")
    assert founder.says("QW2026-0317")
    assert founder.says("已到账")
    assert founder.says("4.8万元")
    founder.look("3-the-firm-reads-it")
    claim = PolicyClaim.objects.get()
    founder.go(f"/policy-claims/{claim.uid}/")
    assert not founder.says("QW2026-0317")
    assert claim.paid_on == date(2026, 11, 23)
