"""Demonstration 10: leaders come in half an hour; then a bad day: somebody leaves, the home takes its data.

The restore of a backup into an empty machine is walked by the command's own tests (``tests/kernel/backup``): it needs a
second home and a program of its own.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from feidi.domain.liaison.models import WorkHandover
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.registering import assign_owner
from feidi.domain.reporting.models import DataHandover
from feidi.portals.cli.main import main
from tests.journeys.walking import Walker
from tests.support.browser import assert_accessible, screenshot
from tests.support.flows import contract, landed

pytestmark = pytest.mark.journey
SCENES = ("funnel", "flows", "landings", "targets", "space", "events", "alerts")
SECRET = "不公开的低温项目"
WIDE = {"width": 1920, "height": 1080}
HELD = 43
#: What the visit allows, in seconds; the leaders come in thirty minutes.
IN_TIME = 180


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


def a_year_of_work(world: Any) -> list[Project]:
    """A landing that is not public, a technology contract, and what one officer holds."""
    case = landed(world, SECRET)
    contract(world)
    told = world.to_signed(world.lead("已报送的项目", "滨海已报有限公司"))
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)
    held = [world.lead(f"在谈项目{at}", f"滨海在谈{at}有限公司") for at in range(HELD)]
    for each in held:
        assign_owner(actor=world.actor("lead"), now=world.now, project=each, owner=world.users["manager"])
    return [case.project, *held]


def taken(who: Walker, words: str) -> bytes:
    """Return what a download of the page holds."""
    with who.page.expect_download() as got:
        who.page.locator(f"#ready >> a:has-text('{words}')").click()
    return Path(got.value.path()).read_bytes()


def four_things_on_one_page(officer: Walker) -> None:
    """Outline, picture, sign-in sheet; what was not reported is named in none of them."""
    officer.go("/reports/visit/?guests=区领导一行5人")
    assert officer.says("区领导一行5人")
    officer.look("four")
    outline = docx.Document(io.BytesIO(taken(officer, "汇报提纲")))
    cells = [cell.text for table in outline.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(each.text for each in outline.paragraphs), *cells])
    assert "本年签约2个" in words
    assert "在谈项目1" not in words
    picture = Image.open(io.BytesIO(taken(officer, "一页图")))
    assert picture.format == "PNG"
    assert min(picture.size) >= 600
    sheet = docx.Document(io.BytesIO(taken(officer, "签到表")))
    assert len(sheet.tables[0].rows) > 10
    assert "区领导一行5人" in "\n".join(each.text for each in sheet.paragraphs) + str(
        [cell.text for row in sheet.tables[0].rows for cell in row.cells]
    )


def the_wall_names_nobody(officer: Walker, rows: list[Project]) -> None:
    """Every scene, from the visit's own link; flows are nodes, not a map."""
    page = officer.page
    with page.expect_navigation():
        page.locator("#ready >> a:has-text('大屏')").click()
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    for code in SCENES:
        officer.go(f"/wall/?scene={code}")
        page.wait_for_selector(f"[data-code='{code}']")
        source = page.content()
        hidden = [name for row in rows for name in (row.name, row.sponsor_name, row.code) if name in source]
        assert not hidden, f"{code} names {hidden}"
        if code == "flows":
            assert page.locator("[data-code='flows']").first.locator(".flows-node").count() == 2
            assert page.locator(".flows-map").count() == 0
            assert_accessible(page)
            screenshot(page, "surprise-visit-flows", full_page=False)
        if code == "landings":
            assert "名称未公开的项目" in source
    page.set_viewport_size({"width": 1280, "height": 900})


def who_leaves_hands_over_in_one_move(lead: Walker, people: Any) -> None:
    """Look, one move, the list to be signed, and all of it back."""
    lead.go("/handovers/new/")
    for name, whose in (("leaver", "manager"), ("taker", "officer")):
        lead.page.select_option(f"main >> [name='{name}']", value=str(people.users[whose].pk))
    lead.fill(reason="离职")
    lead.press("看清单", within="main")
    assert lead.says("在谈项目42")
    lead.look("holdings")
    lead.press("确认移交", within="main")
    row = WorkHandover.objects.get()
    assert row.items.filter(subject_kind="pipeline.project").count() == HELD
    assert Project.objects.filter(owner__login="officer", name__startswith="在谈项目").count() == HELD
    lead.look("handed")
    with lead.page.expect_download() as got:
        lead.follow("交接清单", within="header")
    listed = docx.Document(io.BytesIO(Path(got.value.path()).read_bytes()))
    assert "在谈项目42" in str([cell.text for table in listed.tables for line in table.rows for cell in line.cells])
    place = lead.page.locator("details.confirm:has(summary:has-text('撤销移交'))").first
    place.locator("summary").click()
    with lead.page.expect_navigation():
        place.locator("button:has-text('撤销移交')").click()
    assert Project.objects.filter(owner__login="manager", name__startswith="在谈项目").count() == HELD
    lead.look("undone")


def the_home_takes_its_data(lead: Walker, home: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A package for one home; its page is there, and nobody received it yet."""
    assert main(["handover", "--home", home, "--out", str(folder), "--as", "lead"]) == 0
    capsys.readouterr()
    row = DataHandover.objects.get()
    lead.go("/data-handovers/")
    assert lead.says(row.number)
    assert lead.says("待签收")
    lead.follow(row.number)
    lead.look("package")
    assert any(each.suffix == ".xlsx" for each in folder.rglob("*"))


def test_surprise_visit(
    walker: Callable[[str], Walker], people: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = a_year_of_work(people)
    officer = walker("officer")
    began = time.monotonic()
    four_things_on_one_page(officer)
    the_wall_names_nobody(officer, rows)
    assert time.monotonic() - began < IN_TIME
    lead = walker("lead")
    who_leaves_hands_over_in_one_move(lead, people)
    the_home_takes_its_data(lead, people.outpost.home.code, tmp_path, capsys)
