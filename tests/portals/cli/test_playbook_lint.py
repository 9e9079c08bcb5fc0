"""``feidi playbook lint``: what it says, as words and as JSON, and how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from feidi.portals.cli.main import main
from tests.support.source import ROOT

CONTENT = ROOT / "jurisdictions"
_SOUND = (CONTENT / "cn/enclave/playbooks/shared_lab.yaml").read_text(encoding="utf-8")


def place(tmp_path: Path, text: str, name: str = "own.yaml") -> Path:
    folder = tmp_path / "somewhere" / "enclave" / "playbooks"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_shipped_playbooks_have_no_problems(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["playbook", "lint", str(CONTENT)]) == 0
    assert "6 份服务手册：0 处问题" in capsys.readouterr().out


def test_each_fault_has_its_file_line_code_and_fix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = _SOUND.replace("    after: [lab_found]\n", "    after: [fee]\n", 1).replace("    owner: host\n", "", 1)
    assert main(["playbook", "lint", str(place(tmp_path, text)), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["playbooks"] == 1
    said = [(each["code"], each["step"]) for each in found["findings"] if each["level"] == "problem"]
    assert ("playbooks.circle", "biosafety_check") in said
    assert ("playbooks.no_owner", "host_access") in said
    circle = next(each for each in found["findings"] if each["code"] == "playbooks.circle")
    line = text.split("\n").index("  - code: biosafety_check") + 1
    assert (circle["file"], circle["row"]) == ("somewhere/enclave/playbooks/own.yaml", line)
    assert "biosafety_check → fee" in circle["text"]
    assert circle["fix"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner: firm", "owner: mayor", "不认识“mayor”"),
        ("subject: organization", "subjekt: organization", "没有名为 subjekt 的项"),
        ("  - {code: ask, label: {zh: 需求, en: Request}}\n", "  - {code: ask}\n", "缺少 label"),
        ("n: 3, unit", "n: 0, unit", "0 超出范围"),
        ("n: 3, unit", "n: three, unit", "写的是“three”"),
    ],
)
def test_what_the_schema_refuses_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    assert old in _SOUND
    assert main(["playbook", "lint", str(place(tmp_path, _SOUND.replace(old, new, 1)))]) == 1
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "a: [", "\t- x", "a: &x 1\nb: *x\n"])
def test_unusable_input_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert main(["playbook", "lint", str(place(tmp_path, text))]) == 2
    assert "own.yaml:" in capsys.readouterr().out


def test_bytes_that_are_no_text_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place(tmp_path, _SOUND)
    (tmp_path / "somewhere/enclave/playbooks/own.yaml").write_bytes(b"\xff\xfe\x00")
    assert main(["playbook", "lint", str(tmp_path)]) == 2
    assert "UTF-8" in capsys.readouterr().out


def test_an_empty_folder_says_where_playbooks_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["playbook", "lint", str(tmp_path)]) == 2
    assert "enclave/playbooks" in capsys.readouterr().out
    assert main(["playbook", "lint", str(tmp_path / "nowhere")]) == 2


def test_it_starts_without_django() -> None:
    code = "import sys; from feidi.portals.cli.main import main; main(['playbook', 'lint', sys.argv[1]]); print('django' in sys.modules, 'numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, str(CONTENT)], capture_output=True, text=True, check=True)
    assert run.stdout.endswith("False False\n")
