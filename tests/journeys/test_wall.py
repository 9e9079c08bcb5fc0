"""The wall before a visit: scenes rotate by themselves, a lost line says its age and recovers, no name that is not public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from feidi.domain.pipeline.models import LandingCase
from feidi.domain.reporting.services.wall import SceneSetting, make_screen, set_scenes
from tests.journeys.walking import Walker, walking
from tests.support.browser import assert_accessible, screenshot
from tests.support.flows import arrived, contract, landed
from tests.support.talents import made

pytestmark = pytest.mark.journey
SCENES = ("funnel", "flows", "landings", "targets", "space", "events", "alerts")
WIDE = {"width": 1920, "height": 1080}


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


@pytest.fixture
def case(people: Any) -> LandingCase:
    """A verified landing whose name is not public, a technology contract, a talent at work; scenes stay five seconds."""
    act = {"actor": people.actor("lead"), "now": people.now}
    set_scenes(outpost=people.outpost, settings=[SceneSetting(each, 5, shown=True) for each in SCENES], **act)
    contract(people)
    arrived(people, made(people))
    return landed(people, "不公开的低温项目")


@pytest.fixture
def screen(people: Any, case: LandingCase, browser: Any, server: str) -> Iterator[Walker]:
    """A screen in the hall, opened by its own address."""
    _row, token = make_screen(actor=people.actor("lead"), now=people.now, outpost=people.outpost, label="展厅")
    with walking(browser, server, "wall") as found:
        found.page.clock.install()
        found.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        found.go(f"/wall/screen/{token}/")
        yield found


def _shown(walker: Walker) -> str:
    return str(walker.page.locator(".wall-layer.is-here [data-code]").last.get_attribute("data-code"))


def _state(walker: Walker) -> str:
    return walker.page.inner_text("[data-state]")


def _until(walker: Walker, holds: str, arg: Any = None, seconds: int = 30) -> None:
    """Let the page's clock run, half a second at a time, until something holds; what it asks for comes in real time."""
    for _ in range(2 * seconds):
        if walker.page.evaluate(holds, arg):
            return
        walker.page.clock.run_for(500)
        walker.page.wait_for_timeout(30)
    pytest.fail(f"not within {seconds} seconds: {holds}")


def test_wall(screen: Walker, case: LandingCase) -> None:
    page = screen.page
    seen, sources = [_shown(screen)], [page.content()]
    while len(seen) < len(SCENES):
        _until(
            screen,
            "code => { const all = document.querySelectorAll('.wall-layer.is-here [data-code]');"
            " const layers = document.querySelectorAll('.wall-layer');"
            " return layers.length === 1 && all.length === 1 && all[0].dataset.code !== code; }",
            seen[-1],
        )
        seen.append(_shown(screen))
        sources.append(page.content())
        screenshot(page, f"wall-{seen[-1]}", full_page=False)
    assert tuple(seen) == SCENES, "each in its turn, by itself"
    for source in sources:
        for secret in (case.project.name, case.project.sponsor_name, case.project.code, case.project.uid):
            assert secret not in source
    assert any("名称未公开的项目" in source for source in sources)
    assert re.fullmatch(r"数据截至 \d\d:\d\d", _state(screen))
    assert page.locator(".wall-layer").count() == 1, "what is over is gone"
    assert_accessible(page)
    _line_is_lost_and_comes_back(screen)


def _line_is_lost_and_comes_back(screen: Walker) -> None:
    page, before = screen.page, _state(screen)
    page.context.set_offline(offline=True)
    _until(screen, "() => document.querySelector('[data-state]').textContent.includes('断线')")
    assert _state(screen).startswith(before.split("，", maxsplit=1)[0][:4])
    assert page.locator(".wall-layer.is-here").inner_text().strip(), "the last figures stay"
    page.clock.fast_forward("05:00")
    _until(screen, "() => /已断线 [45] 分钟/.test(document.querySelector('[data-state]').textContent)")
    screenshot(page, "wall-lost", full_page=False)
    page.context.set_offline(offline=False)
    _until(screen, "() => !document.querySelector('[data-state]').textContent.includes('断线')")


def test_presenter(walker: Callable[[str], Walker], case: LandingCase) -> None:
    lead = walker("lead")
    page = lead.page
    page.clock.install()
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    lead.go("/wall/?scene=flows")
    page.wait_for_selector("[data-hold]:visible")
    page.keyboard.press("Space")
    assert page.get_attribute("[data-hold]", "aria-pressed") == "true"
    for _ in range(13):
        page.clock.run_for(500)
        page.wait_for_timeout(30)
    assert _shown(lead) == "flows", "held"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('[data-scene-label]').textContent === '核实落地'")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('[data-scene-label]').textContent === '要素流动'")
    _until(lead, "() => document.querySelectorAll('.wall-layer').length === 1")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/flows/")
    lead.look("flows")
    lead.follow("核验落地到位资金")
    lead.look("ledger")
    lead.follow("2026-11-23")
    assert lead.says(case.project.name)
    lead.look("entry")
    lead.go("/wall/")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    with page.expect_navigation():
        page.click("text=设置")
    lead.look("settings")
    page.fill("#screen-label", "大厅")
    lead.press("开一个屏幕地址")
    assert "/wall/screen/" in page.input_value("main .copy-text input")


def test_without_a_script(browser: Any, server: str, people: Any, case: LandingCase) -> None:
    _row, token = make_screen(actor=people.actor("lead"), now=people.now, outpost=people.outpost, label="老电脑")
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(f"{server}/wall/screen/{token}/")
    for code in SCENES[1:]:
        page.click("[rel=next]")
        assert page.get_attribute("[data-code]", "data-code") == code
    assert case.project.name not in page.content()
    context.close()
