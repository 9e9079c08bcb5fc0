"""The first lines of the desk: nobody's desk is blank, the first day says what to do, a demonstration says what it is."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.support.world import World

pytestmark = pytest.mark.django_db


def desk(world: World, role: str) -> str:
    client = Client()
    client.force_login(world.users[role])
    response = client.get(reverse("console:home"))
    assert response.status_code == 200
    return response.content.decode().split('id="main"', 1)[1]


def test_the_first_day_of_an_empty_outpost_says_what_to_do(world: World) -> None:
    first = desk(world, "officer")
    assert "第一天从这里开始" in first
    for name in ("console:imports:import_new", "console:pipeline:project_new", "console:pipeline:project_paste"):
        assert reverse(name) in first
    world.lead()
    assert "第一天从这里开始" not in desk(world, "officer")


def test_what_is_done_many_times_a_day_is_one_click_for_who_may(world: World) -> None:
    world.lead()
    for name in ("console:pipeline:project_paste", "console:meetings:week_view", "console:papers:friday_view"):
        assert reverse(name) in desk(world, "officer")
        assert reverse(name) not in desk(world, "bureau")


@pytest.mark.parametrize("role", ["admin", "bureau", "verifier", "auditor"])
def test_nobodys_desk_is_blank(world: World, role: str) -> None:
    text = desk(world, role)
    assert "今天没有要您办的" in text
    assert {"admin": "账号与角色", "verifier": "落地核验"}.get(role, "项目") in text


def test_a_demonstration_says_what_is_invented_and_where_to_look(world: World) -> None:
    world.lead()
    assert "这是演示" not in desk(world, "officer")
    with override_settings(FEIDI_DEMONSTRATION=True):
        shown = desk(world, "officer")
    assert "并不存在" in shown
    assert "上级自己的表填好" in shown


def test_a_count_that_holds_what_was_not_submitted_says_so(world: World) -> None:
    """The figures above the chart count what was submitted, the bars all projects: both stand on one page."""
    world.lead()
    assert "含未报送的，只见数量" in desk(world, "bureau")
    assert "含未报送的" not in desk(world, "officer")
