"""Agreements: what was signed, how it was signed, and whether its amount counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.pipeline.enums import AgreementKind, Counting, SigningMethod
from feidi.domain.pipeline.models.project import Project
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Agreement(Addressed, Voidable):
    """One signed document of a project.

    ``counting`` is computed once, when the agreement is entered (``services.counting``): a project
    counts once, at its first contract; added capital counts only the increment; a changed investor
    counts under the new signing; framework, intent and tenancy stand apart. ``counted_fen`` is the part
    of the amount that counts, in hundredths of ``currency`` (0 when nothing counts, empty when no exact amount).
    A scan is required (constraint). ``party_seals``: [{party, sealed_on}], the dates differ.
    ``term_from``…``term_to`` (both included): how long a tenancy runs. ``clause_text``: the clauses, for the clause lint.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=10, choices=AgreementKind.choices)
    title = models.CharField(max_length=160, blank=True)
    investor = models.CharField(max_length=160)
    investor_folded = models.CharField(max_length=160)
    signed_on = models.DateField()
    occasion = models.CharField(max_length=160, blank=True)
    amount_lo_fen = models.BigIntegerField(null=True, blank=True)
    amount_hi_fen = models.BigIntegerField(null=True, blank=True)
    amount_text = models.CharField(max_length=120, blank=True)
    amount_approximate = models.BooleanField(default=False)
    currency = models.CharField(max_length=3, blank=True)
    counting = models.CharField(max_length=14, choices=Counting.choices)
    counting_against = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    counted_fen = models.BigIntegerField(null=True, blank=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    signing_method = models.CharField(max_length=12, choices=SigningMethod.choices, default=SigningMethod.PAPER)
    signatory = models.CharField(max_length=80, blank=True)
    authorised = models.BooleanField(default=False)
    authorisation = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    originals = models.PositiveSmallIntegerField(null=True, blank=True)
    originals_held_by = models.CharField(max_length=120, blank=True)
    originals_shelf = models.CharField(max_length=80, blank=True)
    cross_page_seal = models.BooleanField(null=True, blank=True)
    seal_approval = models.CharField(max_length=80, blank=True)
    party_seals = models.JSONField(default=list, blank=True)
    certificate_name = models.CharField(max_length=120, blank=True)
    certificate_time = models.CharField(max_length=60, blank=True)
    term_from = models.DateField(null=True, blank=True)
    term_to = models.DateField(null=True, blank=True)
    clause_text = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(counting=Counting.FIRST, voided_at__isnull=True),
                name="agreement_one_first_per_project",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[AgreementKind.FRAMEWORK, AgreementKind.INTENT]) | Q(counting=Counting.APART),
                name="agreement_framework_and_intent_apart",
            ),
            models.CheckConstraint(
                condition=Q(counted_fen__isnull=True) | Q(counted_fen=0) | ~Q(currency=""),
                name="agreement_counted_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(term_from__isnull=True) | Q(term_to__isnull=True) | Q(term_to__gte=models.F("term_from")),
                name="agreement_term_in_order",
            ),
        ]
        indexes = [models.Index(fields=["project", "signed_on"], name="agreement_of_project")]

    @override
    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.signed_on}"
