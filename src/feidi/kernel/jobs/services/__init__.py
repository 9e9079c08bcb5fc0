"""Verbs of the jobs."""

from feidi.kernel.jobs.services.asking import enqueue, request_cancel
from feidi.kernel.jobs.services.reaping import Reaped, reap
from feidi.kernel.jobs.services.running import execute, run_pending
from feidi.kernel.jobs.services.timing import run_due, sync_schedules

__all__ = ["Reaped", "enqueue", "execute", "reap", "request_cancel", "run_due", "run_pending", "sync_schedules"]
