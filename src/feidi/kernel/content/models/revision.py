"""One row per published revision of a file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.subjects.uid import UID_LENGTH, new_uid


class ContentRevision(models.Model):
    """One published revision of one file of one place. Never changed but for ``superseded_at``; never deleted.

    Invariants: one newest revision per place and path (constraint); the digest is that of ``body`` in UTF-8,
    so an export gives the published bytes back; ``superseded_at`` is not before ``published_at``.
    Which revision holds on a day: the newest published one whose ``valid_from`` is not after that day.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    place = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField(null=True)
    proposed_by = models.CharField(max_length=160)
    approved_by = models.CharField(max_length=160)
    published_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "path"], condition=Q(superseded_at__isnull=True), name="content_one_newest_revision"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=models.F("published_at")),
                name="content_superseded_after_published",
            ),
            models.CheckConstraint(condition=~Q(sha256="") & ~Q(path=""), name="content_has_path_and_digest"),
        ]
        indexes = [models.Index(fields=["place", "path", "id"], name="content_place_path")]

    @override
    def __str__(self) -> str:
        return f"{self.place}/{self.path} {self.sha256[:8]}"
