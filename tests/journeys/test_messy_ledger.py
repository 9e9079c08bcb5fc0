"""A messy ledger: its columns as understood, row by row, an error workbook, written, and taken back as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project
from feidi.kernel.audit.verify import verify
from feidi.kernel.jobs.services import run_pending
from feidi.portals.cli.demonstration.messy_ledger import write_ledger
from feidi.portals.cli.demonstration.messy_rows import known_projects
from feidi.portals.ui import clock
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey
#: What the installation knows before, so that the ledger also updates rows and resembles some.
KNOWN = "低温检测 膜分离 骨修复 窑炉节能 超声探头 纳米涂层 精密夹具 水质监测 封装载板 药物筛选 光栅 储能".split()  # noqa: SIM905


def test_messy_ledger(walker: Callable[[str], Walker], people: Any, tmp_path: Path) -> None:
    for number, kind in enumerate(KNOWN, start=1):
        people.lead(f"{kind}项目", f"滨海第{number}{kind}有限公司", contact_phone=f"139000012{number:02d}")
    before = _state()
    ledger = tmp_path / "演示台账.xlsx"
    count = write_ledger(ledger, today=people.now.date(), known=known_projects())
    officer = walker("officer")
    _read(officer, ledger)
    _look_through(officer)
    written = _write(officer)
    refused = _error_workbook(officer, tmp_path)
    assert 0 < written < count
    assert refused > 0
    _take_back(officer)
    assert _state() == before
    assert verify().faults == ()


def _state() -> dict[str, tuple[str, str, str]]:
    """What the live projects say."""
    rows = Project.objects.filter(voided_at__isnull=True)
    return {row.code: (row.name, row.talks_stage, row.progress) for row in rows}


def _work(who: Walker, then: str) -> None:
    """What the job worker does beside the site; the page follows by itself."""
    run_pending(clock=clock.now)
    who.page.wait_for_selector(f"text={then}", timeout=20_000)


def _read(who: Walker, ledger: Path) -> None:
    who.follow("导入导出", within="#rail")
    who.go("/imports/new/")
    who.page.set_input_files("main >> input[type=file]", str(ledger))
    who.press("下一步：看列")
    assert who.says("表头在第")
    who.look("1-columns")
    who.press("下一步：逐行预览")
    _work(who, "写入前看一遍")


def _look_through(who: Walker) -> None:
    """All or nothing by default: with refused rows in it, nothing is written."""
    who.look("2-preview")
    who.press("写入", within="#commit")
    assert who.page.locator(".refusal").count() > 0
    who.look("3-all-or-nothing")
    who.page.go_back()


def _write(who: Walker) -> int:
    before = Project.objects.count()
    who.page.check("#skip_bad")
    who.press("写入", within="#commit")
    _work(who, "问题工作簿")
    who.look("4-done")
    return Project.objects.count() - before


def _error_workbook(who: Walker, folder: Path) -> int:
    """The refused rows as they were, with what is wrong beside them."""
    with who.page.expect_download() as download:
        who.page.locator("main >> a:has-text('问题工作簿')").click()
    path = folder / "errors.xlsx"
    download.value.save_as(path)
    sheet = load_workbook(path).worksheets[0]
    heads = [str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row]
    assert "问题" in heads
    return sheet.max_row


def _take_back(who: Walker) -> None:
    who.page.locator("summary:has-text('撤销导入')").click()
    who.press("撤销导入", within=".confirm-panel")
    _work(who, "撤销的结果")
    who.look("5-taken-back")
    who.go("/imports/")
    who.look("6-list")
