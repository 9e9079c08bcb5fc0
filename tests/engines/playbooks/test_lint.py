"""The lint finds each fault that is put into a faultless playbook, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.findings import Level
from feidi.engines.playbooks import lint, located, read_playbook
from feidi.engines.playbooks.codes import CODES, CODES_EN, parts_of
from tests.engines.playbooks.making import LABEL, playbook, raw, step

YES_NO = {"code": "wet", "label": LABEL}
CHOICE = {
    "code": "site",
    "label": LABEL,
    "options": [{"code": "plant", "label": LABEL}, {"code": "land", "label": LABEL}],
}


def sound(length: int = 4) -> dict[str, Any]:
    """Return a faultless chain of steps with both kinds of questions in use."""
    steps = [step(f"s{n}", *([f"s{n - 1}"] if n else [])) for n in range(length)]
    steps[1]["when"] = [{"fact": "wet", "is": True}]
    steps[2]["when"] = [{"fact": "site", "in": ["plant", "land"]}]
    return raw(*steps, questions=[YES_NO, CHOICE])


def _set(key: str, value: Any) -> Callable[[dict[str, Any], int], None]:
    def act(made: dict[str, Any], at: int) -> None:
        made["steps"][at][key] = value

    return act


def _twin(made: dict[str, Any], at: int) -> None:
    made["steps"].append({**made["steps"][at]})


def _circle(made: dict[str, Any], at: int) -> None:
    made["steps"][at]["after"] = [made["steps"][at]["code"]]


FAULTS: dict[str, Callable[[dict[str, Any], int], None]] = {
    "playbooks.no_owner": _set("owner", None),
    "playbooks.phase_unknown": _set("phase", "nowhere"),
    "playbooks.after_unknown": _set("after", ["nobody"]),
    "playbooks.clock_missing": _set("clock", None),
    "playbooks.outcome_unproven": _set("claims", True),
    "playbooks.question_unknown": _set("when", [{"fact": "never_asked", "is": True}]),
    "playbooks.answer_unknown": _set("when", [{"fact": "site", "equals": "moon"}]),
    "playbooks.condition_malformed": _set("when", [{"fact": "wet", "is": True, "equals": "x"}]),
    "playbooks.unreachable_condition": _set("when", [{"fact": "wet", "is": True}, {"fact": "wet", "is": False}]),
    "playbooks.clock_since_unknown": _set("clock", {"n": 1, "unit": "working", "since": "nobody"}),
    "playbooks.clock_since_not_before": _set("clock", {"n": 1, "unit": "working", "since": "s3"}),
    "playbooks.code_twice": _twin,
    "playbooks.circle": _circle,
}


def codes(made: dict[str, Any]) -> list[str]:
    return [each.code for each in lint(read_playbook(made)) if each.level is not Level.NOTE]


def test_a_sound_playbook_has_no_remarks() -> None:
    assert lint(read_playbook(sound())) == ()


@given(st.sampled_from(sorted(FAULTS)), st.integers(0, 3))
def test_each_seeded_fault_is_found(code: str, at: int) -> None:
    made = sound()
    FAULTS[code](made, at)
    assert code in codes(made)


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_what_follows_a_fault_is_said_and_nothing_else(code: str) -> None:
    made = sound()
    FAULTS[code](made, 0)
    follow = {"playbooks.unreachable"} if code in {"playbooks.after_unknown", "playbooks.circle"} else set()
    assert set(codes(made)) == {code} | follow


def test_steps_behind_a_circle_are_never_reached() -> None:
    found = lint(playbook(step("a", "b"), step("b", "a"), step("c", "b"), step("d")))
    assert [(each.code, each.params["step"]) for each in found] == [
        ("playbooks.circle", "a"),
        ("playbooks.unreachable", "c"),
    ]
    assert found[0].params["circle"] == "a → b → a"


def test_answers_fit_their_question() -> None:
    wrong = playbook(
        step("a", when=[{"fact": "wet", "equals": "plant"}, {"fact": "site", "is": True}]), questions=[YES_NO, CHOICE]
    )
    assert [(each.params["value"], each.params["known"]) for each in lint(wrong)] == [
        ("plant", "true, false"),
        (True, "plant, land"),
    ]


def test_a_finding_says_its_line_and_how_to_put_it_right() -> None:
    lines: dict[tuple[str | int, ...], int] = {("steps", 0): 12}
    (found,) = lint(read_playbook(raw(step("a", owner=None)), lambda path: lines.get(path, 1)))
    assert (found.row, found.column) == (12, "steps")
    assert parts_of(found.code, found.params) == (
        "步骤“甲”没有写由谁办。",
        "写 owner：operator、host、home、firm 或 talent。",
    )
    assert parts_of(found.code, located(found, "a.yaml").params)[0] == "a.yaml:12 步骤“甲”没有写由谁办。"


def test_a_borrowed_clock_is_a_note_until_somebody_confirms_it() -> None:
    clock = {"n": 1, "unit": "working", "taken_from": "江门市"}
    (note,) = lint(playbook(step("a", clock=clock)))
    assert (note.code, note.level) == ("playbooks.clock_borrowed", Level.NOTE)
    assert lint(playbook(step("a", clock={**clock, "confirmed_by": "某科"}))) == ()


def test_both_languages_have_every_code() -> None:
    assert CODES.keys() == CODES_EN.keys()
