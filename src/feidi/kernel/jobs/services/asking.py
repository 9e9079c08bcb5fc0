"""Asking for work, and asking it to stop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.register import job_kind
from feidi.kernel.subjects.registry import Subject


def enqueue(
    kind: str, *, actor: Actor, now: datetime, title: str, subject: Subject | None = None, **arguments: Any
) -> Job:
    """Queue a job of ``kind``; workers see it when the caller's transaction commits, never before.

    The task's row is written in that same transaction (the queue is this database), so a job is neither lost
    between commit and queueing nor started for work that was rolled back. Refused: an unknown kind.
    """
    declared = job_kind(kind)
    if declared is None:
        raise refuse("jobs.unknown_kind", kind=kind)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            title=title[:200],
            subject_kind=subject.kind if subject else "",
            subject_uid=subject.uid if subject else "",
            requested_by_id=actor.user_id,
            requested_by_label=actor.label[:160],
            arguments=arguments,
            max_attempts=declared.max_attempts,
            created_at=now,
        )
        hand_to_queue(job)
    return job


def hand_to_queue(job: Job) -> None:
    """Give ``job`` a fresh row of the Django Tasks API, due at its ``run_after``."""
    from feidi.kernel.jobs.tasks import run_job  # noqa: PLC0415 - tasks import the services

    result = run_job.using(run_after=job.run_after).enqueue(job.uid)
    job.task_id = result.db_result.pk if hasattr(result, "db_result") else None
    job.save(update_fields=["task_id"])


def request_cancel(*, actor: Actor, now: datetime, job: Job) -> Job:
    """Ask ``job`` to stop: at once while it is queued, at its next progress while it runs.

    Refused: not the requester's, already finished.
    """
    if actor.user_id is None or job.requested_by_id != actor.user_id:
        raise refuse("jobs.not_yours", title=job.title, requester=job.requested_by_label)
    with recorded(actor=actor, now=now) as unit:
        queued = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
        running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING)
        stopped = queued.update(state=JobState.CANCELLED, cancel_requested=True, finished_at=now)
        if not stopped and not running.update(cancel_requested=True):
            raise refuse("jobs.already_finished", title=job.title)
        unit.acted("job_cancel_requested", kind="jobs.job", uid=job.uid, title=job.title)
    job.refresh_from_db()
    return job
