"""``feidi report``: a file of a period as it stands, its figures as data, what is kept; exit 0, 1, 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project
from feidi.kernel.audit.models import AuditEntry
from feidi.portals.cli.main import main
from tests.domain.reporting.test_reports import draft
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run(*words)``: status and what is printed; the clock stands at the world's moment."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)

    def command(*words: str, who: str = "officer") -> tuple[int, str]:
        status = main(["report", *words, "--as", who])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return command


def test_each_form_of_a_month(world: World, run: Run, tmp_path: Path) -> None:
    told = world.to_signed(world.lead("甲项目"))
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)
    given = ("build", "monthly", "--period", "2026-11")
    word, book, pdf = (tmp_path / f"月报.{form}" for form in ("docx", "xlsx", "pdf"))
    assert run(*given, "--format", "docx", "--out", str(word))[0] == 0
    status, text = run(*given, "--format", "xlsx", "--out", str(book), "--json")
    assert status == 0
    found = json.loads(text)
    assert (found["as_of"], found["empty"], found["figures"]["K08_year"]["text"]) == ("2026-11-23", False, "1个")
    assert run(*given, "--format", "pdf", "--out", str(pdf))[0] == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert load_workbook(book)["指标"]["B2"].value is not None
    assert "本年签约1个" in "".join(each.text for each in docx.Document(str(word)).paragraphs)
    assert AuditEntry.objects.filter(action="report_built").count() == 3


def test_nothing_on_record_is_no_error(run: Run, tmp_path: Path) -> None:
    for period in ("2015-01", "2024-03"):
        status, text = run("build", "monthly", "--period", period, "--out", str(tmp_path / "x.docx"))
        assert status == 0
        assert "这一期没有任何登记" in text


def test_refusals(world: World, run: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "x.docx")
    for words, said in (
        (("build", "monthly", "--period", "2027-01", "--out", out), "还没有开始"),
        (("build", "weekly", "--period", "2026-11", "--out", out), "2026-W47"),
        (("build", "monthly", "--period", "2026-11", "--out", out, "--outpost", "nowhere"), "要写明是哪个驻点"),
        (("build", "monthly", "--period", "2026-11", "--out", out, "--plaque", "none"), "没有“none”这块牌子"),
    ):
        status, text = run(*words)
        assert (status, said in text) == (1, True), text
    assert run("build", "monthly", "--period", "2026-11", "--out", out, who="bureau")[0] == 1
    assert run("build", "monthly", "--period", "2026-11", "--out", str(tmp_path / "no" / "x.docx"))[0] == 2
    with pytest.raises(SystemExit) as stopped:
        run("build", "daily", "--period", "2026-11", "--out", out)
    assert stopped.value.code == 2
    assert not (tmp_path / "x.docx").exists()


def test_what_is_kept_is_listed(world: World, run: Run) -> None:
    assert run("list") == (0, "")
    world.lead("甲项目")
    row = draft(world)
    assert row.number in run("list")[1]
    found = json.loads(run("list", "--json")[1])
    assert [(each["uid"], each["kind"], each["state"], each["period"]) for each in found] == [
        (row.uid, "monthly", "draft", "2026-11")
    ]
    assert run("list", who="rival") == (0, "")
