"""报送: what the home side was told, when, under which number."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import SubmissionKind
from feidi.domain.pipeline.models.project import Project
from feidi.kernel.subjects.fields import Addressed


class Submission(Addressed):
    """A dated, numbered batch that makes its projects visible to the home side. Never changed afterwards."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="submissions")
    number = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
    sent_by_id_number = models.BigIntegerField(null=True)
    sent_by = models.CharField(max_length=160)
    reason = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=SubmissionKind.choices, default=SubmissionKind.REGULAR)
    plaque = models.CharField(max_length=30, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    figures = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outpost", "number"], name="submission_number_once")]

    @override
    def __str__(self) -> str:
        return self.number


class SubmissionRow(models.Model):
    """One project in a submission, with what was said of it (``snapshot``) and what of an earlier
    batch it corrects: [{field, before, after, batch}].
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="rows")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="submission_rows")
    snapshot = models.JSONField()
    corrections = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "project"], name="submission_project_once")]

    @override
    def __str__(self) -> str:
        return f"{self.submission_id}: {self.project_id}"
