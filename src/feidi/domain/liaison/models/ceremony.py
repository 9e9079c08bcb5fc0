"""集中签约: which agreements are signed on one stage; one that was counted before shows 已计."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Agreement, Project
from feidi.kernel.subjects.fields import Addressed, Voidable


class Ceremony(Addressed, Voidable):
    """One signing ceremony. ``script``: the host's words (主持词)."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="ceremonies")
    title = models.CharField(max_length=160)
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    script = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["outpost", "-held_on"], name="ceremony_list")]

    @override
    def __str__(self) -> str:
        return self.title


class CeremonyItem(Addressed, Voidable):
    """One project on the list, with its agreement once there is one; the project stands once per ceremony (constraint).
    Whether it counts is the agreement's own ``counting``, never decided here.
    """

    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="items")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="ceremony_items")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="ceremony_items"
    )
    position = models.PositiveSmallIntegerField()
    signatories = models.CharField(max_length=200, blank=True)
    seat_cards = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ceremony", "project"],
                condition=models.Q(voided_at__isnull=True),
                name="ceremony_project_once",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.ceremony_id} {self.project_id}"
