"""Job kinds that only the tests know; imported by them and by the workers they start."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from feidi.engines.findings import refuse
from feidi.kernel.jobs import job
from feidi.kernel.jobs.context import JobContext


@job("test.count")
def count(context: JobContext, *, upto: int, wait: float = 0.0, mark: str = "") -> dict[str, int]:
    """Count, saying how far; leaves a line in ``mark`` whenever it begins."""
    if mark:
        with Path(mark).open("a", encoding="utf-8") as handle:
            handle.write(f"{context.attempt}\n")
    for done in range(upto):
        context.progress(done, upto, f"row {done}")
        time.sleep(wait)
    context.progress(upto, upto, "end")
    return {"counted": upto}


@job("test.who", max_attempts=1)
def who(context: JobContext) -> dict[str, str | None]:
    """Tell for whom it runs."""
    return {"label": context.actor.label, "subject": context.subject.uid if context.subject else None}


@job("test.crash", max_attempts=3)
def crash(context: JobContext) -> None:
    """Fail the first two times."""
    if context.attempt < 3:
        message = f"attempt {context.attempt}"
        raise RuntimeError(message)


@job("test.refuse", max_attempts=3)
def refused(context: JobContext) -> None:
    """Refuse: trying again would change nothing."""
    raise refuse("jobs.not_found")


@job("test.slow", timeout=timedelta(seconds=0))
def slow(context: JobContext) -> None:
    """Take longer than allowed."""
    time.sleep(0.01)
    context.progress(1, 2)
