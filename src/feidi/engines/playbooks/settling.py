"""Which steps open, wait or fall away once something has happened. The answer depends on the present alone, not on the way."""

from __future__ import annotations

from collections.abc import Mapping

from feidi.engines.playbooks.conditions import open_questions, wanted
from feidi.engines.playbooks.graph import ordered
from feidi.engines.playbooks.model import Answers, Playbook, State, Step

States = Mapping[str, State]
#: What people decided; only people change it.
_HELD = frozenset({State.ASKED, State.DONE, State.SKIPPED})


def settle(playbook: Playbook, states: States, answers: Answers) -> dict[str, State]:
    """Return the state of every step: a step nobody has dealt with opens when all it waits for is settled.

    A step whose condition says no does not apply; while the condition is unknown it waits. What does not apply, or was
    skipped, passes on the waiting for *its* predecessors: nothing opens early because something between fell away.
    """
    now: dict[str, State] = {}
    cleared: dict[str, bool] = {}
    for step in ordered(playbook):
        free = all(cleared[code] for code in step.after if code in cleared)
        held = states.get(step.code, State.WAITING)
        state = held if held in _HELD else _fresh(step, answers, free=free)
        now[step.code] = state
        cleared[step.code] = state is State.DONE or (state in {State.SKIPPED, State.NOT_APPLICABLE} and free)
    return now


def _fresh(step: Step, answers: Answers, *, free: bool) -> State:
    applies = wanted(step, answers)
    if applies is False:
        return State.NOT_APPLICABLE
    return State.OPEN if applies and free else State.WAITING


def waits_for(playbook: Playbook, states: States, code: str) -> tuple[str, ...]:
    """Return the steps on which a waiting step really waits: those that did not fall away, through those that did."""
    found: dict[str, None] = {}
    for one in playbook.by_code[code].after:
        state = states.get(one, State.WAITING)
        if state in {State.SKIPPED, State.NOT_APPLICABLE}:
            found.update(dict.fromkeys(waits_for(playbook, states, one)))
        elif state is not State.DONE:
            found[one] = None
    return tuple(found)


def unclear(playbook: Playbook, states: States, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Return waiting step → the questions to be asked (待问清) before anybody can tell whether it is wanted."""
    waiting = [each for each in playbook.steps if states.get(each.code, State.WAITING) is State.WAITING]
    return {each.code: asked for each in waiting if (asked := open_questions(each, answers))}
