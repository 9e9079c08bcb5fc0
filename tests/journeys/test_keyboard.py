"""Without a mouse: the search box, its suggestions, rows, a form; what has the focus can be seen all the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.pipeline.models import Project
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey
FOCUSED = "() => document.activeElement.textContent.trim()"


def _press(who: Walker, *keys: str) -> None:
    for key in keys:
        who.page.keyboard.press(key)
        assert who.focus_is_visible(), f"the focus cannot be seen after {key} on {who.page.url}"


def _enter(who: Walker) -> None:
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")


def test_keyboard_only(walker: Callable[[str], Walker], people: Any) -> None:
    wanted = people.lead()
    people.lead("陶瓷窑炉节能", "滨海乙装备有限公司")
    people.lead("骨修复材料", "滨海丙生物团队")
    officer = walker("officer")
    officer.go("/")
    _press(officer, "Tab")
    assert officer.page.evaluate(FOCUSED) == "跳到正文"
    _search_by_initials(officer, wanted)
    _walk_rows(officer)
    _register_by_keyboard(officer)


def _search_by_initials(who: Walker, wanted: Project) -> None:
    """Ctrl-K, pinyin initials, Tab to the suggestion, Enter: the record."""
    _press(who, "Control+k")
    who.page.keyboard.type("dwjz", delay=30)
    who.page.wait_for_selector("#suggestions >> text=低温介质检测")
    _press(who, "Tab")
    assert "低温介质检测" in who.page.evaluate(FOCUSED)
    who.look("suggestions")
    _enter(who)
    assert wanted.uid in who.page.url
    _press(who, "Control+k")
    who.page.keyboard.type("窑炉")
    _enter(who)
    assert "/search/" in who.page.url
    who.look("search")
    _press(who, "j")
    _enter(who)
    assert who.says("陶瓷窑炉节能")


def _walk_rows(who: Walker) -> None:
    """J and k walk the rows of a list, Enter opens."""
    who.go("/projects/")
    _press(who, "j", "j", "k", "j")
    focused = who.page.evaluate(FOCUSED)
    who.look("rows")
    _press(who, "k", "j")
    assert who.page.evaluate(FOCUSED) == focused
    _enter(who)
    assert who.says(focused)


def _register_by_keyboard(who: Walker) -> None:
    """A lead is entered with Tab and Enter alone."""
    who.go("/projects/new/")
    assert who.page.evaluate("() => document.activeElement.name") == "name"
    who.page.keyboard.type("超声探头")
    _press(who, "Tab")
    who.page.keyboard.type("滨海丁声学有限公司")
    _enter(who)
    assert who.says("线索已登记")
    assert Project.objects.filter(name="超声探头").exists()
