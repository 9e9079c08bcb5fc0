"""What is written by hand says what the template or function says that it stands for, and escapes what is text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.forms.renderers import DjangoTemplates
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.portals.ui import navigation, tables
from feidi.portals.ui.cards import cards_html
from feidi.portals.ui.context import Shell
from feidi.portals.ui.forms import FeidiRenderer
from feidi.portals.ui.markup import addresses, said
from feidi.portals.ui.pieces import Badge, Card
from tests.conftest import NOW

GROUPED = [("", "全部"), ("甲 & <乙>", [("a", "一"), ('"b"', mark_safe("<b>二</b>"))]), (3, gettext_lazy("项目"))]
WIDGETS = [
    (forms.Select(choices=GROUPED), "a"),
    (forms.Select(choices=GROUPED, attrs={"class": "form-select", "required": True, "disabled": False}), 3),
    (forms.Select(choices=[("1", 1234567), ("2", date(2026, 11, 23)), ("3", None)]), "2"),
    (forms.SelectMultiple(choices=[("a", "一"), ("b", "二")]), ["a", "b"]),
    (forms.NullBooleanSelect(), True),
    (forms.TextInput(attrs={"placeholder": 'a "b" <c>', "data-n": 3, "hidden": True}), '甲 & "乙"'),
    (forms.TextInput(), None),
    (forms.NumberInput(), 1234.5),
    (forms.EmailInput(), "a@example.cn"),
    (forms.HiddenInput(), mark_safe("<i>")),
    (forms.DateInput(attrs={"type": "date"}), date(2026, 11, 23)),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(attrs={"class": "form-check-input"}), "yes"),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_widget_is_what_its_own_template_draws(widget: forms.Widget, value: Any, language: str) -> None:
    with translation.override(language):
        drawn = [
            widget.render("na<me>", value, {"id": "id_x"}, renderer=each)
            for each in (FeidiRenderer(), DjangoTemplates())
        ]
    # the templates of options end with an empty line
    assert drawn[0] == re.sub(r"\n\n+", "\n", drawn[1])


@pytest.mark.parametrize("uid", ["7kuk8zssc6mv", "a b", "甲", "a%2Fb", "uid0place"])
def test_an_address_is_what_reverse_says(uid: str) -> None:
    name = "console:pipeline:project_edit"
    assert addresses(name)(uid) == reverse(name, args=[uid])


def test_text_is_escaped_and_markup_is_not() -> None:
    assert (said('<a href="x">'), said(mark_safe("<b>")), said(12)) == ("&lt;a href=&quot;x&quot;&gt;", "<b>", "12")


def test_a_card_escapes_what_it_shows() -> None:
    card = Card("u1", "<甲>", "/projects/u1/", lines=["a & b"], badges=[Badge("<经核验>", "ok")])
    plain, movable = cards_html([card], ""), cards_html([card], "board-move")
    assert "&lt;甲&gt;</a>" in plain
    assert '<span class="board-line">a &amp; b</span>' in plain
    assert '<span class="tag tag-ok">&lt;经核验&gt;</span>' in plain
    assert "radio" not in plain
    assert 'value="u1" form="board-move" aria-label="选择 &lt;甲&gt;">' in movable


def actor(*permissions: str) -> Actor:
    grant = Grant("officer", frozenset(permissions), Scope(ScopeKind.OUTPOST, 1))
    return Actor(kind=ActorKind.PERSON, label="甲", user_id=1, grants=(grant,))


def rail(rf: Any, who: Actor, path: str) -> str:
    request = rf.get(path)
    request.actor = who
    return str(Shell(request).rail)


def test_a_rail_drawn_once_is_nobody_elses(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = (
        navigation.Item("menu", "菜单", "home", "ui:menu"),
        navigation.Item("gallery", gettext_lazy("项目"), "home", "ui:gallery", "project.view"),
    )
    monkeypatch.setattr(navigation, "_ITEMS", {each.code: each for each in jobs})
    monkeypatch.setattr(navigation, "_OFTEN", {})
    seen, other = actor("project.view"), actor("party.view")
    first = rail(rf, seen, "/ui/menu")
    assert (first, rail(rf, actor("project.view"), "/ui/menu")) == (first, first)
    assert "/ui/gallery" in first
    assert "/ui/gallery" not in rail(rf, other, "/ui/menu")
    assert rail(rf, seen, "/ui/gallery").count("aria-current") == 1 == first.count("aria-current")
    assert rail(rf, seen, "/ui/gallery") != first
    with translation.override("en"):
        assert "Projects" in rail(rf, seen, "/ui/menu")
    navigation.register(navigation.Item("more", "更多", "home", "ui:menu", order=200))
    assert "更多" in rail(rf, other, "/ui/menu")


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", [0, 1, 9])
@pytest.mark.parametrize("asked", [None, "2", "3", "99"])
def test_a_page_of_keys_is_the_page_of_all_that_may_be_seen(
    monkeypatch: pytest.MonkeyPatch, hidden: int, asked: str | None
) -> None:
    monkeypatch.setattr(tables, "COUNT_LIMIT", 5)
    Session.objects.bulk_create(Session(pk=f"{at:02}", session_data="", expire_date=NOW) for at in range(12))
    keys: Any = [f"{at:02}" for at in range(12)]

    def among(some: Any) -> QuerySet[Session]:
        return Session.objects.filter(pk__in=some, pk__lt=f"{12 - hidden:02}")

    page = tables.paginate_keys(among, keys, asked, per_page=3)
    assert page == tables.paginate(among(keys).order_by("-pk"), asked, per_page=3)
