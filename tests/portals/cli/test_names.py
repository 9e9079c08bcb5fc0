"""``feidi names``: parts of names, who is meant, and files that cannot be used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from feidi.portals.cli.main import main

_FIRMS = [
    "深圳市腾讯计算机系统有限公司",
    "滨海甲乙材料有限公司",
    "滨海甲乙材料有限公司云溪分公司",
    "云溪丙丁药业股份有限公司",
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    against, query = tmp_path / "firms.csv", tmp_path / "asked.csv"
    rows = "".join(f"{at},{name}\n" for at, name in enumerate(_FIRMS))
    against.write_text("序号,企业名称\n" + rows, encoding="utf-8-sig")
    query.write_bytes("Q\n腾讯\n滨海市甲乙材料有限责任公司\n甲乙材料云溪分公司\n无此单位戊\n".encode("gb18030"))
    return against, query


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]]]:
    status = main(["names", *words])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_parse_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = told(capsys, "parse", "华为（深圳）科技有限公司云溪分公司", "甲乙")
    assert status == 0
    assert lines == [
        {"place": "深圳", "brand": "华为", "trade": "科技", "legal_form": "有限公司", "branch": "云溪分公司"},
        {"place": "", "brand": "甲乙", "trade": "", "legal_form": "", "branch": ""},
    ]


def test_match_one_line_for_each_query(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    against, query = map(str, files)
    words = ("match", "--against", against, "--column", "企业名称", "--query", query, "--query-column", "Q")
    status, lines = told(capsys, *words, "--top", "2", "--json")
    assert status == 0
    assert [line["query"] for line in lines] == [
        "腾讯",
        "滨海市甲乙材料有限责任公司",
        "甲乙材料云溪分公司",
        "无此单位戊",
    ]
    assert [[each["name"] for each in line["candidates"]][:1] for line in lines] == [
        [_FIRMS[0]], [_FIRMS[1]], [_FIRMS[2]], []]  # fmt: skip
    first, branch = lines[1]["candidates"]
    assert set(first) == {"name", "score", "reason"}
    assert first["score"] >= 0.95 > branch["score"]
    assert branch["reason"] == "names.branch_of"
    assert main(["names", *words]) == 0
    assert "字号相同：腾讯" in capsys.readouterr().out


def test_bad_files_and_columns(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    against, query = map(str, files)
    broken = files[0].with_name("broken.xlsx")
    broken.write_bytes(b"PK\x03\x04 no workbook")
    twice, book = files[0].with_name("twice.csv"), files[0].with_name("twice.xlsx")
    twice.write_text("名称,名称\n甲公司,乙公司\n", encoding="utf-8")
    workbook = Workbook()
    for row in (("序号", "名称", "名称"), (1, "甲公司", "乙公司"), (2, "丙公司", "丁公司")):
        workbook.active.append(row)
    workbook.save(book)
    for words, code in (
        (("--against", against, "--column", "名称"), "names.column_missing"),
        (("--against", f"{against}.nowhere", "--column", "企业名称"), "names.file_missing"),
        (("--against", str(files[0].parent), "--column", "企业名称"), "names.file_is_folder"),
        (("--against", str(twice), "--column", "名称"), "names.column_twice"),
        (("--against", str(book), "--column", "名称"), "names.column_twice"),
        (("--against", str(broken), "--column", "企业名称"), "sheets.file.broken"),
    ):
        asked = ("match", *words, "--query", query, "--query-column", "Q")
        status, lines = told(capsys, *asked, "--json")
        assert (status, [each["code"] for each in lines[0]["findings"]]) == (2, [code])
        assert main(["names", *asked]) == 2
        assert "✗" in capsys.readouterr().err


def test_it_starts_fast_and_without_django() -> None:
    code = (
        "import sys; from feidi.portals.cli.main import main; main(['names', 'parse', '华为']); "
        "assert 'django' not in sys.modules and 'numpy' not in sys.modules"
    )
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    took = []
    for _again in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=env)
        took.append(time.perf_counter() - begun)
    assert min(took) < 1, "0.3 s on a quiet machine"
