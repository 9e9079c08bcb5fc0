"""Admission from the draft to 入驻, each step with what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.incubation.admission_enums import ApplicationState, Origin, SeatState, Verdict
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_rules import COMPLETION, SCREENING, admission_rules
from feidi.domain.incubation.selectors.application_answers import phone_of
from feidi.domain.incubation.selectors.application_secrets import applicant_actor, application_of_secret
from feidi.domain.incubation.services.admission_decisions import (
    Decision,
    confirm_decision,
    decide_application,
)
from feidi.domain.incubation.services.admission_reviews import (
    add_judge,
    close_review,
    declare_recusal,
    open_review,
    score_seat,
)
from feidi.domain.incubation.services.admission_signing import sign_admission
from feidi.domain.incubation.services.admissions import (
    accept_application,
    ask_completion,
    show_contact,
    withdraw_application,
)
from feidi.domain.incubation.services.application_drafts import (
    begin_application,
    save_answers,
    submit_application,
)
from feidi.domain.incubation.services.first_answers import held_answer, issue_first_answer
from feidi.domain.parties.models import Fact, Organization
from feidi.domain.pipeline.enums import AgreementKind, Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.agreements import NewAgreement
from feidi.domain.pipeline.services.registering import record_opinion, update_project
from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS, actor_for_user
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.subjects import Subject
from tests.support.admission import (
    accepted_of,
    approved_of,
    draft_of,
    judged_of,
    judges,
    project_of,
    sent_of,
    sign_decision,
)

pytestmark = pytest.mark.django_db


def refused(call: Any, **given: Any) -> str:
    with pytest.raises(RefusedError) as caught:
        call(**given)
    return caught.value.refusal.code


def clock(row: Application, code: str) -> Deadline | None:
    return Deadline.objects.filter(subject_uid=row.uid, code=code).order_by("-id").first()


def test_a_draft_is_saved_page_by_page_and_sent_with_a_number_and_a_clock(world: Any) -> None:
    row, secret = draft_of(world)
    assert row.state == ApplicationState.DRAFT
    assert row.answers["licence_place"] == "?", "not known is an answer of its own"
    assert "phone" not in row.answers
    assert row.phone_masked == "*******4321"
    assert phone_of(row) == "13900004321"
    submit_application(actor=applicant_actor(row), now=world.now, application=row)
    assert row.number == "YB-入驻-2026-0001"
    running = clock(row, SCREENING)
    assert running is not None
    assert running.due_on.isoformat() == "2026-11-26", "three working days after a Monday"
    assert application_of_secret(secret.upper().replace("-", " "), world.now) == row


def test_required_answers_are_asked_for_by_name_and_nothing_is_lost(world: Any) -> None:
    row, _secret = draft_of(world, one_line="", contact="")
    with pytest.raises(RefusedError) as caught:
        submit_application(actor=applicant_actor(row), now=world.now, application=row)
    assert caught.value.refusal.code == "incubation.application_incomplete"
    assert {each.column for each in caught.value.refusal.reasons} == {"one_line", "contact"}
    row.refresh_from_db()
    assert row.answers["wet_bench"] == "yes"


def test_what_cannot_be_read_is_said_and_the_rest_is_kept(world: Any) -> None:
    row, _secret = begin_application(actor=ANONYMOUS, now=world.now, outpost=world.outpost, origin=Origin.PUBLIC)
    section = admission_rules(world.outpost).section("project")
    assert section is not None
    given = {"team_size": "九个", "one_line": "芯片"}
    with pytest.raises(RefusedError) as caught:
        save_answers(actor=applicant_actor(row), now=world.now, application=row, section=section, given=given)
    assert [each.column for each in caught.value.refusal.reasons] == ["team_size"]
    row.refresh_from_db()
    assert row.answers == {"one_line": "芯片"}


def test_a_wrong_code_and_an_old_draft_open_nothing(world: Any) -> None:
    _row, secret = draft_of(world)
    assert (
        refused(application_of_secret, secret="aaaa-bbbb-cccc-dddd", now=world.now) == "incubation.application_closed"
    )
    later = world.now + timedelta(days=admission_rules(world.outpost).draft_days + 1)
    assert refused(application_of_secret, secret=secret, now=later) == "incubation.application_closed"


def test_drafts_from_one_address_are_limited(world: Any) -> None:
    given = {"actor": ANONYMOUS, "now": world.now, "outpost": world.outpost, "origin": Origin.PUBLIC}
    for _each in range(10):
        begin_application(origin_digest="a", **given)
    assert refused(begin_application, origin_digest="a", **given) == "incubation.too_often"
    begin_application(origin_digest="b", **given)


def test_what_is_missing_is_told_once_and_the_clock_waits(world: Any) -> None:
    row, _secret = sent_of(world)
    act = {"actor": world.actor("manager"), "now": world.now, "application": row}
    assert refused(ask_completion, items={}, **act) == "incubation.nothing_missing"
    ask_completion(items={"plan": "商业计划书没有传"}, **act)
    stopped, waiting = clock(row, SCREENING), clock(row, COMPLETION)
    assert stopped is not None
    assert stopped.stopped_on is not None
    assert waiting is not None
    assert waiting.stopped_on is None
    submit_application(actor=applicant_actor(row), now=world.now, application=row)
    assert row.number.endswith("0001"), "sent again it keeps its number"
    assert refused(ask_completion, items={"plan": "还差"}, **act) == "incubation.asked_once"


def test_accepting_makes_a_project_at_screening_and_facts_that_are_asked_once(world: Any) -> None:
    row = accepted_of(world)
    project = project_of(row)
    assert project.talks_stage == Stage.SCREENING
    assert (project.team_size, project.office_need, project.source_channel) == (9, "200㎡", "入驻申请")
    organization = Organization.objects.get(applications=row)
    assert Fact.objects.get(subject_uid=organization.uid, fact="employees").number == 9
    # who applies again from an account is not asked twice
    again, _code = begin_application(
        actor=world.actor("tenant"), now=world.now, outpost=world.outpost, origin=Origin.OWN, organization=organization
    )
    assert again.answers["team_size"] == "9"
    assert again.answers["core_ip"] == "yes"


def test_accepting_links_a_project_that_is_there_already(world: Any) -> None:
    project = world.lead(name="砚澈微流控", sponsor="砚澈微流控团队")
    row, _secret = sent_of(world)
    act = {"actor": world.actor("officer"), "now": world.now, "application": row, "officer": world.users["officer"]}
    assert refused(accept_application, **act) == "pipeline.duplicate"
    accept_application(project=project, **act)
    assert row.project_id == project.pk
    assert Project.objects.count() == 1


def test_who_may_not_move_the_project_is_told_who_may(world: Any) -> None:
    row, _secret = sent_of(world)
    given = {"actor": world.actor("bureau"), "now": world.now, "application": row, "officer": world.users["officer"]}
    assert refused(accept_application, **given) == "parties.not_permitted"


def test_the_first_answer_is_frozen_and_replaced_only_with_a_reason(world: Any) -> None:
    row = accepted_of(world)
    answer = held_answer(row)
    assert answer is not None
    assert answer.data["bench"]["words"] == "本中心无湿实验条件"
    act = {"actor": world.actor("officer"), "now": world.now, "application": row}
    assert refused(issue_first_answer, **act) == "incubation.reason_needed"
    again = issue_first_answer(reason="补了面积", **act)
    assert held_answer(row) == again
    assert row.first_answers.count() == 2


def test_a_panel_needs_an_answer_and_sets_aside_who_is_tied(world: Any) -> None:
    row, _secret = sent_of(world)
    act = {"actor": world.actor("officer"), "now": world.now, "application": row}
    accept_application(officer=world.users["officer"], **act)
    named = judges(world)
    assert refused(open_review, judges=named, **act) == "incubation.first_answer_needed"
    issue_first_answer(**act)
    tied = world.user("tied", "judge", outpost=world.outpost)
    tied.memberships.update(works_for=row.organization)
    review = open_review(judges=[*named, tied], **act)
    seat = review.seats.get(judge=tied)
    assert seat.state == SeatState.RECUSED
    assert seat.found
    assert "申请单位" in seat.recused_reason
    project = project_of(row)
    assert project.talks_stage == Stage.ASSESSING
    assert project.gaps.filter(filled_at__isnull=True).exists(), "what was passed over is promised, loudly"


def test_scores_are_the_judges_own_and_too_few_close_nothing(world: Any) -> None:
    row = accepted_of(world)
    act = {"actor": world.actor("officer"), "now": world.now}
    review = open_review(application=row, judges=judges(world, 4), **act)
    seats = list(review.seats.select_related("judge", "review__application").order_by("id"))
    points = {each["code"]: "90" for each in review.criteria}
    assert refused(score_seat, seat=seats[0], points=points, **act) == "incubation.score_by_judge"
    other = actor_for_user(seats[1].judge, world.now)
    assert refused(score_seat, actor=other, now=world.now, seat=seats[0], points=points) == "incubation.score_by_judge"
    mine = {"actor": actor_for_user(seats[0].judge, world.now), "now": world.now, "seat": seats[0]}
    assert refused(score_seat, points={**points, "value": "101"}, **mine) == "incubation.points_missing"
    assert score_seat(points=points, **mine).total == 9000
    assert refused(close_review, review=review, **act) == "incubation.scores_missing"
    declare_recusal(actor=other, now=world.now, seat=seats[1], reason="曾是合伙人")
    assert refused(score_seat, actor=other, now=world.now, seat=seats[1], points=points) == "incubation.recused"
    assert refused(add_judge, review=review, judge=seats[0].judge, **act) == "incubation.judge_twice"


def test_three_scores_are_averaged_five_are_trimmed(world: Any) -> None:
    _row, review = judged_of(world, ("88.5", "90", "76", "95", "90"))
    assert (review.result, review.trimmed) == (8950, True)


def test_three_scores_are_never_trimmed(world: Any) -> None:
    row, review = judged_of(world, ("80", "90", "70"))
    assert (review.result, review.trimmed) == (8000, False)
    assert row.state == ApplicationState.JUDGED
    project = project_of(row)
    assert "80.00" in project.assessment


def test_the_decision_holds_when_its_paper_is_back(world: Any) -> None:
    row, _review = judged_of(world)
    lead = {"actor": world.actor("lead"), "now": world.now, "application": row}
    admit = Decision(Verdict.ADMIT, place="A-03")
    assert refused(decide_application, decision=admit, **{**lead, "actor": world.actor("officer")}) == (
        "parties.not_permitted"
    )
    decide_application(decision=admit, **lead)
    assert row.state == ApplicationState.DECIDED
    assert row.sent_home_on is not None
    assert refused(confirm_decision, **lead) == "incubation.decision_unsigned"
    sign_decision(world, row)
    assert confirm_decision(**lead).state == ApplicationState.APPROVED


def test_a_full_house_waits(world: Any) -> None:
    row, _review = judged_of(world)
    project = world.to_signed(world.lead(name="占满", sponsor="占满有限公司"))
    Project.objects.filter(pk=project.pk).update(host_stage=Stage.ADMITTED, team_size=46)
    lead = {"actor": world.actor("lead"), "now": world.now, "application": row}
    assert refused(decide_application, decision=Decision(Verdict.ADMIT), **lead) == "incubation.full"
    decide_application(decision=Decision(Verdict.WAIT), **lead)
    sign_decision(world, row)
    confirm_decision(**lead)
    assert row.state == ApplicationState.WAITING
    assert row.waiting_until == world.now.date() + timedelta(days=180)


def test_a_refusal_says_why_and_is_laid_over_the_project(world: Any) -> None:
    row, _review = judged_of(world)
    lead = {"actor": world.actor("lead"), "now": world.now, "application": row}
    assert refused(decide_application, decision=Decision(Verdict.REJECT, ["early"]), **lead) == (
        "incubation.reason_needed"
    )
    decide_application(decision=Decision(Verdict.REJECT, ["early"], "先做完动物实验再来"), **lead)
    sign_decision(world, row)
    confirm_decision(**lead)
    assert row.state == ApplicationState.REJECTED
    project = project_of(row)
    assert project.condition == "rejected"


def test_who_scored_does_not_decide(world: Any) -> None:
    row, review = judged_of(world)
    judge = review.seats.order_by("id")[0].judge
    judge.memberships.create(
        role="operator_lead", outpost=world.outpost, valid_from=world.now.date(), created_at=world.now
    )
    given = {"actor": actor_for_user(judge, world.now), "now": world.now, "application": row}
    assert refused(decide_application, decision=Decision(Verdict.ADMIT), **given) == "incubation.judge_decides"


def _agreement(world: Any, project: Project, **more: Any) -> NewAgreement:
    scan = world.file(Subject("pipeline.project", project.uid), "入驻协议.pdf")
    return NewAgreement(
        AgreementKind.TENANCY, world.now.date(), project.sponsor_name, scan, term_from=world.now.date(), **more
    )


def test_signing_asks_the_pipelines_guards_and_opens_the_host_track(world: Any) -> None:
    row = approved_of(world)
    project = project_of(row)
    act = {"actor": world.actor("lead"), "now": world.now}
    new = _agreement(world, project)
    with pytest.raises(RefusedError) as caught:
        sign_admission(application=row, new=new, **act)
    assert len(caught.value.refusal.reasons) >= 4, "every guard of agreeing at once"
    row.refresh_from_db()
    assert row.state == ApplicationState.APPROVED
    for key in ("draft_agreement", "legal_opinion", "finance_opinion", "fair_competition_opinion"):
        project.refresh_from_db()
        record_opinion(project=project, key=key, done=True, note="齐", **act)
    project.refresh_from_db()
    update_project(project=project, version=project.version, values={"major": False}, **act)
    agreement = sign_admission(application=row, new=new, **act)
    project.refresh_from_db()
    assert (project.talks_stage, project.host_stage) == (Stage.SIGNED, Stage.ADMITTED)
    assert row.state == ApplicationState.ADMITTED
    assert agreement.counting == "tenancy", "a tenancy is not counted as signed investment"
    assert not Deadline.objects.filter(subject_uid=row.uid, stopped_on__isnull=True).exists()


def test_withdrawn_ends_every_clock(world: Any) -> None:
    row, _secret = sent_of(world)
    act = {"actor": applicant_actor(row), "now": world.now, "application": row}
    assert refused(withdraw_application, reason=" ", **act) == "incubation.reason_needed"
    withdraw_application(reason="已在别处落实", **act)
    assert row.state == ApplicationState.WITHDRAWN
    assert not Deadline.objects.filter(subject_uid=row.uid, stopped_on__isnull=True).exists()
    assert refused(withdraw_application, reason="再撤", **act) == "incubation.application_not_now"


def test_looking_at_the_phone_is_on_record(world: Any) -> None:
    row, _secret = sent_of(world)
    assert show_contact(actor=world.actor("officer"), now=world.now, application=row) == "13900004321"
    assert AuditEntry.objects.filter(subject_uid=row.uid, action="unmasked").count() == 1
    assert "13900004321" not in str(list(AuditEntry.objects.values_list("changes", "state")))
