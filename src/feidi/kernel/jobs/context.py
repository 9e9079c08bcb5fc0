"""What a job function is handed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from feidi.kernel.access import Actor
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.runtime import LEASE, Fence, JobCancelled, JobLost, Runtime
from feidi.kernel.subjects.registry import Subject

#: Seconds between two progress writes: often enough for a page, rarely enough for the database.
WRITE_EVERY = 0.5


def _depth() -> int:
    return len(connection.atomic_blocks)


@dataclass(slots=True)
class JobContext:
    """One run of a job: for whom, since when, and how to say how far it is."""

    uid: str
    title: str
    actor: Actor
    subject: Subject | None
    attempt: int
    fence: Fence
    runtime: Runtime
    _written: float = field(default=float("-inf"))
    _outside: int = field(default_factory=_depth)

    def now(self) -> datetime:
        """Return the moment to hand to services as ``now``."""
        return self.runtime.clock()

    def check(self) -> None:
        """Stop the function here if it should stop (cancelled, worker shutting down, taken over, too late)."""
        self.runtime.check()

    def progress(self, done: int, total: int | None = None, text: str = "") -> None:
        """Say how far the work is; may be called per row. Stops the function if it should stop.

        Writes at most twice a second, each time in a transaction of its own that renews the lease; inside the
        function's own ``atomic()`` it only checks, because a write there would show to nobody before the commit.
        """
        self.check()
        moment = time.monotonic()
        if _depth() > self._outside or (moment - self._written < WRITE_EVERY and done != total):
            return
        self._written = moment
        held = Job.objects.filter(
            pk=self.fence.pk, state=JobState.RUNNING, worker=self.fence.worker, attempts=self.fence.attempt
        )
        shown = done if total is None else min(done, total)
        if not held.update(
            progress_done=shown,
            progress_total=total,
            progress_text=text[:200],
            lease_until=self.runtime.clock() + LEASE,
        ):
            raise JobLost
        if held.filter(cancel_requested=True).exists():
            raise JobCancelled
