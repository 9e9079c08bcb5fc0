"""What can be found: one row per subject."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.kernel.subjects.fields import SubjectColumns


class SearchEntry(SubjectColumns):
    """One findable subject: what a hit shows, its tokens, its place in the order. One row per subject (constraint).

    Results stand in order of (``sort_place``, ``id``): the first four characters by pinyin, then the older first.
    ``tokens`` is all that the databases' own indexes are made from (see the migration): a row written by any
    statement, also ``INSERT … SELECT``, is found. ``pending`` rows are not found yet: a bulk writer adds them so,
    because indexing 100,000 rows would hold the write lock too long, and ``index_pending`` follows in small steps.
    Not audited: the index can be made again from the subjects.
    """

    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=300, blank=True)
    tokens = models.TextField()
    sort_place = models.BigIntegerField()
    pending = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "search_entry"
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_uid"], name="search_entry_once_per_subject"),
        ]
        indexes = [
            models.Index(fields=["sort_place", "id"], name="search_entry_order"),
            models.Index(fields=["id"], condition=models.Q(pending=True), name="search_entry_pending"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.subject_kind} {self.title}"
