"""Demonstration 1, our ledger: 127 rows said in one line, three in a workbook with their problems in red, a cell of two
talks as two entries of the timeline, and all of it taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project
from feidi.kernel.audit.verify import verify
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.jobs.services import run_pending
from feidi.portals.cli.demonstration.messy_ledger import write_ledger
from feidi.portals.cli.demonstration.messy_rows import known_projects
from feidi.portals.ui import clock
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey
#: What the installation knows before, so that the ledger also updates rows and resembles some.
KNOWN = (
    "低温检测", "膜分离", "骨修复", "窑炉节能", "超声探头", "纳米涂层", "精密夹具", "水质监测", "封装载板", "药物筛选", "光栅", "储能",
    "陶瓷阀门", "细胞培养", "油墨", "热成像", "微流控", "液压件", "碳纤维", "齿轮箱", "电解槽", "色谱柱", "轴承", "传感芯片", "隔膜泵",
    "真空炉", "注塑模", "测距仪",
)  # fmt: skip
SUMMARY = "127 行：新增 98，更新 21，疑似重复 5，未导入 3"
RED = "C00000"
TALKS = "11.3 电话沟通；11.10 来访，李博士等3人"


def test_messy_ledger(
    walker: Callable[[str], Walker], people: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)
    for number, kind in enumerate(KNOWN, start=1):
        people.lead(f"{kind}项目", f"滨海第{number}{kind}有限公司", contact_phone=f"139000012{number:02d}")
    before = _state()
    ledger = tmp_path / "演示台账.xlsx"
    count = write_ledger(ledger, today=people.now.date(), known=known_projects())
    officer = walker("officer")
    _read(officer, ledger)
    assert count == 127
    assert officer.says(SUMMARY)
    _look_through(officer)
    written = _write(officer)
    assert written == 98
    _error_workbook(officer, tmp_path)
    _two_talks(officer)
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
    who.go("/")
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


def _error_workbook(who: Walker, folder: Path) -> None:
    """The rows that were not taken, as they were, with what is wrong beside them in red; five wait for a decision."""
    with who.page.expect_download() as download:
        who.page.locator("main >> a:has-text('问题工作簿')").click()
    path = folder / "errors.xlsx"
    download.value.save_as(path)
    sheet = load_workbook(path).worksheets[0]
    said = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
    column = said["问题"]
    told = [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=column, max_col=column) if cell.value]
    assert len(told) == 3 + 5
    assert all(each.font.color is not None and str(each.font.color.rgb)[2:] == RED for each in told)


def _two_talks(who: Walker) -> None:
    """One cell became two entries of the timeline, each on its day; the year is proposed, to be confirmed."""
    project = Project.objects.get(progress=TALKS)
    who.go(f"/projects/{project.uid}/?tab=timeline")
    for day, words in (("2026-11-03", "电话沟通"), ("2026-11-10", "来访，李博士等3人")):
        entry = who.page.locator(f"main .timeline-list >> li:has-text('{words}')").first.inner_text()
        assert day in entry, entry
        assert "年份待确认" in entry
    who.look("5-two-talks")


def _take_back(who: Walker) -> None:
    batch = ImportBatch.objects.get()
    who.go(f"/imports/{batch.uid}/done/")
    who.page.locator("summary:has-text('撤销导入')").click()
    who.press("撤销导入", within=".confirm-panel")
    _work(who, "撤销的结果")
    assert who.says("收回 98 个新增项目，还原 21 个更新，0 个因之后有人动过而保留")
    who.look("6-taken-back")
    who.go("/imports/")
    who.look("7-list")
