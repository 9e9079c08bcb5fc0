"""The one task of the Django Tasks API through which every job runs, and the jobs' own housekeeping."""

from __future__ import annotations

from datetime import time, timedelta

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from feidi.kernel.jobs.context import JobContext
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.register import schedule
from feidi.kernel.jobs.runtime import current_runtime
from feidi.kernel.jobs.services.running import execute

#: Finished runs of schedules and task rows are of no use after this; jobs that a person asked for stay.
KEEP = timedelta(days=14)


@task()
def run_job(uid: str) -> dict[str, str]:
    """Run the job ``uid``; harmless when it already ran or is gone."""
    return {"state": execute(uid, runtime=current_runtime())}


@schedule("jobs.prune", daily_at=time(3, 40))
def prune(context: JobContext) -> dict[str, int]:
    """Delete old task rows and old finished runs of schedules."""
    before = context.now() - KEEP
    ended = [JobState.DONE, JobState.CANCELLED, JobState.FAILED]
    jobs, _ = Job.objects.filter(requested_by=None, state__in=ended, finished_at__lt=before).delete()
    finished = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    tasks, _ = DBTaskResult.objects.filter(status__in=finished, finished_at__lt=before).delete()
    return {"jobs": jobs, "tasks": tasks}
