"""Who sees a job: the one who asked for it.

Its title and result may speak of business rows, which whoever keeps the installation running does not see.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.jobs.models import Job
from feidi.kernel.subjects.registry import SubjectKind


def visible_to(actor: Actor, jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Narrow ``jobs`` to those that ``actor`` asked for."""
    return jobs.none() if actor.user_id is None else jobs.filter(requested_by_id=actor.user_id)


def can_view(actor: Actor, job: Job) -> bool:
    """Tell whether ``actor`` may see ``job``; agrees with ``visible_to``."""
    return actor.user_id is not None and job.requested_by_id == actor.user_id


def _title(job: Any) -> str:
    return str(job.title)


SUBJECT = SubjectKind(kind="jobs.job", model="jobs.Job", label=_title, visible_to=visible_to)
