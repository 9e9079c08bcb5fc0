"""Stored files."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.kernel.subjects.fields import Addressed, SubjectColumns, Voidable


class StoredFile(Addressed, SubjectColumns, Voidable):
    """One upload that belongs to a subject.

    ``path`` is relative to the files folder. ``kind`` is found from the content (pdf, jpeg, xlsx …).
    ``mark_reason``: why a file whose name or first page bears a secrecy mark was taken all the same.
    """

    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200)
    uploaded_by_id_number = models.BigIntegerField(null=True)
    uploaded_by = models.CharField(max_length=160)
    mark_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_uid"], name="file_subject")]

    @override
    def __str__(self) -> str:
        return self.name
