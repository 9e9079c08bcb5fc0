"""The whole line: lead → moves → contract → landing evidence → a second person verifies; and every refusal on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.pipeline.access import can_view, visible_to
from feidi.domain.pipeline.enums import AgreementKind, Counting, LandingState, Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project, Submission
from feidi.domain.pipeline.selectors.projects import count_by_stage
from feidi.domain.pipeline.services.gaps import Promise
from feidi.domain.pipeline.services.landing import (
    decide_item,
    return_landing,
    revoke_landing,
    state_signals,
    submit_landing,
    verify_landing,
)
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.pipeline.services.registering import record_opinion, update_project
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.messages import known_codes
from tests.support.world import World

pytestmark = pytest.mark.django_db


def codes(error: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    """Return the code of a refusal and of all its reasons, each of which must have words."""
    refusal = error.value.refusal
    found = [refusal.code, *(reason.code for reason in refusal.reasons)]
    assert set(found) <= known_codes(), "a refusal without words"
    return found


def items(case: LandingCase) -> list[EvidenceItem]:
    return list(
        EvidenceItem.objects.filter(requirement__subject_uid=case.project.uid, state="submitted", voided_at=None)
    )


def accept_all(world: World, case: LandingCase) -> None:
    for item in items(case):
        decide_item(actor=world.actor("verifier"), now=world.now, case=case, item=item, accept=True)


def submitted(world: World) -> LandingCase:
    project = world.to_signed(world.lead())
    case = world.landing_case(project)
    world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    return submit_landing(actor=world.actor("officer"), now=world.now, case=case)


def test_the_whole_line(world: World) -> None:
    case = submitted(world)
    accept_all(world, case)
    case = verify_landing(actor=world.actor("verifier"), now=world.now, case=case)
    project = Project.objects.get(pk=case.project_id)
    assert (case.state, project.verified_on) == (LandingState.VERIFIED, world.now.date())
    assert [log.to_stage for log in project.stage_log.filter(track="talks").order_by("id")] == [
        "lead",
        "screening",
        "negotiating",
        "inspecting",
        "assessing",
        "agreeing",
        "signed",
    ]
    assert verify().faults == ()


def test_submitting_reports_the_project_as_a_batch_of_one(world: World) -> None:
    project = world.to_signed(world.lead())
    bureau = world.actor("bureau")
    assert not can_view(bureau, project)
    assert count_by_stage(bureau) == {"signed": 1}
    case = world.landing_case(project)
    submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    batch = Submission.objects.get()
    assert [row.project_id for row in batch.rows.all()] == [project.pk]
    assert can_view(bureau, Project.objects.get(pk=project.pk))
    assert not can_view(world.actor("rival_bureau"), Project.objects.get(pk=project.pk))


def test_a_licence_alone_is_not_enough_and_the_refusal_names_the_rest(world: World) -> None:
    project = world.to_signed(world.lead())
    case = world.landing_case(project, kinds=("licence",))
    with pytest.raises(RefusedError) as error:
        submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    assert [reason.params["label_zh"] for reason in error.value.refusal.reasons] == [
        "场地文件",
        "资金凭证",
        "现场查看记录",
    ]
    assert Project.objects.get(pk=project.pk).reported_at is None


@pytest.mark.parametrize("who", ["officer", "lead", "bureau", "rival_bureau", "admin", "auditor", "tenant"])
def test_only_an_uninvolved_verifier_of_this_home_verifies(world: World, who: str) -> None:
    case = submitted(world)
    accept_all(world, case)
    with pytest.raises(RefusedError) as error:
        verify_landing(actor=world.actor(who), now=world.now, case=case)
    assert codes(error) == ["parties.not_permitted"]


def test_a_verifier_who_works_for_the_operator_or_submitted_is_refused(world: World) -> None:
    case = submitted(world)
    accept_all(world, case)
    inside = world.user("inside", "verifier", home=world.outpost.home, works_for=world.outpost.operator)
    with pytest.raises(RefusedError) as error:
        verify_landing(actor=world.actor("inside"), now=world.now, case=case)
    assert codes(error) == ["pipeline.landing_own", "pipeline.own_operator"]
    LandingCase.objects.filter(pk=case.pk).update(submitted_by_id_number=world.users["verifier"].pk)
    with pytest.raises(RefusedError) as error:
        verify_landing(actor=world.actor("verifier"), now=world.now, case=case)
    assert codes(error) == ["pipeline.landing_own", "pipeline.own_submitter"]
    assert inside.pk


def test_a_returned_item_comes_back_corrected(world: World) -> None:
    case = submitted(world)
    money = next(item for item in items(case) if item.requirement.kind == "money")
    decide_item(actor=world.actor("verifier"), now=world.now, case=case, item=money, accept=False, reason="回单看不清")
    with pytest.raises(RefusedError) as error:
        verify_landing(actor=world.actor("verifier"), now=world.now, case=case)
    assert "pipeline.landing_not_accepted" in codes(error)
    case = return_landing(actor=world.actor("verifier"), now=world.now, case=case, reason="补清晰回单")
    money.refresh_from_db()
    world.hand_in(case, "money", replaces=money)
    case = submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    accept_all(world, case)
    case = verify_landing(actor=world.actor("verifier"), now=world.now, case=case)
    assert EvidenceItem.objects.get(pk=money.pk).return_reason == "回单看不清"


def test_a_visit_of_one_person_is_not_accepted(world: World) -> None:
    project = world.to_signed(world.lead())
    case = world.landing_case(project, kinds=("licence", "site", "money"))
    visit = world.hand_in(case, "site_visit", people=("张专员", "张 专员"))
    world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    case = submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    with pytest.raises(RefusedError) as error:
        decide_item(actor=world.actor("verifier"), now=world.now, case=case, item=visit, accept=True)
    assert (error.value.refusal.code, error.value.refusal.params["have"]) == ("pipeline.landing_visit_persons", 1)


def test_revoking_keeps_the_case_and_clears_the_mark(world: World) -> None:
    case = submitted(world)
    accept_all(world, case)
    case = verify_landing(actor=world.actor("verifier"), now=world.now, case=case)
    case = revoke_landing(actor=world.actor("verifier"), now=world.now, case=case, reason="迁出")
    assert (case.state, case.verified_on) == (LandingState.REVOKED, world.now.date())
    assert Project.objects.get(pk=case.project_id).verified_on is None


def test_signals_warn_and_never_gate(world: World) -> None:
    from feidi.domain.pipeline.selectors.landing import warnings_of

    case = submitted(world)
    case = state_signals(actor=world.actor("officer"), now=world.now, case=case, signals={"insured_people": 0})
    assert "pipeline.signal_insured_zero" in {each.code for each in warnings_of(case)}
    accept_all(world, case)
    assert verify_landing(actor=world.actor("verifier"), now=world.now, case=case).state == LandingState.VERIFIED


def test_a_skip_is_refused_with_every_reason_and_nothing_is_written(world: World) -> None:
    project = world.lead()
    with pytest.raises(RefusedError) as error:
        world.advance(project, Stage.SIGNED)
    assert set(codes(error)) >= {"stages.refused", "stages.skips", "stages.guard_not_met"}
    assert Project.objects.get(pk=project.pk).talks_stage == "lead"
    assert project.stage_log.count() == 1


def test_a_gap_passes_early_guards_and_is_filled_by_the_fact(world: World) -> None:
    project = world.lead()
    promise = Promise("screening_key_facts", "张专员", world.now.date() + timedelta(days=7))
    move = Move(Track.TALKS, Stage.SCREENING, promises=(promise,))
    move_project(actor=world.actor("officer"), now=world.now, project=project, move=move)
    gap = project.gaps.get()
    assert (gap.guard, gap.filled_at) == ("screening_key_facts", None)
    values = {"office_need": "200㎡", "coordination": "无", "expected_output_text": "1200万元"}
    project.refresh_from_db()
    update_project(actor=world.actor("officer"), now=world.now, project=project, version=project.version, values=values)
    gap.refresh_from_db()
    assert gap.filled_at == world.now


def test_signing_never_passes_with_a_gap(world: World) -> None:
    project = world.lead()
    promise = Promise("signed_agreement", "张专员", world.now.date())
    with pytest.raises(RefusedError):
        move_project(
            actor=world.actor("lead"),
            now=world.now,
            project=project,
            move=Move(Track.TALKS, Stage.SIGNED, promises=(promise,), force=True, reason="领导要求"),
        )


def test_a_forced_move_needs_role_and_reason_and_is_marked(world: World) -> None:
    project = world.lead()
    move = Move(Track.TALKS, Stage.NEGOTIATING, force=True)
    with pytest.raises(RefusedError) as error:
        move_project(actor=world.actor("officer"), now=world.now, project=project, move=move)
    assert codes(error) == ["parties.not_permitted"]
    with pytest.raises(RefusedError) as error:
        move_project(actor=world.actor("lead"), now=world.now, project=project, move=move)
    assert codes(error) == ["pipeline.reason_needed"]
    log = move_project(
        actor=world.actor("lead"),
        now=world.now,
        project=project,
        move=Move(Track.TALKS, Stage.NEGOTIATING, force=True, reason="历史项目"),
    )
    assert (log.forced, log.reason) == (True, "历史项目")


def test_back_dating_over_three_working_days_needs_a_reason_and_shows(world: World) -> None:
    long_ago = world.now - timedelta(days=20)
    project = world.lead(now=long_ago)
    record_opinion(
        actor=world.actor("officer"), now=world.now, project=project, key="legal_opinion", done=True, note=""
    )
    values = {"office_need": "200㎡", "coordination": "无", "expected_output_text": "1200万元"}
    project.refresh_from_db()
    update_project(actor=world.actor("officer"), now=world.now, project=project, version=project.version, values=values)
    on = (world.now - timedelta(days=10)).date()
    with pytest.raises(RefusedError) as error:
        move_project(
            actor=world.actor("officer"), now=world.now, project=project, move=Move(Track.TALKS, Stage.SCREENING, on)
        )
    assert codes(error) == ["pipeline.backdate_reason"]
    log = move_project(
        actor=world.actor("officer"),
        now=world.now,
        project=project,
        move=Move(Track.TALKS, Stage.SCREENING, on, reason="补登"),
    )
    assert (log.backdated, log.occurred_on, log.recorded_at) == (True, on, world.now)


def test_a_second_ceremony_does_not_count_again(world: World) -> None:
    project = world.to_signed(world.lead())
    again = world.contract(project)
    framework = world.contract(project, 50_000_000_000, kind=AgreementKind.FRAMEWORK)
    more = world.contract(project, 450_000_000, adds_capital=True)
    assert [(each.counting, each.counted_fen) for each in (again, framework, more)] == [
        (Counting.ALREADY, 0),
        (Counting.APART, 0),
        (Counting.INCREMENT, 150_000_000),
    ]
    assert again.counting_against.counting == Counting.FIRST


def test_the_second_saver_sees_what_changed(world: World) -> None:
    project = world.lead()
    opened = project.version
    update_project(
        actor=world.actor("lead"), now=world.now, project=project, version=opened, values={"industry": "新材料"}
    )
    with pytest.raises(RefusedError) as error:
        update_project(
            actor=world.actor("officer"), now=world.now, project=project, version=opened, values={"industry": "环保"}
        )
    assert codes(error) == ["pipeline.changed_meanwhile", "pipeline.field_changed"]
    assert error.value.refusal.params["who"].startswith("lead")
    update_project(
        actor=world.actor("officer"), now=world.now, project=project, version=opened, values={"remarks": "可"}
    )


def test_a_duplicate_is_refused_until_called_different(world: World) -> None:
    world.lead()
    with pytest.raises(RefusedError) as error:
        world.lead("低温 介质检测")
    assert codes(error) == ["pipeline.duplicate"]
    assert world.lead("低温 介质检测", not_a_duplicate=True).code.endswith("0002")


ROLES = ["officer", "manager", "lead", "rival", "bureau", "verifier", "auditor", "rival_bureau", "admin", "tenant"]


@pytest.mark.parametrize("role", ROLES)
def test_can_view_and_visible_to_agree(world: World, role: str) -> None:
    made: list[Any] = [world.lead(), world.lead("另一项目", "滨海乙材料有限公司")]
    made.append(world.lead("对手项目", "丙公司", by="rival", outpost=world.rival, owner=world.users["rival"]))
    Project.objects.filter(pk=made[0].pk).update(reported_at=world.now)
    actor = world.actor(role)
    for project in Project.objects.all():
        assert can_view(actor, project) == visible_to(actor, Project.objects.all()).contains(project)
    seen = {project.name for project in visible_to(actor, Project.objects.all())}
    expected = {
        "officer": {"低温介质检测", "另一项目"},
        "manager": {"低温介质检测", "另一项目"},
        "lead": {"低温介质检测", "另一项目"},
        "rival": {"对手项目"},
        "bureau": {"低温介质检测"},
        "verifier": {"低温介质检测"},
        "auditor": {"低温介质检测"},
        "rival_bureau": set(),
        "admin": set(),
        "tenant": {"低温介质检测"},
    }
    assert seen == expected[role]
