"""Running and stopped clocks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.subjects.fields import Addressed, SubjectColumns


class Deadline(Addressed, SubjectColumns):
    """One clock on one subject: ``n`` of ``unit`` after its start. ``stopped_on`` empty: running. ``scope_outpost`` narrows whose list it is on."""

    code = models.CharField(max_length=60)
    label_zh = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    n = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12)
    started_on = models.DateField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    taken_from = models.CharField(max_length=60, blank=True)
    stops_when = models.CharField(max_length=40)
    stopped_on = models.DateField(null=True, blank=True)
    scope_outpost = models.BigIntegerField(null=True, db_index=True)
    #: whose turn it is: "" operator, "home" or "host" government side (shown 待反馈, never red)
    waiting_on = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_uid", "code"],
                condition=Q(stopped_on__isnull=True),
                name="deadline_one_running_per_code",
            )
        ]
        indexes = [
            models.Index(fields=["stopped_on", "due_on"], name="deadline_running_due"),
            models.Index(
                fields=["scope_outpost", "stopped_on", "due_on", "subject_kind"], name="deadline_late_of_outpost"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.label_zh} {self.due_on}"
