"""外出招商, 组团赴驻点城市, 来访接待: a list of people, an itinerary, and what came of each stop."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.liaison.enums import TripKind
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.models import Interaction, Project
from feidi.kernel.subjects.fields import Addressed, Voidable


class Trip(Addressed, Voidable):
    """One journey or reception from a day until another. Of expenses only the approval number and how many guests."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="trips")
    kind = models.CharField(max_length=12, choices=TripKind.choices)
    title = models.CharField(max_length=160)
    starts_on = models.DateField()
    ends_on = models.DateField()
    received_by = models.CharField(max_length=120, blank=True)
    leader = models.CharField(max_length=80, blank=True)
    transport = models.CharField(max_length=200, blank=True)
    lodging = models.CharField(max_length=200, blank=True)
    approval_number = models.CharField(max_length=80, blank=True)
    guests = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="trips"
    )
    result = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="trip_ends_after_start")]
        indexes = [models.Index(fields=["outpost", "-starts_on"], name="trip_list")]

    @override
    def __str__(self) -> str:
        return self.title


class TripMember(models.Model):
    """Who comes along or is received. Personal: names only as far as the visit needs them."""

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="members")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["position", "id"]

    @override
    def __str__(self) -> str:
        return self.name


class TripStop(Addressed, Voidable):
    """One stop: when, where, who meets whom, about which project, with which result. ``interaction`` is the entry it
    became on the project's timeline.
    """

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="stops")
    position = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=160, blank=True)
    what = models.CharField(max_length=200)
    meets = models.CharField(max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="trip_stops"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="trip_stops")
    result = models.CharField(max_length=500, blank=True)
    interaction = models.ForeignKey(
        Interaction, on_delete=models.PROTECT, null=True, blank=True, related_name="trip_stops"
    )

    class Meta:
        ordering = ["on", "position", "id"]

    @override
    def __str__(self) -> str:
        return self.what
