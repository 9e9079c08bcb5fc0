"""体检 of a person and of a referral: from the project's record, one fact filled in, kept with the name masked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.pipeline.models import FirstReport
from feidi.domain.pipeline.services.referral_facts import push_referral_facts
from feidi.domain.policy.models import Checkup, PolicyClaim
from tests.journeys.walking import Walker
from tests.support.policies import POLICY, publish

pytestmark = pytest.mark.journey


def test_person_checkup(walker: Callable[[str], Walker], people: Any) -> None:
    publish(people, POLICY)
    project = people.lead(contact_name="欧阳小明", referrer="李会长")
    claim = FirstReport.objects.select_related("project__outpost__home", "project__outpost__host").get(project=project)
    push_referral_facts(actor=people.actor("officer"), now=people.now, claim=claim)
    officer = walker("officer")
    officer.go(f"/projects/{project.uid}/")
    officer.follow("政策体检")
    assert officer.says("欧阳小明")
    clause = officer.page.locator("#clause-T-PERSON")
    assert "缺：学历" in clause.inner_text()
    officer.look("01-person")
    officer.fill(**{"fact-education": "硕士"})
    officer.press("保存并重新体检")
    assert "1万元" in officer.page.locator("#changed").inner_text()
    officer.press("留存、打印")
    assert officer.says("欧**")
    assert not officer.says("欧阳小明")
    officer.look("02-kept")
    assert Checkup.objects.get().subject_label == "欧**"
    officer.go("/policies/persons/")
    assert officer.says("欧阳小明")
    officer.look("03-persons")
    officer.go(f"/projects/{project.uid}/?tab=first_report")
    officer.follow("引荐奖励体检")
    assert officer.says("第一时间提供有效信息")
    officer.look("04-referral")
    _followed(officer)


def _followed(officer: Walker) -> None:
    """The person's claim, from the check-up to the list: named on the page, masked in what is copied."""
    officer.go("/policies/persons/")
    officer.follow("欧阳小明")
    officer.page.locator("#clause-T-PERSON summary").first.click()
    officer.follow("登记申报", within="#clause-T-PERSON")
    assert officer.says("欧阳小明")
    officer.look("05-begin")
    officer.fill(account_holder="本人", applied="1万元")
    officer.press("保存")
    claim = PolicyClaim.objects.get()
    assert (claim.organization, claim.claimant) == (None, "欧**")
    officer.look("06-claim")
    officer.go("/policy-claims/")
    assert officer.says("欧阳小明")
    officer.look("07-claims")
