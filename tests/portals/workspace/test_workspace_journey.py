"""A founder on a phone: what is asked, a photograph handed in, returned with a reason, handed in again."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from feidi.domain.pipeline.models import LandingCase
from feidi.domain.pipeline.services.landing import decide_item, submit_landing
from feidi.kernel.evidence.models import EvidenceItem
from tests.support.browser import at_both_widths
from tests.support.world import World

pytestmark = pytest.mark.journey


@pytest.fixture
def look() -> Callable[[Any, str], None]:
    """``look(page, name)``: check the page on a desk and on a phone."""
    return at_both_widths(1280, 360)


def photograph(path: Path) -> str:
    stream = BytesIO()
    Image.new("RGB", (600, 800), "#ddd").save(stream, "JPEG")
    path.write_bytes(stream.getvalue())
    return str(path)


def test_a_founder_hands_in_and_corrects(
    server: str,
    browser_page: Any,
    world: World,
    case: LandingCase,
    look: Callable[[Any, str], None],
    screenshot: Callable[..., None],
    tmp_path: Path,
) -> None:
    client, page = Client(), browser_page
    client.force_login(world.users["tenant"])
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    page.goto(f"{server}/")
    page.wait_for_selector("text=场地文件：请提交")
    look(page, "my-home")
    page.click("text=去提交")
    page.click("li:has-text('资金凭证') >> text=提交")
    page.fill("#id_amount", "一大笔")
    page.set_input_files("#id_file", photograph(tmp_path / "回单.jpg"))
    page.click("main >> button:has-text('提交')")
    page.wait_for_selector("text=看不懂金额")
    look(page, "my-evidence-wrong")
    page.fill("#id_amount", "50万元")
    page.set_input_files("#id_file", photograph(tmp_path / "回单.jpg"))
    page.click("main >> button:has-text('提交')")
    page.wait_for_selector("text=已提交，待核验")
    for kind in ("licence", "site", "site_visit"):
        world.hand_in(case, kind)
    submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    case.refresh_from_db()
    item = EvidenceItem.objects.get(submitted_by_id_number=world.users["tenant"].pk)
    decide_item(
        actor=world.actor("verifier"), now=world.now, case=case, item=item, accept=False, reason="照片看不清，请重拍"
    )
    page.reload()
    page.wait_for_selector("text=被退回，照片看不清，请重拍")
    look(page, "my-project-returned")
    page.click(".checks >> text=重新提交")
    page.wait_for_selector("text=上次提交的被退回")
    page.fill("#id_amount", "50万元")
    page.set_input_files("#id_file", photograph(tmp_path / "回单清晰.jpg"))
    page.click("main >> button:has-text('提交')")
    page.wait_for_selector("text=已提交，待核验")
    page.click("summary:has-text('撤回')")
    page.wait_for_selector("text=撤回这份材料？")
    screenshot(page, "my-project-withdraw", full_page=False)
    look(page, "my-project-withdraw")
