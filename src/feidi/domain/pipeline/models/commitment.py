"""What an agreement promises and shares, what came of it, and clauses that need a person's decision."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.pipeline.enums import ClauseDecision, CommitmentKind, CommitmentSide
from feidi.domain.pipeline.models.agreement import Agreement
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Commitment(Addressed, Voidable):
    """One promise of one side of an agreement: an amount, a number with its unit, or a date. What was met is evidence
    on the subject ``pipeline.commitment``; only accepted evidence counts. It promises something (constraint).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="commitments")
    side = models.CharField(max_length=10, choices=CommitmentSide.choices)
    kind = models.CharField(max_length=14, choices=CommitmentKind.choices)
    text = models.CharField(max_length=300)
    amount_lo_fen = models.BigIntegerField(null=True, blank=True)
    amount_hi_fen = models.BigIntegerField(null=True, blank=True)
    amount_text = models.CharField(max_length=120, blank=True)
    amount_approximate = models.BooleanField(default=False)
    amount_currency = models.CharField(max_length=3, blank=True)
    quantity = models.BigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(null=True, blank=True)
    condition = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="commitment_says_what")]
        indexes = [models.Index(fields=["due_on", "id"], name="commitment_by_date")]

    @override
    def __str__(self) -> str:
        return self.text


class BenefitTerm(Addressed, Voidable):
    """How two sides share a benefit of an agreement: home's share as a fraction of ``basis``, from when until when."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="benefit_terms")
    basis = models.CharField(max_length=200)
    counterpart = models.CharField(max_length=120)
    share_numerator = models.PositiveIntegerField()
    share_denominator = models.PositiveIntegerField(default=100)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(share_denominator__gt=0, share_numerator__lte=F("share_denominator")),
                name="benefit_share_is_a_part",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.share_numerator}/{self.share_denominator} {self.basis}"


class BenefitSettlement(Addressed, Voidable):
    """What was settled of a sharing term for a period [period_from, period_to]: due by the term, paid, with proof."""

    term = models.ForeignKey(BenefitTerm, on_delete=models.PROTECT, related_name="settlements")
    period_from = models.DateField()
    period_to = models.DateField()
    basis_fen = models.BigIntegerField(null=True, blank=True)
    settled_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    settled_on = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="settlement_period_in_order"),
            models.CheckConstraint(condition=~Q(currency=""), name="settlement_has_currency"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.period_from} {self.settled_fen}"


class ClauseReview(Addressed):
    """One sentence of an agreement that a phrase of content pointed at, and what a person decided of it.

    Guidance, not legal advice: the list points, people decide; a decision other than open has a name (constraint).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="clause_reviews")
    rule = models.CharField(max_length=40)
    excerpt = models.CharField(max_length=500)
    excerpt_sha256 = models.CharField(max_length=64)
    start = models.PositiveIntegerField(default=0)
    decision = models.CharField(max_length=12, choices=ClauseDecision.choices, default=ClauseDecision.OPEN)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "rule", "excerpt_sha256"], name="clause_review_once"),
            models.CheckConstraint(
                condition=Q(decision=ClauseDecision.OPEN) | ~Q(decided_by=""), name="clause_decided_by_somebody"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.agreement_id} {self.rule}"
