"""One import of one file."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.files.models import StoredFile
from feidi.kernel.imports.enums import BatchState
from feidi.kernel.imports.plain_json import PlainEncoder
from feidi.kernel.subjects.fields import Addressed, SubjectColumns


class ImportBatch(Addressed, SubjectColumns):
    """One import: the file, what its columns mean, where it stands, what it made.

    The subject is what the rows belong to (an outpost). ``columns``: the columns as read; ``mapping``:
    {"fields": {column index as text: field or ""}}. ``reference_on``: the day by which years are proposed.
    ``counts``: rows per state. ``findings``: remarks on the file. ``made``: {model label: [[first id, last id], …]},
    the ids set apart for this batch, by which undo finds what it created. Times and people as in the
    audit trail. Constraints: committed says when; undone was committed.
    """

    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.UPLOADED)
    sheet = models.CharField(max_length=200, blank=True)
    header_signature = models.CharField(max_length=64, blank=True)
    columns: models.JSONField[Any, Any] = models.JSONField(default=list, encoder=PlainEncoder)
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict, encoder=PlainEncoder)
    declared_currency = models.CharField(max_length=3, blank=True)
    reference_on = models.DateField()
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict, encoder=PlainEncoder)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list, encoder=PlainEncoder)
    made: models.JSONField[Any, Any] = models.JSONField(default=dict, encoder=PlainEncoder)
    skip_bad = models.BooleanField(default=False)
    job_uid = models.CharField(max_length=12, blank=True)
    started_by_id_number = models.BigIntegerField(null=True)
    started_by = models.CharField(max_length=160)
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by = models.CharField(max_length=160, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=160, blank=True)
    undo_report: models.JSONField[Any, Any] = models.JSONField(default=dict, encoder=PlainEncoder)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[BatchState.COMMITTED, BatchState.UNDONE]) | Q(committed_at__isnull=False),
                name="import_committed_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.UNDONE) | Q(undone_at__isnull=False), name="import_undone_says_when"
            ),
        ]
        indexes = [models.Index(fields=["subject_uid", "-id"], name="import_of_subject")]

    @override
    def __str__(self) -> str:
        return f"{self.uid} {self.state}"
