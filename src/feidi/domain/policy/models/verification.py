"""已向原单位核实: somebody asked whoever issued a clause, and wrote down the answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.policy.enums import IssuerAnswer
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed


class ClauseVerification(Addressed):
    """One stamp on one clause. Append-only.

    Invariants: ``sha256`` is the policy file as it stood when the issuer was asked, so a stamp does not vouch for a
    text that was changed later; ``asked`` says whom, ``asked_on`` when; an answer other than "as written" says what
    differs (constraint).
    """

    place = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    clause = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    answer = models.CharField(max_length=10, choices=IssuerAnswer.choices)
    asked = models.CharField(max_length=160)
    asked_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="as_written") | ~Q(note=""), name="clause_verification_says_what_differs"
            ),
        ]
        indexes = [models.Index(fields=["place", "clause"], name="clause_verification_of")]

    @override
    def __str__(self) -> str:
        return f"{self.clause} {self.asked_on}"
