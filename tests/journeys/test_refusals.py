"""What is refused says why on the page, offers no button, and leaves nothing written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.parties.models import Membership
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project, StageLog
from feidi.domain.pipeline.services.landing import submit_landing
from feidi.kernel.audit.models import AuditLink
from feidi.kernel.evidence.models import EvidenceItem
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey
REFUSED = 409


def test_refused_skip(walker: Callable[[str], Walker], people: Any) -> None:
    project = people.lead()
    officer = walker("officer")
    links = AuditLink.objects.count()
    officer.go(f"/projects/{project.uid}/move/?track=talks&to=signed")
    assert officer.says("不能跳过阶段")
    officer.press("进入“签约”")
    assert officer.says("不能跳过阶段")
    assert officer.says("线索研判、洽谈对接")
    assert not officer.says("screening")
    assert officer.says("还差：已签投资合同或入驻协议")
    officer.look("reasons")
    assert officer.page.locator("[name=force]").count() == 0
    assert officer.post(f"/projects/{project.uid}/move/", track="talks", to="signed", force="on").status == REFUSED
    project.refresh_from_db()
    assert project.talks_stage == Stage.LEAD
    assert StageLog.objects.filter(project=project).count() == 1
    assert AuditLink.objects.count() == links


def test_refused_early_move_offers_to_promise(walker: Callable[[str], Walker], people: Any) -> None:
    """An early stage may be passed with 待补: who fills it, until when. It stays listed."""
    project = people.lead()
    officer = walker("officer")
    officer.go(f"/projects/{project.uid}/")
    officer.follow("推进到“线索研判”")
    officer.press("进入“线索研判”")
    assert officer.says("还差：关键信息表")
    officer.page.check("[name=waive]")
    officer.fill(responsible="张专员", due_on="2026-12-31")
    officer.look("promise")
    officer.press("进入“线索研判”")
    officer.look("promised")
    assert officer.says("待补")
    assert Project.objects.get(pk=project.pk).talks_stage == Stage.SCREENING
    assert project.gaps.get().responsible_text == "张专员"


@pytest.fixture
def case(people: Any) -> LandingCase:
    """A landing that waits for verification."""
    project = people.to_signed(people.lead())
    made = people.landing_case(project)
    people.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    return submit_landing(actor=people.actor("officer"), now=people.now, case=LandingCase.objects.get(pk=made.pk))


def _refused(who: Walker, case: LandingCase, why: str) -> None:
    links = AuditLink.objects.count()
    who.go(f"/projects/landing/{case.uid}/")
    assert who.says(f"您不能核验这一项：{why}")
    who.look("why")
    for words in ("采信", "核验通过", "退回运营方"):
        assert who.page.locator(f"main >> button:has-text('{words}'), main >> summary:has-text('{words}')").count() == 0
    verified = who.post(f"/projects/landing/{case.uid}/verify/")
    assert verified.status == REFUSED
    assert why in verified.text()
    item = EvidenceItem.objects.first()
    assert item is not None
    assert who.post(f"/projects/landing/{case.uid}/decide/{item.uid}/", decision="accept").status == REFUSED
    assert who.post(f"/projects/landing/{case.uid}/return/", reason="x").status == REFUSED
    assert set(EvidenceItem.objects.values_list("state", flat=True)) == {"submitted"}
    assert LandingCase.objects.get(pk=case.pk).state == "submitted"
    assert AuditLink.objects.count() == links


def test_refused_self_verification(walker: Callable[[str], Walker], people: Any, case: LandingCase) -> None:
    """Somebody who handed the case in holds the verifier's role as well: the role alone is not enough."""
    Membership.objects.create(
        user=people.users["officer"],
        role="verifier",
        home=people.outpost.home,
        valid_from=people.now.date(),
        created_at=people.now,
    )
    _refused(walker("officer"), case, "您是提交人")


def test_refused_verification_by_the_operator(walker: Callable[[str], Walker], people: Any, case: LandingCase) -> None:
    """A verifier on the operator's pay is the operator's: 运营单位人员 verify nothing of theirs."""
    Membership.objects.filter(user=people.users["verifier"]).update(works_for=people.outpost.operator)
    _refused(walker("verifier"), case, "您是运营单位人员")


def test_what_was_typed_outlives_the_session(walker: Callable[[str], Walker], people: Any) -> None:
    """The session ended while somebody wrote: after signing in again the words are put back, and nothing is kept on."""
    project = people.lead()
    officer = walker("officer")
    officer.go(f"/projects/{project.uid}/edit/")
    officer.fill(remarks="王总要湿实验室，下周三来看", office_need="200")
    officer.page.context.clear_cookies(name="sessionid")
    officer.press("保存")
    assert "/account/login" in officer.page.url
    officer.sign_in_here("officer")
    assert officer.says("刚才填写的没有存上")
    officer.look("typed")
    officer.page.click("text=把刚才填写的放回来")
    assert officer.page.input_value("[name=remarks]") == "王总要湿实验室，下周三来看"
    officer.press("保存")
    project.refresh_from_db()
    assert (project.remarks, project.office_need) == ("王总要湿实验室，下周三来看", "200")
    officer.go(f"/projects/{project.uid}/edit/")
    assert not officer.says("刚才填写的没有存上")
