"""展厅: visits of delegations with a guide, their way through the hall and who came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.showcase.enums import VisitState
from feidi.domain.showcase.models.publication import Publication
from feidi.kernel.subjects.fields import Addressed, Voidable


class HallVisit(Addressed, Voidable):
    """A delegation's visit. Confirmed ones have a guide, ended ones end after they begin (constraints).

    ``contact_enc``: how to reach them, sealed; taken away with the names some days after the visit.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="hall_visits")
    delegation = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=40, blank=True)
    contact_enc = models.BinaryField(blank=True, default=bytes)
    contact_hint = models.CharField(max_length=60, blank=True)
    guide = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.ASKED)
    result = models.CharField(max_length=500, blank=True)
    names_gone_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="hall_visit_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "done"]) | Q(guide__isnull=False), name="hall_visit_has_a_guide"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-starts_at"], name="hall_visit_list")]

    @override
    def __str__(self) -> str:
        return self.delegation


class HallVisitor(models.Model):
    """Who came along. Personal: no telephone numbers, and only until the names are taken away."""

    visit = models.ForeignKey(HallVisit, on_delete=models.PROTECT, related_name="visitors")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["position", "id"]

    @override
    def __str__(self) -> str:
        return self.name


class HallStop(models.Model):
    """One stop of the way: at what time, where, what is shown, for how long."""

    visit = models.ForeignKey(HallVisit, on_delete=models.PROTECT, related_name="stops")
    position = models.PositiveSmallIntegerField()
    at = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=200)
    exhibit = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="stops")

    class Meta:
        ordering = ["position", "id"]

    @override
    def __str__(self) -> str:
        return self.what
