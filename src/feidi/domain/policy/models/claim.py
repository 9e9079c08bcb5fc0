"""申报: the shadow of a claim that runs on an official platform."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.policy.enums import ClaimStatus
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects import UID_LENGTH, Subject
from feidi.kernel.subjects.fields import Addressed, Voidable


class PolicyClaim(Addressed, Voidable):
    """One claim of one claimant under one clause. Nothing is applied for here: it tells what was seen on the platform.

    Invariants (constraints): it is the claim of an ``organization`` or of a ``person``, never of both; of neither: of
    the referrer who is named in the referral that it is ``about``. Paid has an amount and a day; 不再拨付 says of what.

    ``organization``    also who may see it beside the outpost
    ``about_kind/uid``  the project, person, team or referral that the clause is about; empty: the claimant itself
    ``masked``          a person or a referral as it may leave the page; empty for an organization, which is no secret
    ``account_holder``  under whose account of the platform; ``acceptance_number`` 受理号, ``receipt`` the 回执
    ``status_seen_on``  the day on which the status was read on the platform
    Amounts in hundredths of a yuan: asked for, approved, paid so far, which is the sum of the payouts (None: not known).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="policy_claims")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="policy_claims"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="policy_claims")
    masked = models.CharField(max_length=160, blank=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_uid = models.CharField(max_length=UID_LENGTH, blank=True)
    place = models.CharField(max_length=40)
    clause = models.CharField(max_length=40)
    clause_title = models.CharField(max_length=160)
    policy_hash = models.CharField(max_length=64)
    platform = models.CharField(max_length=120, blank=True)
    account_holder = models.CharField(max_length=120, blank=True)
    acceptance_number = models.CharField(max_length=80, blank=True)
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=ClaimStatus.choices, default=ClaimStatus.DRAFT)
    status_seen_on = models.DateField()
    window_ends_on = models.DateField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    applied_fen = models.BigIntegerField(null=True, blank=True)
    approved_fen = models.BigIntegerField(null=True, blank=True)
    paid_fen = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, person__isnull=True)
                | Q(organization__isnull=True, person__isnull=False)
                | (Q(organization__isnull=True, person__isnull=True) & ~Q(about_kind__in=["", "parties.person"])),
                name="claim_of_exactly_one",
            ),
            models.CheckConstraint(
                condition=(Q(applied_fen=None) | Q(applied_fen__gte=0))
                & (Q(approved_fen=None) | Q(approved_fen__gte=0))
                & (Q(paid_fen=None) | Q(paid_fen__gte=0)),
                name="claim_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(status=ClaimStatus.PAID) | Q(paid_fen__isnull=False, paid_on__isnull=False),
                name="claim_paid_has_amount_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=ClaimStatus.CLOSED) | Q(approved_fen__isnull=False),
                name="claim_closed_was_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["outpost", "status"], name="claim_by_status"),
            models.Index(fields=["organization"], name="claim_of_organization"),
            models.Index(fields=["about_kind", "about_uid"], name="claim_about"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.clause_title} {self.acceptance_number}".strip()

    @property
    def subject(self) -> Subject:
        """What the clause is about: what was named, else the claimant."""
        if self.about_kind:
            return Subject(self.about_kind, self.about_uid)
        if self.person is not None:
            return Subject("parties.person", self.person.uid)
        return Subject("parties.organization", self.organization.uid if self.organization else "")

    @property
    def claimant(self) -> str:
        """Whose claim it is, as it may leave the page: a firm's name, of a person or a referrer what is left of it."""
        return self.organization.name if self.organization is not None else self.masked

    @property
    def remaining_fen(self) -> int | None:
        """What was approved and has not come; None: no amount was approved. What is 不再拨付 stays in it."""
        return None if self.approved_fen is None else self.approved_fen - (self.paid_fen or 0)

    @property
    def is_partly_paid(self) -> bool:
        """Whether a part has come and the remainder is still waited for."""
        return self.status == ClaimStatus.PAID and bool(self.remaining_fen)


class PolicyClaimEntry(models.Model):
    """One step of a claim: what was seen on the platform, when, with which paper. Append-only."""

    claim = models.ForeignKey(PolicyClaim, on_delete=models.PROTECT, related_name="entries")
    status_before = models.CharField(max_length=10, choices=ClaimStatus.choices, blank=True)
    status = models.CharField(max_length=10, choices=ClaimStatus.choices)
    seen_on = models.DateField()
    amount_fen = models.BigIntegerField(null=True, blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["claim", "seen_on"], name="claim_entry_in_order")]

    @override
    def __str__(self) -> str:
        return f"{self.status} {self.seen_on}"
