"""What every uploaded table of figures says of itself."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.kernel.subjects.fields import Addressed, Voidable


class UploadedTable(Addressed, Voidable):
    """Abstract: of which year, from which source, counting what (``unit``), by whom uploaded. ``invented``: made for
    demonstration; every page and picture made from it says so. ``industries`` keep the table's order.
    """

    title = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=40)
    invented = models.BooleanField(default=False)
    industries = models.JSONField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=160)

    class Meta:
        abstract = True

    @override
    def __str__(self) -> str:
        return f"{self.title} {self.year}"
