"""Talks, calls and visits: the timeline."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.pipeline.enums import InteractionKind, InteractionSource
from feidi.domain.pipeline.models.project import Project
from feidi.kernel.subjects.fields import Addressed, Voidable


class Interaction(Addressed, Voidable):
    """One dated entry. ``year_proposed``: the ledger gave month and day only, the year is to be confirmed.

    ``as_written`` keeps the ledger's own words, so that the same cell goes out again as it came in;
    ``position`` keeps the order within that cell. A visit names who took part (constraint).
    ``impression`` (1…5) and ``concern`` (code of content) answer the two questions after a talk; empty: not asked.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="interactions")
    kind = models.CharField(max_length=12, choices=InteractionKind.choices)
    occurred_on = models.DateField(null=True, blank=True)
    year_proposed = models.BooleanField(default=False)
    people = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=8, choices=InteractionSource.choices, default=InteractionSource.TYPED)
    as_written = models.CharField(max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    impression = models.PositiveSmallIntegerField(null=True, blank=True)
    concern = models.CharField(max_length=30, blank=True)
    concern_note = models.CharField(max_length=300, blank=True)
    recorded_by_id_number = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source=InteractionSource.LEDGER)
                | ~Q(kind__in=[InteractionKind.VISIT_IN, InteractionKind.VISIT_OUT])
                | ~Q(people=""),
                name="interaction_visit_names_people",
            ),
            models.CheckConstraint(
                condition=Q(source=InteractionSource.LEDGER) | Q(occurred_on__isnull=False),
                name="interaction_typed_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(impression__isnull=True) | Q(impression__gte=1, impression__lte=5),
                name="interaction_impression_1_to_5",
            ),
        ]
        indexes = [models.Index(fields=["project", "occurred_on", "id"], name="interaction_timeline")]

    @override
    def __str__(self) -> str:
        return f"{self.occurred_on} {self.kind}"
