"""指标 as officers and the home side see them: tiles, all figures, one figure, the rows behind each number."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.models import Project
from feidi.engines.measures import INDICATORS
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def page(client: Client, name: str, *args: str, query: str = "", status: int = 200) -> str:
    response = client.get(reverse(f"console:indicators:{name}", args=args) + query)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def words(html: str) -> str:
    """Return what is read: no tags, no address, no script data."""
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare)


def test_six_tiles_twelve_figures_and_never_a_code(world: World, client: Client) -> None:
    world.to_signed(world.lead("甲项目"))
    client.force_login(world.users["officer"])
    html = page(client, "indicator_overview")
    assert html.count('class="tile"') == 6
    assert html.count("data-row") == 6
    every = page(client, "indicator_list")
    assert every.count("data-row") == len(INDICATORS)
    for shown in (words(html), words(every)):
        assert not re.search(r"\bK\d\d", shown), "an internal code on screen"
    assert "完成年度任务30个的3.3%" in words(html)


def test_rows_are_those_that_one_may_open(world: World, client: Client) -> None:
    world.lead("甲项目")
    told = world.lead("乙项目", "滨海乙有限公司")
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)
    client.force_login(world.users["officer"])
    rows = page(client, "indicator_rows", "K01")
    assert "甲项目" in rows
    assert "乙项目" in rows
    client.force_login(world.users["bureau"])
    seen = page(client, "indicator_rows", "K01")
    assert "甲项目" not in seen
    assert "乙项目" in seen
    assert "其中 1 条您不能打开" in words(seen)


def test_every_page_of_every_figure_opens(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    for code in INDICATORS:
        page(client, "indicator_view", code)
        page(client, "indicator_rows", code)
    page(client, "indicator_view", "K99", status=404)
