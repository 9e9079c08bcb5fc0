"""``feidi match portfolio``: a table of candidates, what is chosen, what would do, and tables that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feidi.portals.cli.main import main

ASKED = ("--at-least", "3", "--confidence", "0.9")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "candidates.csv"
    rows = [
        f"P{i:02},{25 + i % 5 * 5}%,{80 + i % 4 * 60},{50 + i % 3 * 40},{'医药材料环保'[i % 3 * 2 :][:2]}"
        for i in range(20)
    ]
    path.write_text("项目,落地概率,面积（㎡）,资金（万元）,行业\n" + "\n".join(rows) + "\n", encoding="utf-8-sig")
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    status = main(["match", "portfolio", *map(str, words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_six_key_projects_are_thin_and_what_would_do(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = told(capsys, table, *ASKED, "--area", "3000", "--at-most", "6")
    assert status == 0
    assert (found["met"], found["proved"], len(found["chosen"])) == (False, True, 6)
    said = {each["code"]: each["text"] for each in found["remedies"]}
    assert "每个的落地概率都要到 66.7%" in said["portfolio.needs_chance"]
    assert {"portfolio.needs_more", "portfolio.needs_number"} <= set(said)
    assert main(["match", "portfolio", str(table), *ASKED, "--area", "3000", "--at-most", "6"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("至少落地 3 个、把握 90%：做不到")


def test_a_choice_within_area_money_and_sectors(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--at-least", "2", "--confidence", "0.7", "--area", "1150", "--budget", "800万元", "--sector", "医药=3")
    status, found = told(capsys, table, *words, "--curves")
    assert status == 0
    assert found["met"]
    assert found["area"] <= 1150
    assert found["cost_fen"] <= 800 * 10_000 * 100
    assert found["currency"] == "CNY"
    assert found["probability"] >= 0.7
    assert sum(found["distribution"]) == pytest.approx(1)
    assert [point["limit"] for point in found["by_number"]] == list(range(1, 21))
    heights = [point["probability"] for point in found["by_area"]]
    assert heights == sorted(heights)
    assert main(["match", "portfolio", str(table), *words, "--curves"]) == 0
    assert "面积（㎡）：" in capsys.readouterr().out


def test_cases_have_a_range_and_gaps_are_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(
        "项目,落地数,案例数,落地概率,概率下限,概率上限,面积\n甲,3,4,,,,100\n乙,,,0.8,0.7,0.9,120㎡\n丙,,0,,,,90\n丁,2,3,,,,\n".encode(
            "gb18030"
        )
    )
    status, found = told(capsys, path, "--at-least", "1", "--confidence", "0.9", "--area", "500")
    assert status == 0
    assert found["asks"] == [{"id": "丙", "fact": "chance"}, {"id": "丁", "fact": "area"}]
    assert found["chosen"] == ["甲", "乙"]
    assert found["probability_lo"] < found["probability"] < found["probability_hi"]
    assert "portfolio.few_cases" in {each["code"] for each in found["findings"]}
    assert main(["match", "portfolio", str(path), "--at-least", "1", "--confidence", "0.9", "--area", "500"]) == 0
    assert "问清后可判断：丙 的落地概率" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("名目,概率\n甲,0.5\n", "portfolio.column_missing", None),
        ("项目,概率\n甲,1.5\n", "portfolio.cell_wrong", 2),
        ("项目,概率\n甲,高\n", "portfolio.cell_wrong", 2),
        ("项目,概率\n,0.5\n", "portfolio.id_missing", 2),
        ("项目,概率,面积\n\n甲,0.5,大\n", "portfolio.cell_wrong", 3),
        ("项目,概率,资金\n甲,0.5,若干\n", "portfolio.cell_wrong", 2),
        ("项目,落地数,案例数\n甲,5,4\n", "portfolio.cases_wrong", 2),
        ("项目,落地数,案例数\n甲,一,4\n", "portfolio.cell_wrong", 2),
    ],
)
def test_tables_that_cannot_be_used(
    text: str, code: str, row: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.csv"
    path.write_text(text, encoding="utf-8")
    status, found = told(capsys, path, *ASKED)
    assert (status, found["refused"]) == (2, "portfolio.file_faulty")
    assert [(each["code"], each["row"]) for each in found["reasons"]] == [(code, row)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--at-least", "0", "--confidence", "0.9"), "portfolio.least_wrong"),
        (("--at-least", "1", "--confidence", "1"), "portfolio.confidence_wrong"),
        ((*ASKED, "--budget", "数千万"), "portfolio.budget_words"),
        ((*ASKED, "--sector", "医药"), "portfolio.sector_words"),
    ],
)
def test_what_is_refused(table: Path, words: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = told(capsys, table, *words)
    assert (status, found["refused"]) == (2 if code.endswith("_words") else 1, code)


def test_nothing_to_choose_and_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.csv"
    path.write_text("项目,概率\n甲,\n", encoding="utf-8")
    status, found = told(capsys, path, *ASKED)
    assert (status, found["findings"][0]["code"]) == (1, "portfolio.no_candidates")
    status, found = told(capsys, tmp_path / "nowhere.csv", *ASKED)
    assert (status, found["refused"]) == (2, "portfolio.file_unreadable")
