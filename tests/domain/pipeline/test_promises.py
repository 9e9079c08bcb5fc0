"""Promises and what came of them: commitments, sharing, clauses, diligence, the head lease, targets, rechecks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from feidi.domain.pipeline.enums import (
    AgreementKind,
    ClauseDecision,
    CommitmentKind,
    CommitmentSide,
    DiligenceResult,
    Stage,
    TargetState,
)
from feidi.domain.pipeline.models import Agreement, Commitment
from feidi.domain.pipeline.selectors.benefits import get_term, share_of, standing_of
from feidi.domain.pipeline.selectors.clauses import ReviewState, clause_rules, lint, list_reviewed, review_state
from feidi.domain.pipeline.selectors.commitments import CommitmentFilter, Fulfilment, list_commitments, standings_of
from feidi.domain.pipeline.selectors.diligence import diligence_of, warnings_before
from feidi.domain.pipeline.selectors.targets import TargetFilter, known_as, list_targets, progress_by_node
from feidi.domain.pipeline.selectors.tenancies import tenancies_outlasting
from feidi.domain.pipeline.services.benefits import Settling, Sharing, add_benefit_term, settle, void_benefit_term
from feidi.domain.pipeline.services.clauses import decide_clause, set_clause_text
from feidi.domain.pipeline.services.commitments import Promised, Shown, add_commitment, decide_shown, show_met
from feidi.domain.pipeline.services.diligence import record_look
from feidi.domain.pipeline.services.targets import (
    Wanted,
    add_target,
    add_targets,
    assign_targets,
    read_lines,
    read_sheet,
    record_contact,
    start_talks,
)
from feidi.domain.space.models import HeadLease
from feidi.domain.space.selectors.head_leases import monthly_rent, months_before
from feidi.domain.space.services import LeaseTerms, add_head_lease, change_head_lease, warn_of_ends
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money, MoneyText
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.verify import verify
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.messages import known_codes
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import finish_todo
from tests.support.world import World

pytestmark = pytest.mark.django_db


def codes(error: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    """Return the code of a refusal and of its reasons; each has words."""
    refusal = error.value.refusal
    found = [refusal.code, *(reason.code for reason in refusal.reasons)]
    assert set(found) <= known_codes(), "a refusal without words"
    return found


def standing(row: Commitment, today: date) -> Any:
    return standings_of([Commitment.objects.get(pk=row.pk)], today)[row.pk]


def shown(world: World, row: Commitment, *, by: str = "officer", review: str = "manager", **what: Any) -> EvidenceItem:
    item = show_met(actor=world.actor(by), now=world.now, commitment=row, shown=Shown(record="回单", **what))
    return decide_shown(actor=world.actor(review), now=world.now, commitment=row, item=item, accept=True)


def test_a_promise_from_unknown_over_partly_to_met(world: World) -> None:
    today = world.now.date()
    agreement = world.contract(world.lead(), signed_on=today - timedelta(days=30))
    put = Promised(
        CommitmentSide.INVESTOR,
        CommitmentKind.INVESTMENT,
        "总投资5000万至8000万元",
        MoneyText("5000万-8000万元", 500_000_000_0, 800_000_000_0, "CNY"),
        due_on=today - timedelta(days=1),
    )
    row = add_commitment(actor=world.actor("officer"), now=world.now, agreement=agreement, promised=put)
    now = standing(row, today)
    assert (now.state, now.overdue, now.waiting) == (Fulfilment.UNKNOWN, True, 0), "no evidence is not no"

    item = show_met(
        actor=world.actor("manager"),
        now=world.now,
        commitment=row,
        shown=Shown(record="回单", amount=Money(200_000_000_0, "CNY"), occurred_on=today),
    )
    assert standing(row, today).waiting == 1
    for who, code in (("manager", "evidence.own_item"), ("officer", "parties.not_permitted")):
        with pytest.raises(RefusedError) as error:
            decide_shown(actor=world.actor(who), now=world.now, commitment=row, item=item, accept=True)
        assert codes(error) == [code]
    decide_shown(actor=world.actor("lead"), now=world.now, commitment=row, item=item, accept=True)
    assert standing(row, today).state == Fulfilment.PARTLY

    shown(world, row, amount=Money(99, "USD"), occurred_on=today)
    assert standing(row, today).other_currency == 1, "two currencies are never added"
    shown(world, row, amount=Money(300_000_000_0, "CNY"), occurred_on=today)
    done = standing(row, today)
    assert (done.state, done.met_money, done.overdue, done.late) == (
        Fulfilment.MET,
        Money(500_000_000_0, "CNY"),
        False,
        True,
    )
    assert verify().faults == ()


def test_the_owner_never_accepts_and_jobs_take_the_latest_count(world: World) -> None:
    today = world.now.date()
    agreement = world.contract(world.lead(owner=world.users["manager"]))
    jobs = Promised(CommitmentSide.INVESTOR, CommitmentKind.JOBS, "用工50人", quantity=50, unit="人", due_on=today)
    row = add_commitment(actor=world.actor("officer"), now=world.now, agreement=agreement, promised=jobs)
    item = show_met(
        actor=world.actor("officer"),
        now=world.now,
        commitment=row,
        shown=Shown(record="社保", quantity=30, occurred_on=today),
    )
    with pytest.raises(RefusedError) as error:
        decide_shown(actor=world.actor("manager"), now=world.now, commitment=row, item=item, accept=True)
    assert codes(error) == ["evidence.reviewer_has_part"]
    decide_shown(actor=world.actor("lead"), now=world.now, commitment=row, item=item, accept=True)
    shown(world, row, review="lead", quantity=0, occurred_on=today)
    assert standing(row, today).state == Fulfilment.NOT_YET, "the later count says how many there are, not the sum"

    start = Promised(CommitmentSide.HOME, CommitmentKind.SITE, "交付A3厂房")
    site = add_commitment(actor=world.actor("officer"), now=world.now, agreement=agreement, promised=start)
    shown(world, site, review="lead", outcome=Fulfilment.PARTLY, occurred_on=today)
    assert standing(site, today).state == Fulfilment.PARTLY

    def listed(who: str = "officer", **wanted: Any) -> list[str]:
        return [each.text for each in list_commitments(world.actor(who), CommitmentFilter(**wanted), today)]

    assert listed() == ["用工50人", "交付A3厂房"]
    assert (listed(due="undated"), listed(state="not_yet")) == (["交付A3厂房"], ["用工50人"])
    assert listed(due="soon") == ["用工50人"]
    assert (listed("rival"), listed("bureau")) == ([], []), "not reported: the home side sees nothing"
    for wrong, code in (
        (replace(jobs, unit=""), "pipeline.commitment_unit_needed"),
        (replace(jobs, text=" "), "pipeline.commitment_says_nothing"),
        (replace(jobs, amount=MoneyText("1万元", 1, 1, "CNY")), "pipeline.commitment_two_measures"),
        (replace(start, amount=MoneyText("3000万", 1, 1)), "pipeline.currency_needed"),
        (replace(start, due_on=agreement.signed_on - timedelta(days=1)), "pipeline.commitment_before_signing"),
    ):
        with pytest.raises(RefusedError) as error:
            add_commitment(actor=world.actor("officer"), now=world.now, agreement=agreement, promised=wrong)
        assert codes(error) == [code]


def test_sharing_is_exact_to_the_fen(world: World) -> None:
    assert [share_of(basis, 1, 2) for basis in (1, 2, 3)] == [1, 1, 2], "half a fen goes up"
    assert share_of(10**15 + 1, 2, 3) == 666_666_666_666_667
    officer, today = world.actor("officer"), world.now.date()
    agreement = world.contract(world.lead())
    sharing = Sharing("落地项目税收地方留成", "滨海市前湾区", Fraction(60, 100))
    term = add_benefit_term(actor=officer, now=world.now, agreement=agreement, sharing=sharing)
    assert (term.share_numerator, term.share_denominator) == (3, 5)
    year = Settling(date(2025, 1, 1), date(2025, 12, 31), Money(60_00, "CNY"), today, basis=Money(100_01, "CNY"))
    settle(actor=officer, now=world.now, term=term, settling=year)
    with pytest.raises(RefusedError) as error:
        settle(actor=officer, now=world.now, term=term, settling=replace(year, period_from=date(2025, 12, 31)))
    assert codes(error)[0] in {"pipeline.settlement_overlaps", "pipeline.term_order"}
    later = replace(year, period_from=date(2026, 1, 1), period_to=date(2026, 6, 30), basis=None)
    settle(actor=officer, now=world.now, term=term, settling=later)
    now = standing_of(get_term(officer, term.uid))
    assert [each.due for each in now.settlements] == [Money(60_01, "CNY"), None]
    assert (now.differences, now.unknown) == ((Money(-1, "CNY"),), 1)
    with pytest.raises(RefusedError) as error:
        void_benefit_term(actor=officer, now=world.now, term=term, reason="录错")
    assert codes(error) == ["pipeline.benefit_settled"]
    with pytest.raises(RefusedError) as error:
        add_benefit_term(
            actor=officer, now=world.now, agreement=agreement, sharing=replace(sharing, share=Fraction(3, 2))
        )
    assert codes(error) == ["pipeline.benefit_share"]


FREE_RENT = (
    "第三条 甲方给予乙方前两年免租。\n乙方承诺于2026年底前将注册\n地迁至云溪区，并在云溪区纳税，五年内不得迁出，"
    "否则退还已免除的租金。第四条 争议由法院管辖。第五条 享受补贴不以迁入注册地为条件。"
)


def test_clauses_are_pointed_at_and_people_decide(world: World) -> None:
    rules = clause_rules(world.outpost.home)
    assert rules is not None
    hits = lint(FREE_RENT, rules)
    assert {hit.rule for hit in hits} == {"move_registration", "pay_tax_here", "no_moving_out"}
    assert all("第四条" not in hit.excerpt and "第五条" not in hit.excerpt for hit in hits)
    assert all(FREE_RENT[hit.start] == hit.excerpt[0] for hit in hits)
    assert lint("乙方将注册地迁至云溪区。" + "无关" * 200, rules) == [], "no benefit near, nothing to point at"
    assert lint("甲方免租两年。", rules) == []

    officer = world.actor("officer")
    agreement = world.contract(world.lead(), clause_text=FREE_RENT)
    rows = {each.rule: each for each in agreement.clause_reviews.all()}
    assert len(rows) == 3
    assert all(each.decision == ClauseDecision.OPEN for each in rows.values())

    def state() -> str:
        return review_state(list_reviewed(officer).get(pk=agreement.pk))

    assert state() == ReviewState.OPEN
    for rule, decision in (
        ("pay_tax_here", ClauseDecision.HARMLESS),
        ("no_moving_out", ClauseDecision.TO_AMEND),
        ("move_registration", ClauseDecision.TO_AMEND),
    ):
        decide_clause(actor=officer, now=world.now, review=rows[rule], decision=decision, note="见意见")
    assert state() == ReviewState.TO_AMEND
    with pytest.raises(RefusedError) as error:
        decide_clause(actor=officer, now=world.now, review=rows["pay_tax_here"], decision=ClauseDecision.HARMLESS)
    assert codes(error) == ["pipeline.reason_needed"]
    amended = FREE_RENT.replace("将注册\n地迁至云溪区，并", "").replace("五年内不得迁出，", "")
    set_clause_text(actor=officer, now=world.now, agreement=agreement, text=amended)
    now = {each.rule: each.decision for each in agreement.clause_reviews.order_by("id")}
    assert now["move_registration"] == now["no_moving_out"] == ClauseDecision.AMENDED
    world.contract(world.lead("另一项目", "另一有限公司"))
    found = [review_state(each) for each in list_reviewed(officer)]
    assert sorted(found) == sorted([state(), ReviewState.NO_TEXT])
    assert list(list_reviewed(officer, state="no_text").values_list("project__name", flat=True)) == ["另一项目"]


def test_diligence_warns_but_does_not_stand_in_the_way(world: World) -> None:
    officer, today = world.actor("officer"), world.now.date()
    project = world.lead()
    assert len(warnings_before(project, Stage.AGREEING, today)) == 3
    assert len(warnings_before(project, Stage.SIGNED, today)) == 6
    look: dict[str, Any] = {"actor": officer, "now": world.now, "project": project}
    old = today - timedelta(days=91)
    record_look(**look, item="credit_china", checked_on=old, result=DiligenceResult.CLEAN)
    with pytest.raises(RefusedError) as error:
        record_look(**look, item="enforcement", checked_on=today, result=DiligenceResult.FINDING)
    assert codes(error) == ["pipeline.diligence_finding_says_nothing"]
    record_look(**look, item="enforcement", checked_on=today, result=DiligenceResult.FINDING, note="被执行12万元")
    told = [(each.code, each.params["label_zh"]) for each in warnings_before(project, Stage.AGREEING, today)]
    assert told == [
        ("pipeline.diligence_missing", "企业登记与经营异常"),
        ("pipeline.diligence_expired", "信用记录"),
        ("pipeline.diligence_found", "被执行与失信被执行"),
    ]
    record_look(**look, item="credit_china", checked_on=today, result=DiligenceResult.CLEAN)
    line = next(each for each in diligence_of(project, today) if each.item.code == "credit_china")
    assert (len(line.looks), line.done, line.latest.searched_for if line.latest else "") == (
        2,
        True,
        project.sponsor_name,
    )
    world.contract(project)  # warnings, no gate


def tenancy(world: World, term_to: date | None, name: str = "入驻甲") -> Agreement:
    found: Agreement = world.contract(
        world.lead(name, f"{name}有限公司"), kind=AgreementKind.TENANCY, term_from=world.now.date(), term_to=term_to
    )
    return found


def test_no_tenancy_outlasts_the_head_lease(world: World) -> None:
    lead, today = world.actor("lead"), world.now.date()
    tenancy(world, today + timedelta(days=4000), "没有租约时")  # nothing to compare with: a warning, no refusal
    terms = LeaseTerms(
        "滨海置业有限公司（演示）",
        "科创路1号3层",
        today - timedelta(days=700),
        today + timedelta(days=200),
        rent=Money(9_200_000, "CNY"),
    )
    with pytest.raises(RefusedError) as error:
        add_head_lease(actor=world.actor("officer"), now=world.now, outpost=world.outpost, terms=terms)
    assert codes(error) == ["parties.not_permitted"]
    lease = add_head_lease(actor=lead, now=world.now, outpost=world.outpost, terms=terms)
    assert [each.project.name for each in tenancies_outlasting(lead, world.outpost)] == ["没有租约时"]
    with pytest.raises(RefusedError) as error:
        tenancy(world, today + timedelta(days=201))
    assert codes(error) == ["space.tenancy_outlasts_lease"]
    assert error.value.refusal.params["ends_on"] == lease.ends_on.isoformat()
    tenancy(world, lease.ends_on, "刚好到期")
    shorter = replace(terms, ends_on=today + timedelta(days=100))
    change_head_lease(actor=lead, now=world.now, lease=lease, version=1, terms=shorter)
    assert {each.project.name for each in tenancies_outlasting(lead, world.outpost)} == {"没有租约时", "刚好到期"}
    with pytest.raises(RefusedError) as error:
        change_head_lease(actor=lead, now=world.now, lease=lease, version=1, terms=terms)
    assert codes(error) == ["space.lease_changed_meanwhile", "parties.field_changed"]


def test_the_leads_are_warned_once_per_threshold(world: World) -> None:
    today, job = world.now.date(), schedule_actor("space.lease_warnings")
    ends = date(2027, 8, 31)
    terms = LeaseTerms("滨海置业有限公司（演示）", "科创路1号3层", today, ends)
    lease = add_head_lease(actor=world.actor("lead"), now=world.now, outpost=world.outpost, terms=terms)
    assert [months_before(ends, months) for months in (12, 6, 3)] == [
        date(2026, 8, 31),
        date(2027, 2, 28),
        date(2027, 5, 31),
    ]
    assert warn_of_ends(actor=job, now=world.now) == 1
    todo = Todo.objects.get()
    assert (todo.assignee, todo.due_on, todo.subject_uid) == (world.users["lead"], ends, lease.uid)
    finish_todo(actor=world.actor("lead"), now=world.now, todo=todo)
    assert warn_of_ends(actor=job, now=world.now + timedelta(days=1)) == 0
    half_a_year = world.now + (ends - today) - timedelta(days=180)
    assert warn_of_ends(actor=job, now=half_a_year) == 1, "six months is a warning of its own"
    assert warn_of_ends(actor=job, now=world.now + (ends - today) + timedelta(days=1)) == 0, "it has ended"
    rent = monthly_rent(HeadLease(rent_fen=9_200_000, currency="CNY", area_m2=Decimal(1150), basis="whole"))
    assert (rent.whole, rent.per_m2) == (Money(9_200_000, "CNY"), Money(8_000, "CNY"))
    assert monthly_rent(HeadLease(rent_fen=8_000, currency="CNY", basis="per_m2")).whole is None


def sheet(*rows: tuple[str, ...]) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return stream.getvalue()


def test_thirty_targets_become_talks(world: World) -> None:
    officer, outpost = world.actor("officer"), world.outpost
    common = Wanted("", "低温传感器", chain="半导体新材料")
    first = add_target(actor=officer, now=world.now, outpost=outpost, wanted=replace(common, name="滨海丙传感有限公司"))
    lines = read_lines("滨海丙传感有限公司\n\n滨海丁测控有限公司，深圳，有专利\n滨海戊仪器有限公司\t东莞\n  ", common)
    added = add_targets(actor=officer, now=world.now, outpost=outpost, wanted=lines)
    assert [(each.name, each.place_text, each.why) for each in added.made] == [
        ("滨海丁测控有限公司", "深圳", "有专利"),
        ("滨海戊仪器有限公司", "东莞", ""),
    ]
    assert [(each.code, each.row) for each in added.findings] == [("pipeline.target_row_known", 1)]
    with pytest.raises(RefusedError) as error:
        add_target(actor=officer, now=world.now, outpost=outpost, wanted=replace(common, name="滨海丙传感 有限公司"))
    assert codes(error) == ["pipeline.target_known"]

    content = sheet(
        ("企业名称", "环节", "所在地"),
        ("滨海己材料有限公司", "溅射靶材", "惠州"),
        ("", "溅射靶材", "惠州"),
        ("滨海庚材料有限公司", "", ""),
    )
    found = add_targets(actor=officer, now=world.now, outpost=outpost, wanted=read_sheet(content, "目标.xlsx", common))
    assert [(each.name, each.node) for each in found.made] == [
        ("滨海己材料有限公司", "溅射靶材"),
        ("滨海庚材料有限公司", "低温传感器"),
    ]
    assert [each.code for each in found.findings] == ["pipeline.target_row_nameless"]
    with pytest.raises(RefusedError) as error:
        read_sheet(sheet(("甲", "乙"), ("1", "2")), "别的.xlsx", common)
    assert codes(error) == ["pipeline.target_no_name_column"]

    rows = list_targets(officer, TargetFilter())
    assert assign_targets(actor=officer, now=world.now, targets=list(rows), owner=world.users["manager"]) == 5
    with pytest.raises(RefusedError) as error:
        assign_targets(actor=officer, now=world.now, targets=list(rows), owner=world.users["rival"])
    assert codes(error) == ["pipeline.target_not_colleague"]
    with pytest.raises(RefusedError) as error:
        record_contact(actor=officer, now=world.now, target=first, state=TargetState.CONTACTED)
    assert codes(error) == ["pipeline.target_date_needed"]
    for each in rows.filter(node="低温传感器")[:2]:
        record_contact(
            actor=officer,
            now=world.now,
            target=each,
            state=TargetState.CONTACTED,
            result="约见",
            contacted_on=world.now.date(),
        )
    project = start_talks(actor=officer, now=world.now, target=first)
    first.refresh_from_db()
    assert (first.state, first.project, project.owner) == (TargetState.TALKING, project, world.users["manager"])
    with pytest.raises(RefusedError) as error:
        start_talks(actor=officer, now=world.now, target=first)
    assert codes(error) == ["pipeline.target_has_project"]
    progress = {each.node: each for each in progress_by_node(rows)}
    sensors = progress["低温传感器"]
    assert (sensors.total, sensors.talking, progress["溅射靶材"].total) == (4, 1, 1)
    assert sensors.reached in {2, 3}
    assert known_as(outpost, "滨海丙传感有限公司").projects == (project,)
    linked = world.lead("己的项目", "滨海己材料有限公司")
    start_talks(actor=officer, now=world.now, target=found.made[0], project=linked)
    for stranger in ("bureau", "rival", "verifier", "tenant"):
        assert not list_targets(world.actor(stranger), TargetFilter()).exists(), "targets are the outpost's own"
    assert verify().faults == ()
