"""Taking work back from workers that are no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job, Process
from feidi.kernel.jobs.runtime import LEASE
from feidi.kernel.jobs.services.asking import hand_to_queue
from feidi.kernel.jobs.services.running import back_off, requeue

_AT_ONCE = 200
_FORGET_PROCESS_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reaped:
    """How many jobs were requeued, failed, cancelled or handed to the queue anew; how many task rows closed."""

    requeued: int = 0
    failed: int = 0
    cancelled: int = 0
    handed_anew: int = 0
    tasks_closed: int = 0


def reap(*, now: datetime, worker: str = "") -> Reaped:
    """Requeue or fail the running jobs whose lease is over; repair rows that a kill left half-way. Idempotent.

    ``worker``: also take back everything held under this name, whose former bearer is known to be dead.
    """
    over = Q(lease_until__lt=now) | (Q(worker=worker) if worker else Q(pk__in=[]))
    ends = [_take_back(job, now) for job in Job.objects.filter(over, state=JobState.RUNNING)[:_AT_ONCE]]
    anew = [_hand_anew(job) for job in _stranded(now)[:_AT_ONCE]]
    Process.objects.filter(beat_at__lt=now - _FORGET_PROCESS_AFTER).delete()
    return Reaped(
        requeued=ends.count(JobState.QUEUED),
        failed=ends.count(JobState.FAILED),
        cancelled=ends.count(JobState.CANCELLED),
        handed_anew=sum(anew),
        tasks_closed=_close_tasks(now),
    )


def _take_back(job: Job, now: datetime) -> str:
    # conditional on the very lease we saw: a worker that renewed it meanwhile keeps the job
    held = Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts, lease_until=job.lease_until
    )
    params = {"attempts": job.attempts}
    if job.cancel_requested:
        ended, code = JobState.CANCELLED, ""
    elif job.attempts < job.max_attempts:
        return requeue(held, job, now, wait=back_off(job.attempts), code="jobs.worker_died", params=params)
    else:
        ended, code = JobState.FAILED, "jobs.worker_died"
    changed = held.update(
        state=ended, finished_at=now, lease_until=None, worker="", error_code=code, error_params=params
    )
    return ended if changed else JobState.RUNNING


def _stranded(now: datetime) -> QuerySet[Job]:
    """Queued jobs that no worker will ever pick up: their task row is gone, closed, or a dead worker's."""
    waiting = Q(status=TaskResultStatus.READY) | Q(status=TaskResultStatus.RUNNING, started_at__gt=now - LEASE)
    task = DBTaskResult.objects.filter(waiting, pk=OuterRef("task_id"))
    due = Q(run_after__isnull=True) | Q(run_after__lt=now - LEASE)
    return Job.objects.filter(due, ~Exists(task), state=JobState.QUEUED, created_at__lt=now - LEASE)


def _hand_anew(job: Job) -> int:
    # the conditional UPDATE decides between two reapers
    if not Job.objects.filter(pk=job.pk, task_id=job.task_id, state=JobState.QUEUED).update(task_id=None):
        return 0
    hand_to_queue(job)
    return 1


def _close_tasks(now: datetime) -> int:
    """Close task rows left RUNNING for ever by a killed worker (the Tasks backend never does)."""
    alive = Job.objects.filter(task_id=OuterRef("pk"), state=JobState.RUNNING)
    stuck = DBTaskResult.objects.filter(
        ~Exists(alive),
        status=TaskResultStatus.RUNNING,
        started_at__lt=now - LEASE,
        task_path="feidi.kernel.jobs.tasks.run_job",
    )
    return stuck.update(
        status=TaskResultStatus.FAILED,
        finished_at=now,
        exception_class_path="feidi.kernel.jobs.runtime.JobLost",
        traceback="",
    )
