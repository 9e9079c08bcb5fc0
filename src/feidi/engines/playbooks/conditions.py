"""Whether a step is wanted: yes, no, or nobody has said yet."""

from __future__ import annotations

from feidi.engines.playbooks.model import Answers, Condition, Step


def wanted(step: Step, answers: Answers) -> bool | None:
    """Return True, False, or None while an answer it hangs on is unknown and none says no."""
    said = [_holds(each, answers) for each in step.when]
    if False in said:
        return False
    return None if None in said else True


def open_questions(step: Step, answers: Answers) -> tuple[str, ...]:
    """Return the questions to be asked before anybody can tell whether the step is wanted (none once one says no)."""
    if wanted(step, answers) is not None:
        return ()
    return tuple(dict.fromkeys(each.question for each in step.when if each.question not in answers))


def _holds(condition: Condition, answers: Answers) -> bool | None:
    if condition.question not in answers:
        return None
    return answers[condition.question] in condition.allowed
