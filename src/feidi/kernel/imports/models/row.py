"""One row of an imported file and what is planned for it."""

from __future__ import annotations

from typing import Any

from django.db import models
from typing_extensions import override

from feidi.kernel.imports.enums import Decision, RowState
from feidi.kernel.imports.models.batch import ImportBatch
from feidi.kernel.imports.plain_json import PlainEncoder


class ImportRow(models.Model):
    """One row. ``row`` is its number in the sheet as the user sees it, once per batch (constraint).

    ``values``: what was read, field → plain value, for the fields that are filled. ``match_uid`` and
    ``match_version``: the row of ours it updates (or seems to be), as it stood when compared; with a
    changed version the commit refuses this row. ``changes``: column → [old, new], also what undo restores.
    ``findings``: remarks; ``original``: the cells as written, kept only where a person has to look.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RowState.choices)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    label = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    match_uid = models.CharField(max_length=12, blank=True)
    match_version = models.PositiveIntegerField(null=True)
    values: models.JSONField[Any, Any] = models.JSONField(default=dict, encoder=PlainEncoder)
    changes: models.JSONField[Any, Any] = models.JSONField(default=dict, encoder=PlainEncoder)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list, encoder=PlainEncoder)
    original: models.JSONField[Any, Any] = models.JSONField(null=True, encoder=PlainEncoder)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="import_row_once")]
        indexes = [models.Index(fields=["batch", "state", "row"], name="import_row_by_state")]

    @override
    def __str__(self) -> str:
        return f"{self.batch_id}/{self.row} {self.state}"
