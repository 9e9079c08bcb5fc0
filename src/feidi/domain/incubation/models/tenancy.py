"""A tenancy: who holds which units, on what terms, what is due and what was received."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.incubation.enums import ChargeKind, Programme, TenancyEnd, TenancyKind
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.space.models import Unit
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Tenancy(Addressed, Voidable):
    """One organization under the outpost's roof over [starts_on, ends_on], both included; ended earlier on ``ended_on``.

    A start-up has a project (constraint); a home firm's research post and a service provider have none and enter no
    figure of the funnel. The agreement of the pipeline, or else a scan of the contract, is what it rests on (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="tenancies")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=14, choices=TenancyKind.choices)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="tenancies")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="tenancies")
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="tenancy")
    contract_scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_how = models.CharField(max_length=10, choices=TenancyEnd.choices, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    deposit_fen = models.BigIntegerField(null=True, blank=True)
    deposit_currency = models.CharField(max_length=3, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="tenancy_number_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="tenancy_term_in_order"),
            models.CheckConstraint(
                condition=~Q(kind=TenancyKind.STARTUP) | Q(project__isnull=False), name="tenancy_startup_has_project"
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False) | Q(contract_scan__isnull=False), name="tenancy_rests_on_paper"
            ),
            models.CheckConstraint(
                condition=(Q(ended_on__isnull=True) & Q(ended_how=""))
                | (Q(ended_on__isnull=False) & ~Q(ended_how="") & ~Q(ended_reason="")),
                name="tenancy_ended_says_how_and_why",
            ),
            models.CheckConstraint(
                condition=Q(deposit_fen__isnull=True) | ~Q(deposit_currency=""), name="tenancy_deposit_has_currency"
            ),
        ]
        indexes = [
            models.Index(fields=["outpost", "-starts_on"], name="tenancy_list"),
            models.Index(fields=["organization", "-starts_on"], name="tenancy_of_organization"),
        ]

    @override
    def __str__(self) -> str:
        return self.number


class TenancyUnit(Addressed, Voidable):
    """One unit held by a tenancy over [since, until], both included. ``occupation_uid``: its row in the ledger of space,
    where the database itself refuses that two hold a unit at the same time.
    """

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tenancies")
    since = models.DateField()
    until = models.DateField()
    occupation_uid = models.CharField(max_length=16)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="tenancy_unit_in_order")]
        indexes = [models.Index(fields=["unit", "since"], name="tenancy_unit_by_day")]

    @override
    def __str__(self) -> str:
        return f"{self.unit_id} {self.since}"


class TenancyTerm(Addressed, Voidable):
    """What a month costs from ``since`` until the next term: ``rent_fen`` due, ``forgone_fen`` given free.

    Rent given free has an amount, a last day and a basis in writing (constraint): auditors add it up. NULL: not said.
    """

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="terms")
    since = models.DateField()
    programme = models.CharField(max_length=12, choices=Programme.choices)
    rent_fen = models.BigIntegerField(null=True, blank=True)
    forgone_fen = models.BigIntegerField(null=True, blank=True)
    forgone_until = models.DateField(null=True, blank=True)
    forgone_basis = models.CharField(max_length=300, blank=True)
    basis_document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    currency = models.CharField(max_length=3, blank=True)
    due_day = models.PositiveSmallIntegerField(default=10)
    services = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy", "since"], condition=Q(voided_at__isnull=True), name="tenancy_term_once_per_day"
            ),
            models.CheckConstraint(
                condition=Q(forgone_fen__isnull=True)
                | Q(forgone_fen=0)
                | (Q(forgone_until__isnull=False) & ~Q(forgone_basis="")),
                name="tenancy_term_free_rent_has_basis",
            ),
            models.CheckConstraint(
                condition=(Q(rent_fen__isnull=True) & Q(forgone_fen__isnull=True)) | ~Q(currency=""),
                name="tenancy_term_has_currency",
            ),
            models.CheckConstraint(condition=Q(due_day__gte=1) & Q(due_day__lte=28), name="tenancy_term_due_day"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.since}"


class Charge(Addressed, Voidable):
    """One amount due by a tenant for [period_from, period_to]. A month of rent is charged once (constraint)."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=10, choices=ChargeKind.choices)
    period_from = models.DateField()
    period_to = models.DateField()
    due_on = models.DateField()
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy", "period_from"],
                condition=Q(kind=ChargeKind.RENT, voided_at__isnull=True),
                name="charge_rent_once_per_month",
            ),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="charge_period_in_order"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0) & ~Q(currency=""), name="charge_has_amount"),
        ]
        indexes = [models.Index(fields=["tenancy", "due_on"], name="charge_by_due")]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.period_from}"


class Receipt(Addressed, Voidable):
    """Money received against one charge, on a day, with its voucher's number. Never more than is due (by the service)."""

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="receipts")
    received_on = models.DateField()
    amount_fen = models.BigIntegerField()
    voucher = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="receipt_has_amount")]
        indexes = [models.Index(fields=["charge", "received_on"], name="receipt_of_charge")]

    @override
    def __str__(self) -> str:
        return f"{self.charge_id} {self.received_on}"


class SecondedPerson(Addressed, Voidable):
    """Somebody a home firm posts to its research post: the name is sealed; where insured decides which policy applies."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="seconded")
    name_sealed = models.BinaryField()
    post = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    insured_at = models.CharField(max_length=80, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seconded_in_order")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.since}"


class ResearchTopic(Addressed, Voidable):
    """What a research post works on, from when to when, at what cost by its own books (for 研发费归集; NULL: not said)."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="topics")
    title = models.CharField(max_length=160)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    cost_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    result = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="research_topic_has_title"),
            models.CheckConstraint(
                condition=Q(cost_fen__isnull=True) | ~Q(currency=""), name="research_topic_currency"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.title
