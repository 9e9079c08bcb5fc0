"""The frame in a real browser: looks, accessibility, no complaint from the console (CSP included)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from feidi.kernel.access import schedule_actor
from feidi.kernel.identity.services.users import add_user

PASSWORD = "yunxi-bridge-2026"


@pytest.fixture
def signed_in(server: str, browser_page: Any, now: datetime) -> Any:
    add_user(
        actor=schedule_actor("test"),
        now=now,
        login="zhang.san",
        display_name="张三",
        password=PASSWORD,
        must_change=False,
    )
    browser_page.goto(f"{server}/account/login?next=/ui/gallery")
    browser_page.fill('[name="login"]', "zhang.san")
    browser_page.fill('[name="password"]', PASSWORD)
    browser_page.click('button:has-text("登录")')
    browser_page.wait_for_selector("h1:has-text('部件样例')")
    return browser_page


@pytest.mark.journey
@pytest.mark.parametrize("width", [1280, 360])
def test_sign_in_page(
    server: str, browser_page: Any, screenshot: Callable[..., Path], assert_accessible: Callable[..., None], width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(f"{server}/account/login")
    screenshot(browser_page, f"ui-login-{width}")
    assert_accessible(browser_page)


@pytest.mark.journey
@pytest.mark.parametrize("width", [1280, 360])
def test_gallery(
    signed_in: Any, screenshot: Callable[..., Path], assert_accessible: Callable[..., None], width: int
) -> None:
    signed_in.set_viewport_size({"width": width, "height": 800})
    signed_in.reload()
    signed_in.wait_for_selector(".chart-on canvas")
    screenshot(signed_in, f"ui-gallery-{width}")
    assert_accessible(signed_in)
    overflow = signed_in.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0
