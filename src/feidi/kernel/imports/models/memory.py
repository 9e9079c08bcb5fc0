"""What columns meant last time."""

from __future__ import annotations

from typing import Any

from django.db import models
from typing_extensions import override

from feidi.kernel.imports.plain_json import PlainEncoder
from feidi.kernel.subjects.fields import SubjectColumns


class MappingMemory(SubjectColumns):
    """The mapping somebody confirmed for a header, per kind of import and subject (once: constraint)."""

    kind = models.CharField(max_length=40)
    header_signature = models.CharField(max_length=64)
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict, encoder=PlainEncoder)
    declared_currency = models.CharField(max_length=3, blank=True)
    remembered_at = models.DateTimeField()
    remembered_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_uid", "header_signature"], name="mapping_once_per_header"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.header_signature[:8]}"
