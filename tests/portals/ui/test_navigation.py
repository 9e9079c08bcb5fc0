"""The rail: groups open where one is, and are not there for who may use nothing in them."""

from __future__ import annotations

import pytest

from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.portals.ui import navigation
from feidi.portals.ui.navigation import Group, Item

ITEMS = (
    Item("home", "工作台", "home", "ui:menu", order=10, primary=True),
    Item("list", "项目", "briefcase", "ui:gallery", "project.view", 20, True, "projects"),
    Item("rule", "裁定", "shield", "ui:watermark", "first_report.rule", 25, group="ruling"),
)


@pytest.fixture
def _rail(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = (Group("projects", "项目", "briefcase", 20), Group("ruling", "裁定", "shield", 30))
    monkeypatch.setattr(navigation, "_ITEMS", {each.code: each for each in ITEMS})
    monkeypatch.setattr(navigation, "_GROUPS", {each.code: each for each in groups})


def actor() -> Actor:
    grant = Grant("officer", frozenset({"project.view"}), Scope(ScopeKind.OUTPOST, 1))
    return Actor(kind=ActorKind.PERSON, label="甲", user_id=1, grants=(grant,))


@pytest.mark.usefixtures("_rail")
def test_a_group_is_open_where_one_of_its_items_is_current() -> None:
    home, projects = navigation.links_for(actor(), "/ui/gallery")
    assert (home.code, home.current, home.items) == ("home", False, ())
    assert (projects.code, projects.open, projects.url) == ("projects", True, "/ui/gallery")
    assert [(each.code, each.current) for each in projects.items] == [("list", True)]
    assert not navigation.links_for(actor(), "/elsewhere/")[1].open


@pytest.mark.usefixtures("_rail")
def test_a_group_without_anything_for_the_actor_is_not_shown() -> None:
    assert [each.code for each in navigation.links_for(actor(), "/")] == ["home", "projects"]


@pytest.mark.usefixtures("_rail")
def test_the_bottom_bar_reaches_into_groups() -> None:
    assert [each.code for each in navigation.primary_of(navigation.links_for(actor(), "/"))] == ["home", "list"]
