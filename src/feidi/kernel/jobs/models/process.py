"""The living workers and schedulers."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.kernel.jobs.enums import ProcessKind


class Process(models.Model):
    """One worker or scheduler: when it last gave a sign of life. Names are unique among the living."""

    name = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=ProcessKind.choices)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
