"""Which steps open: the unknown waits, what falls away passes the waiting on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.playbooks import State, open_questions, settle, unclear, waits_for, wanted
from tests.engines.playbooks.making import LABEL, playbook, step

CHAIN = playbook(
    step("a"),
    step("b", "a", when=[{"fact": "wet", "is": True}]),
    step("c", "b"),
    questions=[{"code": "wet", "label": LABEL}],
)


def test_only_steps_that_wait_for_nothing_open_at_first() -> None:
    assert settle(CHAIN, {}, {"wet": True}) == {"a": State.OPEN, "b": State.WAITING, "c": State.WAITING}


def test_an_unknown_answer_lets_a_step_wait_and_never_passes_it_over() -> None:
    after_a = settle(CHAIN, {"a": State.DONE}, {})
    assert after_a == {"a": State.DONE, "b": State.WAITING, "c": State.WAITING}
    assert unclear(CHAIN, after_a, {}) == {"b": ("wet",)}


def test_what_does_not_apply_passes_the_waiting_on() -> None:
    early = settle(CHAIN, {}, {"wet": False})
    assert early == {"a": State.OPEN, "b": State.NOT_APPLICABLE, "c": State.WAITING}
    assert waits_for(CHAIN, early, "c") == ("a",)
    assert settle(CHAIN, {"a": State.DONE}, {"wet": False})["c"] is State.OPEN


def test_an_answer_that_changes_brings_a_step_back() -> None:
    gone = settle(CHAIN, {"a": State.DONE}, {"wet": False})
    assert settle(CHAIN, gone, {"wet": True}) == {"a": State.DONE, "b": State.OPEN, "c": State.WAITING}


def test_what_people_decided_stays() -> None:
    states = {"a": State.DONE, "b": State.ASKED}
    assert settle(CHAIN, states, {"wet": False})["b"] is State.ASKED
    assert settle(CHAIN, {"a": State.DONE, "b": State.SKIPPED}, {})["c"] is State.OPEN


def test_reopening_sends_what_followed_back_to_waiting() -> None:
    states = settle(CHAIN, {"a": State.DONE}, {"wet": True})
    assert settle(CHAIN, {**states, "a": State.WAITING}, {"wet": True})["b"] is State.WAITING


@pytest.mark.parametrize(
    ("answers", "expected"),
    [({}, None), ({"x": True}, None), ({"x": False}, False), ({"x": True, "y": "p"}, True), ({"y": "q"}, False)],
)
def test_conditions_are_three_valued(answers: dict[str, bool | str], expected: bool | None) -> None:
    one = playbook(step("a", when=[{"fact": "x", "is": True}, {"fact": "y", "in": ["p", "r"]}])).steps[0]
    assert wanted(one, answers) is expected
    assert bool(open_questions(one, answers)) == (expected is None)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=7), st.data())
def test_settling_twice_changes_nothing_and_nothing_opens_early(
    rows: list[tuple[bool, bool]], data: st.DataObject
) -> None:
    """Whatever was done so far: an open step has no active or waiting step before it, near or far."""
    steps = []
    for n, (conditional, _answer) in enumerate(rows):
        after = data.draw(st.lists(st.sampled_from(range(n)), unique=True)) if n else []
        when = {"when": [{"fact": f"q{n}", "is": True}]} if conditional else {}
        steps.append(step(f"s{n}", *(f"s{m}" for m in after), **when))
    book = playbook(*steps, questions=[{"code": f"q{n}", "label": LABEL} for n in range(len(rows))])
    answers = {f"q{n}": answer for n, (_c, answer) in enumerate(rows) if data.draw(st.booleans())}
    before: dict[str, State] = {}
    for _round in range(len(rows)):
        states = settle(book, before, answers)
        assert settle(book, states, answers) == states
        for code, state in states.items():
            assert state is not State.OPEN or waits_for(book, states, code) == ()
        opened = [code for code, state in states.items() if state is State.OPEN]
        if not opened:
            break
        before = {**states, data.draw(st.sampled_from(opened)): State.DONE}
