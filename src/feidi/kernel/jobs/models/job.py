"""One piece of background work."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.jobs.enums import JobState
from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class Job(models.Model):
    """One piece of background work and where it stands.

    Constraints: a running job has a worker and a lease; a finished one has the moment it finished;
    ``attempts`` never exceeds ``max_attempts``; progress never exceeds its total when that is known.
    ``task_id`` is the present row of the Django Tasks API; a retry gets a new one. ``kind`` is the code
    under which the function is registered; ``arguments`` are JSON and hold no personal data.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_uid = models.CharField(max_length=UID_LENGTH, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    requested_by_label = models.CharField(max_length=160)
    arguments: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    task_id = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    run_after = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, blank=True)
    cancel_requested = models.BooleanField(default=False)

    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(null=True)
    progress_text = models.CharField(max_length=200, blank=True)
    result: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(null=True)
    error_code = models.CharField(max_length=80, blank=True)
    error_params: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "lease_until"], name="job_state_lease"),
            models.Index(fields=["requested_by", "-created_at"], name="job_by_requester"),
            models.Index(fields=["subject_kind", "subject_uid"], name="job_by_subject"),
            models.Index(fields=["kind", "state"], name="job_kind_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | (Q(lease_until__isnull=False) & ~Q(worker="")),
                name="job_running_has_worker_and_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING]) | Q(finished_at__isnull=False),
                name="job_finished_says_when",
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=models.F("max_attempts")), name="job_attempts_within_limit"
            ),
            models.CheckConstraint(
                condition=Q(progress_total__isnull=True) | Q(progress_done__lte=models.F("progress_total")),
                name="job_progress_within_total",
            ),
            models.CheckConstraint(
                condition=(Q(subject_kind="") & Q(subject_uid="")) | (~Q(subject_kind="") & ~Q(subject_uid="")),
                name="job_subject_whole_or_none",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.uid} {self.state}"

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.state not in {JobState.QUEUED, JobState.RUNNING}

    @property
    def percent(self) -> int | None:
        """Return the progress in whole percent, None while the total is unknown."""
        return self.progress_done * 100 // self.progress_total if self.progress_total else None
