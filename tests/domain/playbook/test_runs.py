"""Runs: frozen on the first day, steps that open and wait, evidence before an end, every change with its reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feidi.domain.pipeline.models import Project
from feidi.domain.playbook.enums import RunEvent, RunState, StepState
from feidi.domain.playbook.models import PlaybookRun, RunEntry
from feidi.domain.playbook.selectors.playbooks import get_playbook, list_playbooks
from feidi.domain.playbook.selectors.reckoning import burning_of, forecast_of, plan_of
from feidi.domain.playbook.services.evidence import Piece, decide_piece, hand_in
from feidi.domain.playbook.services.runs import answer_questions, note_run, stop_run
from feidi.domain.playbook.services.steps import (
    Done,
    HandOver,
    ask_step,
    finish_step,
    reopen_step,
    reschedule_step,
    skip_step,
)
from feidi.engines.findings import RefusedError
from feidi.engines.playbooks import Owner
from feidi.kernel.content.parsing import digest_of
from feidi.kernel.content.proposing import approve_proposal, propose_content, published_text
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.deadlines.selectors import state_of
from feidi.kernel.messages import text_of
from tests.support.runs import finish, run_of_firm, run_on, states, step
from tests.support.world import World

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def refused(error: pytest.ExceptionInfo[RefusedError]) -> str:
    return error.value.refusal.code


def test_a_place_sees_the_playbooks_of_its_lineage_under_its_own_names(world: World) -> None:
    found = {each.code: each.title.zh for each in list_playbooks("yunxi", MONDAY)}
    assert found["incubate_land"] == "孵化在滨海、落地在云溪"
    assert found["home_firms_out"] == "云企进滨"
    assert found["device_registrant"].startswith("医疗器械注册人")
    assert get_playbook("chancheng", "home_firms_out", MONDAY).title.zh == "禅企进深"
    with pytest.raises(RefusedError) as error:
        get_playbook("yunxi", "nothing", MONDAY)
    assert refused(error) == "playbook.unknown"


def test_a_run_opens_what_waits_for_nothing_and_reckons_its_end(world: World) -> None:
    run = run_on(world, world.lead())
    assert run.number == "YB-FW-2026-0001"
    assert (run.title_zh, run.planned_open) == ("孵化在滨海、落地在云溪", True)
    assert {code for code, state in states(run).items() if state != StepState.WAITING} == {"receive"}
    first = step(run, "receive")
    assert (first.opened_on, first.due_on) == (MONDAY, date(2026, 11, 24))
    clock = Deadline.objects.get(subject_uid=first.uid)
    assert (clock.taken_from, clock.scope_outpost, clock.waiting_on) == ("江门市", world.outpost.pk, "")


def test_a_run_keeps_its_version_when_the_playbook_changes(world: World) -> None:
    run = run_on(world, world.lead())
    path = "enclave/playbooks/incubate_land.yaml"
    before = published_text("cn", path)
    body = before.replace("接待登记、指定专人", "登记来访")
    draft = propose_content(
        actor=world.actor("admin"),
        now=world.now,
        place="cn",
        path=path,
        body=body,
        base_sha256=digest_of(before),
        note="改",
    )
    world.user("second", "administrator")
    approve_proposal(actor=world.actor("second"), now=world.now, proposal=draft)
    assert get_playbook("yunxi", "incubate_land", MONDAY).playbook.steps[0].label.zh == "登记来访"
    kept = PlaybookRun.objects.get(pk=run.pk)
    assert plan_of(kept).steps[0].label.zh == step(kept, "receive").label_zh == "接待登记、指定专人"
    assert kept.sha256 == digest_of(before)
    later = run_on(world, world.lead("另一项目", "滨海乙检测有限公司"))
    assert step(later, "receive").label_zh == "登记来访"


def test_a_playbook_with_faults_cannot_be_published(world: World) -> None:
    path = "enclave/playbooks/incubate_land.yaml"
    before = published_text("cn", path)
    with pytest.raises(RefusedError) as error:
        propose_content(
            actor=world.actor("admin"),
            now=world.now,
            place="cn",
            path=path,
            body=before.replace("    after: [receive]\n", "    after: [visit_after]\n", 1),
            base_sha256=digest_of(before),
            note="改",
        )
    reasons = [each for each in error.value.refusal.reasons if each.code == "playbooks.circle"]
    assert reasons
    assert text_of(reasons[0]).startswith("cn/enclave/playbooks/incubate_land.yaml:")


def test_the_unknown_waits_until_somebody_has_asked(world: World) -> None:
    run = run_on(world, world.lead())
    finish(world, run, "receive", "judge", "feedback")
    lab = step(run, "lab_place")
    assert (lab.state, lab.unclear) == (StepState.WAITING, True)
    assert step(run, "tenancy").state == StepState.WAITING
    answer_questions(actor=world.actor("officer"), now=world.now, run=run, answers={"wet_lab": False}, reason="")
    assert step(run, "lab_place").state == StepState.NOT_APPLICABLE
    assert step(run, "tenancy").state == StepState.OPEN


def test_a_corrected_answer_needs_a_reason_and_brings_the_step_back(world: World) -> None:
    run = run_on(world, world.lead(), answers={"wet_lab": False})
    officer = world.actor("officer")
    with pytest.raises(RefusedError) as error:
        answer_questions(actor=officer, now=world.now, run=run, answers={"wet_lab": True}, reason=" ")
    assert refused(error) == "playbook.no_reason"
    answer_questions(actor=officer, now=world.now, run=run, answers={"wet_lab": True}, reason="团队补充说明")
    assert step(run, "lab_place").state == StepState.WAITING
    assert RunEntry.objects.filter(run=run, what=RunEvent.CHANGED, note__contains="团队补充说明").exists()


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"moon": True}, "playbook.question_unknown"),
        ({"site_kind": "castle"}, "playbook.answer_unknown"),
        ({"wet_lab": "yes"}, "playbook.answer_unknown"),
        ({"site_kind": True}, "playbook.answer_unknown"),
    ],
)
def test_answers_fit_the_playbook(world: World, answers: dict[str, bool | str], code: str) -> None:
    with pytest.raises(RefusedError) as error:
        run_on(world, world.lead(), answers=answers)
    assert refused(error) == code
    assert not PlaybookRun.objects.exists()


def test_a_government_is_not_late_with_what_it_was_never_handed(world: World) -> None:
    """Its clock begins with the hand-over; then it reads 待反馈 · 第 n 天, never 已超."""
    run = run_of_firm(world, playbook="home_firms_out")
    nominate = step(run, "nominate")
    assert (nominate.owner, nominate.state, nominate.due_on) == ("home", StepState.OPEN, None)
    row = ask_step(
        actor=world.actor("officer"),
        now=world.now,
        step=nominate,
        handed=HandOver(None, "经科局创新科 李工", "受理2026-11"),
    )
    assert (row.state, row.asked_on, row.receipt) == (StepState.ASKED, MONDAY, "受理2026-11")
    assert not Deadline.objects.filter(subject_uid=row.uid).exists()  # nobody has set a time for it
    reschedule_step(
        actor=world.actor("officer"), now=world.now, step=row, due_on=MONDAY + timedelta(days=5), reason="电话约定"
    )
    clock = Deadline.objects.get(subject_uid=row.uid, stopped_on__isnull=True)
    assert (clock.waiting_on, clock.due_on) == ("home", MONDAY + timedelta(days=5))
    late = state_of(clock, MONDAY + timedelta(days=8))
    assert (text_of(late.finding), late.overdue) == ("待反馈 · 第 9 天", False)


def test_a_step_that_claims_a_result_ends_with_accepted_evidence_only(world: World) -> None:
    run = run_on(world, world.lead(), answers={"wet_lab": False})
    finish(world, run, "receive", "judge", "feedback")
    tenancy = step(run, "tenancy")
    with pytest.raises(RefusedError) as error:
        finish_step(actor=world.actor("officer"), now=world.now, step=tenancy, done=Done())
    assert refused(error) == "playbook.step_unproven"
    assert "已采信 0 件" in text_of(error.value.refusal.reasons[0])
    item = hand_in(
        actor=world.actor("manager"), now=world.now, step=tenancy, piece=Piece("tenancy_agreement", record="协议 1 号")
    )
    for who, code in (("manager", "evidence.own_item"), ("officer", "parties.not_permitted")):
        with pytest.raises(RefusedError) as error:
            decide_piece(actor=world.actor(who), now=world.now, step=tenancy, item=item, accept=True)
        assert refused(error) == code
    decide_piece(actor=world.actor("lead"), now=world.now, step=tenancy, item=item, accept=True)
    finish_step(actor=world.actor("officer"), now=world.now, step=step(run, "tenancy"), done=Done(answer="已签"))
    assert step(run, "milestone").state == StepState.OPEN


def test_who_leads_a_run_does_not_review_its_evidence(world: World) -> None:
    run = run_of_firm(world, playbook="shared_lab")
    PlaybookRun.objects.filter(pk=run.pk).update(officer=world.users["manager"])
    request = step(run, "request")
    item = hand_in(actor=world.actor("officer"), now=world.now, step=request, piece=Piece("request", record="测耐火度"))
    with pytest.raises(RefusedError) as error:
        decide_piece(actor=world.actor("manager"), now=world.now, step=request, item=item, accept=True)
    assert refused(error) == "evidence.reviewer_has_part"


def test_a_step_opens_on_the_day_on_which_what_it_waited_for_ended(world: World) -> None:
    run = run_on(world, world.lead(), started_on=MONDAY - timedelta(days=7))
    finish(world, run, "receive", on=MONDAY - timedelta(days=4))
    judge = step(run, "judge")
    assert judge.opened_on == MONDAY - timedelta(days=4)
    assert judge.due_on == date(2026, 11, 24)  # three working days after Thursday
    for on, code in (
        (MONDAY + timedelta(days=1), "playbook.date_in_future"),
        (date(2026, 11, 1), "playbook.date_too_early"),
    ):
        with pytest.raises(RefusedError) as error:
            finish_step(actor=world.actor("officer"), now=world.now, step=judge, done=Done(on))
        assert refused(error) == code
    assert step(run, "feedback").due_on is None


def test_leaving_out_says_why_and_a_step_that_must_be_is_a_change_of_plan(world: World) -> None:
    run = run_of_firm(world)
    finish(world, run, "nominate", "need_sheet", "counterpart")
    officer = world.actor("officer")
    with pytest.raises(RefusedError) as error:
        skip_step(actor=officer, now=world.now, step=step(run, "host_help"), reason="")
    assert refused(error) == "playbook.no_reason"
    skip_step(actor=officer, now=world.now, step=step(run, "host_help"), reason="企业自己约好了")
    assert step(run, "visit_record").state == StepState.OPEN
    skip_step(actor=officer, now=world.now, step=step(run, "visit_record"), reason="改为线上")
    told = dict(RunEntry.objects.filter(run=run, step__isnull=False).order_by("id").values_list("step__code", "what"))
    assert (told["host_help"], told["visit_record"]) == (RunEvent.SKIPPED, RunEvent.CHANGED)
    with pytest.raises(RefusedError) as error:
        skip_step(actor=officer, now=world.now, step=step(run, "visit_record"), reason="再来")
    assert refused(error) == "playbook.step_not_now"


def test_taking_a_step_up_again_sends_what_followed_back(world: World) -> None:
    run = run_on(world, world.lead())
    finish(world, run, "receive")
    reopen_step(actor=world.actor("officer"), now=world.now, step=step(run, "receive"), reason="登记错了人")
    assert (step(run, "receive").state, step(run, "judge").state) == (StepState.OPEN, StepState.WAITING)
    judge_clock = Deadline.objects.filter(subject_uid=step(run, "judge").uid, stopped_on__isnull=True)
    assert not judge_clock.exists()


def test_a_run_is_over_when_every_step_is_settled_and_begins_again_when_one_is_reopened(world: World) -> None:
    run = run_of_firm(world, answers={"trial_needed": False, "technology": False})
    finish(world, run, "nominate", "need_sheet", "counterpart")
    skip_step(actor=world.actor("officer"), now=world.now, step=step(run, "host_help"), reason="不用")
    finish(world, run, "visit_record", "contract_signed", "order", "follow_up")
    over = PlaybookRun.objects.get(pk=run.pk)
    assert (over.state, over.ended_on) == (RunState.FINISHED, MONDAY)
    with pytest.raises(RefusedError) as error:
        stop_run(actor=world.actor("officer"), now=world.now, run=over, reason="x")
    assert refused(error) == "playbook.run_over"
    reopen_step(actor=world.actor("officer"), now=world.now, step=step(run, "follow_up"), reason="没有回访到人")
    again = PlaybookRun.objects.get(pk=run.pk)
    assert (again.state, again.ended_on) == (RunState.RUNNING, None)


def test_a_stopped_run_stops_its_clocks_and_stays_stopped(world: World) -> None:
    run = run_on(world, world.lead())
    stop_run(actor=world.actor("officer"), now=world.now, run=run, reason="项目改去别处")
    assert not Deadline.objects.filter(subject_uid=step(run, "receive").uid, stopped_on__isnull=True).exists()
    with pytest.raises(RefusedError) as error:
        reopen_step(actor=world.actor("officer"), now=world.now, step=step(run, "receive"), reason="x")
    assert refused(error) == "playbook.run_over"
    run_on(world, Project.objects.get(uid=run.subject_uid))  # and may be started anew


def test_one_running_run_of_a_playbook_on_a_row(world: World) -> None:
    project = world.lead()
    run_on(world, project)
    with pytest.raises(RefusedError) as error:
        run_on(world, project)
    assert refused(error) == "playbook.running_already"
    assert "YB-FW-2026-0001" in text_of(error.value.refusal)
    assert run_on(world, project, "research_produce").number == "YB-FW-2026-0002"


def test_a_playbook_is_for_one_kind_of_row_that_the_actor_sees(world: World) -> None:
    with pytest.raises(RefusedError) as error:
        run_on(world, world.lead(), "home_firms_out")
    assert refused(error) == "playbook.for_another_kind"
    foreign = world.lead(by="rival", outpost=world.rival, owner=world.users["rival"])
    with pytest.raises(RefusedError) as error:
        run_on(world, foreign)
    assert refused(error) == "playbook.subject_unknown"


def test_the_plan_moves_with_what_happened(world: World) -> None:
    run = run_on(world, world.lead(), answers={"wet_lab": False})
    steps = list(run.steps.order_by("position"))
    before = forecast_of(run, steps, MONDAY)
    assert before.end == run.planned_end
    assert before.at_least
    late = forecast_of(run, steps, MONDAY + timedelta(days=30))
    assert late.end > before.end


def test_the_burn_down_counts_each_side(world: World) -> None:
    run = run_of_firm(
        world, started_on=MONDAY - timedelta(days=10), answers={"trial_needed": False, "technology": False}
    )
    finish(world, run, "nominate", on=MONDAY - timedelta(days=2))
    lines = burning_of(run, list(run.steps.all()), MONDAY)
    assert lines[Owner.HOME].actual == ((MONDAY - timedelta(days=10), 1), (MONDAY - timedelta(days=2), 0), (MONDAY, 0))
    assert lines[Owner.HOST].left == 1  # the registration of a technology contract does not apply
    assert lines[Owner.FIRM].left == 3


def test_remarks_are_for_the_outposts_people(world: World) -> None:
    run = run_on(world, world.lead())
    with pytest.raises(RefusedError) as error:
        note_run(actor=world.actor("officer"), now=world.now, run=run, step=None, note="  ")
    assert refused(error) == "playbook.nothing_said"
    note_run(actor=world.actor("officer"), now=world.now, run=run, step=step(run, "receive"), note="老板很急")
    assert RunEntry.objects.get(run=run, what=RunEvent.NOTED).inside


@pytest.mark.parametrize("who", ["bureau", "auditor", "tenant", "rival", "admin"])
def test_only_the_outposts_people_run_playbooks(world: World, who: str) -> None:
    run = run_on(world, world.lead())
    for act in (
        lambda: ask_step(actor=world.actor(who), now=world.now, step=step(run, "receive"), handed=HandOver(None, "x")),
        lambda: finish_step(actor=world.actor(who), now=world.now, step=step(run, "receive"), done=Done()),
        lambda: skip_step(actor=world.actor(who), now=world.now, step=step(run, "receive"), reason="x"),
        lambda: stop_run(actor=world.actor(who), now=world.now, run=run, reason="x"),
        lambda: hand_in(actor=world.actor(who), now=world.now, step=step(run, "receive"), piece=Piece("x", record="x")),
    ):
        with pytest.raises(RefusedError) as error:
            act()
        assert refused(error) == "parties.not_permitted"
