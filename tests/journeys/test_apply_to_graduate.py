"""From the application to graduation: the review's form signed on paper, admitted with a room in one step, a report, a
milestone with evidence, both tracks to their end: graduated here, verified at home.

What the founder's own journey and the landing's on paper walk page by page is prepared by services here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from feidi.domain.incubation.enums import MilestoneTrack, ReportState, TenancyEnd
from feidi.domain.incubation.models import ExitReview, Milestone, PeriodReport, Tenancy
from feidi.domain.incubation.services.milestones import add_milestone
from feidi.domain.incubation.services.reports import ask_reports
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.services.landing import submit_landing
from feidi.domain.pipeline.services.registering import record_opinion, update_project
from feidi.domain.policy.services.facts import Statement, push_facts
from feidi.domain.space.models import Unit
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.subjects import Subject
from tests.journeys.walking import Walker
from tests.support.admission import approved_of, project_of
from tests.support.tenancies import floor_of

pytestmark = pytest.mark.journey
GUARDS = ("draft_agreement", "legal_opinion", "finance_opinion", "fair_competition_opinion")


@pytest.fixture
def hour(people: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The world's hour, to be moved on."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)
    return people


def _approved(people: Any) -> Any:
    """Applied, judged, the signed decision back: the founder's own journey walks this by pages."""
    row = approved_of(people)
    act: dict[str, Any] = {"actor": people.actor("lead"), "now": people.now}
    for key in GUARDS:
        record_opinion(project=project_of(row), key=key, done=True, note="齐", **act)
    project = project_of(row)
    update_project(project=project, version=project.version, values={"major": False}, **act)
    return row


def _admitted_with_a_room(lead: Walker, row: Any) -> Tenancy:
    lead.go(f"/admissions/{row.uid}/")
    assert lead.says("同意入驻")
    lead.follow("签入驻协议")
    lead.look("1-sign")
    lead.fill(term_from="2026-12-01", term_to="2028-11-30", rent="3000元", programme="孵化")
    lead.page.locator("main >> [name='units']").select_option(value=str(Unit.objects.get(code="A1").pk))
    lead.upload("入驻协议.pdf")
    lead.press("保存", within="main")
    assert lead.says("已入驻")
    tenancy = Tenancy.objects.get()
    lead.go(f"/tenancies/{tenancy.uid}/")
    assert lead.says("A1室")
    lead.look("2-room")
    return tenancy


def _reported(people: Any, founder: Walker, manager: Walker, tenancy: Tenancy) -> None:
    ask_reports(actor=people.actor("manager"), now=people.now, tenancies=[tenancy], until=people.now.date())
    report = PeriodReport.objects.get()
    founder.go(f"/my/tenancies/{tenancy.uid}/")
    founder.follow("填报", within="main #asked")
    founder.fill(insured_staff="9", cash_months="14", news="样机定型，客户试用两家")
    founder.press("提交", within="main")
    manager.go(f"/incubation/reports/{report.uid}/")
    assert manager.says("样机定型")
    manager.look("3-report")
    manager.press("采信", within="main")
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED


def _reached(people: Any, founder: Walker, lead: Walker, tenancy: Tenancy) -> None:
    step = add_milestone(
        actor=people.actor("manager"),
        now=people.now,
        tenancy=tenancy,
        title="样机定型",
        due_on=people.now.date() + timedelta(days=30),
        track=MilestoneTrack.HOST,
    )
    founder.go(f"/my/tenancies/{tenancy.uid}/")
    founder.follow("提交证据", within="main #milestones")
    founder.upload("检测报告.pdf")
    founder.press("提交", within="main")
    assert founder.says("等待审核")
    lead.go(f"/incubation/milestones/{step.uid}/")
    lead.look("4-milestone")
    lead.press("采信", within="main")
    assert Milestone.objects.get().reached_on is not None


def _landed_at_home(people: Any, verifier: Walker, project: Any) -> None:
    """The home track: prepared and registered, its papers handed in; each accepted and the whole verified by pages."""
    values = {
        "land_need": "无",
        "office_need": "200㎡",
        "coordination": "无",
        "assessment": "技术成熟",
        "landing_plan": "云溪产业园A3，2027年一季度",
        "expected_output_text": "1200万元",
        "expected_output_lo_fen": 120000000,
        "expected_output_hi_fen": 120000000,
        "expected_output_currency": "CNY",
    }
    act: dict[str, Any] = {"actor": people.actor("officer"), "now": people.now}
    project = update_project(project=project, version=project.version, values=values, **act)
    people.contract(project)
    case = people.landing_case(Project.objects.get(pk=project.pk))
    people.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    submit_landing(actor=people.actor("officer"), now=people.now, case=LandingCase.objects.get(pk=case.pk))
    verifier.go(f"/projects/landing/{case.uid}/")
    for kind in ("落户企业营业执照", "场地文件", "资金凭证", "现场查看记录"):
        verifier.press("采信", within=f".panel:has-text('{kind}')")
    verifier.press("核验通过")
    assert verifier.says("落地已核验")
    verifier.look("5-verified")


def _graduated(people: Any, founder: Walker, manager: Walker, lead: Walker, tenancy: Tenancy) -> None:
    push_facts(
        actor=people.actor("officer"),
        now=people.now,
        outpost=people.outpost,
        subject=Subject("parties.organization", tenancy.organization.uid),
        statements=[Statement("titles", ["high_tech"])],
    )
    founder.go(f"/my/tenancies/{tenancy.uid}/leave/")
    founder.fill(how="毕业", leaves_on=people.now.date().isoformat(), reason="产线在本地建成")
    founder.press("提交", within="main")
    review = ExitReview.objects.get()
    manager.go(f"/tenancies/{tenancy.uid}/exit/{review.uid}/tick/")
    for field in manager.page.locator("main >> form >> input.form-control").all():
        field.fill("已办")
    manager.look("6-checklist")
    manager.press("保存", within="main")
    lead.go(f"/tenancies/{tenancy.uid}/exit/{review.uid}/decide/")
    lead.look("7-decide")
    lead.fill(in_spite_of="当月费用随押金结算")
    lead.press("决定", within="main form")
    lead.go(f"/tenancies/{tenancy.uid}/")
    lead.look("8-graduated")


def test_apply_to_graduate(walker: Callable[[str], Walker], hour: Any) -> None:
    people = hour
    Client().get("/account/login")  # the first request loads the code of every page: not what is walked here
    floor_of(people)
    row = _approved(people)
    lead, manager, verifier = walker("lead"), walker("manager"), walker("verifier")
    tenancy = _admitted_with_a_room(lead, row)
    people.user("founder", "tenant", organization=tenancy.organization)
    founder = walker("founder")
    people.now = datetime(2027, 1, 8, 9, 30, tzinfo=people.now.tzinfo)
    _reported(people, founder, manager, tenancy)
    _reached(people, founder, lead, tenancy)
    _landed_at_home(people, verifier, project_of(row))
    people.advance(project_of(row), Stage.INCUBATING, track=Track.HOST)
    _graduated(people, founder, manager, lead, tenancy)
    tenancy.refresh_from_db()
    assert (tenancy.ended_how, tenancy.ended_on) == (TenancyEnd.GRADUATED, date(2027, 1, 8))
    project = project_of(row)
    shown = EvidenceItem.objects.get(requirement__subject_uid=project.uid, requirement__kind="graduation")
    assert "当月费用随押金结算" in shown.record, "decided in spite of what was open: the evidence says so"
    assert (project.host_stage, project.home_stage) == (Stage.GRADUATED, Stage.REGISTERED)
    assert project.verified_on == date(2027, 1, 8)
