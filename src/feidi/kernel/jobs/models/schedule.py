"""Work that the clock starts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override


class Schedule(models.Model):
    """When a scheduled job is next due. Declared in code, one row each.

    Constraint: it runs either every so many seconds or daily at a time, never both. ``next_run`` moves by a
    conditional UPDATE, so that of several schedulers only one enqueues.
    """

    code = models.CharField(max_length=80, unique=True)
    every_seconds = models.PositiveIntegerField(null=True)
    daily_at = models.TimeField(null=True)
    enabled = models.BooleanField(default=True)
    last_run = models.DateTimeField(null=True)
    next_run = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_seconds__gt=0, daily_at__isnull=True)
                | Q(every_seconds__isnull=True, daily_at__isnull=False),
                name="schedule_every_or_daily",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.code
