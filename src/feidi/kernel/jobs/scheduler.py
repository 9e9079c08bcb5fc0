"""The scheduler: enqueues what is due, takes work back from dead workers. Several may run at once."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection

from feidi.kernel.jobs.clock import Clock, wall_clock
from feidi.kernel.jobs.enums import ProcessKind
from feidi.kernel.jobs.models import Process
from feidi.kernel.jobs.services.reaping import reap
from feidi.kernel.jobs.services.timing import run_due, sync_schedules
from feidi.kernel.jobs.worker import beat, process_name

logger = logging.getLogger("feidi.jobs")
TICK_EVERY = 5.0


def run_scheduler(*, name: str = "", clock: Clock = wall_clock) -> None:
    """Run a scheduler in this process until SIGTERM or SIGINT."""
    stopping = threading.Event()

    def stop(_signum: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    own_name = (name or process_name())[:64]
    synced = False
    while not stopping.is_set():
        close_old_connections()
        try:
            if not synced:
                sync_schedules(now=clock())
                synced = True
            tick(own_name, clock)
        except DatabaseError:
            logger.warning("the database does not answer, trying again")
            connection.close()
        stopping.wait(TICK_EVERY)
    Process.objects.filter(name=own_name).delete()


def tick(name: str, clock: Clock) -> None:
    """Do one round: sign of life, what is due, dead workers."""
    beat(name, ProcessKind.SCHEDULER, clock())
    run_due(now=clock())
    reap(now=clock())
