"""Friday 16:00: one button; the bureau's workbook filled, chat text, papers, all the same; then eleven becomes thirteen."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.models import BoundForm, FormFilling
from feidi.domain.reporting.selectors.papers import snapshot_of
from feidi.domain.reporting.services.forms import BlankForm, add_form, bind_place
from feidi.domain.reporting.services.friday import Press, press_friday
from feidi.portals.cli.demonstration.friday import SUPERIOR, WEEKLY, WEEKLY_BINDINGS, weekly_workbook
from tests.journeys.walking import Walker
from tests.support.world import World

pytestmark = pytest.mark.journey
FRIDAY = datetime.fromisoformat("2026-11-20T16:00:00+08:00")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAID = "签约11个，完成年度任务30个的36.7%，序时进度88.8%，慢52.1个百分点"
TARGETS = Path("artefacts/office")


def eleven_signed(world: World) -> None:
    """Eleven contracts; ten of them were there a week ago, when the form was filled for the first time."""
    world.now = FRIDAY - timedelta(days=10)
    for at in range(10):
        world.to_signed(world.lead(f"签约项目{at + 1}", f"滨海第{at + 1}有限公司"))
    blank = BlankForm(WEEKLY, f"{WEEKLY}.xlsx", weekly_workbook(), SUPERIOR)
    officer, outpost = world.actor("officer"), world.outpost
    form = add_form(actor=officer, now=world.now, outpost=outpost, blank=blank)
    for place, source in WEEKLY_BINDINGS.items():
        if place != "周报!C6":
            bind_place(actor=officer, now=world.now, form=form, place=place, source=source)
    bind_place(actor=officer, now=world.now, form=form, place="周报!C6", source="K08_year")
    Project.objects.update(reported_at=world.now)
    world.now = FRIDAY - timedelta(days=7)
    taken = snapshot_of(officer, outpost, world.now.date(), "week")
    press_friday(actor=officer, now=world.now, snapshot=taken, press=Press(forms=[BoundForm.objects.get()]))
    world.now = FRIDAY - timedelta(days=1)
    last = world.to_signed(world.lead("签约项目11", "滨海第11有限公司"))
    Project.objects.filter(pk=last.pk).update(reported_at=world.now, problems="中试场地待落实")


def red(cell: Any) -> bool:
    """Tell whether a cell's words are red."""
    return bool(cell.font.color is not None and str(cell.font.color.rgb).endswith("FF0000"))


def bind_by_click(officer: Walker) -> None:
    """A place of the bureau's form is bound by a click."""
    page = officer.page
    form = BoundForm.objects.get()
    officer.go(f"/papers/forms/{form.uid}/")
    page.locator("[aria-label='周报'] >> a[aria-label='D8 空格']").click()
    officer.page.wait_for_url("**place=*")
    assert page.input_value("#id_place") == "周报!D8"
    page.select_option("#id_source", value="K01_month")
    officer.press("绑定", within="#bind")
    assert officer.says("周报!D8 已绑定：本月新增线索")
    officer.look("form")


def press_the_button(officer: Walker) -> None:
    """One button; the chat text is on the clipboard."""
    page = officer.page
    officer.go("/papers/")
    assert officer.says(f"截至11月20日，{SAID}")
    officer.fill(highlights="本周新签约签约项目11。")
    officer.look("friday")
    officer.press("一键出稿")
    chat = page.locator("#chat .chat-text").inner_text()
    assert chat.startswith(f"截至11月20日，{SAID}")
    assert len(chat) <= 300
    page.locator("#chat button[data-copy]").click()
    assert page.evaluate("() => navigator.clipboard.readText()") == chat
    officer.look("made")


def look_at_the_workbook(officer: Walker) -> None:
    """The bureau's own workbook, new words red."""
    page = officer.page
    with page.expect_download() as got:
        page.locator("#filled >> a:has-text('下载')").click()
    data = Path(got.value.path()).read_bytes()
    sheet = load_workbook(io.BytesIO(data))["周报"]
    assert (sheet["C6"].value, sheet["D6"].value) == (11, 30)
    assert sheet["E6"].value == pytest.approx(0.367)
    assert red(sheet["C6"])
    assert not red(sheet["D6"])
    TARGETS.mkdir(parents=True, exist_ok=True)
    (TARGETS / "weekly.xlsx").write_bytes(data)


def look_at_the_papers(officer: Walker) -> bytes:
    """The papers say the same; the bulletin has its number and whom it goes to. Return the 情况汇报."""
    page = officer.page
    said = {}
    for words in ("招商引资工作进展", "招商引资工作情况的汇报"):
        with page.expect_download() as got:
            page.locator(f"#papers >> li:has-text('{words}') >> a:has-text('下载')").click()
        said[words] = Path(got.value.path()).read_bytes()
    for paper in said.values():
        assert SAID in "\n".join(each.text for each in docx.Document(io.BytesIO(paper)).paragraphs)
    bulletin = docx.Document(io.BytesIO(said["招商引资工作进展"]))
    whole = "\n".join(each.text for each in bulletin.element.body.iter() if each.tag.endswith("}t") and each.text)
    assert "第1期" in whole
    assert "云溪区人民政府办公室（演示）" in whole
    (TARGETS / "bulletin.docx").write_bytes(said["招商引资工作进展"])
    (TARGETS / "briefing.docx").write_bytes(said["招商引资工作情况的汇报"])
    assert FormFilling.objects.count() == 2
    return said["招商引资工作情况的汇报"]


def thirteen_is_found(officer: Walker, briefing: bytes) -> None:
    """Somebody writes 13 in WPS."""
    page = officer.page
    document = docx.Document(io.BytesIO(briefing))
    next(run for each in document.paragraphs for run in each.runs if run.text == "11个").text = "13个"
    stream = io.BytesIO()
    document.save(stream)
    officer.follow("招商引资工作情况的汇报", within="#papers")
    officer.upload("情况汇报改稿.docx", stream.getvalue(), DOCX)
    officer.press("核对数字")
    assert officer.says("第1段：13 与台账 11 不符（截至2026-11-20）")
    assert page.locator("#check mark").inner_text() == "13个"
    officer.look("checked")
    page.locator("#text >> a:has-text('11个')").first.click()
    page.wait_for_url("**/figures/rows/**")
    assert officer.says("签约项目11")


def test_friday(walker: Callable[[str], Walker], people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: FRIDAY)
    eleven_signed(people)
    officer = walker("officer")
    officer.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=officer.server)
    bind_by_click(officer)
    press_the_button(officer)
    look_at_the_workbook(officer)
    thirteen_is_found(officer, look_at_the_papers(officer))
