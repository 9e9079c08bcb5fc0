"""``feidi stages explain``: the same answer as page and move, with exit statuses a script can use."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.selectors.standing import explain
from feidi.domain.pipeline.services.gaps import Promise
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.portals.cli.main import main
from tests.support.world import World

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status = main(["stages", "explain", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_it_says_what_the_move_says(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    project = world.lead()
    status, answer = told(capsys, project.code, "--to", "screening", "--as", "officer")
    ours = explain(project, track=Track.TALKS, to=Stage.SCREENING, actor=world.actor("officer"))
    assert status == 1
    (first,) = answer["answers"]
    assert [(each["guard"], each["status"]) for each in first["checklist"]] == [
        (line.guard.code, line.status.value) for line in ours.checklist
    ]
    assert (
        [each["code"] for each in first["reasons"]] == [each.code for each in ours.reasons] == ["stages.guard_unknown"]
    )
    assert "关键信息表" in first["reasons"][0]["text"]
    assert answer["stages"] == {"talks": "lead", "host": "", "home": ""}


def test_allowed_is_status_zero_and_a_promise_shows(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    project = world.lead()
    promise = Promise("screening_key_facts", "张专员", world.now.date() + timedelta(days=3))
    move = Move(Track.TALKS, Stage.SCREENING, promises=(promise,))
    move_project(actor=world.actor("officer"), now=world.now, project=project, move=move)
    status, answer = told(capsys, project.code, "--to", "screening")
    (line,) = [each for each in answer["answers"][0]["checklist"] if each["guard"] == "screening_key_facts"]
    assert (status, line["waived"], line["status"]) == (1, True, "unknown")
    signed = world.to_signed(world.lead("另一个项目", "滨海乙材料有限公司"))
    assert main(["stages", "explain", signed.code, "--to", "preparing", "--as", "officer"]) == 0
    out = capsys.readouterr().out
    assert "✓ home → preparing" in out
    assert "✓ 落地计划" in out


def test_without_a_stage_every_next_one_is_explained(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    project = world.to_signed(world.lead())
    status, answer = told(capsys, project.code)
    assert status == 0
    assert [(each["track"], each["to"]) for each in answer["answers"]] == [("host", "admitted"), ("home", "preparing")]
    status, answer = told(capsys, project.code, "--track", "home")
    assert [each["to"] for each in answer["answers"]] == ["preparing"]


def test_nobody_learns_of_a_project_they_may_not_see(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    project = world.lead()
    for words in ((project.code, "--as", "bureau"), (project.code, "--as", "rival"), ("YB-1999-0001",)):
        status, answer = told(capsys, *words)
        assert (status, answer["refused"]) == (1, "pipeline.project_unknown")
    status, answer = told(capsys, project.code.lower(), "--as", "officer")
    assert status == 0
    status, answer = told(capsys, project.code, "--as", "nobody")
    assert (status, answer["refused"]) == (1, "cli.as_unknown")


def test_a_stage_that_content_does_not_have(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = told(capsys, world.lead().code, "--to", "landing")
    assert status == 1
    assert [each["code"] for each in answer["answers"][0]["reasons"]] == ["stages.not_used_here"]
