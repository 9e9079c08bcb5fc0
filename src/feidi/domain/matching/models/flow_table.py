"""Input–output tables 投入产出表: who buys how much of whom; by them the linkage of two industries counts in 产业互补."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.matching.models.uploaded_table import UploadedTable
from feidi.domain.parties.models import Outpost


class FlowTable(UploadedTable):
    """One square of flows of the industries of ``region``. ``outputs``: the whole output of each industry, in the order
    of ``industries`` and the same unit.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="flow_tables")
    region = models.CharField(max_length=40)
    outputs = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source="") & ~Q(region=""), name="flow_table_has_source_and_region"),
            models.UniqueConstraint(
                fields=["outpost", "sha256"], condition=Q(voided_at__isnull=True), name="flow_table_once"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-year", "-id"], name="flow_table_list")]


class FlowCell(models.Model):
    """What ``buyer`` bought of ``seller`` in the year of the table. Never negative, never unknown (constraint)."""

    table = models.ForeignKey(FlowTable, on_delete=models.PROTECT, related_name="cells")
    seller = models.CharField(max_length=60)
    buyer = models.CharField(max_length=60)
    value = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "seller", "buyer"], name="flow_cell_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="flow_cell_not_negative"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.seller} → {self.buyer}"
