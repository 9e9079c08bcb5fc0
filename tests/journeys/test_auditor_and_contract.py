"""Demonstrations 6 and 7: the auditor opens a number and takes a dossier; the operator's year is scored and frozen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.services.landing import Paper, decide_item, hand_in, submit_landing, verify_landing
from feidi.domain.reporting.enums import CostCategory
from feidi.domain.reporting.models import OperatingContract
from feidi.domain.reporting.services.assessment import NewIndicator, add_indicator
from feidi.domain.reporting.services.contracts import ContractTerms, Cost, add_contract, add_cost
from feidi.engines.money import Money
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.subjects import Subject
from feidi.portals.cli.main import main
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey


def _verified(people: Any, name: str, sponsor: str) -> Project:
    """A landing verified after its bank slip was returned once."""
    officer, verifier, now = people.actor("officer"), people.actor("verifier"), people.now
    project = people.to_signed(people.lead(name, sponsor))
    case = people.landing_case(project)
    people.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    case = LandingCase.objects.select_related("project__outpost__home").get(pk=case.pk)
    case = submit_landing(actor=officer, now=now, case=case)
    mine = EvidenceItem.objects.filter(requirement__subject_uid=project.uid)
    slip = mine.get(requirement__kind="money")
    decide_item(actor=verifier, now=now, case=case, item=slip, accept=False, reason="付款人不是落户企业")
    file = people.file(Subject("pipeline.project", project.uid), "重新提交的回单.pdf")
    paper = Paper(file=file, occurred_on=now.date(), amount=Money(50_000_000, "CNY"), replaces=slip)
    hand_in(actor=officer, now=now, case=case, requirement=slip.requirement, paper=paper)
    for item in mine.filter(state="submitted", voided_at__isnull=True):
        decide_item(actor=verifier, now=now, case=case, item=item, accept=True)
    verify_landing(actor=verifier, now=now, case=case)
    return Project.objects.get(pk=project.pk)


def _contract(people: Any) -> OperatingContract:
    lead, now = people.actor("lead"), people.now
    operator = find_or_add_organization(actor=lead, now=now, outpost=people.outpost, name="滨海企服运营有限公司")
    terms = ContractTerms(
        "委运2026-1", "驻点委托运营协议", "云溪区经科局", operator, date(2026, 1, 1), date(2026, 12, 31)
    )
    contract = add_contract(actor=lead, now=now, outpost=people.outpost, terms=terms)
    for month in (3, 6):
        cost = Cost(date(2026, month, 1), CostCategory.RENT, Money(50_000_000, "CNY"), f"记字{month}号")
        add_cost(actor=lead, now=now, contract=contract, cost=cost)
    for number in range(1, 11):
        measure = {1: "K14", 2: "K31"}.get(number, "")
        label = {1: "核实落地数", 2: "单位成本"}.get(number, f"第{number}项工作")
        new = NewIndicator(label, "口径见协议附件", 1000, measure=measure, evidence="台账")
        add_indicator(actor=lead, now=now, contract=contract, year=2026, new=new)
    return contract


def _audits(auditor: Walker, project: Project) -> None:
    """A number opens its rows; a row its dossier, the returned version in it."""
    auditor.go("/figures/all/")
    auditor.follow("核实落地数")
    auditor.look("rows")
    assert auditor.says("低温介质检测")
    assert auditor.says("柔性电极")
    auditor.follow(project.name)
    auditor.look("project")
    auditor.go(f"/projects/landing/{project.landing_cases.get().uid}/")
    auditor.unfold()
    assert auditor.says("付款人不是落户企业")
    auditor.go(f"/projects/{project.uid}/")
    with auditor.page.expect_download() as got:
        auditor.page.locator("a:has-text('一项目一档')").click()
    path = got.value.path()
    assert path
    names = zipfile.ZipFile(io.BytesIO(path.read_bytes())).namelist()
    assert "00_卷内目录.xlsx" in names
    money = [each for each in names if each.startswith("07_资金/") and not each.endswith("/")]
    assert len(money) == 2
    assert any("已退回" in each for each in money)


def _points(who: Walker, prefix: str, points: str) -> None:
    for field in who.page.locator(f"main >> [name^='{prefix}']").all():
        field.fill(points)


def _assess(lead: Walker, bureau: Walker, contract: OperatingContract) -> None:
    """Ten indicators, two scores, a dispute, paper for two seals, frozen, corrected."""
    year = f"/contracts/{contract.uid}/years/2026/"
    lead.go(f"/contracts/{contract.uid}/")
    lead.look("contract")
    assert lead.says("500,000元"), "1,000,000 yuan over two landings"
    lead.go(year)
    lead.follow("自评")
    _points(lead, "score_", "9")
    lead.look("self")
    lead.press("保存", within="main")
    bureau.go(year)
    bureau.follow("评分与付款意见")
    _points(bureau, "score_", "8.5")
    bureau.fill(payment_opinion="同意按考核结果付款", proposed="85万元")
    bureau.look("score")
    bureau.press("保存", within="main")
    lead.go(year)
    lead.refuse_with("提出异议", "装修费不应计入单位成本", send="提出")
    bureau.go(year)
    assert bureau.says("有异议，未定")
    bureau.look("disputed")
    bureau.refuse_with("处理异议", "经核对维持", send="保存")
    bureau.press("打印绩效结果单")
    bureau.go(year)
    place = bureau.page.locator("details.confirm:has(summary:text-is('定稿'))").first
    place.locator("summary").click()
    with bureau.page.expect_navigation():
        place.locator("button:text-is('定稿')").click()
    assert bureau.says("已定稿")
    bureau.follow("登记更正")
    bureau.fill(what="建议付款", before="85万元", after="86万元", reason="凭证补齐")
    bureau.press("保存", within="main")
    assert bureau.says("85万元 → 86万元")
    bureau.look("frozen")


def test_auditor_and_contract(walker: Callable[[str], Walker], people: Any, capsys: pytest.CaptureFixture[str]) -> None:
    first = _verified(people, "低温介质检测", "滨海甲检测技术有限公司")
    _verified(people, "柔性电极", "滨海乙电子有限公司")
    contract = _contract(people)
    until = people.now.date() + timedelta(days=30)
    people.users["auditor"].memberships.update(valid_to=until)
    _assess(walker("lead"), walker("bureau"), contract)
    _audits(walker("auditor"), first)
    assert main(["audit", "verify"]) == 0
    Project.objects.filter(pk=first.pk).update(industry="改过的行业")
    assert main(["audit", "verify"]) == 1
    assert first.uid in capsys.readouterr().out
