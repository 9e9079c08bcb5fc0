"""Who sees a run: the outpost all, a firm its own, the home side what it may know; of the rest a number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feidi.domain.pipeline.models import Project
from feidi.domain.playbook.access import can_view_run, runs_visible_to
from feidi.domain.playbook.enums import OwnerSide, StepState
from feidi.domain.playbook.models import PlaybookRun
from feidi.domain.playbook.selectors.runs import count_unnamed, list_owed, own_runs, subject_labels
from feidi.domain.playbook.selectors.times import times_of
from feidi.domain.playbook.services.evidence import Piece, hand_in, may_hand_in
from feidi.domain.playbook.services.steps import Done, HandOver, ask_step, finish_step
from feidi.engines.findings import RefusedError
from tests.support.runs import finish, run_of_firm, run_on, step
from tests.support.world import World

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "officer",
    "manager",
    "lead",
    "rival",
    "bureau",
    "auditor",
    "verifier",
    "rival_bureau",
    "admin",
    "tenant",
    "firm",
)


def cast(world: World) -> dict[str, PlaybookRun]:
    """Return an unreported and a reported project's run, a firm's run, and one handed to the home side."""
    hidden, known = world.lead(), world.lead("已报项目", "滨海乙检测有限公司")
    Project.objects.filter(pk=known.pk).update(reported_at=world.now)
    runs = {
        "hidden": run_on(world, hidden),
        "reported": run_on(world, known),
        "firm": run_of_firm(world),
        "handed": run_of_firm(world, "云溪乙陶瓷有限公司"),
    }
    for name in ("hidden", "reported"):
        finish(world, runs[name], "receive", "judge")
        ask_step(
            actor=world.actor("officer"),
            now=world.now,
            step=step(runs[name], "home_opinion"),
            handed=HandOver(None, "经科局"),
        )
    ask_step(
        actor=world.actor("officer"),
        now=world.now,
        step=step(runs["handed"], "nominate"),
        handed=HandOver(None, "经科局"),
    )
    world.user("firm", "home_firm", organization=runs["firm"].organization)
    return runs


def seen(world: World, who: str, runs: dict[str, PlaybookRun]) -> set[str]:
    visible = set(runs_visible_to(world.actor(who), PlaybookRun.objects.all()).values_list("pk", flat=True))
    return {name for name, run in runs.items() if run.pk in visible}


def test_each_sees_what_it_may(world: World) -> None:
    runs = cast(world)
    everything = {"hidden", "reported", "firm", "handed"}
    assert {who: seen(world, who, runs) for who in EVERYBODY} == {
        "officer": everything,
        "manager": everything,
        "lead": everything,
        "bureau": {"reported", "handed"},
        "auditor": {"reported", "handed"},
        "verifier": set(),
        "rival": set(),
        "rival_bureau": set(),
        "admin": set(),
        "tenant": set(),
        "firm": {"firm"},
    }


def test_can_view_and_visible_agree(world: World) -> None:
    runs = cast(world)
    for who in EVERYBODY:
        allowed = {
            name for name, run in runs.items() if can_view_run(world.actor(who), PlaybookRun.objects.get(pk=run.pk))
        }
        assert allowed == seen(world, who, runs), who


def test_an_unreported_project_is_counted_and_not_named_to_the_home_side(world: World) -> None:
    runs = cast(world)
    bureau = world.actor("bureau")
    owed = list(list_owed(bureau, OwnerSide.HOME))
    assert {each.run_id for each in owed} == {runs["reported"].pk, runs["handed"].pk}
    assert count_unnamed(bureau, OwnerSide.HOME) == 2  # the unreported project, and the firm not handed over
    labels = subject_labels(bureau, [runs["reported"], PlaybookRun.objects.get(pk=runs["handed"].pk)])
    assert list(labels.values()) == ["YB-2026-0002 已报项目", "云溪乙陶瓷有限公司"]
    assert subject_labels(bureau, [runs["hidden"]]) == {runs["hidden"].pk: ""}
    Project.objects.filter(uid=runs["hidden"].subject_uid).update(reported_at=world.now)
    assert count_unnamed(bureau, OwnerSide.HOME) == 1
    assert count_unnamed(world.actor("officer"), OwnerSide.HOME) == 0


def test_the_home_side_answers_for_itself_what_it_was_handed(world: World) -> None:
    runs = cast(world)
    bureau, later = world.actor("bureau"), world.now + timedelta(days=9)
    row = finish_step(
        actor=bureau, now=later, step=step(runs["reported"], "home_opinion"), done=Done(answer="可以承接")
    )
    assert (row.state, row.done_on) == (StepState.DONE, later.date())
    for name, code in (("hidden", "home_opinion"), ("reported", "feedback"), ("firm", "nominate")):
        with pytest.raises(RefusedError) as error:
            finish_step(actor=bureau, now=later, step=step(runs[name], code), done=Done())
        assert error.value.refusal.code == "parties.not_permitted"
    with pytest.raises(RefusedError):
        finish_step(actor=world.actor("auditor"), now=later, step=step(runs["handed"], "nominate"), done=Done())


def test_a_firm_hands_in_what_is_asked_of_it_and_of_nobody_else(world: World) -> None:
    run = run_of_firm(world, playbook="shared_lab")
    world.user("firm", "tenant", organization=run.organization)
    firm = world.actor("firm")
    assert list(own_runs(firm)) == [run]
    item = hand_in(actor=firm, now=world.now, step=step(run, "request"), piece=Piece("request", record="测耐火度"))
    assert item.submitted_by_id_number == firm.user_id
    assert not may_hand_in(firm, step(run, "lab_found"))
    assert not may_hand_in(world.actor("tenant"), step(run, "request"))


def test_how_long_steps_took_is_told_of_runs_one_sees(world: World) -> None:
    runs = cast(world)
    later = world.now + timedelta(days=9)
    finish_step(actor=world.actor("bureau"), now=later, step=step(runs["reported"], "home_opinion"), done=Done())
    took = times_of(world.actor("bureau"), "incubate_land")["home_opinion"]
    assert (took.n, took.median, took.late) == (1, 7.0, 0)
    assert times_of(world.actor("rival"), "incubate_land") == {}
