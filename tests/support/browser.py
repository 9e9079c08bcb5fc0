"""A real Chromium for journeys: console errors fail the test, pages are photographed and checked by axe."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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


def screenshot(page: Page, name: str, *, full_page: bool = True) -> Path:
    """Keep a picture of the page as ``artefacts/screenshots/<name>.png``."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    path = ARTEFACTS / f"{name}.png"
    page.screenshot(path=path, full_page=full_page, animations="disabled")
    return path


def assert_accessible(page: Page) -> None:
    """Fail with every axe violation of the page as it stands. Its script is loaded once for each page opened."""
    from axe_playwright_python.base import AXE_SCRIPT, AxeResults

    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    result = AxeResults(page.evaluate("() => axe.run(document, {resultTypes: ['violations']})"))
    assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"
