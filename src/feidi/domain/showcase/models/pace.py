"""How often the site was asked to reckon: a count, never what was asked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override


class CheckupCount(models.Model):
    """Check-ups of one hour from one place, counted for all web processes together; gone after the hour.

    ``origin_digest``: a keyed digest of that day's address, as of an inquiry: it leads back to nobody.
    """

    origin_digest = models.CharField(max_length=40)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin_digest", "hour"], name="checkup_count_once_an_hour"),
            models.CheckConstraint(condition=Q(count__gte=1), name="checkup_count_positive"),
        ]
        indexes = [models.Index(fields=["hour"], name="checkup_count_hour")]

    @override
    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.count}"
