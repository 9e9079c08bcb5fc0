"""Requirements and the items that meet them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, SubjectColumns, Voidable


class EvidenceRequirement(Addressed, SubjectColumns):
    """What a subject must show: ``count`` accepted items of ``kind``. One per subject, purpose and kind."""

    purpose = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    count = models.PositiveSmallIntegerField(default=1)
    label_zh = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_uid", "purpose", "kind"], name="evidence_requirement_once"
            )
        ]

    @override
    def __str__(self) -> str:
        return self.label_zh


class EvidenceItem(Addressed, Voidable):
    """One piece of evidence: a file or a named record, who handed it in, and what was decided of it.

    ``occurred_on`` is the date the evidence speaks of (licence issued, money paid). An amount, where
    the kind has one, is in hundredths with its currency.
    """

    requirement = models.ForeignKey(EvidenceRequirement, on_delete=models.PROTECT, related_name="items")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    record = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict, blank=True)
    occurred_on = models.DateField(null=True, blank=True)
    amount_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    submitted_by_id_number = models.BigIntegerField(null=True)
    submitted_by = models.CharField(max_length=160)
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.SUBMITTED)
    reviewed_by_id_number = models.BigIntegerField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=160, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=500, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ItemState.RETURNED) | ~Q(return_reason=""), name="evidence_returned_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.SUBMITTED) | Q(reviewed_at__isnull=False),
                name="evidence_decided_has_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by_id_number__isnull=True)
                | Q(submitted_by_id_number__isnull=True)
                | ~Q(reviewed_by_id_number=F("submitted_by_id_number")),
                name="evidence_reviewer_is_not_submitter",
            ),
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(record=""), name="evidence_has_file_or_record"),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | ~Q(currency=""), name="evidence_amount_has_currency"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.requirement_id}: {self.state}"
