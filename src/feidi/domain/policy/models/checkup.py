"""A check-up that was kept: what the policies said of a subject on a day, by what was known at a moment."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.parties.models import Outpost, Place
from feidi.kernel.subjects.fields import Addressed, SubjectColumns


class Checkup(Addressed, SubjectColumns):
    """Append-only. The answers stand in it as they were given, with the facts and the policy files they rest on.

    ``facts``    fact id → value, words, source, since
    ``files``    place, path and SHA-256 of every policy file and dictionary used; ``policy_hash`` is the digest over them
    ``results``  one row per clause with its explanation; ``summary`` counts by group, best combination
    ``content_hash``  digest over the four, so that the audit trail covers them
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="policy_checkups")
    home = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    subject_label = models.CharField(max_length=160)
    as_of = models.DateField()
    known_at = models.DateTimeField()
    policy_hash = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    results = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    made_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_uid", "outpost"], name="checkup_of_subject")]

    @override
    def __str__(self) -> str:
        return f"{self.subject_label} {self.as_of}"
