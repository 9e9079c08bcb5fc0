"""Base layout, sign-in page, refusals: what a visitor sees."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from feidi.portals.ui import navigation


@pytest.mark.django_db
def test_signed_out_visitor_is_sent_to_the_sign_in_page_and_back() -> None:
    response = Client().get("/ui/menu", follow=True)
    assert response.redirect_chain == [("/account/login?next=/ui/menu", 302)]
    page = response.content.decode()
    assert "登录名" in page
    assert 'name="next" value="/ui/menu"' in page
    assert "非涉密系统，严禁录入、上传国家秘密、工作秘密" in page


@pytest.mark.django_db
@pytest.mark.parametrize("demonstration", [True, False])
def test_watermark_names_who_looks_and_marks_invented_data(visitor: Client, settings: Any, demonstration: bool) -> None:
    settings.FEIDI_DEMONSTRATION = demonstration
    response = visitor.get("/ui/watermark.svg")
    picture = response.content.decode()
    assert "张三 (zhang.san)" in picture
    assert ("演示数据" in picture) is demonstration
    assert (response.headers["Content-Type"], response.headers["Cache-Control"]) == (
        "image/svg+xml",
        "private, max-age=60",
    )


@pytest.mark.django_db
def test_the_rail_shows_what_the_actor_may_use_and_where_one_is(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [
        navigation.Item("menu", "甲", "home", "ui:menu", order=20),
        navigation.Item("gallery", "乙", "home", "ui:gallery", order=10),
        navigation.Item("closed", "丙", "lock", "ui:menu", permission=("nobody.has", "nobody.holds"), order=5),
    ]
    monkeypatch.setattr(navigation, "_ITEMS", {each.code: each for each in jobs})
    links = visitor.get("/ui/menu").context["shell"].navigation
    assert [(each.code, each.current) for each in links] == [("gallery", False), ("menu", True)]


def test_two_items_of_one_name_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_ITEMS", {})
    item = navigation.Item("menu", "甲", "home", "ui:menu")
    navigation.register(item)
    navigation.register(item)
    with pytest.raises(ValueError, match="two navigation items"):
        navigation.register(navigation.Item("menu", "乙", "home", "ui:menu"))
