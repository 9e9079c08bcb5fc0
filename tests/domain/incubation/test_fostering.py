"""What happens to a tenant: milestones, reports that become facts, services, mentors, results, warnings, the year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feidi.domain.incubation.enums import (
    MilestoneTrack,
    Programme,
    ReportState,
    RequestState,
    SignalKind,
    TenancyKind,
    TenantOutcomeKind,
)
from feidi.domain.incubation.models import MentorHour, PeriodReport, TenantOutcome
from feidi.domain.incubation.selectors.graduation import graduation_of
from feidi.domain.incubation.selectors.outcomes import results_of_year
from feidi.domain.incubation.selectors.periods import period_of, periods_over
from feidi.domain.incubation.selectors.reports import prefill_of, questions_of
from feidi.domain.incubation.selectors.statistics import statistics_of
from feidi.domain.incubation.selectors.warnings import warnings_of
from feidi.domain.incubation.services.charges import charge_months
from feidi.domain.incubation.services.mentors import add_mentor, give_back_hour, open_hours, take_hour
from feidi.domain.incubation.services.milestones import Proof, add_milestone, decide_milestone, show_milestone
from feidi.domain.incubation.services.outcomes import NewOutcome, decide_outcome, note_outcome, show_outcome
from feidi.domain.incubation.services.reports import (
    accept_report,
    answer_report,
    ask_reports,
    repeat_report,
    return_report,
)
from feidi.domain.incubation.services.requests import (
    ask_service,
    end_service,
    record_visit,
    score_service,
    take_service,
)
from feidi.domain.incubation.services.research_posts import second_person
from feidi.domain.incubation.services.snapshots import freeze_year, void_snapshot
from feidi.domain.incubation.services.tenancies import Terms
from feidi.domain.parties.models import Fact
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.engines.rules.results import Truth
from feidi.kernel.subjects import Subject
from tests.support.tenancies import firm_of, floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def tenant_of(world: World, organization: object) -> object:
    """Return the tenant's own person."""
    world.user("tenant_own", "tenant", organization=organization)
    return world.actor("tenant_own")


def test_a_milestone_is_reached_by_accepted_evidence_only(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    manager, lead = world.actor("manager"), world.actor("lead")
    step = add_milestone(
        actor=manager, now=world.now, tenancy=row, title="样机定型", due_on=date(2026, 10, 1), track=MilestoneTrack.HOST
    )
    item = show_milestone(
        actor=manager, now=world.now, milestone=step, proof=Proof(date(2026, 9, 20), record="检测报告 2026-091")
    )
    step.refresh_from_db()
    assert step.reached_on is None, "handed in is not accepted"
    with pytest.raises(RefusedError):
        decide_milestone(actor=manager, now=world.now, milestone=step, item=item, accept=True)
    decide_milestone(actor=lead, now=world.now, milestone=step, item=item, accept=True)
    step.refresh_from_db()
    assert step.reached_on == date(2026, 9, 20)


def test_periods_are_counted_from_january() -> None:
    assert period_of(date(2026, 2, 28), 3, 15).label == "2026 1—3"
    assert [each.label for each in periods_over(date(2026, 1, 16), date(2026, 10, 1), 3, 15)] == [
        "2026 1—3", "2026 4—6", "2026 7—9"
    ]  # fmt: skip
    assert period_of(date(2026, 12, 31), 5, 0).last == date(2026, 12, 31), "the last period ends with the year"


def _report(world: World, row: object, nth: int = 0) -> PeriodReport:
    ask_reports(actor=world.actor("manager"), now=world.now, tenancies=[row], until=world.now.date())  # type: ignore[list-item]
    return PeriodReport.objects.select_related("tenancy__outpost__home", "tenancy__organization").order_by(
        "period_from"
    )[nth]


def test_reports_are_asked_once_and_become_facts_once_accepted(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    tenant, manager = tenant_of(world, row.organization), world.actor("manager")
    report = _report(world, row)
    _report(world, row)
    assert PeriodReport.objects.count() == 3, "three quarters are over on 23 November, asked once"
    with pytest.raises(RefusedError) as refused:
        answer_report(actor=tenant, now=world.now, report=report, answers={"insured_staff": "几个"}, news="")  # type: ignore[arg-type]
    assert refused.value.refusal.code == "incubation.answers_unreadable"
    report = answer_report(
        actor=tenant,
        now=world.now,
        report=report,
        answers={"insured_staff": "9人", "cash_months": ""},
        news="样机两台",  # type: ignore[arg-type]
    )
    assert report.answers == {"insured_staff": "9人", "cash_months": ""}
    assert not Fact.objects.filter(fact="insured_staff").exists(), "a claim until somebody accepts it"
    accept_report(actor=manager, now=world.now, report=report)
    held = Fact.objects.get(fact="insured_staff")
    assert (held.number, held.holds_from) == (9, date(2026, 3, 31))
    assert not Fact.objects.filter(fact="cash_months").exists(), "还不清楚 states nothing"


def test_nothing_changed_is_one_tap_but_not_the_first_time(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    tenant, manager = tenant_of(world, row.organization), world.actor("manager")
    first, second = _report(world, row), _report(world, row, 1)
    with pytest.raises(RefusedError) as refused:
        repeat_report(actor=tenant, now=world.now, report=second)  # type: ignore[arg-type]
    assert refused.value.refusal.code == "incubation.nothing_to_repeat"
    answers = {"insured_staff": "9人", "cash_months": "14"}
    accept_report(
        actor=manager,
        now=world.now,
        report=answer_report(actor=tenant, now=world.now, report=first, answers=answers, news=""),  # type: ignore[arg-type]
    )
    assert prefill_of(second) == answers
    same = repeat_report(actor=tenant, now=world.now, report=second)  # type: ignore[arg-type]
    assert (same.unchanged, same.answers) == (True, answers)
    back = return_report(actor=manager, now=world.now, report=same, reason="人数与社保不符")
    assert (back.state, back.returned_reason) == (ReportState.RETURNED, "人数与社保不符")


def test_who_filled_a_report_in_does_not_accept_it(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    manager = world.actor("manager")
    report = answer_report(
        actor=manager, now=world.now, report=_report(world, row), answers={"insured_staff": "9"}, news=""
    )
    with pytest.raises(RefusedError) as refused:
        accept_report(actor=manager, now=world.now, report=report)
    assert refused.value.refusal.code == "incubation.report_own_hands"


def test_a_stranger_answers_nothing(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    world.user("other_tenant", "tenant", organization=firm_of(world, "滨海癸软件有限公司"))
    with pytest.raises(RefusedError) as refused:
        answer_report(actor=world.actor("other_tenant"), now=world.now, report=_report(world, row), answers={}, news="")
    assert refused.value.refusal.code == "parties.not_permitted"


def test_services_are_taken_delivered_and_scored_by_the_tenant(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    tenant, manager = tenant_of(world, row.organization), world.actor("manager")
    asked = ask_service(actor=tenant, now=world.now, tenancy=row, kind="ip", what="两件专利挖掘")  # type: ignore[arg-type]
    assert asked.due_on is None, "nobody has promised a day for it"
    take_service(actor=manager, now=world.now, request=asked, owner=world.users["officer"])
    done = end_service(actor=manager, now=world.now, request=asked, delivered=True, result="交底书两份")
    assert done.state == RequestState.DELIVERED
    with pytest.raises(RefusedError) as refused:
        score_service(actor=manager, now=world.now, request=done, score=5)
    assert refused.value.refusal.code == "incubation.score_by_tenant_only"
    scored = score_service(actor=tenant, now=world.now, request=done, score=4, word="快")  # type: ignore[arg-type]
    assert scored.score == 4
    with pytest.raises(RefusedError) as refused:
        ask_service(actor=manager, now=world.now, tenancy=row, kind="massage", what="？")
    assert refused.value.refusal.code == "incubation.service_unknown"


def test_an_hour_of_a_mentor_is_taken_once(world: World) -> None:
    rooms = floor_of(world)
    row = tenancy_of(world, rooms[0])
    other = tenancy_of(world, rooms[1], name="膜材料中试", sponsor="滨海壬材料有限公司")
    manager = world.actor("manager")
    person = find_or_add_person(actor=manager, now=world.now, outpost=world.outpost, name="周导师")
    mentor = add_mentor(
        actor=manager,
        now=world.now,
        outpost=world.outpost,
        person=person,
        fields="体外诊断",
        user=None,
        since=world.now.date(),
    )
    start = datetime(2026, 12, 1, 14, tzinfo=SHANGHAI)
    hours = [(start + timedelta(hours=n), start + timedelta(hours=n + 1)) for n in range(3)]
    made = open_hours(actor=manager, now=world.now, mentor=mentor, hours=hours, place="洽谈区")
    with pytest.raises(RefusedError) as refused:
        open_hours(
            actor=manager,
            now=world.now,
            mentor=mentor,
            hours=[(start + timedelta(minutes=30), start + timedelta(minutes=90))],
            place="",
        )
    assert refused.value.refusal.code == "incubation.hour_clash"
    assert MentorHour.objects.count() == 3
    take_hour(actor=manager, now=world.now, hour=made[0], tenancy=row, topic="注册检验怎么排")
    with pytest.raises(RefusedError) as refused:
        take_hour(actor=manager, now=world.now, hour=made[0], tenancy=other, topic="融资")
    assert refused.value.refusal.code == "incubation.hour_taken"
    give_back_hour(actor=manager, now=world.now, hour=made[0])
    assert take_hour(actor=manager, now=world.now, hour=made[0], tenancy=other, topic="融资").tenancy_id == other.pk


def test_a_project_with_three_results_counts_once_and_only_with_accepted_evidence(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    officer, lead = world.actor("officer"), world.actor("lead")
    made = [
        note_outcome(
            actor=officer,
            now=world.now,
            outpost=world.outpost,
            organization=row.organization,
            project=row.project,
            new=NewOutcome(kind, title, date(2026, month, 1), amount, row),
        )
        for kind, title, month, amount in (
            (TenantOutcomeKind.PATENT, "一种低温探头", 3, None),
            (TenantOutcomeKind.ORDER, "首批订单", 6, Money(30_000_000, "CNY")),
            (TenantOutcomeKind.FUNDING, "天使轮", 8, Money(500_000_000, "CNY")),
        )
    ]
    year = results_of_year(lead, world.outpost, 2026)
    assert (len(year.counted), len(year.under_way), year.low, year.high) == (0, 1, 3, 5)
    for each in made[:2]:
        item = show_outcome(actor=officer, now=world.now, outcome=each, proof=Proof(each.dated_on, record="证书编号"))
        decide_outcome(actor=lead, now=world.now, outcome=each, item=item, accept=True)
    year = results_of_year(lead, world.outpost, 2026)
    assert [len(each) for each in year.counted.values()] == [2]
    assert year.under_way == {}, "a project that counts is not also under way"


def test_the_same_source_brings_one_result(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    source = Subject("matching.outcome", "abc123abc123")
    new = NewOutcome(TenantOutcomeKind.ORDER, "对接带来的订单", date(2026, 5, 1), None, row, source)
    given = {"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost}
    first = note_outcome(**given, organization=row.organization, project=row.project, new=new)  # type: ignore[arg-type]
    again = note_outcome(**given, organization=row.organization, project=row.project, new=new)  # type: ignore[arg-type]
    assert first.pk == again.pk
    assert TenantOutcome.objects.count() == 1


def test_warnings_each_say_why_and_unknown_is_none(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    manager = world.actor("manager")
    quiet = warnings_of([row], row.starts_on, world.now)
    assert quiet == {}, "on the first day nothing is wrong, and what nobody said is no bad news"
    tenant = tenant_of(world, row.organization)
    first = _report(world, row)
    answer_report(
        actor=tenant, now=world.now, report=first, answers={"insured_staff": "9", "cash_months": "4"}, news=""
    )  # type: ignore[arg-type]
    first.refresh_from_db()
    accept_report(actor=manager, now=world.now, report=first)
    charge_months(actor=manager, now=world.now, tenancies=[row], until=world.now.date())
    add_milestone(
        actor=manager, now=world.now, tenancy=row, title="样机定型", due_on=date(2026, 10, 1), track=MilestoneTrack.HOST
    )
    kinds = {each.kind for each in warnings_of([row], world.now.date(), world.now)[row.pk]}
    assert kinds == {
        SignalKind.REPORT_MISSING, SignalKind.RENT_LATE, SignalKind.MILESTONE_LATE, SignalKind.CASH_SHORT,
        SignalKind.NOT_SEEN,
    }  # fmt: skip
    record_visit(
        actor=manager,
        now=world.now,
        tenancy=row,
        visited_on=world.now.date(),
        note="五人在场",
        people_seen=5,
        announced=False,
    )
    second = _report(world, row, 1)
    accept_report(
        actor=manager,
        now=world.now,
        report=answer_report(actor=tenant, now=world.now, report=second, answers={"insured_staff": "6"}, news=""),  # type: ignore[arg-type]
    )
    found = {each.kind: each.finding.params for each in warnings_of([row], world.now.date(), world.now)[row.pk]}
    assert found[SignalKind.INSURED_FALLING] == {"now": 6, "before": 9}
    assert SignalKind.NOT_SEEN not in found


def test_graduation_is_explained_and_unknown_is_not_no(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    found = graduation_of(row, as_of=world.now.date(), known_at=world.now)
    assert found is not None
    assert found.truth is Truth.UNKNOWN
    assert set(found.missing) == {"titles", "venture_capital_total", "ten_million_two_years", "acquired_or_listed"}
    assert not found.confirmed, "the rule is not this place's own yet"


def test_the_year_is_frozen_as_filed_and_corrected_by_another_row(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0], starts_on=date(2025, 2, 1))
    manager = world.actor("manager")
    found = {each.code: each for each in statistics_of(manager, world.outpost, 2025, known_at=world.now).lines}
    assert (found["tenants"].value, found["tenants"].tenants) == (1, (row.uid,))
    assert found["tenants_revenue"].value is None, "nobody said it: not known, not nothing"
    assert (found["area_total"].value, found["area_tenants"].value) == (1150, 100)
    with pytest.raises(RefusedError) as refused:
        freeze_year(actor=manager, now=world.now, outpost=world.outpost, year=2026, typed={})
    assert refused.value.refusal.code == "incubation.year_not_over"
    with pytest.raises(RefusedError) as refused:
        freeze_year(
            actor=manager, now=world.now, outpost=world.outpost, year=2025, typed={"income": 500, "income_rent": 600}
        )
    assert refused.value.refusal.code == "incubation.statistics_part_above_whole"
    typed = {"income": 500, "income_rent": 340}
    frozen = freeze_year(actor=manager, now=world.now, outpost=world.outpost, year=2025, typed=typed)
    share = {e.code: e for e in statistics_of(manager, world.outpost, 2025, known_at=world.now, typed=typed).beside}
    assert share["other_income"].value == 32, "income 500, rent and property 340 → 32 %"
    assert share["area_national"].reached is False
    assert share["funded_share"].value is None
    with pytest.raises(RefusedError) as refused:
        freeze_year(actor=manager, now=world.now, outpost=world.outpost, year=2025, typed=typed)
    assert refused.value.refusal.code == "incubation.year_frozen"
    void_snapshot(actor=manager, now=world.now, snapshot=frozen, reason="上报后更正收入")
    again = freeze_year(actor=manager, now=world.now, outpost=world.outpost, year=2025, typed={**typed, "income": 520})
    assert again.sha256 != frozen.sha256


def test_seconded_people_are_sealed_and_only_at_research_posts(world: World) -> None:
    rooms = floor_of(world)
    post = tenancy_of(world, rooms[0], kind=TenancyKind.HOME_RESEARCH, terms=Terms(Programme.NONE))
    startup = tenancy_of(world, rooms[1])
    given = {
        "actor": world.actor("manager"),
        "now": world.now,
        "name": "陈工",
        "post": "工艺",
        "since": date(2026, 3, 1),
    }
    person = second_person(**given, tenancy=post, insured_at="")  # type: ignore[arg-type]
    assert "陈工".encode() not in bytes(person.name_sealed)
    with pytest.raises(RefusedError) as refused:
        second_person(**given, tenancy=startup, insured_at="云溪")  # type: ignore[arg-type]
    assert refused.value.refusal.code == "incubation.not_a_research_post"


def test_questions_of_the_year_are_asked_with_its_last_period(world: World) -> None:
    row = tenancy_of(world, floor_of(world)[0])
    report = _report(world, row)
    assert [each.fact for each in questions_of(report)] == ["insured_staff", "cash_months"]
    report.period_from, report.period_to = date(2026, 10, 1), date(2026, 12, 31)
    assert "revenue" in {each.fact for each in questions_of(report) if each.yearly}
