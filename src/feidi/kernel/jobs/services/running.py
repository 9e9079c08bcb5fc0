"""Running one job: claim, call, write down how it ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.access import Actor, actor_for_user, schedule_actor
from feidi.kernel.jobs.clock import Clock
from feidi.kernel.jobs.context import JobContext
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.register import JobKind, job_kind
from feidi.kernel.jobs.runtime import (
    LEASE,
    Fence,
    JobCancelled,
    JobInterrupted,
    JobLost,
    JobTimedOut,
    Runtime,
)
from feidi.kernel.jobs.services.asking import hand_to_queue
from feidi.kernel.subjects.registry import Subject

_FIRST_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(hours=1)
#: Longest time a job may take when its kind is unknown here (it is refused at once anyway).
_NO_TIME = timedelta(minutes=1)


def back_off(attempt: int) -> timedelta:
    """Return how long to wait after failed attempt number ``attempt`` (1-based): 10 s, 40 s, 160 s … one hour."""
    return min(_FIRST_WAIT * 4.0 ** min(attempt - 1, 8), _LONGEST_WAIT)


def execute(uid: str, *, runtime: Runtime) -> str:
    """Run the job ``uid`` if it is due and nobody else has it; returns the state it is left in.

    A refusal fails it for good; any other exception sends it back to the queue until its attempts are used up,
    and is raised again so that the task's own row keeps the traceback.
    """
    job = _claim(uid, runtime)
    if job is None:
        return Job.objects.filter(uid=uid).values_list("state", flat=True).first() or ""
    declared = job_kind(job.kind)
    limit = declared.timeout if declared else _NO_TIME
    fence = Fence(job.pk, runtime.worker, job.attempts, runtime.clock() + limit)
    runtime.begin(fence)
    try:
        return _call(job, declared, fence, runtime)
    finally:
        runtime.end()


def _claim(uid: str, runtime: Runtime) -> Job | None:
    now = runtime.clock()
    due = Job.objects.filter(
        Q(run_after__isnull=True) | Q(run_after__lte=now),
        uid=uid,
        state=JobState.QUEUED,
        attempts__lt=F("max_attempts"),
    )
    claimed = due.update(
        state=JobState.RUNNING,
        worker=runtime.worker,
        attempts=F("attempts") + 1,
        lease_until=now + LEASE,
        started_at=now,
        progress_done=0,
        progress_total=None,
        progress_text="",
        error_code="",
        error_params={},
    )
    return Job.objects.get(uid=uid) if claimed else None


def _call(job: Job, declared: JobKind | None, fence: Fence, runtime: Runtime) -> str:
    try:
        result = _result(job, declared, fence, runtime)
    except RefusedError as error:
        params = {"refused": error.refusal.code, **error.refusal.params}
        return _finish(fence, runtime, JobState.FAILED, error_code=error.refusal.code, error_params=params)
    except JobCancelled:
        return _finish(fence, runtime, JobState.CANCELLED)
    except JobInterrupted:
        return requeue(held_by(fence), job, runtime.clock(), wait=timedelta(0), counted=False)
    except JobLost:
        return JobState.RUNNING
    except JobTimedOut:
        minutes = int((declared.timeout if declared else _NO_TIME).total_seconds() // 60)
        return _finish(fence, runtime, JobState.FAILED, error_code="jobs.timed_out", error_params={"minutes": minutes})
    except Exception as error:
        _failed(job, fence, runtime, error)
        raise
    return _finish(fence, runtime, JobState.DONE, result=result)


def _result(job: Job, declared: JobKind | None, fence: Fence, runtime: Runtime) -> dict[str, Any]:
    if declared is None:
        raise refuse("jobs.unknown_kind", kind=job.kind)
    context = JobContext(
        uid=job.uid,
        title=job.title,
        actor=_actor(job, runtime.clock()),
        subject=Subject(job.subject_kind, job.subject_uid) if job.subject_kind else None,
        attempt=job.attempts,
        fence=fence,
        runtime=runtime,
    )
    return declared.run(context, job.arguments)


def _actor(job: Job, now: datetime) -> Actor:
    """Return who the job acts for, with what that person holds *now*; refused when the account is closed."""
    if job.requested_by_id is None:
        return schedule_actor(job.kind)
    user = get_user_model().objects.get(pk=job.requested_by_id)
    if not user.is_active:
        raise refuse("jobs.requester_closed")
    return actor_for_user(user, now)


def held_by(fence: Fence) -> QuerySet[Job]:
    """Return the row of this run, or nothing when another run holds it."""
    return Job.objects.filter(pk=fence.pk, state=JobState.RUNNING, worker=fence.worker, attempts=fence.attempt)


def _finish(fence: Fence, runtime: Runtime, state: JobState, **values: Any) -> str:
    ended = {"state": state, "finished_at": runtime.clock(), "lease_until": None, "worker": "", **values}
    if state is JobState.DONE:
        ended["progress_done"] = F("progress_total") if _has_total(fence) else F("progress_done")
    return state if held_by(fence).update(**ended) else JobState.RUNNING


def _has_total(fence: Fence) -> bool:
    return Job.objects.filter(pk=fence.pk, progress_total__isnull=False).exists()


def _failed(job: Job, fence: Fence, runtime: Runtime, error: Exception) -> str:
    params = {"error": type(error).__name__}
    if job.attempts < job.max_attempts:
        wait = back_off(job.attempts)
        return requeue(held_by(fence), job, runtime.clock(), wait=wait, code="jobs.crashed", params=params)
    return _finish(fence, runtime, JobState.FAILED, error_code="jobs.crashed", error_params=params)


def requeue(
    held: QuerySet[Job],
    job: Job,
    now: datetime,
    *,
    wait: timedelta,
    counted: bool = True,
    code: str = "",
    params: dict[str, Any] | None = None,
) -> str:
    """Send the run ``held`` back to the queue, due after ``wait``; nothing happens when it is no longer held."""
    with transaction.atomic():
        if not held.update(
            state=JobState.QUEUED,
            worker="",
            lease_until=None,
            attempts=F("attempts") - (0 if counted else 1),
            run_after=now + wait,
            error_code=code,
            error_params=params or {},
        ):
            return JobState.RUNNING
        job.refresh_from_db()
        hand_to_queue(job)
    return JobState.QUEUED


def run_pending(*, clock: Clock, limit: int = 1000) -> list[Job]:
    """Run here and now every job that is due by ``clock``, oldest first; returns them as they ended.

    For tests and one-off commands: no worker, no signals. Errors of a job function are raised.
    """
    runtime = Runtime(worker="inline", clock=clock)
    ran: list[Job] = []
    while len(ran) < limit:
        due = Q(run_after__isnull=True) | Q(run_after__lte=clock())
        job = Job.objects.filter(due, state=JobState.QUEUED).order_by("id").first()
        if job is None:
            break
        DBTaskResult.objects.filter(pk__in=[job.task_id], status=TaskResultStatus.READY).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=clock()
        )
        execute(job.uid, runtime=runtime)
        job.refresh_from_db()
        ran.append(job)
    return ran
