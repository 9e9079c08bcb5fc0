"""After every change: which steps open, wait or fall away by the engine; clocks start and stop with them."""

from __future__ import annotations

from datetime import date
from typing import Final

from feidi.domain.playbook.enums import OwnerSide, RunEvent, RunState, StepState
from feidi.domain.playbook.kinds import CLOCK, PURPOSE, STEP
from feidi.domain.playbook.models import RunStep
from feidi.domain.playbook.selectors.reckoning import plan_of, states_of
from feidi.domain.playbook.services.changing import Change
from feidi.engines.playbooks import GOVERNMENTS, OPENED, RUN, SETTLED, Owner, State, Step, settle, unclear
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.services import start_clock, stop_all_clocks
from feidi.kernel.evidence.services import RequirementSpec, require
from feidi.kernel.subjects import Subject

_EVENTS: Final = {
    State.OPEN: RunEvent.OPENED,
    State.NOT_APPLICABLE: RunEvent.FELL_AWAY,
    State.WAITING: RunEvent.SENT_BACK,
}


def settle_run(change: Change, on: date) -> None:
    """Bring every step nobody has dealt with to where it stands now; the run is finished when all are settled."""
    plan = plan_of(change.run)
    now = settle(plan, states_of(change.steps.values()), change.run.answers)
    asked = unclear(plan, now, change.run.answers)
    for step in plan.steps:
        row = change.steps[step.code]
        if row.state != now[step.code] or row.unclear != (step.code in asked):
            _take(change, row, step, now[step.code], on, unclear=step.code in asked)
    _finish(change, on)


def _take(change: Change, row: RunStep, step: Step, to: State, on: date, *, unclear: bool) -> None:
    moved = row.state != to
    with change.changed(row, to.value):
        row.state, row.unclear = StepState(to.value), unclear
        if moved:
            row.opened_on = on if to is State.OPEN else None
            row.due_on, row.due_agreed = None, False
    if not moved:
        return
    stop_clock(change, row, on)
    change.note(_EVENTS[to], on, step=row)
    if to is State.OPEN:
        _open(change, row, step, on)


def _open(change: Change, row: RunStep, step: Step, on: date) -> None:
    if step.proofs:
        kinds = [RequirementSpec(each.kind, each.label.zh, each.label.en, each.n) for each in step.proofs]
        require(actor=change.actor, now=change.now, subject=Subject(STEP, row.uid), purpose=PURPOSE, kinds=kinds)
    # a government cannot be late with what it was never handed: its clock starts with the hand-over
    if Owner(row.owner) not in GOVERNMENTS or (step.clock and step.clock.since != OPENED):
        begin_clock(change, row, step, on)


def begin_clock(change: Change, row: RunStep, step: Step, on: date) -> None:
    """Start the step's clock, if it has one: from ``on``, the start of the run, or the end of the step it names."""
    clock = step.clock
    if clock is None:
        return
    start = on
    if clock.since == RUN:
        start = change.run.started_on
    elif clock.since != OPENED:
        start = change.steps[clock.since].done_on or on
    spec = ClockSpec(CLOCK, row.label_zh[:80], row.label_en[:80], clock.n, clock.unit, "step_done", clock.taken_from)
    _start(change, row, spec, start)


def agree_due(change: Change, row: RunStep, due: date) -> None:
    """Have the step be due on a day agreed otherwise."""
    start = row.asked_on or row.opened_on or change.today
    stop_clock(change, row, change.today)
    spec = ClockSpec(CLOCK, row.label_zh[:80], row.label_en[:80], max(1, (due - start).days), "calendar", "step_done")
    _start(change, row, spec, start)


def stop_clock(change: Change, row: RunStep, on: date) -> None:
    """Stop the step's clock."""
    stop_all_clocks(actor=change.actor, now=change.now, subject=Subject(STEP, row.uid), on=on)


def _start(change: Change, row: RunStep, spec: ClockSpec, start: date) -> None:
    waiting_on = row.owner if Owner(row.owner) in GOVERNMENTS else ""
    deadline = start_clock(
        actor=change.actor,
        now=change.now,
        subject=Subject(STEP, row.uid),
        clock=spec,
        on=start,
        scope_outpost=change.run.outpost_id,
        waiting_on=waiting_on,
    )
    with change.changed(row, "clocked"):
        row.due_on = deadline.due_on


def _finish(change: Change, on: date) -> None:
    over = all(State(each.state) in SETTLED for each in change.steps.values())
    if over and change.run.state == RunState.RUNNING:
        change.run.state, change.run.ended_on = RunState.FINISHED, on
        change.note(RunEvent.FINISHED, on)
    elif not over and change.run.state == RunState.FINISHED:
        change.run.state, change.run.ended_on = RunState.RUNNING, None


def is_government(row: RunStep) -> bool:
    """Tell whether a step is a government's."""
    return row.owner in {OwnerSide.HOME, OwnerSide.HOST}
