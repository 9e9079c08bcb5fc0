"""Region × industry tables: uploaded with source and year, never guessed; what 产业互补 is reckoned from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.models.uploaded_table import UploadedTable
from feidi.domain.parties.models import Outpost


class IndustryTable(UploadedTable):
    """One table, for which kind of area, with the two of its rows that are compared. Regions keep the table's order."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="industry_tables")
    level = models.CharField(max_length=8, choices=TableLevel.choices)
    home_region = models.CharField(max_length=40)
    host_region = models.CharField(max_length=40)
    regions = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="industry_table_has_a_source"),
            models.UniqueConstraint(
                fields=["outpost", "sha256"], condition=Q(voided_at__isnull=True), name="industry_table_once"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-year", "-id"], name="industry_table_list")]


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
