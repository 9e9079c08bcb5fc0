"""``feidi cost compare``: the published value, unknowns, bad profiles with the line, exit codes; without Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from feidi.portals.cli.main import main

REFUSED, UNUSABLE = 1, 2


def asked(tmp_path: Path, profile: str | bytes, *more: str) -> list[str]:
    file = tmp_path / "profile.yaml"
    file.write_bytes(profile if isinstance(profile, bytes) else profile.encode())
    return ["cost", "compare", "--profile", str(file), "--as-of", "2026-11-23", *more]


def pair(home: str = "440604", host: str = "440305") -> tuple[str, ...]:
    return ("--home", home, "--host", host)


def answered(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_the_published_value_of_the_real_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(tmp_path, "office: 200㎡\n", *pair(), "--json")) == 0
    said = answered(capsys)
    (item,) = said["items"]
    assert item["difference_fen"] == {"lo": 20_136_000, "hi": 20_136_000}
    assert "costing.different_years" in [each["code"] for each in item["remarks"]]
    (used,) = item["home"]["figures"]
    assert used["used"]["value"] == ["64.5", "64.5"]
    assert used["used"]["place"] == "chancheng"
    assert said["host"]["lineage"] == ["nanshan", "shenzhen", "guangdong", "cn"]
    assert set(said["sources"]) == {"chancheng/costs/premises.yaml", "shenzhen/costs/premises.yaml"}
    assert main(asked(tmp_path, "office: 200㎡\n", *pair("chancheng", "nanshan"))) == 0
    lines = capsys.readouterr().out
    assert "差额 201,360元" in lines
    assert "两边年份不同（2021Q4 与 2025Q3）" in lines
    assert "到 64.5 元/㎡/月 时两边持平" in lines


def test_what_was_not_found_stays_unknown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = "office: 200㎡\nplant: 500㎡\nwater: 10m³/年\nconversion: [pilot, environment]\n"
    assert main(asked(tmp_path, profile, *pair(), "--json")) == 0
    said = answered(capsys)
    assert said["left_out"] == ["plant", "water", "pilot", "environment"]
    assert said["over_years"]["difference_fen"]["lo"] == 20_136_000
    plant = said["items"][1]
    assert (plant["home"]["amount_fen"], plant["difference_fen"]) == (None, None)
    assert plant["home"]["figures"][0]["used"]["note"] == "没有查到厂房租金。"


def test_the_invented_pair_knows_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = "people: [{kind: 研发, count: 9, wage: 24万元/年}]\nplant: 500㎡\noffice: 200㎡\noffice_kind: park\n"
    assert main(asked(tmp_path, profile, *pair("yunxi", "binhai-qianwan"), "--json")) == 0
    said = answered(capsys)
    assert said["left_out"] == []
    assert all("演示" in use["used"]["source"] for item in said["items"] for use in item["home"]["figures"])
    assert "costing.different_units" in [each["code"] for item in said["items"] for each in item["remarks"]]
    assert said["sensitivity"][0]["what"] in {"plant_rent", "people", "pension_rate", "office_park"}


BAD = [
    (b"offices: 200\n", "costing.key_unknown", 1),
    ("years: 1\noffice: 200元\n".encode(), "costing.unit_wrong", 2),
    ("office: -5㎡\n".encode(), "costing.negative", 1),
    ("office: 很大\n".encode(), "costing.not_quantity", 1),
    ("people:\n  - kind: 研发\n    count: 六\n".encode(), "costing.not_count", 3),
    ("office: 200㎡\noffice: 300㎡\n".encode(), "content.key_twice", 2),
    (b"a: &a [1]\nb: *a\n", "content.alias", None),
    (b"office: [\n", "content.not_yaml", None),
    (b"", "content.empty_file", 1),
]


@pytest.mark.parametrize(("profile", "code", "line"), BAD, ids=[code for _profile, code, _line in BAD])
def test_a_bad_profile_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], profile: bytes, code: str, line: int | None
) -> None:
    assert main(asked(tmp_path, profile, *pair(), "--json")) == UNUSABLE
    said = answered(capsys)
    found = {each["code"]: each for each in said["reasons"]}
    assert code in found
    assert line is None or found[code]["row"] == line
    assert "{" not in said["text"]
    assert main(asked(tmp_path, profile, *pair())) == UNUSABLE
    assert found[code]["text"].split(" ")[0] in capsys.readouterr().err


def test_places_and_files_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(tmp_path, "office: 1㎡\n", *pair("440604", "999"))) == REFUSED
    assert "没有“999”这个地方" in capsys.readouterr().err
    assert main(asked(tmp_path, "office: 1㎡\n", *pair("chancheng", "440604"))) == REFUSED
    assert "同一个地方" in capsys.readouterr().err
    assert main(asked(tmp_path, b"\xff\xfe", *pair())) == UNUSABLE
    absent = ["cost", "compare", "--profile", str(tmp_path / "none.yaml"), *pair(), "--as-of", "2026-11-23", "--json"]
    capsys.readouterr()
    assert main(absent) == UNUSABLE
    assert answered(capsys)["refused"] == "costing.file_unreadable"
    assert main(asked(tmp_path, "office: 1㎡\n", *pair(), "--content", str(tmp_path))) == REFUSED
    with pytest.raises(SystemExit) as stopped:
        main(["cost", "compare", "--profile", "x", *pair(), "--as-of", "soon"])
    assert stopped.value.code == UNUSABLE


def test_faulty_content_gives_no_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for code in ("a", "b"):
        (tmp_path / code / "costs").mkdir(parents=True)
        (tmp_path / code / "place.yaml").write_text(
            f"code: {code}\nparent: null\nshort_name: {{zh: {code}, en: {code}}}\n"
        )
    (tmp_path / "a/costs/x.yaml").write_text(
        "figures:\n  - {item: office_grade_a, value: many, unit: 元/㎡/月}\n", "utf-8"
    )
    assert main(asked(tmp_path, "office: 1㎡\n", *pair("a", "b"), "--content", str(tmp_path))) == UNUSABLE
    assert "a/costs/x.yaml 第2行" in capsys.readouterr().err


def test_it_starts_without_django(tmp_path: Path) -> None:
    words = asked(tmp_path, "office: 200㎡\n", *pair())
    program = (
        f"import sys; from feidi.portals.cli.main import main; main({words!r}); assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
