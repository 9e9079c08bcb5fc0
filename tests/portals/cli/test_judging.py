"""``feidi judging rank``: scores become an order; tables that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feidi.portals.cli.main import main


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "scores.csv"
    rows = ["项目,评委,总分"]
    rows += [f"甲,评委{n},{value}" for n, value in enumerate(("88.5", "90", "76", "95", "90"))]
    rows += [f"乙,评委{n},80" for n in range(5)]
    path.write_bytes("\n".join(rows).encode("gb18030"))
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    status = main(["judging", "rank", *map(str, words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_the_written_rule(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = told(capsys, table, "--method", "trimmed")
    assert status == 0
    assert [(each["project"], each["rank"], each["score"]) for each in found["projects"]] == [
        ("甲", 1, "89.50"),
        ("乙", 2, "80.00"),
    ]
    assert main(["judging", "rank", str(table), "--method", "mean"]) == 0
    assert "  1    87.90  甲（5 位评委）" in capsys.readouterr().out


def test_corrected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.csv"
    rows = "甲,严,70 甲,平,83 乙,宽,81 乙,平,80 丙,严,60 丙,宽,72 丁,严,61 丁,平,71 丁,宽,74 戊,严,58 戊,宽,71 己,严,64 己,平,75"
    path.write_text("project,judge,score\n" + "\n".join(rows.split()) + "\n", encoding="utf-8")
    status, found = told(capsys, path, "--method", "additive", "--advance", "1")
    assert status == 0
    harsh = next(each for each in found["judges"] if each["judge"] == "严")
    assert harsh["told"]
    assert harsh["effect"] < 0
    assert found["projects"][0]["project"] == "甲"
    assert {each["project"]: each["crosses"] for each in found["differs"]}["甲"]
    assert main(["judging", "rank", str(path), "--method", "additive"]) == 0
    assert "评委 严：-" in capsys.readouterr().out


def test_criteria_columns_add_up_and_part_equals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.csv"
    path.write_text("项目,评委,创新性,商业价值\n甲,张,30,20\n乙,张,25,25\n", encoding="utf-8")
    status, found = told(capsys, path, "--method", "mean")
    assert (status, [each["code"] for each in found["findings"]]) == (1, ["judging.tie_left"])
    status, found = told(capsys, path, "--method", "mean", "--ties", "criterion:创新性")
    assert status == 0
    assert [(each["project"], each["decided_by"]) for each in found["projects"]] == [
        ("甲", "criterion:创新性"),
        ("乙", "criterion:创新性"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "row", "value"),
    [
        ("项目,总分\n甲,80\n", "judging.column_missing", None, None),
        ("项目,评委,总分\n甲,,80\n", "judging.name_missing", 2, None),
        ("项目,评委,总分\n甲,张,八十\n", "judging.cell_wrong", 2, "八十"),
        ("项目,评委,总分\n甲,张,nan\n", "judging.cell_wrong", 2, "nan"),
        ("项目,评委,总分\n甲,张,120\n", "judging.out_of_range", 2, "120"),
        ("项目,评委,总分\n甲,张,-1\n", "judging.out_of_range", 2, "-1"),
        ("项目,评委,总分\n甲,张,80\n甲,张,81\n", "judging.line_twice", 3, None),
        ("项目,评委,总分,创新性\n甲,张,80,30\n", "judging.score_and_parts", None, None),
    ],
)
def test_tables_that_cannot_be_used(
    text: str, code: str, row: int | None, value: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "s.csv"
    path.write_text(text, encoding="utf-8")
    status, found = told(capsys, path, "--method", "mean")
    assert (status, found["refused"]) == (2, "judging.file_faulty")
    assert "s.csv" in found["text"]
    assert [(each["code"], each["row"]) for each in found["reasons"]] == [(code, row)]
    assert value is None or value in found["reasons"][0]["text"]


def test_refused_and_empty(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.csv"
    path.write_text("项目,评委,总分\n甲,张,80\n甲,王,80\n甲,李,80\n", encoding="utf-8")
    status, found = told(capsys, path, "--method", "trimmed")
    assert (status, found["refused"]) == (1, "judging.too_few_to_trim")
    assert told(capsys, path, "--method", "additive")[1]["refused"] == "judging.overlap_low"
    path.write_text("项目,评委,总分\n", encoding="utf-8")
    assert told(capsys, path, "--method", "mean")[0] == 2
    assert told(capsys, tmp_path / "nowhere.csv", "--method", "mean")[0] == 2
    assert told(capsys, table, "--method", "mean", "--judges", "7")[1]["refused"] == "judging.too_few_judges"
