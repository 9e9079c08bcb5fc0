"""The monthly bulletin: taken, worded, approved by a second person, opened in three forms, archived, an altered file found."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.models import Report
from feidi.kernel.files.services import path_of
from tests.journeys.walking import Walker
from tests.support.world import World

pytestmark = pytest.mark.journey
DAY = datetime.fromisoformat("2026-11-27T10:00:00+08:00")
TARGETS = Path("artefacts/office")
SAID = "本年签约3个，完成年度任务30个的10.0%"


def three_signed(world: World) -> None:
    """Three contracts, two of them reported, one lead."""
    world.now = DAY
    for at in range(3):
        row = world.to_signed(world.lead(f"签约项目{at + 1}", f"滨海第{at + 1}有限公司"))
        if at:
            Project.objects.filter(pk=row.pk).update(reported_at=DAY, coordination="中试场地待落实")
    world.lead("刚来的线索", "滨海第9有限公司")


def draft_is_taken(officer: Walker) -> str:
    """A kind is chosen, its period is proposed; the page reads like the paper. Return the figures' table as words."""
    officer.go("/reports/")
    officer.look("empty")
    officer.go("/reports/new/?kind=monthly")
    officer.fill(period="2026年11月")
    officer.look("new")
    officer.press("取数，成草稿")
    assert officer.says(SAID)
    assert officer.says("另有1个项目尚未报送，只计数，不列名称。")
    assert not officer.says("签约项目1")
    officer.look("draft")
    return officer.page.locator("#text table").first.inner_text()


def words_are_edited(officer: Walker) -> None:
    """A figure in brackets is altered and refused; words alone are kept."""
    officer.follow("改文字", within="header")
    field = officer.page.locator("[name='overview']")
    before = field.input_value()
    assert "【累计签约：3个】" in before
    field.fill(before.replace("【累计签约：3个】", "【累计签约：9个】"))
    officer.press("保存")
    assert "【累计签约：9个】不是报表里的数字" in officer.page.content()
    officer.page.locator("[name='overview']").fill(before)
    officer.fill(highlights_words="两家企业已报送（演示）。")
    officer.look("words")
    officer.press("保存")
    assert officer.says("两家企业已报送（演示）。")


def another_approves(lead: Walker, uid: str) -> None:
    """The second person reads it and approves."""
    lead.go(f"/reports/{uid}/")
    lead.press("批准")
    assert lead.says("已批准")
    lead.look("approved")


def figures_of(table: str) -> dict[str, str]:
    """Return label → this period's value of the table on the page."""
    lines = [line.split("\t") for line in table.splitlines() if line.count("\t") >= 3]
    return {cells[0].strip(): cells[1].strip() for cells in lines[1:]}


def three_files_say_the_same(officer: Walker, table: str) -> None:
    """Each form is opened and compared with the page."""
    told, said = figures_of(table), {}
    assert len(told) >= 8
    for form in ("Word 文档", "PDF 文档", "Excel 表"):
        with officer.page.expect_download() as got:
            officer.page.locator(f"#files >> a:has-text('{form}')").click()
        said[form] = Path(got.value.path()).read_bytes()
    TARGETS.mkdir(parents=True, exist_ok=True)
    (TARGETS / "monthly.docx").write_bytes(said["Word 文档"])
    (TARGETS / "monthly.pdf").write_bytes(said["PDF 文档"])
    (TARGETS / "monthly.xlsx").write_bytes(said["Excel 表"])
    word = docx.Document(io.BytesIO(said["Word 文档"]))
    rows = {row.cells[0].text: row.cells[1].text for row in word.tables[0].rows[1:]}
    assert rows == told
    assert SAID in "\n".join(each.text for each in word.paragraphs)
    sheet = load_workbook(io.BytesIO(said["Excel 表"]))["指标"]
    numbers = {line[0].value: (line[1].value, line[3].value) for line in sheet.iter_rows(min_row=2)}
    assert {label: numbers[label][1] for label in told} == told
    assert numbers["线索数"][0] == 4
    assert said["PDF 文档"].startswith(b"%PDF")
    if shutil.which("pdftotext"):
        done = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=said["PDF 文档"], capture_output=True, check=True
        )
        printed = re.sub(r"\s", "", done.stdout.decode())
        assert SAID in printed
        assert all(f"{label}{value}".replace(" ", "") in printed for label, value in told.items() if "缺" not in value)


def archived_and_altered(officer: Walker, uid: str) -> None:
    """The archive is whole, until somebody alters a file behind its back."""
    officer.press("归档")
    officer.follow("核验归档", within="#files")
    assert officer.says("内容和每个文件都与批准时一致")
    officer.look("whole")
    path = path_of(Report.objects.get(uid=uid).files.get(form="docx").file)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    officer.go(f"/reports/{uid}/verify/")
    assert officer.says("有内容与批准时不一致")
    officer.look("altered")


def leaders_come(officer: Walker) -> None:
    """In half an hour: four things on one page."""
    officer.go("/reports/visit/?guests=区领导一行5人")
    assert officer.says("区领导一行5人")
    officer.look("visit")
    with officer.page.expect_download() as got:
        officer.page.locator("#ready >> a:has-text('汇报提纲')").click()
    outline = docx.Document(io.BytesIO(Path(got.value.path()).read_bytes()))
    assert SAID in "\n".join(each.text for each in outline.paragraphs)
    with officer.page.expect_download() as got:
        officer.page.locator("#ready >> a:has-text('签到表')").click()
    sheet = docx.Document(io.BytesIO(Path(got.value.path()).read_bytes()))
    assert len(sheet.tables[0].rows) > 10


def test_reports(walker: Callable[[str], Walker], people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: DAY)
    three_signed(people)
    officer = walker("officer")
    table = draft_is_taken(officer)
    words_are_edited(officer)
    uid = Report.objects.get().uid
    another_approves(walker("lead"), uid)
    officer.go(f"/reports/{uid}/")
    three_files_say_the_same(officer, table)
    archived_and_altered(officer, uid)
    leaders_come(officer)
