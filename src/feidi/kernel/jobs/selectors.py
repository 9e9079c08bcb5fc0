"""Questions about jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.jobs.access import visible_to
from feidi.kernel.jobs.enums import ProcessKind
from feidi.kernel.jobs.models import Job, Process, Schedule
from feidi.kernel.subjects.registry import Subject

#: Without a sign of life for this long a process counts as gone.
SILENT_AFTER = timedelta(seconds=60)


def get_job(*, actor: Actor, uid: str) -> Job:
    """Return the job that ``actor`` may see, or refuse with ``jobs.not_found``."""
    job = visible_to(actor, Job.objects.filter(uid=uid)).first()
    if job is None:
        raise refuse("jobs.not_found")
    return job


def list_jobs(*, actor: Actor, subject: Subject | None = None) -> QuerySet[Job]:
    """Return the jobs that ``actor`` may see, newest first, of one subject when given."""
    jobs = visible_to(actor, Job.objects.all()).order_by("-created_at", "-id")
    return jobs.filter(subject_kind=subject.kind, subject_uid=subject.uid) if subject else jobs


def list_living(*, kind: ProcessKind, now: datetime) -> QuerySet[Process]:
    """Return the processes of ``kind`` that gave a sign of life lately."""
    return Process.objects.filter(kind=kind, beat_at__gt=now - SILENT_AFTER).order_by("name")


def list_late_schedules(*, now: datetime, by: timedelta = timedelta(minutes=5)) -> QuerySet[Schedule]:
    """Return the enabled schedules that were due more than ``by`` ago and have not run."""
    return Schedule.objects.filter(enabled=True, next_run__lt=now - by).order_by("code")
