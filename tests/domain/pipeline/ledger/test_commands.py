"""``feidi import`` and ``feidi sheets``: the contract of their JSON and of their exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feidi.domain.pipeline.models import Project
from feidi.engines.sheets import read_workbook
from feidi.portals.cli.main import main
from tests.domain.pipeline.ledger.conftest import sheet_bytes
from tests.support.world import World

GOOD = {"项目名称": "甲项目", "投资方/团队": "甲公司", "项目阶段": "在谈", "联系人": "王工"}
BAD = {"项目名称": "乙项目", "投资方/团队": "乙公司", "项目阶段": "飞升"}
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str | Path, said: bool = True) -> tuple[int, Any]:
        status = main([str(each) for each in words])
        out = capsys.readouterr().out
        return status, json.loads(out) if said else out

    return call


@pytest.fixture
def ledger(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: dict[str, str], name: str = "台账.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(sheet_bytes(rows, title="云溪区招商台账（演示）"))
        return path

    return write


@pytest.mark.django_db
def test_import_all_or_nothing_then_skip_then_undo(
    world: World, run: Run, ledger: Callable[..., Path], tmp_path: Path
) -> None:
    file, report = ledger(GOOD, BAD), tmp_path / "问题.xlsx"
    status, said = run("import", "projects", file, "--as", "officer", "--json", "--report", report)
    assert status == 1
    assert {name: said[name] for name in ("rows", "new", "updated", "unchanged", "suspected", "refused", "committed")} == {
        "rows": 2, "new": 1, "updated": 0, "unchanged": 0, "suspected": 0, "refused": 1, "committed": False,
    }  # fmt: skip
    assert [each["row"] for each in said["findings"] if each["code"] == "ledger.stage_unknown"] == [4]
    assert all(set(each) == {"level", "row", "column", "code", "text"} and each["text"] for each in said["findings"])
    assert not Project.objects.exists()
    assert [each.values[0].text for each in read_workbook(report).sheets[0].iter_records()] == ["乙项目"]
    status, said = run("import", "projects", file, "--as", "officer", "--json", "--skip-bad")
    assert (status, said["committed"], Project.objects.count()) == (1, True, 1)
    status, said = run("import", "undo", said["batch"], "--as", "officer", "--json")
    assert (status, said["voided"], said["kept"]) == (0, 1, 0)
    assert not Project.objects.filter(voided_at__isnull=True).exists()


@pytest.mark.django_db
def test_dry_run_writes_no_project(world: World, run: Run, ledger: Callable[..., Path]) -> None:
    status, said = run("import", "projects", ledger(GOOD), "--as", "officer", "--json", "--dry-run")
    assert (status, said["new"], said["committed"]) == (0, 1, False)
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_a_text_for_people(world: World, run: Run, ledger: Callable[..., Path]) -> None:
    status, said = run("import", "projects", ledger(GOOD, BAD), "--as", "officer", "--dry-run", said=False)
    assert status == 1
    assert "2 行：新增 1，更新 0，无变化 0，疑似重复 0，未导入 1" in said
    assert "看不懂阶段“飞升”" in said


@pytest.mark.django_db
def test_unusable_input_is_status_two(world: World, run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    for path in (broken, tmp_path / "没有.xlsx"):
        status, said = run("import", "projects", path, "--as", "officer", "--json")
        assert (status, said["batch"]) == (2, None)
        assert said["findings"]


@pytest.mark.django_db
def test_who_may_not_import_is_told(world: World, run: Run, ledger: Callable[..., Path]) -> None:
    for login in ("bureau", "manager"):
        status, said = run("import", "projects", ledger(GOOD), "--as", login, "--json")
        assert (status, said["refused"]) == (1, "imports.not_allowed")
    status, said = run("import", "undo", "nosuchbatch0", "--as", "rival", "--json")
    assert (status, said["refused"]) == (1, "imports.not_found")


def test_sheets_read_needs_no_database(run: Run, ledger: Callable[..., Path], tmp_path: Path) -> None:
    status, said = run("sheets", "read", ledger(GOOD), "--json")
    assert status == 0
    (sheet,) = said["sheets"]
    assert (sheet["header_rows"], sheet["rows"], sheet["records"][0]["项目名称"]) == ([2], 1, "甲项目")
    assert {"name", "unit", "type"} == set(sheet["columns"][0])
    assert run("sheets", "read", ledger(GOOD), "--sheet", "无此表", "--json")[0] == 2
    (tmp_path / "x.xlsm").write_bytes(b"PK\x03\x04")
    status, said = run("sheets", "read", tmp_path / "x.xlsm", "--json")
    assert status == 2
    assert [each["level"] for each in said["findings"]] == ["fatal"]
    assert "【台账】表头第 2 行" in run("sheets", "read", ledger(GOOD), said=False)[1]
