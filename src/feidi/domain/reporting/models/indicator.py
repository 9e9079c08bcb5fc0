"""The operator's yearly assessment: indicators with weights, two scores, deductions, the payment proposed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.reporting.enums import SheetState
from feidi.domain.reporting.models.contract import OperatingContract
from feidi.kernel.subjects.fields import Addressed, Voidable


class Indicator(Addressed, Voidable):
    """One indicator of one year. Weights and scores are hundredths of a point (no floats). ``measure`` names the figure
    of the definition table that fills its value; empty: stated by hand with evidence.
    """

    contract = models.ForeignKey(OperatingContract, on_delete=models.PROTECT, related_name="indicators")
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    definition = models.TextField()
    weight = models.PositiveIntegerField()
    floor_target = models.CharField(max_length=80, blank=True)
    target = models.BigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=20, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    capped = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "year", "position"],
                condition=Q(voided_at__isnull=True),
                name="indicator_place_once",
            ),
            models.CheckConstraint(condition=Q(weight__gt=0), name="indicator_has_weight"),
        ]

    @override
    def __str__(self) -> str:
        return self.label


class AssessmentSheet(Addressed):
    """One year's sheet, once per contract and year (constraint). Frozen: ``sha256`` of what was signed; later changes
    are ``AssessmentCorrection`` rows.
    """

    contract = models.ForeignKey(OperatingContract, on_delete=models.PROTECT, related_name="sheets")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=SheetState.choices, default=SheetState.DRAFT)
    as_of = models.DateField(null=True, blank=True)
    payment_opinion = models.TextField(blank=True)
    proposed_fen = models.BigIntegerField(null=True, blank=True)
    self_scored_by = models.CharField(max_length=160, blank=True)
    scored_by = models.CharField(max_length=160, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.CharField(max_length=160, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "year"], name="sheet_once_per_year"),
            models.CheckConstraint(
                condition=~Q(state=SheetState.FROZEN) | (Q(frozen_at__isnull=False) & ~Q(sha256="")),
                name="sheet_frozen_has_hash",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.contract_id} {self.year}"


class IndicatorScore(Addressed):
    """Value, self-score, the client's score and deduction of one indicator; a disputed one stays open with its reason
    (constraint). ``rows``: the rows behind the value on the sheet's as-of date.
    """

    sheet = models.ForeignKey(AssessmentSheet, on_delete=models.PROTECT, related_name="scores")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="scores")
    value = models.CharField(max_length=80, blank=True)
    rows = models.JSONField(default=list, blank=True)
    self_score = models.PositiveIntegerField(null=True, blank=True)
    self_note = models.CharField(max_length=300, blank=True)
    score = models.PositiveIntegerField(null=True, blank=True)
    score_note = models.CharField(max_length=300, blank=True)
    deduction = models.PositiveIntegerField(default=0)
    deduction_note = models.CharField(max_length=300, blank=True)
    disputed = models.BooleanField(default=False)
    dispute_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "indicator"], name="score_once_per_indicator"),
            models.CheckConstraint(condition=Q(disputed=False) | ~Q(dispute_note=""), name="score_dispute_says_why"),
            models.CheckConstraint(condition=Q(deduction=0) | ~Q(deduction_note=""), name="score_deduction_says_why"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.sheet_id} {self.indicator_id}"


class AssessmentCorrection(Addressed):
    """更正: one change after freezing, with both values and the reason."""

    sheet = models.ForeignKey(AssessmentSheet, on_delete=models.PROTECT, related_name="corrections")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=60)
    before = models.CharField(max_length=300)
    after = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    corrected_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="correction_says_why")]

    @override
    def __str__(self) -> str:
        return f"{self.sheet_id} {self.what}"
