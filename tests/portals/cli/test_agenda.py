"""``feidi match agenda``: a table of wishes becomes an agenda; tables that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feidi.portals.cli.main import main


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "wishes.csv"
    text = "需求方,供给方,志愿,评分\n甲,A,1,5\n甲,B,2,3\n乙,A,1,9\n丙,A,1,\n丙,B,2,7\n丁,B,,1\n"
    path.write_bytes(text.encode("gb18030"))
    return path


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    status = main(["match", "agenda", *map(str, words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def meetings(found: Any) -> set[tuple[str, str]]:
    return {(each["first"], each["second"]) for each in found["meetings"]}


def test_an_agenda(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = told(capsys, table, "--capacity", "1", "--capacity", "B=2")
    assert status == 0
    assert meetings(found) == {("乙", "A"), ("丙", "B"), ("甲", "B")}
    assert (found["slots"], found["busiest"]) == (2, ["B"])
    assert {(each["slot"], each["second"]) for each in found["meetings"] if each["second"] == "B"} == {
        (1, "B"),
        (2, "B"),
    }
    left = found["left"]["first"]
    assert [(each["id"], each["free"], each["reason"]["code"]) for each in left] == [("丁", 1, "agendas.outranked")]
    assert main(["match", "agenda", str(table), "--capacity", "1", "--capacity", "B=2"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("3 场会面，最少用 2 个时段（B 场数最多）")
    assert "丁（还可 1 场）：想见的 B（第 1 志愿）名额已满" in out


def test_more_meetings_each_within_the_slots_there_are(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _status, found = told(capsys, table, "--capacity", "9", "--quota", "2", "--slots", "2")
    assert found["slots"] == 2
    seats = [(each["slot"], each[side]) for each in found["meetings"] for side in ("first", "second")]
    assert len(seats) == len(set(seats))
    assert meetings(found) == {("甲", "A"), ("乙", "A"), ("丙", "B"), ("甲", "B")}


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("谁,供给方\n甲,A\n", "agendas.column_missing", None),
        ("需求方,供给方\n甲,\n", "agendas.name_missing", 2),
        ("需求方,供给方\n甲,A\n甲,A\n", "agendas.pair_twice", 3),
        ("需求方,供给方,志愿\n甲,A,首选\n", "agendas.cell_wrong", 2),
    ],
)
def test_tables_that_cannot_be_used(
    text: str, code: str, row: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "w.csv"
    path.write_text(text, encoding="utf-8")
    status, found = told(capsys, path, "--capacity", "1")
    assert (status, found["refused"]) == (2, "agendas.file_faulty")
    assert [(each["code"], each["row"]) for each in found["reasons"]] == [(code, row)]


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("--capacity", "many"), 2, "agendas.capacity_words"),
        (("--capacity", "Z=2"), 1, "agendas.capacity_name"),
        (("--capacity", "1", "--quota", "A=1"), 1, "agendas.capacity_name"),
        (("--capacity", "1", "--slots", "0"), 1, "agendas.slots_wrong"),
    ],
)
def test_what_is_refused(
    table: Path, words: tuple[str, ...], status: int, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, table, *words)
    assert (found[0], found[1]["refused"]) == (status, code)


def test_an_empty_table_and_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "w.csv"
    path.write_text("需求方,供给方\n", encoding="utf-8")
    assert told(capsys, path, "--capacity", "1")[1]["refused"] == "agendas.empty"
    assert told(capsys, tmp_path / "nowhere.csv", "--capacity", "1")[0] == 2
