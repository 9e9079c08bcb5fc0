"""The board: columns, cards, counts, moves and refusals."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors import board
from feidi.domain.pipeline.services.conditions import lay_condition
from feidi.domain.pipeline.services.registering import update_project
from feidi.kernel.audit.models import AuditLink
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
REFUSED = 409


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def columns(client: Client, query: str = "") -> dict[str, tuple[int, list[str]]]:
    """Return column → (count, titles of its cards), as the page shows them."""
    html = client.get(reverse("console:board:board_view") + query).content.decode()
    found = {}
    for code, body in re.findall(r'data-column="(\w*)"(.*?)</section>', html, flags=re.DOTALL):
        count = re.search(r"data-count>([\d,]+)<", body)
        found[code] = (int(count[1]) if count else -1, re.findall(r'board-title" href="[^"]*">([^<]*)<', body))
    return found


def drop(client: Client, project: Project, to: str, track: str = "talks") -> Any:
    address = reverse("console:board:board_move", args=[project.uid])
    return client.post(address, {"track": track, "to": to}, headers={"X-Requested-With": "board"})


def ready(world: World, project: Project) -> Project:
    values = {"land_need": "无", "coordination": "无", "expected_output_text": "1200万元"}
    return update_project(
        actor=world.actor("officer"), now=world.now, project=project, version=project.version, values=values
    )


def test_columns_and_a_drop(world: World, client: Client) -> None:
    able, unable = ready(world, world.lead("能推的")), world.lead("还差的", "滨海乙有限公司")
    client.force_login(world.users["officer"])
    assert columns(client)["lead"] == (2, ["还差的", "能推的"])
    answer = drop(client, able, "screening")
    assert answer.status_code == 200
    moved = answer.content.decode()
    assert "“能推的”已进入“线索研判”。" in moved
    assert re.findall(r'data-column="(\w+)"', moved) == ["lead", "screening"]
    assert columns(client)["screening"] == (1, ["能推的"])
    # what the script puts in is what a reload shows
    page = client.get(reverse("console:board:board_view")).content.decode()
    section = re.compile(r"<section class=.board-column.*?</section>", re.DOTALL)
    assert set(section.findall(moved)) <= set(section.findall(page))
    links = AuditLink.objects.count()
    refused = drop(client, unable, "signed")
    text = refused.content.decode()
    assert refused.status_code == REFUSED
    assert "不能跳过阶段" in text
    assert "还差" in text
    assert f"/projects/{unable.uid}/move/?track=talks&amp;to=signed" in text
    assert "<html" not in text
    assert drop(client, unable, "nowhere").status_code == REFUSED
    assert (AuditLink.objects.count(), columns(client)["lead"]) == (links, (1, ["还差的"]))


def test_without_the_script(world: World, client: Client) -> None:
    project = ready(world, world.lead())
    client.force_login(world.users["officer"])
    to_page = client.get(reverse("console:board:board_view"), {"uid": project.uid, "to": "screening"})
    assert to_page.headers["Location"] == f"/projects/{project.uid}/move/?track=talks&to=screening"
    address = reverse("console:board:board_move", args=[project.uid])
    assert "回到看板" in client.post(address, {"to": "signed"}).content.decode()
    done = client.post(address, {"track": "talks", "to": "screening"})
    assert done.headers["Location"] == "/board/?track=talks"


def test_tracks_filters_and_conditions(world: World, client: Client) -> None:
    signed, paused = world.to_signed(world.lead("已签的")), world.lead("暂缓的", "滨海乙有限公司")
    lay_condition(actor=world.actor("officer"), now=world.now, project=paused, code="paused", reason="等批复")
    client.force_login(world.users["officer"])
    assert columns(client)["lead"] == (0, [])
    assert columns(client, "?paused=on")["lead"] == (1, ["暂缓的"])
    assert columns(client, "?words=已签")["signed"] == (1, ["已签的"])
    assert columns(client, "?track=home")[""] == (1, ["已签的"])
    world.advance(signed, Stage.PREPARING, track=Track.HOME)
    home = columns(client, "?track=home")
    assert (home[""], home["preparing"]) == ((0, []), (1, ["已签的"]))
    assert "admitted" in columns(client, "?track=host")
    assert columns(client, "?track=x&outpost=9&owner=-1&words=%00")["lead"][0] == 0


def test_the_newest_cards_and_the_rest_on_demand(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "CARDS", 2)
    monkeypatch.setattr("feidi.portals.console.board.views.CARDS", 2)
    for at in range(3):
        world.lead(f"项目{at}", f"滨海{at}有限公司")
    client.force_login(world.users["officer"])
    assert columns(client)["lead"] == (3, ["项目2", "项目1"])
    more = client.get(reverse("console:board:board_column"), {"stage": "lead", "offset": "2"}).content.decode()
    assert re.findall(r'board-title" href="[^"]*">([^<]*)<', more) == ["项目0"]
    assert "再看" not in more


def test_who_sees_and_who_moves(world: World, client: Client) -> None:
    inside, told = world.lead("没报的"), world.lead("报了的", "滨海乙有限公司")
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)
    client.force_login(world.users["bureau"])
    assert columns(client)["lead"] == (1, ["报了的"])
    assert "data-movable" not in client.get(reverse("console:board:board_view")).content.decode()
    assert drop(client, told, "screening").status_code == REFUSED
    assert drop(client, inside, "screening").status_code == 404
    client.force_login(world.users["rival"])
    assert columns(client)["lead"] == (0, [])
    assert set(Project.objects.values_list("talks_stage", flat=True)) == {"lead"}


def test_queries(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    number = iter(range(99))

    def rows(count: int) -> None:
        for _ in range(count):
            at = next(number)
            world.lead(f"项目{at}", f"滨海{at}有限公司")

    assert_same_queries(rows, lambda: client.get(reverse("console:board:board_view")), at_most=24)


@pytest.mark.parametrize("track", ["talks", "host", "home"])
def test_words_that_no_index_answers_find_the_same_cards(world: World, client: Client, track: str) -> None:
    world.to_signed(world.lead("陶瓷甲"))
    world.advance(world.to_signed(world.lead("陶瓷乙", "滨海乙有限公司")), Stage.PREPARING, track=Track.HOME)
    world.lead("陶瓷丙", "滨海丙有限公司")
    client.force_login(world.users["officer"])
    assert columns(client, f"?track={track}&words=陶瓷") == columns(client, f"?track={track}")
