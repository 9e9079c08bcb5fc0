"""资质台账: the titles an organization holds, from when until when, and when to renew them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models.organization import Organization
from feidi.domain.parties.models.place import Outpost
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class OrganizationTitle(Addressed, Voidable):
    """One title (科小, 高企, 专精特新 …: codes are content). It belongs to the outpost that wrote it down.

    ``valid_to`` is the last day it holds; empty: not known (never "for ever"). ``renew_by``: when the papers for
    the next term must be in, else computed from content.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="titles")
    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="organization_titles")
    title = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    number = models.CharField(max_length=80, blank=True)
    issued_by = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    renew_by = models.DateField(null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="title_dates_in_order",
            )
        ]
        indexes = [
            models.Index(fields=["outpost", "valid_to"], name="title_by_expiry"),
            models.Index(fields=["organization"], name="title_of_organization"),
        ]

    @override
    def __str__(self) -> str:
        return self.label


class StandIn(Addressed, Voidable):
    """Who does whose work of an outpost while somebody is on leave, from a day until another (both included).

    Nobody stands in for themselves (constraint). The rights stay the stand-in's own.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="stand_ins")
    absent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="standing_in")
    since = models.DateField()
    until = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(absent=F("stand_in")), name="stand_in_is_another"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="stand_in_ends_after_start"),
        ]
        indexes = [models.Index(fields=["stand_in", "until"], name="stand_in_of_person")]

    @override
    def __str__(self) -> str:
        return f"{self.absent_id} → {self.stand_in_id}"
