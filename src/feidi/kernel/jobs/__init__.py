"""Background jobs 后台任务: long work that shows progress, can be stopped, and may be run again without harm.

A ``Job`` row stands beside the task result of the Django Tasks API and adds what that lacks: a lease
renewed by the living worker, a reaper for dead ones, retries with back-off, progress, cancel, schedules.
Invariants: a job runs for one worker at a time (claimed by a conditional UPDATE, fenced by worker and
attempt); RUNNING without a living lease is requeued or failed; a schedule fires once, however many run it.
Functions are idempotent: a job may stop anywhere and be run again from the start.

Import from here only what needs no database (``job``, ``schedule``); verbs are in ``services``.
"""

from feidi.kernel.jobs.register import JobKind, ScheduleKind, job, schedule

__all__ = ["JobKind", "ScheduleKind", "job", "schedule"]
