"""Somebody at a browser: signs in, follows links by their words, and looks at every page on the way.

``look`` holds a page to the house rules: nothing scrolls sideways at 1280 or 360 px, axe finds nothing. Axe takes long:
in ``make test`` each page has it at one width, the next page at the other; in ``make test-all`` at both, and a picture is
kept in ``artefacts/screenshots`` (by ``make test``, or with FEIDI_TEST_PICTURES=1; of the page that a journey failed on always).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.browser import PICTURES, WHOLE, assert_accessible, screenshot, watch
from tests.support.world import PASSWORD, PDF

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Response

DESKTOP, PHONE = (1280, 900), (360, 740)
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_HEIGHT = "() => document.documentElement.scrollHeight"
#: Everything has come: pictures and fonts, what htmx asked for, charts and long choices (what ui.js calls to life).
_SETTLED = """() => document.readyState === 'complete' && document.fonts.status === 'loaded'
  && Array.from(document.images).every((each) => each.complete)
  && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')
  && !document.querySelector('[data-chart]:not([data-drawn]), select[data-search]:not(.tomselected)')"""
_FOCUS_SHOWN = """() => {
  const style = getComputedStyle(document.activeElement);
  return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
}"""


class Walker:
    """One person with a browser of their own."""

    def __init__(self, page: Page, server: str, journey: str) -> None:
        self.page, self.server, self.journey = page, server, journey
        self.looks = 0

    def sign_in(self, login: str) -> None:
        """Sign in with what the form would send; the form itself: ``sign_in_here`` and the journeys of the account."""
        self.page.request.get(f"{self.server}/account/login")
        answer = self.post("/account/login", login=login, password=PASSWORD)
        assert answer.status == 302, answer.text()

    def sign_in_here(self, login: str) -> None:
        """Sign in by the form that is shown."""
        self.page.fill('[name="login"]', login)
        self.page.fill('[name="password"]', PASSWORD)
        self.press("登录")
        self.page.wait_for_selector(".topbar-name")

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.server + path)

    @contextmanager
    def _answered(self) -> Iterator[None]:
        """Wait for the page that a click leads to. A paper is a download, after which the page stays as it is."""
        from playwright.sync_api import Error

        papers: list[Any] = []

        def keep(paper: Any) -> None:
            papers.append(paper)

        self.page.on("download", keep)
        try:
            with self.page.expect_navigation():
                yield
        except Error:
            if not papers:
                self.page.wait_for_timeout(500)
            if not papers:
                raise
        finally:
            self.page.remove_listener("download", keep)

    def follow(self, words: str, *, within: str = "main") -> None:
        """Click the first link with these words and wait for the page it leads to."""
        with self._answered():
            self.page.locator(f"{within} >> a:has-text('{words}'):visible").first.click()

    def press(self, words: str, *, within: str = "") -> None:
        """Press a button that sends a form, and wait for the answer."""
        with self._answered():
            self._button(words, within).click()

    def refuse_with(self, words: str, reason: str, *, within: str = "", send: str) -> None:
        """Open a second look (退回, 撤销 …), write the reason and send it."""
        place = self.page.locator(f"{within or 'main'} >> details.confirm:has(summary:text-is('{words}'))").first
        place.locator("summary").click()
        place.locator("textarea").fill(reason)
        with self.page.expect_navigation():
            place.locator(f"button:text-is('{send}')").click()

    def fill(self, **values: str) -> None:
        """Fill fields by name; choices are chosen by their words."""
        for name, value in values.items():
            field = self.page.locator(f"main >> [name='{name}']")
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def upload(self, name: str, content: bytes | None = None, kind: str = "application/pdf") -> None:
        """Choose a file for the page's file field; without ``content`` a small real PDF."""
        given = PDF + name.encode() if content is None else content
        self.page.set_input_files("main >> input[type=file]", {"name": name, "mimeType": kind, "buffer": given})

    def supply(self, lacking: str) -> None:
        """Follow 去补 of one line of 还差什么."""
        self.unfold()
        self.follow("去补", within=f".check:has-text('{lacking}')")

    def unfold(self) -> None:
        """Open everything folded in the page's content."""
        self.page.evaluate(
            "() => document.querySelectorAll('main details:not(.menu)').forEach(d => { d.open = true; })"
        )

    def look(self, name: str) -> None:
        """Hold this page to the rules and keep a picture of it."""
        self.page.wait_for_function(_SETTLED)
        self.looks += 1
        for turn, (width, height) in enumerate((PHONE, DESKTOP)):
            self.page.set_viewport_size({"width": width, "height": height})
            assert self.page.evaluate(_SIDEWAYS) <= 0, f"{self.page.url} scrolls sideways at {width} px"
            if not WHOLE and self.looks % 2 == turn:
                continue
            if PICTURES:
                whole = max(height, int(self.page.evaluate(_HEIGHT)))  # what sticks to an edge stays at that edge
                self.page.set_viewport_size({"width": width, "height": whole})
                screenshot(self.page, f"{self.journey}-{name}-{width}", full_page=False)
            assert_accessible(self.page)
        self.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})

    def says(self, words: str) -> bool:
        """Tell whether the page shows these words."""
        return words in self.page.inner_text("main")

    def focus_is_visible(self) -> bool:
        """Tell whether what has the focus is marked so that one sees it."""
        return bool(self.page.evaluate(_FOCUS_SHOWN))

    def post(self, path: str, **data: str) -> Response | Any:
        """Send a form from outside the page, with the page's own token: what a forger would do."""
        token = next(each["value"] for each in self.page.context.cookies() if each["name"] == "csrftoken")
        return self.page.request.post(
            self.server + path,
            form={"csrfmiddlewaretoken": token, **data},
            headers={"Referer": self.server + path},
            max_redirects=0,
        )

    def _button(self, words: str, within: str) -> Locator:
        return self.page.locator(f"{within or 'body'} >> button:has-text('{words}'):visible").first


@contextmanager
def walking(browser: Browser, server: str, journey: str) -> Iterator[Walker]:
    """Give somebody a browser of their own; fails when a page complained (script error, CSP violation)."""
    size = {"width": DESKTOP[0], "height": DESKTOP[1]}
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints = watch(page)
    try:
        yield Walker(page, server, journey)
        assert not complaints, "\n".join(complaints)
    except Exception:
        screenshot(page, f"failed-{journey}", wanted=True)
        raise
    finally:
        context.close()


def photographed(picture: bytes, folder: Path) -> bytes:
    """Return a printed page as a telephone would see it: a little askew, larger than the page, as JPEG."""
    from PIL import Image

    path = folder / "page.png"
    path.write_bytes(picture)
    with Image.open(path) as page:
        turned = page.convert("RGB").rotate(
            3, expand=True, fillcolor=(214, 208, 196), resample=Image.Resampling.BICUBIC
        )
    out = folder / "photo.jpg"
    turned.save(out, quality=72)
    return out.read_bytes()
