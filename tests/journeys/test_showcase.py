"""A project on the public site with two fields held back: on no page, in no source, in no language; withdrawn it is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from feidi.domain.showcase.models import Edition, Publication, Sheet
from tests.journeys.walking import PHONE, Walker
from tests.support.browser import assert_accessible, screenshot
from tests.support.showcase import draft_of, firm_of, own_project, picture_of, published, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.journey
HELD_BACK = ("低温探头标定台", "滨海大学实验室")


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


def _released(tenant: Walker) -> None:
    tenant.go("/my/showcase/")
    assert tenant.says("低温在线检测")
    tenant.look("owner-list")
    row = tenant.page.locator("main >> li:has-text('低温在线检测')")
    with tenant.page.expect_navigation():
        row.get_by_role("button").click()
    for code in ("name", "one_line", "industry", "core_product", "tech_source"):
        tenant.page.check(f"[name=show_{code}]")
    tenant.press("先看公众将看到什么")
    assert tenant.says("这是预览，还没有同意公开")
    tenant.look("owner-preview")
    tenant.press("同意公开所勾选的")
    assert tenant.says("随时撤回")


def _taken_up(officer: Walker) -> str:
    officer.go("/showcase/owners/")
    officer.follow("低温在线检测")
    officer.page.check("[value=core_product]")
    officer.page.check("[value=tech_source]")
    officer.press("起草发布")
    assert not any(officer.says(each) for each in HELD_BACK)
    officer.look("draft")
    officer.press("送审")
    return Publication.objects.get(sheet=Sheet.objects.get()).uid


def _published(lead: Walker, uid: str) -> None:
    lead.go(f"/showcase/{uid}/")
    lead.look("review")
    lead.press("审核通过并发布")
    assert Edition.objects.get(publication__uid=uid).state == "published"


def test_two_fields_held_back_then_withdrawn(
    people: Any, server: str, browser: Browser, walker: Callable[[str], Walker]
) -> None:
    own_project(people)
    tenant, officer, lead = walker("tenant"), walker("officer"), walker("lead")
    _released(tenant)
    uid = _taken_up(officer)
    _published(lead, uid)
    reader = browser.new_context(java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]})
    page = reader.new_page()
    for language in ("zh-hans", "en"):
        for path in (f"on-show/{uid}/", "on-show/", ""):
            answer = page.goto(f"{server}/public/yunbin/{path}?lang={language}")
            assert answer is not None
            assert answer.status == 200
            assert not any(each in answer.text() for each in HELD_BACK)
        page.goto(f"{server}/public/yunbin/on-show/{uid}/?lang={language}")
        assert "低温在线检测" in page.content()
        screenshot(page, f"showcase-public-{language}-360")
    lead.go(f"/showcase/{uid}/")
    lead.refuse_with("撤下", "所有方要求", send="撤下")
    answer = page.goto(f"{server}/public/yunbin/on-show/{uid}/")
    assert answer is not None
    assert answer.status == 404
    reader.close()


def test_public_pages_hold_to_the_house_rules(people: Any, server: str, browser: Browser) -> None:
    firm_of(people)
    news = written(people, draft=draft_of(cover=picture_of(people)))
    published(people, news)
    paths = ("", "home/", "spaces/", "on-show/", "news/", f"news/{news.uid}/", "hall/", "results/", "policies/")
    paths = (
        *paths,
        "policies/check/",
        "costs/?people=9&office=200㎡",
        "events/",
        "contact/",
        "ask/need/",
        "ask/visit/",
    )
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN")
    page, complaints = context.new_page(), []
    page.on("console", lambda each: complaints.append(each.text) if each.type == "error" else None)
    for path in (*paths, "notices/privacy/"):
        page.goto(f"{server}/public/yunbin/{path}")
        assert (
            page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        ), path
        assert_accessible(page)
        screenshot(page, f"public-{path.partition('?')[0].strip('/').replace('/', '-') or 'first'}-360")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{server}/public/yunbin/")
    screenshot(page, "public-first-1280")
    assert_accessible(page)
    assert complaints == []
    context.close()
