"""The page before a talk, and the two questions after it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feidi.domain.pipeline.models import Interaction, Project
from feidi.domain.pipeline.selectors.impressions import impressions_by_quarter
from tests.support.world import World

pytestmark = pytest.mark.django_db


def client(world: World, role: str) -> Client:
    found = Client()
    found.force_login(world.users[role])
    return found


def talk(world: World, project: Project, **more: Any) -> Any:
    data = {"kind": "call", "occurred_on": "2026-11-20", "summary": "谈了中试", **more}
    return client(world, "officer").post(f"/projects/{project.uid}/talk/", data)


def test_the_answers_of_a_quarter_open_their_projects_and_few_give_no_mean(world: World) -> None:
    project = world.lead()
    assert talk(world, project, impression="4", concern="cost", concern_note="房租贵").status_code == 302
    row = Interaction.objects.get()
    assert (row.impression, row.concern, row.concern_note) == (4, "cost", "房租贵")
    quarter = impressions_by_quarter([world.outpost.pk])[0]
    assert (quarter.year, quarter.number, quarter.asked, quarter.mean) == (2026, 4, 1, 4)
    page = client(world, "officer").get("/projects/impressions/?quarter=2026-4").content.decode()
    assert "成本 1" in page
    assert "不足 5 个，不求平均" in page
    assert project.name in page
    for _n in range(4):
        talk(world, project, impression="2")
    assert "2.4 / 5" in client(world, "officer").get("/projects/impressions/").content.decode()
    assert project.name not in client(world, "rival").get("/projects/impressions/?quarter=2026-4").content.decode()


def test_not_asked_is_not_an_answer_and_an_unknown_concern_is_refused(world: World) -> None:
    project = world.lead()
    talk(world, project)
    assert impressions_by_quarter([world.outpost.pk]) == ()
    answer = talk(world, project, concern="weather")
    assert answer.status_code == 422
    assert Interaction.objects.count() == 1


def test_talks_that_end_are_asked_too(world: World) -> None:
    project = world.lead()
    data = {"code": "lost", "reason": "去了别处", "reason_code": "competitor_place", "since": "2026-11-20"}
    client(world, "officer").post(f"/projects/{project.uid}/condition/", {**data, "impression": "2", "concern": "land"})
    quarter = impressions_by_quarter([world.outpost.pk])[0]
    assert (quarter.asked, quarter.concerns) == (1, (("land", 1),))


def test_the_page_before_a_talk_says_what_is_unknown_and_shows_no_contact(world: World) -> None:
    project = world.lead()
    talk(world, project, next_step="寄样品")
    page = client(world, "officer").get(f"/projects/{project.uid}/brief/").content.decode()
    for words in (project.name, "谈了中试", "政策诉求", "到“线索研判”还差"):
        assert words in page
    assert "139" not in page
    assert client(world, "rival").get(f"/projects/{project.uid}/brief/").status_code == 404


def test_the_page_costs_the_same_with_one_talk_and_with_three(world: World) -> None:
    project = world.lead()
    counts = []
    for n in (1, 2):
        for _n in range(n):
            talk(world, project)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client(world, "officer").get(f"/projects/{project.uid}/brief/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
