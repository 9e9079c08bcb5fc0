"""What is under the roof: floors, zones, and the units that can be let or booked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.space.enums import UnitKind
from feidi.kernel.subjects.fields import Addressed, Voidable


class Floor(Addressed, Voidable):
    """One floor of an outpost. ``area_m2`` and ``level`` NULL: not known. ``code`` is once per outpost (constraint)."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="floors")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=20, blank=True)
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "code"], condition=Q(voided_at__isnull=True), name="floor_once_per_outpost"
            ),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="floor_area_positive"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Zone(Addressed, Voidable):
    """A part of a floor with one purpose (孵化区, 项目展厅 …); ``kind`` is a code of the content file.

    ``lettable`` says whether its area counts as lettable; None: not decided. ``position`` orders them on screen.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="zones")
    floor = models.ForeignKey(Floor, on_delete=models.PROTECT, null=True, blank=True, related_name="zones")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    lettable = models.BooleanField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "code"], condition=Q(voided_at__isnull=True), name="zone_once_per_outpost"
            ),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="zone_area_positive"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Unit(Addressed, Voidable):
    """A room, a desk or an open area: what is let and booked. Unknown area or capacity is NULL, never 0 (constraint).

    ``parent``: the room this desk (or the hall this half) is a part of; a part has no parts, and never changes its room
    (trigger): who holds the room holds every part, who holds a part keeps the room from being held whole.
    ``hours``: code of the opening hours in ``enclave/booking.yaml``. ``shape``: its shape on the plan in content.
    It is there from ``valid_from`` to ``valid_to`` (included; NULL: until further notice). ``edited_at``: changed by
    hand since content was read; content then leaves it alone. ``door_token_sha256``: digest of the token on its door.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="units")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    kind = models.CharField(max_length=5, choices=UnitKind.choices)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    equipment = models.JSONField(default=list, blank=True)
    lettable = models.BooleanField(default=False)
    bookable = models.BooleanField(default=False)
    needs_approval = models.BooleanField(default=False)
    hours = models.CharField(max_length=40, blank=True)
    shape = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    door_token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "code"], condition=Q(voided_at__isnull=True), name="unit_once_per_outpost"
            ),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_not_in_itself"),
            models.CheckConstraint(condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="unit_area_positive"),
            models.CheckConstraint(condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="unit_holds_somebody"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(bookable=False) | ~Q(hours=""), name="unit_bookable_has_hours"),
        ]
        indexes = [models.Index(fields=["zone", "code"], name="unit_of_zone")]

    @property
    def root_id(self) -> int:
        """The unit whose occupations this one shares: the room it is a part of, else itself."""
        return self.parent_id or self.pk

    @override
    def __str__(self) -> str:
        return self.name
