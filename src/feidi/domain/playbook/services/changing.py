"""The one way a run is changed: locked, running, versioned, on the trail, every step's change in its history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.parties.services.changing import today_of
from feidi.domain.playbook.enums import RunEvent, RunState, StepState
from feidi.domain.playbook.kinds import RUN, STEP
from feidi.domain.playbook.models import PlaybookRun, RunEntry, RunStep
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded

_LABEL: Final = 160


@dataclass(frozen=True, slots=True)
class Change:
    """A run being changed: its locked row, all its steps by code, and who changes it when."""

    actor: Actor
    now: datetime
    unit: Unit
    run: PlaybookRun
    steps: dict[str, RunStep]

    @property
    def today(self) -> date:
        """The day of the change."""
        return today_of(self.now)

    def note(
        self, what: RunEvent, on: date, *, step: RunStep | None = None, note: str = "", inside: bool = False
    ) -> None:
        """Append an entry to the run's history."""
        RunEntry.objects.create(
            run=self.run,
            step=step,
            what=what,
            occurred_on=on,
            at=self.now,
            by=self.actor.label[:_LABEL],
            note=note.strip()[:500],
            inside=inside,
        )

    @contextmanager
    def changed(self, step: RunStep, action: str, *, reason: str = "") -> Iterator[RunStep]:
        """Give a step to be changed; on leaving it is saved with its next version and noted."""
        before = self.unit.before(step, STEP)
        yield step
        step.version += 1
        step.save()
        self.unit.changed(step, kind=STEP, before=before, reason=reason.strip(), action=action)


@contextmanager
def changing(
    *, actor: Actor, now: datetime, run: PlaybookRun, action: str = "changed", reason: str = "", ended: bool = False
) -> Iterator[Change]:
    """Give the locked run; on leaving it is saved with its next version and noted.

    Refused: the run is over (``ended``: a run that ended of itself may be taken up again, a stopped one never).
    """
    with recorded(actor=actor, now=now) as unit:
        row = PlaybookRun.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=run.pk)
        if row.state == RunState.STOPPED or (row.state == RunState.FINISHED and not ended):
            raise refuse("playbook.run_over", number=row.number, state=str(RunState(row.state).label))
        before = unit.before(row, RUN)
        steps = {each.code: each for each in row.steps.order_by("position")}
        yield Change(actor, now, unit, row, steps)
        row.version += 1
        row.save()
        unit.changed(row, kind=RUN, before=before, reason=reason.strip(), action=action)


def step_of(change: Change, step: RunStep, *allowed: StepState) -> RunStep:
    """Return the step as it stands now. Refused: it stands otherwise than the verb allows."""
    row = change.steps[step.code]
    if row.state not in allowed:
        wanted = "、".join(str(each.label) for each in allowed)
        raise refuse("playbook.step_not_now", label=row.label_zh, state=str(StepState(row.state).label), wanted=wanted)
    return row


def day_given(on: date | None, today: date, *, since: date | None = None, label: str = "") -> date:
    """Return the day of an event, today where none is given. Refused: in the future, before ``since``."""
    day = on or today
    if day > today:
        raise refuse("playbook.date_in_future", value=day.isoformat())
    if since is not None and day < since:
        raise refuse("playbook.date_too_early", value=day.isoformat(), since=since.isoformat(), label=label)
    return day


def reason_given(reason: str) -> str:
    """Return a reason, trimmed. Refused: none."""
    words = reason.strip()
    if not words:
        raise refuse("playbook.no_reason")
    return words[:300]
