"""岗位 of organizations, and contracts of those who work here while belonging elsewhere."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.talent.enums import Acceptance, ContractKind, SalaryPer, Whereabouts
from feidi.domain.talent.models.person import Talent
from feidi.kernel.subjects import UID_LENGTH
from feidi.kernel.subjects.fields import Addressed, Voidable


class Position(Addressed, Voidable):
    """One opening of an organization. ``about_kind/uid``: the project it is for, a row above (never a foreign key).

    Salary in hundredths of ``currency``, a band or unknown (NULL); a band has its currency and its order (constraints).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="positions")
    number = models.CharField(max_length=40)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="positions")
    about_kind = models.CharField(max_length=40, blank=True)
    about_uid = models.CharField(max_length=UID_LENGTH, blank=True)
    title = models.CharField(max_length=120)
    needs = models.TextField(blank=True)
    field = models.CharField(max_length=80, blank=True)
    works_at = models.CharField(max_length=10, choices=Whereabouts.choices, blank=True)
    work_place = models.CharField(max_length=120, blank=True)
    wanted = models.PositiveSmallIntegerField(default=1)
    salary_lo_fen = models.BigIntegerField(null=True, blank=True)
    salary_hi_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    salary_per = models.CharField(max_length=5, choices=SalaryPer.choices, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="position_number_once"),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="position_wants_somebody"),
            models.CheckConstraint(
                condition=(Q(salary_lo_fen=None) & Q(salary_hi_fen=None)) | (~Q(currency="") & ~Q(salary_per="")),
                name="position_salary_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(salary_lo_fen=None) | Q(salary_hi_fen=None) | Q(salary_hi_fen__gte=F("salary_lo_fen")),
                name="position_salary_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(close_reason=""), name="position_closed_says_why"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "closed_on", "-id"], name="position_list")]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class FlexibleContract(Addressed, Voidable):
    """双聘、柔性引才: a talent who stays with a home unit and works here some days. Ends after it starts (constraint)."""

    talent = models.ForeignKey(Talent, on_delete=models.PROTECT, related_name="contracts")
    home_unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="flexible_contracts")
    kind = models.CharField(max_length=10, choices=ContractKind.choices)
    works_at = models.CharField(max_length=10, choices=Whereabouts.choices, blank=True)
    insured_at = models.CharField(max_length=10, choices=Whereabouts.choices, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    days_agreed = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="flexible_contract_ends_after_start"),
            models.CheckConstraint(
                condition=Q(days_agreed=None) | Q(days_agreed__gte=1, days_agreed__lte=31),
                name="flexible_contract_days_of_a_month",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.talent_id} {self.kind}"


class PresenceMonth(Addressed):
    """Days present in one month of a contract (its first day), once per month (constraint). Counts with accepted evidence."""

    contract = models.ForeignKey(FlexibleContract, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()
    days = models.PositiveSmallIntegerField()
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "month"], name="presence_once_per_month"),
            models.CheckConstraint(condition=Q(days__lte=31), name="presence_within_a_month"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.days}"


class BenefitAcceptance(Addressed):
    """Whether a benefit (clause of a policy) accepts a contract: yes, no, or unknown (empty). Once per clause (constraint).

    Yes and no say on what basis (constraint).
    """

    contract = models.ForeignKey(FlexibleContract, on_delete=models.PROTECT, related_name="benefits")
    clause = models.CharField(max_length=40)
    clause_title = models.CharField(max_length=160)
    answer = models.CharField(max_length=3, choices=Acceptance.choices, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "clause"], name="benefit_once_per_clause"),
            models.CheckConstraint(condition=Q(answer="") | ~Q(basis=""), name="benefit_answer_has_basis"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.clause} {self.answer or '?'}"
