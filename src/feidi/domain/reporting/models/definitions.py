"""口径确认单: what each figure means, as a version that both sides sign."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.kernel.subjects.fields import Addressed


class DefinitionSheet(Addressed):
    """One version of the definitions of all figures of an outpost, frozen when it was made.

    ``definitions``: code, label, formula, numerator, denominator, window, source of each, in the words of the paper.
    Never changed: a change of a definition makes the next version. What is signed is its print.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="definition_sheets")
    revision = models.PositiveSmallIntegerField()
    definitions = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "revision"], name="definition_sheet_revision_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.outpost_id} {self.revision}"
