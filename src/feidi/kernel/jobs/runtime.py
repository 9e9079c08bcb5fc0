"""What surrounds a running job: who works, by which clock, and the signs that tell it to stop."""

from __future__ import annotations

import threading
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from feidi.kernel.jobs.clock import Clock, wall_clock

#: A running job without renewal for this long belongs to a dead worker. Longer than the longest wait for a
#: write lock (20 s) plus one beat, so that a busy database never makes a living worker look dead.
LEASE = timedelta(seconds=60)


class JobStop(BaseException):
    """Base of the signs that end a job function early."""


class JobCancelled(JobStop):
    """The requester asked to stop; what the function has committed so far stays."""


class JobInterrupted(JobStop):
    """The worker is shutting down; the job goes back to the queue and this attempt does not count."""


class JobLost(JobStop):
    """Another worker holds the job now: write nothing more."""


class JobTimedOut(JobStop):
    """The job ran longer than its kind allows."""


@dataclass(frozen=True, slots=True)
class Fence:
    """Which run of which job this is; every write of the run is conditional on it."""

    pk: int
    worker: str
    attempt: int
    deadline: datetime


@dataclass(slots=True)
class Runtime:
    """One worker's surroundings. Without a worker (tests, ``run_pending``) nothing is ever signalled."""

    worker: str = "inline"
    clock: Clock = wall_clock
    cancelled: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)
    lost: threading.Event = field(default_factory=threading.Event)
    current: Fence | None = None

    def begin(self, fence: Fence) -> None:
        """Note which job runs now."""
        self.cancelled.clear()
        self.lost.clear()
        self.current = fence

    def end(self) -> None:
        """Note that no job runs."""
        self.current = None

    def check(self) -> None:
        """Raise the sign that applies, if any."""
        if self.lost.is_set():
            raise JobLost
        if self.cancelled.is_set():
            raise JobCancelled
        if self.stopping.is_set():
            raise JobInterrupted
        if self.current is not None and self.clock() > self.current.deadline:
            raise JobTimedOut


runtime_var: ContextVar[Runtime | None] = ContextVar("feidi_job_runtime", default=None)


def current_runtime() -> Runtime:
    """Return the surroundings of the calling worker, or fresh ones."""
    return runtime_var.get() or Runtime()
