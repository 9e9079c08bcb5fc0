"""The board refuses with reasons and moves what is ready; a bar of the funnel opens its rows; a filter is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.registering import update_project
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey


def _drag(who: Walker, project: Project, to: str) -> None:
    """Take a card by its name and let it go over another column, as a hand with a mouse does."""
    card = who.page.locator(f"[data-card='{project.uid}']")
    target = who.page.locator(f"[data-column='{to}'] [data-cards]")
    card.scroll_into_view_if_needed()
    start, end = card.bounding_box(), target.bounding_box()
    assert start
    assert end
    mouse = who.page.mouse
    mouse.move(start["x"] + start["width"] - 20, start["y"] + start["height"] - 8)
    mouse.down()
    mouse.move(start["x"] + start["width"] - 10, start["y"] + start["height"] - 4, steps=4)
    mouse.move(end["x"] + 60, end["y"] + 20, steps=12)
    mouse.move(end["x"] + 64, end["y"] + 24, steps=4)
    mouse.up()


def _cards(who: Walker, column: str) -> list[str]:
    return [each.strip() for each in who.page.locator(f"[data-column='{column}'] .board-title").all_inner_texts()]


def _open_board(who: Walker) -> None:
    who.go("/board/")
    who.page.wait_for_selector("[data-board][data-ready]")


def _by_keyboard(officer: Walker, able: Project) -> None:
    """Choose a card, choose a stage, without a mouse."""
    officer.page.locator(f"[data-card='{able.uid}'] input").focus()
    officer.page.keyboard.press("Space")
    officer.page.select_option("#board-to", label="签约")
    officer.page.locator("#board-move button").focus()
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_selector("#board-refusal[open]")
    assert "不能跳过阶段" in officer.page.inner_text("#board-refusal")
    officer.page.keyboard.press("Escape")


def _funnel(officer: Walker) -> None:
    """A bar of the funnel opens its rows: by its word in the table, by a click on the drawing."""
    officer.go("/figures/")
    officer.page.wait_for_selector(".chart-on canvas")
    officer.look("figures")
    officer.follow("线索研判")
    assert officer.says("漏斗：线索研判")
    assert officer.says("能推进的项目")
    assert not officer.says("还差材料的项目")
    officer.look("rows")
    officer.go("/figures/")
    officer.page.wait_for_selector(".chart-on canvas")
    canvas = officer.page.locator(".chart-canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    with officer.page.expect_navigation():
        # the first bar of the funnel: in the middle of the drawn width, just under the top
        officer.page.mouse.click(box["x"] + box["width"] * 0.36, box["y"] + 42)
    assert officer.says("漏斗：线索登记")
    assert officer.says("还差材料的项目")
    officer.go("/figures/all/")
    officer.look("definitions")


def _list(officer: Walker) -> None:
    """A filter kept under a name, groups, one owner for many, taken back."""
    officer.go("/projects/?show=no_contact")
    officer.follow("存为常用筛选")
    officer.fill(name="缺联系人的")
    officer.look("filter")
    officer.press("保存")
    assert officer.says("没有符合条件的项目")
    officer.go("/projects/")
    officer.follow("缺联系人的")
    assert officer.page.locator("nav a[aria-current=page]:has-text('缺联系人的')").count() == 1
    officer.go("/projects/?group=stage")
    officer.look("grouped")
    officer.page.locator("[data-pick-all]").first.check()
    officer.press("指派选中的")
    assert officer.says("将改动 1 个项目的责任人")
    officer.look("assign")
    officer.fill(owner="陈经理")
    officer.press("指派", within="main")
    officer.look("assigned")
    officer.press("撤销指派")
    assert officer.says("已退回 1 个项目原来的责任人")
    officer.go("/projects/columns/")
    officer.look("columns")


def test_board_and_funnel(walker: Callable[[str], Walker], people: Any) -> None:
    able, unable = people.lead("能推进的项目"), people.lead("还差材料的项目", "滨海乙有限公司")
    values = {"land_need": "无", "coordination": "无", "expected_output_text": "1200万元"}
    update_project(actor=people.actor("officer"), now=people.now, project=able, version=able.version, values=values)
    officer = walker("officer")
    _open_board(officer)
    officer.look("board")

    _drag(officer, unable, "screening")
    officer.page.wait_for_selector("#board-refusal[open]")
    reasons = officer.page.inner_text("#board-refusal")
    assert "还差：关键信息表" in reasons
    assert "如何修正" in reasons
    assert officer.page.locator("#board-refusal a:has-text('去补')").count() >= 1
    assert "还差材料的项目" in _cards(officer, "lead")
    officer.look("refused")
    officer.page.locator("#board-refusal button").click()

    _drag(officer, able, "screening")
    officer.page.wait_for_selector(f"[data-column='screening'] [data-card='{able.uid}']:not([aria-busy])")
    officer.page.wait_for_selector(".toast-line:has-text('已进入“线索研判”')")
    assert _cards(officer, "screening") == ["能推进的项目"]
    assert officer.page.inner_text("[data-column='lead'] [data-count]") == "1"
    shown = officer.page.inner_html("[data-board]")
    _open_board(officer)
    assert officer.page.inner_html("[data-board]") == shown, "the page after a drop is the page after a reload"
    assert Project.objects.get(pk=able.pk).talks_stage == Stage.SCREENING

    _by_keyboard(officer, able)
    _funnel(officer)
    _list(officer)
