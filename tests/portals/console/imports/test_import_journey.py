"""The wizard in a real browser: a messy ledger becomes projects, and goes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from feidi.kernel.jobs.services import run_pending
from tests.domain.pipeline.ledger.conftest import Cells, sheet_bytes
from tests.support.browser import at_both_widths
from tests.support.world import World

pytestmark = pytest.mark.journey
ROWS: list[Cells] = [
    {
        "项目名称": "低温介质检测",
        "投资方": "滨海甲检测有限公司",
        "项目阶段": "洽谈中",
        "总投资(万元)": 1200,
        "最新进展": "11.3 电话沟通",
    },
    {
        "项目名称": "膜分离新材料",
        "投资方": "滨海乙材料有限公司",
        "项目阶段": "签约",
        "总投资(万元)": "约300",
        "最新进展": "",
    },
    {"项目名称": "坏阶段项目", "投资方": "滨海丙有限公司", "项目阶段": "飞升", "总投资(万元)": "许多", "最新进展": ""},
]


@pytest.fixture
def look() -> Callable[[Any, str], None]:
    """``look(page, name)``: check the page on a desk and on a phone."""
    return at_both_widths(360, 1280)


def sign_in(page: Any, server: str, world: World, login: str) -> None:
    client = Client()
    client.force_login(world.users[login])
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])


def test_a_messy_ledger_comes_in_and_goes_back(
    server: str, browser_page: Any, world: World, look: Callable[[Any, str], None], tmp_path: Path
) -> None:
    known = world.lead("膜分离新材料", "另一投资方")
    ledger = tmp_path / "招商台账.xlsx"
    ledger.write_bytes(sheet_bytes(ROWS, title="2026年招商台账（虚构）"))
    page = browser_page
    sign_in(page, server, world, "officer")
    page.goto(f"{server}/imports/")
    page.click("main >> text=导入第一份台账")
    page.set_input_files("#id_file", str(ledger))
    look(page, "import-new")
    page.click("text=下一步：看列")
    page.wait_for_selector("text=表头在第 2 行")
    look(page, "import-columns")
    page.click("text=下一步：逐行预览")
    page.wait_for_selector("text=正在逐行读取")
    look(page, "import-reading")
    run_pending(clock=lambda: world.now)
    page.wait_for_selector("text=写入前看一遍")
    look(page, "import-preview")
    page.click(f"text=更新 {known.code}")
    page.wait_for_selector("tr >> text=滨海乙材料有限公司")
    page.check("#skip_bad")
    page.click("button:has-text('写入')")
    page.wait_for_selector(".job")
    run_pending(clock=lambda: world.now)
    page.wait_for_selector("text=问题工作簿（1 行）")
    look(page, "import-done")
    with page.expect_download() as download:
        page.click("text=问题工作簿")
    assert download.value.suggested_filename.startswith("未导入的行")
    page.click("summary:has-text('撤销导入')")
    page.click("button:has-text('撤销导入')")
    page.wait_for_selector(".job")
    run_pending(clock=lambda: world.now)
    page.wait_for_selector("text=撤销的结果")
    look(page, "import-undone")
    page.goto(f"{server}/imports/")
    look(page, "import-list")
