"""Which functions are jobs, and which of them run by the clock. Filled by every app's ``tasks.py``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from feidi.kernel.jobs.context import JobContext

JobFunction = Callable[..., Mapping[str, Any] | None]
_JOBS: dict[str, JobKind] = {}
_SCHEDULES: dict[str, ScheduleKind] = {}
_discovered: list[bool] = []


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of job: its code, function, how often it may be tried, and how long it may take."""

    kind: str
    function: JobFunction
    max_attempts: int
    timeout: timedelta

    def run(self, context: JobContext, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run the function; returns its result, ``{}`` when it has none."""
        return dict(self.function(context, **arguments) or {})


@dataclass(frozen=True, slots=True)
class ScheduleKind:
    """A job kind that the clock starts: every so often, or daily at a time of the business day."""

    code: str
    every: timedelta | None
    daily_at: time | None


def job(
    kind: str, *, max_attempts: int = 3, timeout: timedelta = timedelta(minutes=30)
) -> Callable[[JobFunction], JobFunction]:
    """Register ``fn(context: JobContext, **args) -> dict | None`` as the job ``kind``; it must be idempotent."""

    def register(function: JobFunction) -> JobFunction:
        known = _JOBS.get(kind)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            message = f"two functions for job kind {kind!r}"
            raise ValueError(message)
        _JOBS[kind] = JobKind(kind, function, max_attempts, timeout)
        return function

    return register


def schedule(
    code: str,
    *,
    every: timedelta | None = None,
    daily_at: time | None = None,
    max_attempts: int = 1,
    timeout: timedelta = timedelta(minutes=30),
) -> Callable[[JobFunction], JobFunction]:
    """Register ``fn(context) -> dict | None`` as a job that the scheduler enqueues by the clock.

    Exactly one of ``every`` and ``daily_at`` (time of day in the installation's zone). It is not enqueued
    while its last run is still queued or running.
    """
    if (every is None) == (daily_at is None):
        message = f"schedule {code!r}: give either every= or daily_at="
        raise ValueError(message)

    def register(function: JobFunction) -> JobFunction:
        _SCHEDULES[code] = ScheduleKind(code, every, daily_at)
        return job(code, max_attempts=max_attempts, timeout=timeout)(function)

    return register


def discover() -> None:
    """Import every installed app's ``tasks`` module, once, so that its jobs are known."""
    if not _discovered:
        _discovered.append(True)
        autodiscover_modules("tasks")


def job_kind(kind: str) -> JobKind | None:
    """Return the kind's declaration, or None when no installed app has it."""
    discover()
    return _JOBS.get(kind)


def schedule_kinds() -> tuple[ScheduleKind, ...]:
    """Return every declared schedule, in order of code."""
    discover()
    return tuple(_SCHEDULES[code] for code in sorted(_SCHEDULES))
