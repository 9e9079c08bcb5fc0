"""First reports: the story of one investor between two outposts of one home, and what a rival home never learns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import ConditionCode, DisputeState, FirstReportState, InteractionKind
from feidi.domain.pipeline.models import FirstReport, Project
from feidi.domain.pipeline.selectors.first_reports import (
    FirstReportFilter,
    can_view,
    get_dispute,
    list_first_reports,
    list_ledger_claims,
    visible_to,
)
from feidi.domain.pipeline.services.first_report_daily import remind_expiring
from feidi.domain.pipeline.services.first_report_disputes import (
    answer_dispute,
    raise_dispute,
    rule_dispute,
    withdraw_dispute,
)
from feidi.domain.pipeline.services.first_report_registering import Said, find_likenesses, register_said_lead
from feidi.domain.pipeline.services.first_report_transfer import transfer_first_report
from feidi.domain.pipeline.services.first_reports import (
    check_first_report,
    claim_first_report,
    confirm_ledger_claims,
    grant_first_report,
    lapse_due,
    renew_first_report,
)
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.registering import Lead
from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.jobs.services import run_pending
from feidi.kernel.jobs.services.timing import run_due, sync_schedules
from feidi.kernel.messages import known_codes
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from tests.support.world import World

pytestmark = pytest.mark.django_db
CLOCK = schedule_actor("first_reports")


@pytest.fixture
def two(world: World) -> World:
    """A sister outpost of the same home, with an officer and a lead."""
    sister = Outpost.objects.create(
        code="sister",
        name="姊妹驻点",
        short_name="姊妹",
        home=world.outpost.home,
        host=world.outpost.host,
        created_at=world.now,
    )
    world.user("sister", "officer", outpost=sister)
    return world


def refused(code: str, act: Any, **given: Any) -> None:
    with pytest.raises(RefusedError) as error:
        act(**given)
    assert error.value.refusal.code == code
    assert code in known_codes()


def claim_of(project: Project) -> FirstReport:
    return FirstReport.objects.select_related("project__outpost__home", "home").get(project=project)


def at_sister(world: World, **more: Any) -> FirstReport:
    given = {"by": "sister", "owner": world.users["sister"], "outpost": Outpost.objects.get(code="sister")}
    return claim_of(world.lead(**{"name": "介质检测二期", "contact_phone": "13900005555", **given, **more}))


def test_a_lead_with_a_source_is_a_claim_and_a_clean_check_grants(world: World) -> None:
    claim = claim_of(world.lead())
    assert (claim.state, claim.reported_at, claim.checked) == (FirstReportState.GRANTED, world.now, [])
    assert claim.window_from == world.now.date()
    assert claim.window_to == world.now.date() + timedelta(days=60)
    assert len(claim.rule_sha256) == len(claim.digest) == 64
    assert list(claim.entries.order_by("id").values_list("action", flat=True)) == ["claimed", "checked", "granted"]
    assert not FirstReport.objects.filter(project=world.lead("无来源", "乙公司", source_channel="")).exists()
    refused(
        "first_reports.claimed_already", claim_first_report, actor=world.actor("officer"), now=world.now,
        project=claim.project,
    )  # fmt: skip
    assert verify().faults == ()


def test_the_digest_covers_what_was_said_and_holds_no_telephone_in_clear(world: World) -> None:
    first = claim_of(world.lead())
    other = claim_of(world.lead("乙", "乙公司", contact_phone="13900001234"))
    same = claim_of(world.lead("丙", "丙公司", contact_phone="13900001235"))
    assert len({first.digest, other.digest, same.digest}) == 3
    said = str([(each.state, each.changes) for each in AuditEntry.objects.filter(subject_kind="pipeline.first_report")])
    assert "139000" not in said
    assert "展会" not in said


def test_renewal_lapse_and_reminder(world: World) -> None:
    officer, claim = world.actor("officer"), claim_of(world.lead())
    later = world.now + timedelta(days=29)
    assert lapse_due(actor=CLOCK, now=later) == []
    assert remind_expiring(actor=CLOCK, now=later) == 1
    assert remind_expiring(actor=CLOCK, now=later) == 0
    assert Todo.objects.get(what__contains="首谈权").assignee == world.users["officer"]
    talk = Talk(InteractionKind.CALL, (world.now + timedelta(days=28)).date(), "还在谈")
    record_interaction(actor=officer, now=later, project=claim.project, talk=talk)
    assert lapse_due(actor=CLOCK, now=world.now + timedelta(days=40)) == []
    refused("pipeline.reason_needed", renew_first_report, actor=officer, now=later, claim=claim, reason=" ")
    for _ in range(2):
        claim = renew_first_report(actor=officer, now=later, claim=claim, reason="董事会下月才开")
    assert claim.window_to == world.now.date() + timedelta(days=120)
    refused("first_reports.renewed_enough", renew_first_report, actor=officer, now=later, claim=claim, reason="再续")
    assert [each.pk for each in lapse_due(actor=CLOCK, now=world.now + timedelta(days=59))] == [claim.pk]
    claim.refresh_from_db()
    assert claim.state == FirstReportState.LAPSED
    assert "30 天没有推进记录" in claim.closed_reason
    again = claim_first_report(
        actor=officer, now=world.now + timedelta(days=60), project=Project.objects.get(pk=claim.project_id)
    )
    assert again.state == FirstReportState.GRANTED


def reminders(project: Project) -> list[tuple[str, bool]]:
    """Return day and whether it is done, of every reminder of a project's right."""
    rows = Todo.objects.filter(subject_uid=project.uid, what__contains="首谈权").order_by("id")
    return [(str(each.due_on), each.done_at is not None) for each in rows]


def test_a_renewal_finishes_the_reminder_by_itself(world: World) -> None:
    officer, claim = world.actor("officer"), claim_of(world.lead())
    for day in (20, 45):
        moment = world.now + timedelta(days=day)
        talk = Talk(InteractionKind.CALL, moment.date(), "电话")
        record_interaction(actor=officer, now=moment, project=claim.project, talk=talk)
    later = world.now + timedelta(days=50)
    assert remind_expiring(actor=CLOCK, now=later) == 1
    over = str((world.now + timedelta(days=60)).date())
    assert reminders(claim.project) == [(over, False)]
    renew_first_report(actor=officer, now=later, claim=claim, reason="董事会下月才开")
    assert reminders(claim.project) == [(over, True)]
    assert Todo.objects.get(what__contains="首谈权").done_by == officer.label
    # from now on it ends for want of progress, 30 days after the last talk: told anew, in time
    assert remind_expiring(actor=CLOCK, now=later) == 0
    assert remind_expiring(actor=CLOCK, now=world.now + timedelta(days=62)) == 1
    assert reminders(claim.project)[1] == (str((world.now + timedelta(days=75)).date()), False)
    assert not verify().faults


def test_a_renewal_that_does_not_move_the_end_leaves_the_reminder(world: World) -> None:
    """Nothing has moved for three weeks: the right still ends 30 days after the last talk, renewed or not."""
    officer, claim = world.actor("officer"), claim_of(world.lead())
    later = world.now + timedelta(days=21)
    assert remind_expiring(actor=CLOCK, now=later) == 1
    renew_first_report(actor=officer, now=later, claim=claim, reason="董事会下月才开")
    ends = str((world.now + timedelta(days=30)).date())
    assert reminders(claim.project) == [(ends, False)]
    talk = Talk(InteractionKind.CALL, later.date(), "还在谈")
    record_interaction(actor=officer, now=later, project=claim.project, talk=talk)
    assert remind_expiring(actor=CLOCK, now=later) == 0
    assert reminders(claim.project) == [(ends, True)], "the right holds longer by now: the daily run closes it"


def test_a_right_that_ended_leaves_nothing_to_do(world: World) -> None:
    claim = claim_of(world.lead())
    remind_expiring(actor=CLOCK, now=world.now + timedelta(days=29))
    assert [done for _day, done in reminders(claim.project)] == [False]
    lapse_due(actor=CLOCK, now=world.now + timedelta(days=31))
    assert [done for _day, done in reminders(claim.project)] == [True]


def test_a_window_over_lapses_although_somebody_talks(world: World) -> None:
    claim = claim_of(world.lead())
    for day in (20, 40, 60):
        talk = Talk(InteractionKind.CALL, (world.now + timedelta(days=day)).date(), "电话")
        moment = world.now + timedelta(days=day)
        record_interaction(actor=world.actor("officer"), now=moment, project=claim.project, talk=talk)
    assert lapse_due(actor=CLOCK, now=world.now + timedelta(days=60)) == []
    lapsed = lapse_due(actor=CLOCK, now=world.now + timedelta(days=61))
    assert "届满" in lapsed[0].closed_reason


def test_the_day_is_a_schedule_of_the_worker(world: World) -> None:
    claim_of(world.lead())
    sync_schedules(now=world.now)
    later = world.now + timedelta(days=47)
    run_due(now=later)
    ran = {job.kind: (job.state, job.result) for job in run_pending(clock=lambda: later)}
    assert ran["pipeline.first_reports"] == ("done", {"lapsed": 1, "told": 0})


def test_signing_fulfils(world: World) -> None:
    project = world.to_signed(world.lead())
    claim = claim_of(project)
    assert claim.state == FirstReportState.FULFILLED
    assert claim.closed_reason.startswith("投资合同")


def test_sister_outposts_collide_and_learn_only_that_it_exists(two: World) -> None:
    first = claim_of(two.lead())
    second = at_sister(two)
    assert second.state == FirstReportState.CHECKED
    assert [(each["outpost"], each["reasons"]) for each in second.checked] == [
        (two.outpost.short_name, ["same_sponsor"])
    ]
    shown = str(second.checked)
    assert first.project.name not in shown
    assert first.project.code not in shown
    assert first.project.uid not in shown
    assert not can_view(two.actor("sister"), first)
    assert list(list_first_reports(two.actor("sister"), FirstReportFilter())) == [second]
    by_phone = at_sister(two, name="丁", sponsor="另一名称有限公司", contact_phone="13900001234")
    assert by_phone.checked[0]["reasons"] == ["phone"]
    brand_only = at_sister(two, name="戊", sponsor="滨海甲检测设备制造有限公司", contact_name="赵工")
    assert brand_only.state == FirstReportState.GRANTED


def test_rival_homes_never_meet(two: World) -> None:
    two.lead()
    theirs = claim_of(two.lead(by="rival", owner=two.users["rival"], outpost=two.rival))
    assert (theirs.state, theirs.checked) == (FirstReportState.GRANTED, [])
    assert not visible_to(two.actor("officer"), FirstReport.objects.filter(pk=theirs.pk)).exists()
    assert not visible_to(two.actor("rival_bureau"), FirstReport.objects.all()).exists()


def test_dispute_answer_and_ruling(two: World) -> None:
    first, second = claim_of(two.lead()), at_sister(two)
    officer, sister, bureau = two.actor("officer"), two.actor("sister"), two.actor("bureau")
    given = {"actor": sister, "now": two.now, "claim": second}
    refused("first_reports.grounds_needed", raise_dispute, **given, against=first.uid, grounds="")
    stranger = claim_of(two.lead("无关", "无关公司", contact_name="孙工", contact_phone="13900009999"))
    refused("first_reports.no_collision", raise_dispute, **given, against=stranger.uid, grounds="我们先谈的")
    dispute = raise_dispute(**given, against=first.uid, grounds="9月已有对方来函")
    first.refresh_from_db()
    assert first.state == FirstReportState.DISPUTED
    first.project.refresh_from_db()
    second.project.refresh_from_db()
    assert second.project.reported_at is not None
    assert first.project.reported_at is None, "the other side's project is theirs to report"
    assert Todo.objects.get(what__contains="请答复").assignee == two.users["officer"]
    assert Todo.objects.get(what__contains="请裁定").assignee == two.users["bureau"]
    assert get_dispute(bureau, dispute.uid) == dispute
    assert not visible_to(bureau, FirstReport.objects.filter(pk=first.pk)).exists()
    for role in ("rival", "rival_bureau", "verifier"):
        with pytest.raises(type(dispute).DoesNotExist):
            get_dispute(two.actor(role), dispute.uid)
    answer_dispute(actor=officer, now=two.now, dispute=get_dispute(officer, dispute.uid), statement="展会当天登记")
    assert visible_to(bureau, FirstReport.objects.filter(pk=first.pk)).exists()
    ruling = {"now": two.now, "dispute": dispute, "winner": first, "rule": "earlier_report", "ruling": "按首报时间"}
    refused("parties.not_permitted", rule_dispute, actor=officer, **ruling)
    refused("first_reports.rule_unknown", rule_dispute, actor=bureau, **{**ruling, "rule": "invented"})
    refused("pipeline.reason_needed", rule_dispute, actor=bureau, **{**ruling, "ruling": " "})
    refused("first_reports.no_party", rule_dispute, actor=bureau, **{**ruling, "winner": stranger})
    ruled = rule_dispute(actor=bureau, **ruling)
    assert (ruled.state, ruled.winner) == (DisputeState.RULED, first)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (FirstReportState.GRANTED, FirstReportState.REFUSED)
    assert second.closed_reason == "按首报时间"
    assert first.entries.filter(action="answered").exists()
    refused("first_reports.dispute_closed", rule_dispute, actor=bureau, **ruling)
    assert verify().faults == ()


def test_a_dispute_may_be_withdrawn_and_the_home_side_may_grant(two: World) -> None:
    first, second = claim_of(two.lead()), at_sister(two)
    sister = two.actor("sister")
    dispute = raise_dispute(actor=sister, now=two.now, claim=second, against=first.uid, grounds="先谈")
    withdraw_dispute(actor=sister, now=two.now, dispute=dispute, reason="已沟通")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (FirstReportState.GRANTED, FirstReportState.CHECKED)
    assert check_first_report(actor=sister, now=two.now, claim=second).state == FirstReportState.CHECKED
    refused("parties.not_permitted", grant_first_report, actor=sister, now=two.now, claim=second)
    granted = grant_first_report(actor=two.actor("bureau"), now=two.now, claim=second, reason="两家分头谈两期")
    assert granted.state == FirstReportState.GRANTED


def test_transfer_makes_the_project_there_and_keeps_the_first_reporter(two: World) -> None:
    claim, sister = claim_of(two.lead()), Outpost.objects.get(code="sister")
    lead = two.actor("lead")
    given = {"now": two.now, "claim": claim, "reason": "更近"}
    refused("parties.not_permitted", transfer_first_report, actor=two.actor("officer"), to=sister, **given)
    refused("first_reports.not_a_sister", transfer_first_report, actor=lead, to=two.rival, **given)
    made, new = transfer_first_report(actor=lead, now=two.now, claim=claim, to=sister, reason="离对方工厂近")
    claim.refresh_from_db()
    assert claim.state == FirstReportState.TRANSFERRED
    assert Project.objects.get(pk=claim.project_id).condition == ConditionCode.HANDED_OVER
    assert (made.outpost, new.state, new.window_to) == (sister, FirstReportState.GRANTED, claim.window_to)
    assert (new.unit, new.reported_at) == (two.outpost.short_name, claim.reported_at)
    assert made.first_report_unit == two.outpost.short_name
    assert not made.parties.filter(role="contact").exists()
    assert verify().faults == ()


def test_what_a_ledger_says_is_confirmed_with_evidence(world: World) -> None:
    project = world.lead("台账项目", "台账公司", source_channel="")
    Project.objects.filter(pk=project.pk).update(first_report_unit="云滨", first_report_on=world.now.date())
    officer = world.actor("officer")
    assert list(list_ledger_claims(officer)) == [project]
    assert list(list_ledger_claims(world.actor("rival"))) == []
    project = Project.objects.select_related("outpost__home").get(pk=project.pk)
    proof = world.file(Subject("parties.outpost", world.outpost.uid), "登记表.pdf")
    made = confirm_ledger_claims(actor=officer, now=world.now, projects=[project], evidence=proof)
    assert (made[0].unit, made[0].evidence, made[0].reported_at) == ("云滨", proof, world.now)
    assert "台账填报：云滨" in made[0].how
    assert list(list_ledger_claims(officer)) == []


def test_a_lead_as_it_came_in(world: World) -> None:
    lead = Lead("POCT", "滨海某某生物", contact_name="王总", contact_phone="139 0000 1234", source_channel="微信")
    said = Said("王总 139****1234，想找中试", "wang_8", "中试", "A轮", "附近有地铁", "下周三见", world.now.date())
    project = register_said_lead(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, lead=lead, said=said,
        owner=world.users["officer"],
    )  # fmt: skip
    assert (project.policy_request, project.remarks) == ("中试", "融资：A轮\n附近有地铁")
    assert project.interactions.get().summary == said.text
    assert {point.kind for point in project.parties.get(role="contact").person.contact_points.all()} == {
        "phone",
        "wechat",
    }
    assert Todo.objects.get(what="下周三见").due_on == world.now.date()
    alike = find_likenesses(world.outpost, name="x", sponsor="滨海某某生物科技有限公司", phone="139-0000-1234")
    assert [why.value for why in alike[0].reasons] == ["brand", "phone"]
    trail = str([(each.state, each.changes) for each in AuditEntry.objects.all()])
    for word in ("wang_8", "13900001234", "想找中试"):
        assert word not in trail
