"""From a run's rows to what the engine takes, and its answers: which steps wait for whom, when it can be over, the burn-down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from feidi.domain.playbook.enums import StepState
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.engines.playbooks import (
    Actual,
    Burn,
    Clock,
    Forecast,
    Line,
    Owner,
    Playbook,
    State,
    burn_down,
    forecast,
    read_playbook,
    waits_for,
)
from feidi.kernel.calendar.almanac import Almanac
from feidi.kernel.calendar.clock import due_date
from feidi.kernel.calendar.working_days import almanac


class Reckoning:
    """Reckons clocks with one almanac, taken once for many steps."""

    def __init__(self, using: Almanac | None = None) -> None:
        self._almanac = using or almanac()

    def due(self, clock: Clock, start: date) -> date:
        """Return the last day on which a clock that starts on ``start`` is kept."""
        return due_date(clock, start, using=self._almanac).date

    def working_days(self, start: date, end: date) -> int:
        """Return the working days after ``start`` up to ``end``."""
        return self._almanac.between(start, end)


def plan_of(run: PlaybookRun) -> Playbook:
    """Return the playbook that a run keeps."""
    return _read(run.sha256, json.dumps(run.plan, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=64)
def _read(_sha256: str, text: str) -> Playbook:
    return read_playbook(json.loads(text))


def states_of(steps: Iterable[RunStep]) -> dict[str, State]:
    """Return code → state as the engine reads it."""
    return {each.code: State(each.state) for each in steps}


def forecast_of(
    run: PlaybookRun, steps: Sequence[RunStep], today: date, reckoning: Reckoning | None = None
) -> Forecast:
    """Return when the run can be over, what was done counted with its own days."""
    with_days = reckoning or Reckoning()
    actuals = {each.code: Actual(State(each.state), each.opened_on, each.due_on, each.done_on) for each in steps}
    return forecast(plan_of(run), run.started_on, with_days.due, actuals=actuals, today=today)


def burning_of(run: PlaybookRun, steps: Sequence[RunStep], today: date) -> dict[Owner, Line]:
    """Return what each side still had to do, day by day; what does not apply never counted, what was skipped fell that day."""
    counted = [each for each in steps if each.state != StepState.NOT_APPLICABLE]
    burns = [Burn(Owner(each.owner), each.planned_on, settled_on(each)) for each in counted]
    return burn_down(burns, run.started_on, run.ended_on or today)


def settled_on(step: RunStep) -> date | None:
    """Return the day on which a step was over, None while it is not."""
    if step.state == StepState.SKIPPED:
        return step.left_on
    return step.done_on


def waiting_labels(run: PlaybookRun, steps: Mapping[str, RunStep]) -> dict[str, tuple[RunStep, ...]]:
    """Return waiting step → the steps it really waits for."""
    plan, states = plan_of(run), states_of(steps.values())
    waiting = [each for each in steps.values() if each.state == StepState.WAITING]
    return {each.code: tuple(steps[code] for code in waits_for(plan, states, each.code)) for each in waiting}
