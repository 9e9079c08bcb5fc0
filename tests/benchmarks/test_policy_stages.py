"""A part measured again alone replaces its own section of the result and leaves the others as they stand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import policy, policy_stages
from benchmarks.policy_stages import Stage


@pytest.fixture(autouse=True)
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(policy_stages, "RESULTS", tmp_path)
    return tmp_path


def stages(words: str, size: str = "10 firms") -> dict[str, Stage]:
    return {
        "speeds": Stage("Verdicts", lambda: ["| a |", f"| {words} |"], size),
        "witness": Stage("Does CP-SAT agree?", lambda: [f"- {words}"], size),
    }


def test_each_section_says_with_how_many_it_was_measured_and_stays_until_measured_again(results: Path) -> None:
    policy_stages.run("policy", ["# Head"], stages("first"), ["witness", "speeds"], keep=True)
    text = (results / "policy.md").read_text(encoding="utf-8")
    assert text.index("## Verdicts") < text.index("## Does CP-SAT agree?"), "in the order of the result"
    assert text.count("10 firms") == 2
    policy_stages.run("policy", ["# Head"], stages("second", "2,000 problems"), ["witness"], keep=True)
    text = (results / "policy.md").read_text(encoding="utf-8")
    assert text.startswith("# Head\n")
    assert ("| first |" in text, "- second" in text, "- first" in text) == (True, True, False)
    assert (text.count("10 firms"), text.count("2,000 problems")) == (1, 1)
    again = (results / "policy.md").read_text(encoding="utf-8").count("## ")
    assert again == 2


def test_what_was_measured_is_written_before_the_next_stage_fails(results: Path) -> None:
    def fails() -> list[str]:
        raise ZeroDivisionError

    broken = {**stages("first"), "witness": Stage("Does CP-SAT agree?", fails, "")}
    with pytest.raises(ZeroDivisionError):
        policy_stages.run("policy", ["# Head"], broken, list(broken), keep=True)
    assert "| first |" in (results / "policy.md").read_text(encoding="utf-8")


def test_quick_writes_nothing(results: Path) -> None:
    policy_stages.run("policy", ["# Head"], stages("first"), ["speeds"], keep=False)
    assert not list(results.iterdir())


@pytest.mark.parametrize("words", [["--only", "speed"], ["--samples", "0"], ["--samples", "many"]])
def test_nonsense_is_refused_before_anything_is_measured(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["policy", *words])
    with pytest.raises(SystemExit) as stopped:
        policy.main()
    assert stopped.value.code == 2
    assert words[0].removeprefix("--") in capsys.readouterr().err or "no such stage" in capsys.readouterr().err
