"""Places, the outposts that one place keeps in another, and their plaques."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.parties.enums import PlaceKind
from feidi.kernel.subjects.fields import Addressed


class Place(models.Model):
    """A place, named like its content folder (``chancheng``). Not its own parent (constraint)."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    division_code = models.CharField(max_length=12, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")), name="place_not_own_parent"
            )
        ]

    @override
    def __str__(self) -> str:
        return self.name_zh


class Outpost(Addressed):
    """A home district's base in a host city (驻点). Home and host differ (constraint)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=30)
    home = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="outposts_abroad")
    host = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="outposts_hosted")
    operator = models.ForeignKey(
        "parties.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="operated_outposts"
    )
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    area_approximate = models.BooleanField(default=False)
    opened_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(home=models.F("host")), name="outpost_home_is_not_host")
        ]

    @override
    def __str__(self) -> str:
        return self.short_name


class Plaque(models.Model):
    """One of an outpost's name plates (三块牌子), each with its own superior and report head."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="plaques")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    superior = models.CharField(max_length=80, blank=True)
    report_head = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outpost", "code"], name="plaque_once_per_outpost")]

    @override
    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """The last number given of one series of an outpost in a year; taken under a row lock, never given back."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outpost", "series", "year"], name="number_series_once")]

    @override
    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"
