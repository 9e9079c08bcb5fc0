"""``feidi match``: an index from a file of lines, asked, changed, and every way in which the input can be bad."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from feidi.portals.cli.main import main

OFFERS: list[dict[str, Any]] = [
    {
        "id": "a",
        "text": "提供陶瓷喷墨打印墨水研发与中试服务。已服务三家瓷砖企业。",
        "owner": "甲公司",
        "kinds": ["lab"],
        "nodes": "ceramics/ink",
        "regions": "*",
        "place": "440305",
        "stages": [1, 3],
        "exclusive_until": "free",
        "expires_on": "never",
        "ticket": {"low": 10_000_000, "high": 50_000_000, "currency": "CNY"},
        "updated_on": "2026-05-01",
    },
    {"id": 7, "text": "医用PCR检测仪器与5G远程诊断平台", "kinds": "equipment"},
    {"id": "c", "text": "窑炉节能改造，余热回收", "kinds": ["technology"], "expires_on": "2026-01-01", "exclusive_until": False},
]  # fmt: skip


def lines(path: Path, records: list[Any]) -> Path:
    path.write_text("\n".join(json.dumps(each) for each in records) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture
def index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["match", "index", str(lines(tmp_path / "offers.jsonl", OFFERS)), "--out", str(tmp_path / "i")]) == 0
    capsys.readouterr()
    return tmp_path / "i"


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status = main(["match", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def asked(index: Path, text: str, *more: str) -> tuple[str, ...]:
    return ("query", "--index", str(index), "--text", text, "--as-of", "2026-06-01", *more)


def test_query_gives_score_parts_words_and_what_is_missing(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = json.dumps({"kinds": ["lab"], "place": "440604", "stages": 2, "nodes": ["ceramics/ink"]})
    status, (found,) = told(capsys, *asked(index, "想找陶瓷喷墨墨水的中试", "--facts", facts))
    assert status == 0
    assert found["id"] == "a"
    assert sum(found["parts"].values()) == pytest.approx(found["score"], abs=1e-6)
    assert set(found["parts"]) == {"lexical", "node", "region", "stage", "freshness"}
    assert found["words"][0] == "陶瓷喷墨"
    assert found["sentence"] == "提供陶瓷喷墨打印墨水研发与中试服务。"
    assert (found["missing"], found["state"]) == ([], "fits")
    status, (found,) = told(capsys, *asked(index, "pcr", "--exhaustive"))
    assert (found["id"], found["state"]) == ("7", "possible")
    assert set(found["missing"]) == {"expires_on", "exclusive_until", "updated_on"}


def test_near_misses_and_why_not(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, whole = told(capsys, *asked(index, "窑炉节能", "--explain"))
    assert (status, whole["candidates"]) == (0, [])
    (near,) = whole["near_misses"]
    assert (near["id"], near["failed"]["check"]) == ("c", "expiry")
    assert near["failed"]["change"] == {"side": "offer", "fact": "expires_on", "to": "2026-06-01"}
    status, why = told(capsys, *asked(index, "窑炉节能", "--why-not", "c"))
    assert (status, why["reason"], why["failed"]) == (0, "fails", near["failed"])
    assert main(["match", *asked(index, "窑炉节能")]) == 0
    out = capsys.readouterr().out
    assert "没有找到合适的供给" in out
    assert "差一项：c　有效期：需要 2026-06-01，实际 2026-01-01；改为 2026-06-01 即可" in out
    for offer, words in (("zz", "没有这条供给"), ("a", "没有相同的字词")):
        assert main(["match", *asked(index, "窑炉", "--why-not", offer)]) == 0
        assert words in capsys.readouterr().out


def test_a_list_reads_as_sentences(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", *asked(index, "喷墨墨水", "--weights", '{"lexical": 1}')]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1. a  1.000  字词 1.000")
    assert "提供陶瓷喷墨打印墨水研发与中试服务。" in out
    assert main(["match", *asked(index, "PCR")]) == 0
    assert "问清后可判断：有效期、是否已有排他约定、最近确认的日期" in capsys.readouterr().out


def test_add_and_remove(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = lines(tmp_path / "more.jsonl", [{"id": "d", "text": "薄膜封装"}, {"id": "7", "text": "基因测序仪"}])
    assert told(capsys, "add", "--index", str(index), str(more)) == (0, {"added": 1, "replaced": 1, "offers": 4})
    assert [each["id"] for each in told(capsys, *asked(index, "测序"))[1]] == ["7"]
    assert told(capsys, *asked(index, "PCR"))[1] == []
    assert told(capsys, "remove", "--index", str(index), "d", "7") == (0, {"removed": 2, "offers": 2})
    status, refused = told(capsys, "remove", "--index", str(index), "a", "d")
    assert (status, refused["refused"]) == (1, "match.id_unknown")
    assert [each["id"] for each in told(capsys, *asked(index, "墨水"))[1]] == ["a"]


BAD = [
    ('{"id": "x", "text": "甲"}\n{"id": "y", "text"', "match.line_json", 2),
    ('{"id": "x", "text": "甲"}\n\n{"id": "x", "text": "乙"}', "match.line_id_twice", 3),
    ('["x"]', "match.line_shape", 1),
    ('{"id": "x"}', "match.line_text", 1),
    ('{"id": "x", "text": "  "}', "match.line_text", 1),
    ('{"text": "甲"}', "match.line_id", 1),
    ('{"id": true, "text": "甲"}', "match.line_id", 1),
    ('{"id": "x", "text": "甲", "ticket": "很多"}', "match.fact_value", 1),
    ('{"id": "x", "text": "甲", "stages": [3, 1]}', "match.fact_value", 1),
    ('{"id": "x", "text": "甲", "area": NaN}', "match.line_json", 1),
    ('{"id": "x", "text": "甲", "expires_on": "明年"}', "match.fact_value", 1),
    ('{"id": "x", "text": "甲", "evidence": 2}', "match.fact_value", 1),
    ('{"id": "x", "text": "甲", "kinds": [1]}', "match.fact_value", 1),
    ('{"id": "x", "text": "甲", "blocked": "乙"}', "match.fact_value", 1),
    ('{"id": "x", "text": "甲", "deep": ' + "[" * 99_999 + "}", "match.line_json", 1),
]


@pytest.mark.parametrize(("text", "code", "row"), BAD)
def test_a_faulty_line_is_told_with_its_place_and_nothing_is_written(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str], text: str, code: str, row: int
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(text, encoding="utf-8")
    status, refused = told(capsys, "index", str(bad), "--out", str(tmp_path / "new"))
    assert (status, refused["refused"]) == (2, "match.file_faulty")
    (reason,) = refused["reasons"]
    assert (reason["code"], reason["row"]) == (code, row)
    assert f"bad.jsonl:{row}" in reason["text"]
    assert reason["fix"]
    assert not (tmp_path / "new").exists()
    assert told(capsys, "add", "--index", str(index), str(bad))[0] == 2
    assert [each["id"] for each in told(capsys, *asked(index, "墨水"))[1]] == ["a"]
    assert main(["match", "index", str(bad), "--out", str(tmp_path / "new")]) == 2
    assert f"bad.jsonl:{row}" in capsys.readouterr().err


def test_what_is_no_fact_is_left_aside_and_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = lines(tmp_path / "o.jsonl", [{"id": at, "text": "陶瓷", "colour": "red", "kind": "lab"} for at in range(3)])
    status, made = told(capsys, "index", str(path), "--out", str(tmp_path / "i"))
    assert (status, made["offers"]) == (0, 3)
    assert [(each["code"], each["row"], each["column"]) for each in made["findings"]] == [
        ("match.fact_aside", 1, "colour")
    ]
    assert main(["match", "add", "--index", str(tmp_path / "i"), str(path)]) == 0
    assert "“colour”" in capsys.readouterr().err
    _status, found = told(capsys, *asked(tmp_path / "i", "陶瓷", "--facts", '{"kinds": ["lab"]}'))
    assert found[0]["holds"] == ["kind"]
    status, refused = told(capsys, *asked(tmp_path / "i", "陶瓷", "--facts", '{"colour": "red"}'))
    assert (status, [each["code"] for each in refused["reasons"]]) == (2, ["match.fact_unknown"])


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gb.jsonl").write_bytes('{"id": "x", "text": "甲"}'.encode("gb18030"))
    (tmp_path / "empty.jsonl").write_text("\n\n", encoding="utf-8")
    for name, code in (("gb", "match.file_faulty"), ("empty", "match.file_empty"), ("none", "match.file_unreadable")):
        status, refused = told(capsys, "index", str(tmp_path / f"{name}.jsonl"), "--out", str(tmp_path / "new"))
        assert (status, refused["refused"]) == (2, code)
        assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--text", ""), "match.need_empty"),
        (("--text", "😀！"), "match.need_no_words"),
        (("--text", "瓷", "--facts", "{"), "match.facts_json"),
        (("--text", "瓷", "--facts", "[1]"), "match.facts_json"),
        (("--text", "瓷", "--facts", '{"kinds": 1}'), "match.file_faulty"),
        (("--text", "瓷", "--weights", '{"luck": 1}'), "match.part_unknown"),
        (("--text", "瓷", "--weights", '{"lexical": "a"}'), "match.weights_json"),
    ],
)
def test_a_need_that_cannot_be_asked(
    index: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    status, refused = told(capsys, "query", "--index", str(index), *words)
    assert (status, refused["refused"]) == (2, code)


def test_a_megabyte_and_strange_characters_are_answered(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = lines(
        tmp_path / "more.jsonl",
        [{"id": "big", "text": "余热回收\u0000\ud800😀" * 100_000}, {"id": "odd", "text": "\u202e😀"}],
    )
    assert told(capsys, "add", "--index", str(index), str(more))[0] == 0
    status, found = told(capsys, *asked(index, "余热"))
    assert (status, found[0]["id"]) == (0, "big")
    assert len(found[0]["sentence"]) <= 122
    assert told(capsys, *asked(index, "热"))[0] == 0


def test_a_damaged_index_says_how_to_make_it_anew(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = next(index.glob("segment-*/posting_rows.npy"))
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    status, refused = told(capsys, *asked(index, "瓷"))
    assert (status, refused["refused"]) == (2, "match.index_damaged")
    assert "posting_rows.npy" in refused["text"]
    assert "feidi match index" in refused["fix"]
    assert told(capsys, *asked(index.parent / "nowhere", "瓷"))[1]["refused"] == "match.index_absent"


def test_a_folder_of_other_things_is_left_alone(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, refused = told(capsys, "index", str(tmp_path / "offers.jsonl"), "--out", str(tmp_path))
    assert (status, refused["refused"]) == (1, "match.index_occupied")
    assert (tmp_path / "offers.jsonl").exists()


def test_it_starts_fast_and_without_django_or_numpy() -> None:
    code = (
        "import sys; from feidi.portals.cli.main import build_parser; build_parser('match'); "
        "assert not {'django', 'numpy', 'scipy', 'pyarrow'} & set(sys.modules)"
    )
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    took = []
    for _again in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=env)
        took.append(time.perf_counter() - begun)
    assert min(took) < 2, "0.3 s on a quiet machine"
