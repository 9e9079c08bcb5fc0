"""关账: the figures of a period as they were when it was closed; and which figures an outpost has in daily use."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.kernel.subjects.fields import Addressed


class ClosedPeriod(Addressed):
    """One period of one outpost, closed once (constraint) after its last day (constraint), never changed.

    ``period``: 2025, 2026Q3 or 2026-09; [``starts_on``, ``ends_on``], both included. ``figures``: code → what
    ``selectors.closings.frozen_of`` made of the reading: state, exact value, numerator, denominator, bound, and the
    keys of the rows (their digest where there are many). ``definitions``: code → digest of what the figure meant.
    What is counted differently later is shown as a correction beside it; the frozen value stays.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="closed_periods")
    period = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    figures = models.JSONField(default=dict)
    definitions = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    closed_by = models.CharField(max_length=160)
    closed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "period"], name="period_closed_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="closed_period_in_order"),
            models.CheckConstraint(condition=Q(closed_on__gt=F("ends_on")), name="closed_after_its_last_day"),
        ]
        indexes = [models.Index(fields=["outpost", "-ends_on"], name="closed_period_list")]

    @override
    def __str__(self) -> str:
        return self.period


class IndicatorChoice(Addressed):
    """Which figures an outpost has in daily use, and which as tiles: one row per version, the highest holds. Never changed."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="indicator_choices")
    number = models.PositiveIntegerField()
    codes = models.JSONField()
    tiles = models.JSONField()
    made_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outpost", "number"], name="indicator_choice_number_once")]

    @override
    def __str__(self) -> str:
        return f"{self.outpost_id} v{self.number}"
