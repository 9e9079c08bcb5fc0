"""The rail: groups open where one is, and are not there for who may use nothing in them; what a role needs most is on top."""

from __future__ import annotations

import pytest

from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.portals.ui import navigation
from feidi.portals.ui.navigation import Group, Item

ITEMS = (
    Item("home", "工作台", "home", "ui:menu", order=10, primary=True),
    Item("list", "项目", "briefcase", "ui:gallery", "project.view", 20, True, "projects"),
    Item("board", "看板", "columns-3", "account:security", "project.view", 21, group="projects"),
    Item("people", "账号", "users", "account:password_change", "project.view", 28, group="parties"),
    Item("parties", "单位", "building", "account:login", "party.view", 29, group="parties"),
    Item("rule", "裁定", "shield", "ui:watermark", "first_report.rule", 25, group="ruling"),
)


@pytest.fixture
def _rail(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = (
        Group("projects", "项目", "briefcase", 20),
        Group("parties", "单位与人员", "building", 30),
        Group("ruling", "裁定", "shield", 40),
    )
    monkeypatch.setattr(navigation, "_ITEMS", {each.code: each for each in ITEMS})
    monkeypatch.setattr(navigation, "_GROUPS", {each.code: each for each in groups})
    monkeypatch.setattr(navigation, "_OFTEN", {})


def actor(*more: str) -> Actor:
    scope = Scope(ScopeKind.OUTPOST, 1)
    grants = [Grant(role, frozenset({"project.view"}), scope) for role in ("officer", *more)]
    return Actor(kind=ActorKind.PERSON, label="甲", user_id=1, grants=tuple(grants))


@pytest.mark.usefixtures("_rail")
def test_a_group_is_open_where_one_of_its_items_is_current() -> None:
    home, projects, _people = navigation.links_for(actor(), "/ui/gallery")
    assert (home.code, home.current, home.items) == ("home", False, ())
    assert (projects.code, projects.open, projects.url) == ("projects", True, "/ui/gallery")
    assert [(each.code, each.current) for each in projects.items] == [("list", True), ("board", False)]
    assert not navigation.links_for(actor(), "/elsewhere/")[1].open


@pytest.mark.usefixtures("_rail")
def test_a_group_without_anything_for_the_actor_is_not_shown_and_one_with_one_job_is_that_job() -> None:
    assert [each.code for each in navigation.links_for(actor(), "/")] == ["home", "projects", "people"]


@pytest.mark.usefixtures("_rail")
def test_the_bottom_bar_reaches_into_groups() -> None:
    assert [each.code for each in navigation.primary_of(navigation.links_for(actor(), "/"))] == ["home", "list"]


@pytest.mark.usefixtures("_rail")
def test_what_a_role_needs_most_is_on_top_each_once_and_only_what_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    often = {
        "officer": (("board", "拖动推进"), ("rule", "裁定争议"), ("gone", "没有这一项")),
        "lead": (("list", "全部"), ("board", "又一次")),
    }
    monkeypatch.setattr(navigation, "_OFTEN", often)
    links = navigation.often_for(actor("lead"), "/ui/gallery")
    assert [(each.code, each.what, each.current) for each in links] == [
        ("board", "拖动推进", False),
        ("list", "全部", True),
    ]
    bar = navigation.primary_of(navigation.links_for(actor("lead"), "/"), links)
    assert [each.code for each in bar] == ["home", "board", "list"]
    assert navigation.often_for(actor("auditor"), "/")[0].code == "board"
    assert not navigation.often_for(Actor(kind=ActorKind.PERSON, label="乙", user_id=2, grants=()), "/")
