"""Region × industry tables: uploaded with source and year, never guessed; what 产业互补 is reckoned from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.matching.enums import TableLevel
from feidi.domain.parties.models import Outpost
from feidi.kernel.subjects.fields import Addressed, Voidable


class IndustryTable(Addressed, Voidable):
    """One table: of which year, from which source, for which kind of area, counting what (``unit``). ``invented``: made
    for demonstration; every page and picture made from it says so. Regions and industries keep the table's order.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="industry_tables")
    title = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=40)
    level = models.CharField(max_length=8, choices=TableLevel.choices)
    invented = models.BooleanField(default=False)
    home_region = models.CharField(max_length=40)
    host_region = models.CharField(max_length=40)
    regions = models.JSONField()
    industries = models.JSONField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="industry_table_has_a_source"),
            models.UniqueConstraint(
                fields=["outpost", "sha256"], condition=Q(voided_at__isnull=True), name="industry_table_once"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-year", "-id"], name="industry_table_list")]

    @override
    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class IndustryCell(models.Model):
    """One figure of a table. NULL: the source leaves it empty; it is not 0. Never negative (constraint)."""

    table = models.ForeignKey(IndustryTable, on_delete=models.PROTECT, related_name="cells")
    region = models.CharField(max_length=40)
    industry = models.CharField(max_length=60)
    value = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "region", "industry"], name="industry_cell_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="industry_cell_not_negative"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.region} {self.industry}"
