"""When a run can be over: the way through the steps that takes longest, with working days reckoned by the caller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from feidi.engines.playbooks.graph import ordered
from feidi.engines.playbooks.model import OPENED, RUN, SETTLED, Clock, Playbook, State, Step

#: The last day on which a clock that starts on a day is kept.
Reckon = Callable[[Clock, date], date]


@dataclass(frozen=True, slots=True)
class Actual:
    """How a step of a run stands: since when it is open, by when it is due (agreed otherwise than by its clock), when done."""

    state: State = State.WAITING
    opened_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """``ends`` of every step, of the run (``end``), and the longest way (``path``) that leads there.

    ``untimed``: steps still to come that have no clock; while there are any, every day is "not before".
    """

    end: date
    path: tuple[str, ...]
    ends: Mapping[str, date]
    untimed: tuple[str, ...] = ()

    @property
    def at_least(self) -> bool:
        """Whether the end may be later, because some step has no time set."""
        return bool(self.untimed)


@dataclass(slots=True)
class _Walk:
    """What the forward pass has found so far. ``cause``: which step a step's end hangs on ("": the run's start)."""

    playbook: Playbook
    start: date
    reckon: Reckon
    actuals: Mapping[str, Actual]
    today: date
    ends: dict[str, date] = field(default_factory=dict)
    cause: dict[str, str] = field(default_factory=dict)
    untimed: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Reckon one step, all before it being reckoned."""
        known = self.actuals.get(step.code, Actual())
        behind = max((one for one in step.after if one in self.ends), key=self.ends.__getitem__, default="")
        ready = self.ends[behind] if behind else self.start
        self.cause[step.code] = behind
        if known.state in SETTLED:
            self.ends[step.code] = known.done_on if known.state is State.DONE and known.done_on else ready
            return
        due = known.due_on or self._by_clock(step, known.opened_on or max(ready, self.today))
        if due is None:
            self.untimed.append(step.code)
        self.ends[step.code] = max(due or ready, ready, self.today)

    def _by_clock(self, step: Step, ready: date) -> date | None:
        if step.clock is None:
            return None
        since = step.clock.since
        if since == OPENED:
            return self.reckon(step.clock, ready)
        begun = self.start if since == RUN else self.ends.get(since, ready)
        due = self.reckon(step.clock, begun)
        if due >= ready:
            self.cause[step.code] = "" if since == RUN else since
        return due


def forecast(
    playbook: Playbook,
    start: date,
    reckon: Reckon,
    *,
    actuals: Mapping[str, Actual] | None = None,
    today: date | None = None,
) -> Forecast:
    """Return when each step and the whole can be over, if everybody needs the whole of his time.

    ``actuals``: steps of a run; what was done counts with its day, what fell away takes no time, what is open past its
    day ends today at the earliest. A step that nobody can judge yet counts as wanted. Raises ``ValueError`` in a circle.
    """
    walk = _Walk(playbook, start, reckon, actuals or {}, today or start)
    for step in ordered(playbook):
        walk.take(step)
    # of several that end last, the one furthest along
    last = max(reversed(walk.ends), key=walk.ends.__getitem__, default="")
    path: list[str] = []
    while last:
        state = walk.actuals.get(last, Actual()).state
        if state not in {State.SKIPPED, State.NOT_APPLICABLE}:
            path.append(last)
        last = walk.cause[last]
    end = max(walk.ends.values(), default=start)
    return Forecast(end, tuple(reversed(path)), walk.ends, tuple(walk.untimed))


def days_waiting(since: date, today: date) -> int:
    """Return which day of waiting ``today`` is: the day itself is the first."""
    return max(1, (today - since).days + 1)


def days_late(due: date | None, on: date) -> int:
    """Return by how many calendar days ``on`` is past ``due``; 0 in time, or where no day is set."""
    return max(0, (on - due).days) if due else 0
