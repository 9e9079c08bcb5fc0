"""``feidi regions``: indices and 互补点 from real files, and files that cannot be used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from feidi.portals.cli.main import main

HEADS = ["地区", "陶瓷", "家电", "电子", "软件"]
ROWS = [["云溪", 350, 220, 45, 5], ["滨海", 25, 90, 620, 180], ["甲市", 60, 130, 300, 60]]


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    path = tmp_path / "matrix.csv"
    lines = [
        "# 来源: 虚构的普查",
        "# 年份: 2023",
        "# 虚构: 是",
        ",".join(HEADS),
        *(",".join(map(str, r)) for r in ROWS),
    ]
    path.write_bytes("\n".join(lines).encode("gb18030"))
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    status = main(["regions", *map(str, words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_indices_of_a_file_in_an_old_encoding(matrix: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = told(capsys, "indices", matrix)
    assert status == 0
    assert found["source"] == {"name": "虚构的普查", "year": 2023, "unit": "", "invented": True}
    assert found["location_quotient"]["云溪"]["陶瓷"] == pytest.approx((350 / 620) / (435 / 2085))
    assert found["specialised"]["滨海"] == {"陶瓷": 0, "家电": 0, "电子": 1, "软件": 1}
    assert found["regions"]["甲市"]["diversity"] == 2
    assert found["industries"]["陶瓷"]["ubiquity"] == 1
    assert main(["regions", "indices", str(matrix)]) == 0
    assert "虚构的普查　2023 年　虚构数字" in capsys.readouterr().out


def test_a_workbook_gives_the_same(matrix: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "matrix.xlsx"))
    sheet = book.add_worksheet()
    # shown in thousands, read as they are
    shown = book.add_format({"num_format": "#,##0.0,"})
    for row, cells in enumerate([HEADS, *ROWS]):
        sheet.write_row(row, 0, cells, shown)
    book.close()
    one, other = (told(capsys, "indices", path)[1] for path in (matrix, tmp_path / "matrix.xlsx"))
    assert one["location_quotient"] == other["location_quotient"]
    assert one["density"] == other["density"]


def test_complementarity_with_everything_behind_it(matrix: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = told(capsys, "complementarity", matrix, "--home", "云溪", "--host", "滨海", "--top", "2")
    assert status == 0
    best = found["points"][0]
    assert (best["home_industry"], best["host_industry"]) == ("家电", "电子")
    assert best["score"] == pytest.approx(sum(part["share"] for part in best["parts"]))
    assert [part["code"] for part in best["parts"]] == ["host_adds", "home_adds", "home_leads", "host_leads"]
    assert [(cell["region"], cell["industry"]) for cell in best["cells"]] == [
        ("云溪", "家电"), ("滨海", "家电"), ("云溪", "电子"), ("滨海", "电子")]  # fmt: skip
    assert len(found["points"]) == 2
    grown = found["home_grows"][0]
    assert grown["added"] == pytest.approx(sum(part["points"] for part in grown["gained"]))
    assert main(["regions", "complementarity", str(matrix), "--home", "云溪", "--host", "滨海"]) == 0
    out = capsys.readouterr().out
    assert "1. 云溪·家电 × 滨海·电子" in out
    assert "滨海 因对方而更近的产业" in out


def test_given_relatedness_linkages_and_weights(
    matrix: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    related, flows = tmp_path / "related.csv", tmp_path / "flows.csv"
    related.write_text(",陶瓷,电子\n陶瓷,,2\n电子,1,\n", encoding="utf-8")
    flows.write_text(",家电,电子\n家电,5,1\n电子,30,9\n总产出,100,200\n", encoding="utf-8")
    asked = ("complementarity", matrix, "--home", "云溪", "--host", "滨海")
    _status, found = told(capsys, *asked, "--relatedness", related)
    first = found["points"][0]
    assert (first["home_industry"], first["host_industry"], first["relatedness"]) == ("陶瓷", "电子", [2, 1])
    assert {each["code"] for each in found["findings"]} >= {"regions.not_related_given"}
    status, found = told(capsys, *asked, "--links", flows, "--by-inputs", "--weight", "home_leads=0")
    assert status == 0
    assert found["method"] == "inputs"
    best = found["points"][0]
    assert (best["home_industry"], best["host_industry"]) == ("家电", "电子")
    assert best["links"][1]["supply"] == pytest.approx(0.3)
    assert found["weights"]["home_leads"] == 0


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["--host", "无此地"], 1, "regions.region_unknown"),
        (["--host", "云溪"], 1, "regions.same_region"),
        (["--host", "滨海", "--by-inputs"], 1, "regions.by_inputs"),
        (["--host", "滨海", "--weight", "好=1"], 2, "regions.weight_words"),
        (["--host", "滨海", "--weight", "host_adds=-1"], 2, "regions.weight_words"),
        (["--host", "滨海", "--relatedness", "nowhere.csv"], 2, "regions.file_unreadable"),
    ],
)
def test_what_is_refused(
    matrix: Path, words: list[str], status: int, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, "complementarity", matrix, "--home", "云溪", *words)
    assert (found[0], found[1]["refused"]) == (status, code)
    if code == "regions.region_unknown":
        assert "云溪、滨海、甲市" in found[1]["fix"]
    assert main(["regions", "complementarity", str(matrix), "--home", "云溪", *words]) == status
    assert "✗" in capsys.readouterr().err


def test_faults_are_told_with_row_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("地区,陶瓷,电子\n云溪,3,\n滨海,-2,多\n云溪,1,1\n", encoding="utf-8")
    status, found = told(capsys, "indices", path)
    assert (status, found["refused"]) == (2, "regions.matrix_faulty")
    assert [(each["code"], each["row"], each["column"]) for each in found["reasons"]] == [
        ("regions.label_twice", 4, None),
        ("regions.cell_missing", 2, "电子"),
        ("regions.negative", 3, "陶瓷"),
        ("regions.not_number", 3, "电子"),
    ]
    assert "4 处问题" in found["text"]
    path.write_text("地区" + ",x" * 40 + "\n甲" + ",多" * 40 + "\n", encoding="utf-8")
    assert "处问题" in told(capsys, "indices", path)[1]["text"]


def test_a_region_of_zeros_is_a_problem_but_answered(matrix: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matrix.write_bytes(matrix.read_bytes() + "\n空地,0,0,0,0".encode("gb18030"))
    status, found = told(capsys, "indices", matrix)
    assert status == 1
    assert found["location_quotient"]["空地"] == dict.fromkeys(HEADS[1:])
    assert ("regions.region_zero", "problem") in {(each["code"], each["level"]) for each in found["findings"]}


def test_totals_would_count_twice(matrix: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matrix.write_bytes(matrix.read_bytes() + "\n合计,435,440,965,245".encode("gb18030"))
    status, found = told(capsys, "indices", matrix)
    assert (status, found["refused"]) == (2, "regions.total")
    assert "合计" in found["text"]


def test_broken_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    status, found = told(capsys, "indices", broken)
    assert (status, found["refused"]) == (2, "regions.file_unreadable")
    assert [each["code"] for each in found["reasons"]] == ["sheets.file.broken"]


def test_it_starts_without_django_and_numpy() -> None:
    code = (
        "import sys; from feidi.portals.cli.main import build_parser; build_parser('regions'); build_parser('match'); "
        "assert not {'django', 'numpy', 'scipy'} & set(sys.modules)"
    )
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)
