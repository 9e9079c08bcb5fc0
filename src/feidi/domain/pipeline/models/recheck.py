"""Yearly re-verification of landings: one round per township and year, answered on a token page."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import RecheckAnswer
from feidi.domain.pipeline.models.landing import LandingCase
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed


class RecheckRound(Addressed):
    """What one township is asked in one year. Only a digest of the link's token is kept; it expires, it can be revoked."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="recheck_rounds")
    year = models.PositiveSmallIntegerField()
    township = models.CharField(max_length=80)
    contact = models.CharField(max_length=80, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    asked_by = models.CharField(max_length=160)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "year", "township"],
                condition=Q(revoked_at__isnull=True),
                name="recheck_round_once",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.township} {self.year}"


class LandingRecheck(Addressed):
    """Whether a verified landing is still there in its ``n``-th year (1…5): due on the anniversary, once (constraint).

    ``answer`` is the township's (在 / 不在 / 不清楚); ``confirmed`` what the home side made of it. Empty: not known,
    which is not "no".
    """

    case = models.ForeignKey(LandingCase, on_delete=models.PROTECT, related_name="rechecks")
    n = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    round = models.ForeignKey(RecheckRound, on_delete=models.PROTECT, null=True, blank=True, related_name="rows")
    answer = models.CharField(max_length=8, choices=RecheckAnswer.choices, blank=True)
    answer_note = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.CharField(max_length=8, choices=RecheckAnswer.choices, blank=True)
    confirmed_by = models.CharField(max_length=160, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirm_note = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "n"], name="recheck_once_per_year"),
            models.CheckConstraint(condition=Q(n__gte=1, n__lte=5), name="recheck_within_five_years"),
            models.CheckConstraint(
                condition=Q(confirmed="") | (~Q(confirmed_by="") & Q(confirmed_on__isnull=False)),
                name="recheck_confirmed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["due_on", "confirmed"], name="recheck_due")]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.n}"
