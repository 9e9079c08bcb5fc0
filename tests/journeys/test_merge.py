"""The same firm twice: seen while typing, saved anyway, found in the queue, merged after a preview, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.parties.models import Organization, OrganizationMerge
from feidi.kernel.audit.verify import verify
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey
FULL, SHORT = "滨海云测检测技术有限公司", "滨海云测检测"


def test_merge_and_undo(walker: Callable[[str], Walker], people: Any) -> None:
    people.lead("在线检测一期", FULL)
    officer = walker("officer")
    _save_anyway(officer)
    _merge(officer)
    merge = OrganizationMerge.objects.get()
    gone, kept = Organization.objects.get(name=SHORT), Organization.objects.get(name=FULL)
    assert (merge.gone, merge.kept) == (gone, kept)
    officer.go(f"/parties/{gone.uid}/")
    assert officer.says("已并入")
    assert officer.page.url.rstrip("/").endswith(kept.uid)
    assert officer.says("在线检测二期")
    officer.look("06-one-organization")
    officer.follow(f"并入过“{SHORT}”")
    officer.look("07-merge")
    _confirm(officer, "撤销合并", "确认撤销")
    assert officer.says("已撤销")
    officer.look("08-undone")
    officer.go(f"/parties/{gone.uid}/")
    assert officer.says("在线检测二期")
    assert not officer.says("在线检测一期")
    gone.refresh_from_db()
    assert gone.merged_into is None
    assert verify().faults == ()
    _titles(officer, kept)


def _save_anyway(who: Walker) -> None:
    who.go("/projects/new/")
    who.fill(name="在线检测二期", one_line="二期扩产", source_channel="展会")
    who.page.locator("[name=sponsor]").press_sequentially(SHORT, delay=20)
    who.page.wait_for_selector("text=疑似已有")
    assert who.says(FULL)
    who.look("01-seen-while-typing")
    who.press("保存", within="main")
    assert who.says("在线检测二期")


def _merge(who: Walker) -> None:
    who.page.click("#rail >> summary:has-text('单位与人员')")
    who.follow("查重与合并", within="#rail")
    assert who.says(SHORT)
    who.look("02-queue")
    who.follow(FULL)
    who.look("03-side-by-side")
    who.follow(f"合并，保留“{FULL}”")
    assert who.says("将要移动的")
    assert who.says("在线检测二期")
    who.look("04-preview")
    who.fill(reason="企业确认是同一家，代码相同")
    who.press("确认合并")
    assert who.says("企业确认是同一家")
    who.look("05-merged")


def _confirm(who: Walker, words: str, send: str) -> None:
    place = who.page.locator(f"main >> details.confirm:has(summary:text-is('{words}'))").first
    place.locator("summary").click()
    with who.page.expect_navigation():
        place.locator(f"button:text-is('{send}')").click()


def _titles(who: Walker, kept: Organization) -> None:
    """A title is written down on the firm's page and stands in the ledger with the day it ends."""
    who.go(f"/parties/{kept.uid}/")
    who.follow("登记资质")
    who.fill(title="高新技术企业（高企）", number="GR演示1", valid_from="2025-06-01")
    who.look("09-title")
    who.press("保存", within="main")
    who.follow("资质台账", within="#rail")
    assert who.says("2028-05-31")
    who.look("10-titles")
    who.follow("替班", within="#rail")
    who.follow("安排替班")
    who.look("11-stand-in")
    who.page.select_option("[name=absent]", label="张专员")
    who.page.select_option("[name=stand_in]", label="周主任")
    who.fill(since="2099-01-05", until="2099-01-09")
    who.press("保存", within="main")
    assert who.says("周主任")
    who.look("12-stand-ins")
