"""Links (one per transaction) and entries (one per changed row)."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.kernel.subjects.fields import SubjectColumns


class AuditLink(models.Model):
    """One transaction: who, when, how many entries, their digest, and the hash of the link before.

    Never updated, never deleted (triggers). ``total`` counts all entries up to and with this link.
    """

    previous_hash = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=12)
    actor_user_id = models.BigIntegerField(null=True, db_index=True)
    actor_label = models.CharField(max_length=160)
    on_behalf_of = models.CharField(max_length=80, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    @override
    def __str__(self) -> str:
        return f"link {self.pk}: {self.count} × {self.actor_label}"


class AuditEntry(SubjectColumns):
    """One changed row within a link: what was done, what changed, and all recorded values after it.

    Never updated, never deleted (triggers).
    """

    # no index of its own: the constraint on (link, seq) begins with it
    link = models.ForeignKey(AuditLink, on_delete=models.PROTECT, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    action = models.CharField(max_length=60)
    changes = models.JSONField(default=dict)
    state = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "seq"], name="audit_entry_once_per_place")]
        indexes = [models.Index(fields=["subject_kind", "subject_uid", "id"], name="audit_entry_subject")]

    @override
    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject_uid}"
