"""A real Chromium for journeys: console errors fail the test, pages are checked by axe; pictures on demand."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: ``make test-all``.
WHOLE = "FEIDI_TEST_WHOLE" in os.environ
#: Pictures of every page: in ``make test`` and ``make test-all``, or when asked for. A page that a journey failed on is always kept.
PICTURES = WHOLE or bool(os.environ.get("FEIDI_TEST_PICTURES"))
_AXE = "options => axe.run(document, options)"
_CONTRAST = Path(__file__).with_name("contrast.js")
#: Looks whose contrast axe has found good.
_passed: set[str] = set()
ARTEFACTS = Path(__file__).resolve().parents[2] / "artefacts" / "screenshots"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium() -> str:
    """Return the path of Chromium, or say what to install.

    The shell without windows of its own comes first: the same engine draws the same pages in two thirds of the time.
    """
    for name in ("chromium-headless-shell", "/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    message = "Chromium is not installed: apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
    raise RuntimeError(message)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Chromium. Playwright's loop lives in this thread, so Django is told that queries here are meant."""
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_ARGUMENTS)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        try:
            yield browser
        finally:
            browser.close()
            if before is None:
                os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
            else:
                os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def watch(page: Page) -> list[str]:
    """Collect what the page complains of: script errors, CSP violations, failed requests of our own."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))

    def on_console(message: Any) -> None:
        # a 4xx that a journey provokes (a refusal is a 422), or a line that it cuts, is no fault of the page
        if message.type == "error" and not re.search(r"status of 4\d\d|ERR_INTERNET_DISCONNECTED", message.text):
            complaints.append(f"console: {message.text}")

    page.on("console", on_console)
    return complaints


def screenshot(page: Page, name: str, *, full_page: bool = True, wanted: bool = PICTURES) -> None:
    """Keep a picture of the page as ``artefacts/screenshots/<name>.png``, when pictures are wanted."""
    if wanted:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=full_page, animations="disabled")


def assert_accessible(page: Page) -> None:
    """Fail with every axe violation of the page as it stands. Its script is loaded once for each page opened.

    Contrast is nine tenths of axe's time, and the same for all texts that look alike (``contrast.js``): outside ``make
    test-all`` one of each look is measured, once in a process.
    """
    from axe_playwright_python.base import AXE_SCRIPT, AxeResults

    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    apart = {} if WHOLE else {"color-contrast": {"enabled": False}}
    result = AxeResults(page.evaluate(_AXE, {"resultTypes": ["violations"], "rules": apart}))
    if not WHOLE:
        found = page.evaluate(_CONTRAST.read_text(), sorted(_passed))
        result.response["violations"] += found["violations"]
        _passed.update(found["passed"])
    assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"


def at_both_widths(*widths: int) -> Callable[[Page, str], None]:
    """``look(page, name)``: nothing scrolls sideways on a desk and on a phone; axe at one of them, by turns.

    In ``make test-all`` axe at both. The page stays at the last of ``widths``.
    """
    looks = 0

    def look(page: Page, name: str) -> None:
        nonlocal looks
        looks += 1
        for turn, width in enumerate(widths):
            page.set_viewport_size({"width": width, "height": 800})
            screenshot(page, f"{name}-{width}")
            wider = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wider) == 0, f"{name} scrolls sideways at {width}"
            if WHOLE or looks % 2 != turn:
                assert_accessible(page)

    return look
