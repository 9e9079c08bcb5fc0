"""What a schema cannot say of a playbook: every fault with its line and how to put it right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.playbooks.graph import before, circles
from feidi.engines.playbooks.model import OPENED, RUN, Playbook, Step


def lint(playbook: Playbook) -> tuple[Finding, ...]:
    """Return all that is wrong or worth a look, by line. Notes do not keep a playbook from being published."""
    found = [
        *_twice(playbook),
        *_circles(playbook),
        *_phases(playbook),
        *_questions(playbook),
        *(finding for step in playbook.steps for finding in _step(playbook, step)),
    ]
    return tuple(sorted(found, key=lambda each: (each.row or 0, each.code)))


def _at(step: Step, code: str, *, level: Level = Level.PROBLEM, **params: Scalar) -> Finding:
    said = {"where": "", "step": step.code, "label": step.label.zh, **params}
    return Finding(level, f"playbooks.{code}", said, step.line, "steps")


def located(finding: Finding, file: str) -> Finding:
    """Return a finding that says its file and line in its words, for readers who do not have the file before them."""
    where = f"{file}:{finding.row} "
    return Finding(finding.level, finding.code, {**finding.params, "where": where}, finding.row, finding.column)


def _twice(playbook: Playbook) -> Iterator[Finding]:
    """A code names one thing; of two the second is at fault."""
    for column, rows in (("phases", playbook.phases), ("questions", playbook.questions), ("steps", playbook.steps)):
        counts: Counter[str] = Counter()
        for each in rows:
            counts[each.code] += 1
            if counts[each.code] > 1:
                yield Finding(
                    Level.PROBLEM, "playbooks.code_twice", {"where": "", "code": each.code}, each.line, column
                )


def _circles(playbook: Playbook) -> Iterator[Finding]:
    for circle in circles(playbook):
        yield _at(playbook.by_code[circle[0]], "circle", circle=" → ".join(circle))


def _phases(playbook: Playbook) -> Iterator[Finding]:
    used = {each.phase for each in playbook.steps}
    for phase in playbook.phases:
        if phase.code not in used:
            yield Finding(Level.NOTE, "playbooks.phase_empty", {"where": "", "code": phase.code}, phase.line, "phases")


def _questions(playbook: Playbook) -> Iterator[Finding]:
    used = {each.question for step in playbook.steps for each in step.when}
    for question in playbook.questions:
        if question.code not in used:
            yield Finding(
                Level.NOTE,
                "playbooks.question_unused",
                {"where": "", "code": question.code},
                question.line,
                "questions",
            )


def _step(playbook: Playbook, step: Step) -> Iterator[Finding]:
    if step.owner is None:
        yield _at(step, "no_owner")
    if step.phase not in {each.code for each in playbook.phases}:
        yield _at(step, "phase_unknown", phase=step.phase)
    for code in step.after:
        if code not in playbook.by_code:
            yield _at(step, "after_unknown", after=code)
    if step.claims and not step.proofs:
        yield _at(step, "outcome_unproven")
    yield from _conditions(playbook, step)
    yield from _reach(playbook, step)
    yield from _clock(playbook, step)


def _conditions(playbook: Playbook, step: Step) -> Iterator[Finding]:
    asked = {each.code: each for each in playbook.questions}
    for each in step.when:
        question = asked.get(each.question)
        if not each.allowed:
            yield _at(step, "condition_malformed", question=each.question)
        if question is None:
            yield _at(step, "question_unknown", question=each.question)
            continue
        known = tuple(question.options) or (True, False)
        for value in each.allowed:
            if value not in known or isinstance(value, bool) is bool(question.options):
                yield _at(step, "answer_unknown", question=each.question, value=value, known=_spelled(known))


def _spelled(values: tuple[object, ...]) -> str:
    return ", ".join(str(each).lower() if isinstance(each, bool) else str(each) for each in values)


def _reach(playbook: Playbook, step: Step) -> Iterator[Finding]:
    """A step behind a circle or an unknown step never opens; one whose conditions exclude each other neither."""
    for question in {each.question for each in step.when}:
        allowed = [set(each.allowed) for each in step.when if each.question == question]
        if all(allowed) and not set.intersection(*allowed):
            yield _at(step, "unreachable_condition", question=question)
    behind = before(playbook, step.code)
    blocked = sorted(
        code for code in behind if code != step.code and (code not in playbook.by_code or _turns(playbook, code))
    )
    if blocked and step.code not in behind and not set(step.after) - set(playbook.by_code):
        yield _at(step, "unreachable", blocked=", ".join(blocked))


def _turns(playbook: Playbook, code: str) -> bool:
    return code in before(playbook, code)


def _clock(playbook: Playbook, step: Step) -> Iterator[Finding]:
    clock = step.clock
    if clock is None:
        if not step.no_clock:
            yield _at(step, "clock_missing")
        return
    if clock.since not in {OPENED, RUN}:
        if clock.since not in playbook.by_code:
            yield _at(step, "clock_since_unknown", since=clock.since)
        elif clock.since not in before(playbook, step.code):
            yield _at(step, "clock_since_not_before", since=clock.since)
    if clock.taken_from:
        yield _at(step, "clock_borrowed", level=Level.NOTE, city=clock.taken_from)
