"""The frame in a real browser: looks, accessibility, keyboard, no complaint from the console (CSP included)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from feidi.kernel.identity.models import User
from feidi.portals.ui import navigation

pytestmark = pytest.mark.journey
GALLERY = "/ui/gallery"


@pytest.fixture
def _rail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rail and a search box as the portals will fill them."""
    item = navigation.Item
    jobs = [
        item("today", "工作台", "layout-dashboard", "ui:gallery", order=10, primary=True),
        item("menu", "单位与人员", "building", "ui:menu", order=30, primary=True),
        item("account", "账户", "key", "account:password_change", order=40),
        item("closed", "看不到的", "lock", "ui:menu", permission="nobody.has", order=50),
    ]
    monkeypatch.setattr(navigation, "_ITEMS", {each.code: each for each in jobs})
    monkeypatch.setattr(navigation, "_OFTEN", {})
    monkeypatch.setattr(navigation, "_SEARCH", [navigation.Search("ui:gallery")])


@pytest.fixture
def page(server: str, browser_page: Any, _rail: None, user: User) -> Any:
    """The gallery, seen by somebody signed in."""
    client = Client()
    client.force_login(user)
    browser_page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    browser_page.goto(server + GALLERY)
    return browser_page


@pytest.fixture
def _refusing() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.portals.ui.refusing_urls"):
        yield


def _sideways(page: Any) -> int:
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [1280, 360])
def test_sign_in_page(
    server: str, browser_page: Any, screenshot: Callable[..., None], assert_accessible: Callable[..., None], width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(f"{server}/account/login")
    browser_page.fill('[name="login"]', "nobody")
    browser_page.fill('[name="password"]', "wrong")
    browser_page.click('button:has-text("登录")')
    browser_page.wait_for_selector(".refusal:has-text('登录名或密码不对')")
    screenshot(browser_page, f"ui-login-{width}")
    assert_accessible(browser_page)
    assert _sideways(browser_page) == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_gallery(
    page: Any, screenshot: Callable[..., None], assert_accessible: Callable[..., None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    page.wait_for_selector(".chart-on canvas")
    page.wait_for_selector("#g-field .ts-wrapper")
    page.click("#g-table .list-columns summary")
    screenshot(page, f"ui-gallery-{width}")
    assert_accessible(page)
    assert _sideways(page) == 0


def test_keyboard_reaches_search_rows_and_closes_menus(page: Any) -> None:
    focused = "() => document.activeElement.id || document.activeElement.textContent.trim()"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "跳到正文"
    page.keyboard.press("Control+k")
    assert page.evaluate(focused) == "searchbox"
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate(focused) == "searchbox"
    assert page.input_value("#searchbox") == ""
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("() => document.activeElement.closest('tr').id") == "row-sample1"
    page.click(".topbar details.menu summary")
    page.keyboard.press("Escape")
    assert not page.is_visible(".topbar .menu-panel")


def test_copy_picks_and_file_limits(page: Any, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#g-copy_button button")
    page.wait_for_selector(".toast-line:has-text('已复制')")
    assert "签约11个" in page.evaluate("() => navigator.clipboard.readText()")
    page.check("[data-pick-all]")
    assert page.text_content("[data-picked]") == "已选 2 条"
    large = tmp_path / "台账.xlsx"
    with large.open("wb") as handle:
        handle.truncate(53 * 1024 * 1024)
    page.set_input_files("#upload-file", str(large))
    page.wait_for_selector(".upload-names.wrong:has-text('文件超过上限')")


def test_phone_opens_the_rail_from_the_bottom_bar(
    page: Any, screenshot: Callable[..., None], assert_accessible: Callable[..., None]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert not page.is_visible("#rail")
    page.click(".bottombar >> text=更多")
    page.wait_for_selector("#rail.show:not(.showing)")
    assert page.is_visible("#rail >> text=单位与人员")
    assert page.locator("text=看不到的").count() == 0
    screenshot(page, "ui-phone-menu", full_page=False)
    assert_accessible(page)


@pytest.mark.usefixtures("_refusing")
def test_a_refusal_comes_into_the_page_and_takes_the_focus(page: Any, screenshot: Callable[..., None]) -> None:
    page.evaluate(
        "() => { const a = document.createElement('a'); a.id = 'go'; a.href = '#'; a.textContent = 'go';"
        " a.setAttribute('hx-post', '/refusing'); document.querySelector('.page-actions').append(a);"
        " htmx.process(a); }"
    )
    page.click("#go")
    page.wait_for_selector("#refusal .refusal:focus")
    assert "“云帆”还不能推进到“签约”" in page.inner_text("#refusal")
    assert page.url.endswith(GALLERY)
    screenshot(page, "ui-refusal", full_page=False)


def test_everything_can_be_read_and_sent_without_javascript(
    server: str, browser: Any, user: User, screenshot: Callable[..., None], _rail: None
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(server + GALLERY)
    page.fill('[name="login"]', "zhang.san")
    page.fill('[name="password"]', "yunxi-bridge-2026")
    page.click('button:has-text("登录")')
    page.click(".bottombar >> text=更多")
    assert page.url.endswith("/ui/menu")
    page.click("main >> text=工作台")
    page.click("#g-chart summary >> nth=1")
    assert page.is_visible("#g-chart >> text=88.8")
    page.click("#g-confirm summary")
    assert page.is_visible("#g-confirm textarea[name=reason]")
    screenshot(page, "ui-no-script-360", full_page=False)
    context.close()
