"""Finding a firm and calling it: from the search box to an unmasked number, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from feidi.domain.parties.models import OrganizationIdentifier
from feidi.kernel.jobs.services import enqueue
from tests.kernel.jobs import sample_jobs
from tests.support.browser import at_both_widths
from tests.support.world import World

pytestmark = pytest.mark.journey
assert sample_jobs


@pytest.fixture
def look() -> Callable[[Any, str], None]:
    """``look(page, name)``: check the page on a desk and on a phone."""
    return at_both_widths(360, 1280)


def test_from_the_search_box_to_a_telephone_number(
    server: str, browser_page: Any, world: World, look: Callable[[Any, str], None]
) -> None:
    project = world.lead(uscc="91110000600037341L")
    firm = project.parties.get(role="sponsor").organization
    OrganizationIdentifier.objects.create(organization=firm, scheme="uscc", value="911100006000373400", valid=False)
    enqueue("test.count", actor=world.actor("officer"), now=world.now, title="导入 127 行（虚构）", upto=127)
    client, page = Client(), browser_page
    client.force_login(world.users["officer"])
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    page.goto(f"{server}/search/")
    look(page, "search-empty")
    page.keyboard.press("Control+k")
    page.keyboard.type("bhjjc", delay=30)
    page.wait_for_selector("#suggestions >> text=滨海甲检测技术有限公司")
    look(page, "search-suggestions")
    page.keyboard.press("Enter")
    page.wait_for_selector("main >> text=滨海甲检测技术有限公司")
    look(page, "search-results")
    page.click("main >> text=滨海甲检测技术有限公司")
    page.wait_for_selector("text=139****1234")
    look(page, "organization-view")
    page.click("main >> button:has-text('查看')")
    page.wait_for_selector("text=13900001234")
    assert page.url.rstrip("/").endswith(firm.uid)
    page.click(".crumbs >> text=单位与人员")
    page.wait_for_selector("text=本驻点联系过的企业")
    look(page, "organization-list")
    page.click("text=查询是否已有")
    page.fill("#id_words", "滨海甲检测技术有限公司")
    page.click("main >> button:has-text('查询')")
    page.wait_for_selector("text=本驻点已在联系")
    look(page, "organization-lookup")
    page.goto(f"{server}/jobs/")
    look(page, "job-list")
    page.click("text=导入 127 行（虚构）")
    page.wait_for_selector("text=排队中")
    look(page, "job-view")
    page.click("main >> button:has-text('停止')")
    page.wait_for_selector("text=已停止")
