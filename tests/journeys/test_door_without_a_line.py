"""The door of an activity whose line is gone: the page comes back on reload, scans wait, and each is one entry in the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler

from feidi.domain.roadshow.models import CheckIn
from tests.journeys.walking import PHONE, Walker
from tests.support.activities import joined, opened

pytestmark = pytest.mark.journey

_KEPT = """async () => {
  const all = await Promise.all((await caches.keys()).map(async (name) => {
    const store = await caches.open(name);
    return Promise.all((await store.keys()).map(async (each) => [new URL(each.url).pathname, await (await store.match(each)).text()]));
  }));
  return all.flat();
}"""
_IN_CHARGE = "() => navigator.serviceWorker.controller !== null"
_THROUGH = "() => document.querySelectorAll('[data-door-queue] li').length === 0"
_WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map((each) => new URL(each.scope).pathname)"


def _scan(who: Walker, code: str) -> None:
    who.page.fill("#id_code", code)
    who.page.press("#id_code", "Enter")


def _waiting(who: Walker) -> list[str]:
    return [each[:6] for each in who.page.locator("[data-door-queue] li").all_inner_texts()]


class _Line:
    """The line between browser and site. The browser's own switch reaches a service worker that is just starting too late: while
    the line is down the site answers nobody.
    """

    def __init__(self, page: Any, patch: pytest.MonkeyPatch) -> None:
        self._page, self._up = page, True
        whole = WSGIRequestHandler.parse_request

        def parse_request(handler: WSGIRequestHandler) -> bool:
            if self._up:
                return whole(handler)
            handler.close_connection = True
            return False

        patch.setattr(WSGIRequestHandler, "parse_request", parse_request)

    def is_up(self, *, up: bool) -> None:
        self._up = up
        self._page.context.set_offline(not up)


def test_door_without_a_line(
    walker: Callable[[str], Walker], people: Any, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)
    activity = opened(people, starts_at=now + timedelta(minutes=30), capacity=9)
    first, second, third = (joined(people, activity, n) for n in (1, 2, 3))
    officer = walker("officer")
    page = officer.page
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    door = f"/events/{activity.uid}/door/"
    officer.go(door)
    page.wait_for_function(_IN_CHARGE)
    _scan(officer, first.code)
    page.locator("[data-door-said]").get_by_text("来宾1").wait_for()
    # the line goes: one scan, a reload, another scan, a walk-in's form that has to wait
    line = _Line(page, monkeypatch)
    line.is_up(up=False)
    _scan(officer, second.code)
    page.locator("[data-door-said]").get_by_text("没有网络").wait_for()
    page.reload()
    assert _waiting(officer) == [second.code]
    assert officer.says("没有网络，人数截至")
    assert page.locator("link[rel=stylesheet]").count() > 0
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('.btn-primary')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    _scan(officer, third.code)
    assert CheckIn.objects.count() == 1
    page.get_by_text("现场登记").click()
    page.wait_for_url(f"**{door}")
    assert _waiting(officer) == [second.code, third.code]
    officer.look("1-offline")
    # the line is back: each is one entry, however often the page was asked
    line.is_up(up=True)
    page.wait_for_function(_THROUGH, timeout=30_000)
    assert sorted(CheckIn.objects.values_list("registration_id", flat=True)) == [first.pk, second.pk, third.pk]
    page.reload()
    assert officer.says("3 / 3")
    # what is kept names no guest, and belongs to this door alone
    kept = page.evaluate(_KEPT)
    assert [path for path, _text in kept if not path.startswith("/static/")] == [door]
    assert not [path for path, text in kept if "来宾" in text]
    assert page.evaluate(_WORKERS) == [door]
    # signed out: nothing is kept
    page.evaluate("() => document.querySelector('form[action=\"/account/logout\"]').submit()")
    page.wait_for_url("**/account/login")
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    assert page.evaluate(_WORKERS) == []
