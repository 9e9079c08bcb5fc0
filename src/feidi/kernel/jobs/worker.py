"""The worker: takes tasks from the queue, keeps its lease alive, stops when told."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction
from typing_extensions import override

from feidi.kernel.jobs.clock import wall_clock
from feidi.kernel.jobs.enums import JobState, ProcessKind
from feidi.kernel.jobs.models import Job, Process
from feidi.kernel.jobs.register import discover
from feidi.kernel.jobs.runtime import LEASE, Fence, Runtime, runtime_var
from feidi.kernel.jobs.services.reaping import reap

logger = logging.getLogger("feidi.jobs")
#: Seconds between two looks at "was it cancelled?".
LOOK_EVERY = 2.0
#: Seconds between two renewals of lease and sign of life.
BEAT_EVERY = 10.0
#: Seconds between two looks for dead workers.
REAP_EVERY = 30.0
#: A function that ignores its timeout for this long ends with its process; the supervisor starts another.
OVERRUN_ALLOWED = timedelta(seconds=120)
OVERRUN_EXIT = 70


def process_name() -> str:
    """Return a name for this process, unique among the living."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(3)}"


def beat(name: str, kind: ProcessKind, now: datetime) -> None:
    """Write the sign of life of a process."""
    values = {"kind": kind, "pid": os.getpid(), "beat_at": now}
    Process.objects.update_or_create(name=name, defaults=values, create_defaults={**values, "started_at": now})


class Pulse(threading.Thread):
    """Beside the running job: renews the lease, notices a cancel, ends a process that overruns its timeout."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(name="feidi-pulse", daemon=True)
        self.runtime = runtime
        self.ended = threading.Event()
        self._beaten = float("-inf")

    @override
    def run(self) -> None:
        """Look and beat until told to end; a busy or lost database only makes it try again."""
        while not self.ended.wait(LOOK_EVERY):
            try:
                self.look()
            except DatabaseError:
                connection.close()
        connection.close()

    def look(self) -> None:
        """Do what is due now."""
        fence, now = self.runtime.current, self.runtime.clock()
        if fence is not None and now > fence.deadline + OVERRUN_ALLOWED:
            logger.error("job %s ignores its timeout: this worker ends", fence.pk)
            os._exit(OVERRUN_EXIT)
        due = time.monotonic() - self._beaten >= BEAT_EVERY
        if fence is not None:
            self._look_at(fence, renew_until=now + LEASE if due else None)
        if due:
            self._beaten = time.monotonic()
            beat(self.runtime.worker, ProcessKind.WORKER, now)

    def _look_at(self, fence: Fence, *, renew_until: datetime | None) -> None:
        row = Job.objects.filter(pk=fence.pk, state=JobState.RUNNING, worker=fence.worker, attempts=fence.attempt)
        if renew_until is not None:
            row.update(lease_until=renew_until)
        cancelled = row.values_list("cancel_requested", flat=True).first()
        if self.runtime.current is not fence:
            return  # the job ended while we looked: its signs are no longer ours to give
        if cancelled is None:
            self.runtime.lost.set()
        elif cancelled:
            self.runtime.cancelled.set()


class JobWorker(Worker):
    """The library's worker with a lease: looks before it locks, survives a locked database, reaps when idle."""

    def __init__(self, runtime: Runtime, *, interval: float = 0.5, batch: bool = False) -> None:
        super().__init__(
            queue_names=["default"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=runtime.worker,
            excluded_queue_names=[],
        )
        self.runtime = runtime
        self._reaped = float("-inf")

    @override
    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop once the running job has given way at its next progress.

        The library would exit at once when idle, also between claiming a task and running it.
        """
        self.runtime.stopping.set()
        self.running = False

    @override
    def run(self) -> None:
        """Work until told to stop; with ``batch`` until the queue is empty."""
        while self.running:
            close_old_connections()
            try:
                self._reap_when_due()
                task = self._claim()
            except DatabaseError:
                # locked for longer than the timeout, or the server went away: try again
                logger.warning("the database does not answer, trying again")
                connection.close()
                task = None
            if task is not None:
                self.run_task(task)
            elif self.batch:
                return
            elif self.running:
                time.sleep(self.interval)

    def _reap_when_due(self) -> None:
        if time.monotonic() - self._reaped >= REAP_EVERY:
            first = self._reaped == float("-inf")
            self._reaped = time.monotonic()
            # the supervisor gives a restarted worker its old name: what that name held is free at once
            reap(now=self.runtime.clock(), worker=self.worker_id if first else "")

    def _claim(self) -> DBTaskResult[..., Any] | None:
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name, queue_name="default")
        # look first: an idle worker must not take SQLite's write lock twice a second
        if not ready.exists():
            return None
        with exclusive_transaction(ready.db):
            task = ready.get_locked()
            if task is not None:
                task.claim(self.worker_id)
        return task


def run_worker(*, name: str = "", batch: bool = False, with_signals: bool = True) -> None:
    """Run a worker in this process until SIGTERM or SIGINT (``batch``: until the queue is empty)."""
    discover()
    runtime = Runtime(worker=(name or process_name())[:64], clock=wall_clock)
    worker = JobWorker(runtime, batch=batch)
    if with_signals:
        worker.configure_signals()
    token = runtime_var.set(runtime)
    pulse = Pulse(runtime)
    beat(runtime.worker, ProcessKind.WORKER, runtime.clock())
    pulse.start()
    try:
        worker.run()
    finally:
        pulse.ended.set()
        pulse.join(timeout=5)
        runtime_var.reset(token)
        Process.objects.filter(name=runtime.worker).delete()
