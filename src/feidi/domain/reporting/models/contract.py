"""委托运营协议: its term, budget, what it really cost by month, payments, and the resources that were promised."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.enums import CostCategory, ResourceKind
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class OperatingContract(Addressed, Voidable):
    """One agreement by which the client (主办单位) has an operator run an outpost in [starts_on, ends_on]."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="operating_contracts")
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    client = models.CharField(max_length=120)
    operator = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="operating_contracts")
    starts_on = models.DateField()
    ends_on = models.DateField()
    total_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="contract_number_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="contract_ends_after_start"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class BudgetLine(Addressed, Voidable):
    """What a category may cost in a year, once per year and category (constraint). Hundredths of the contract's currency."""

    contract = models.ForeignKey(OperatingContract, on_delete=models.PROTECT, related_name="budget")
    year = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=10, choices=CostCategory.choices)
    amount_fen = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "year", "category"], condition=Q(voided_at__isnull=True), name="budget_line_once"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.year} {self.category}"


class ActualCost(Addressed, Voidable):
    """One cost of a month, with its voucher. ``month`` is the first day of the month (constraint by the service)."""

    contract = models.ForeignKey(OperatingContract, on_delete=models.PROTECT, related_name="costs")
    month = models.DateField()
    category = models.CharField(max_length=10, choices=CostCategory.choices)
    amount_fen = models.BigIntegerField()
    voucher = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["contract", "month"], name="cost_by_month")]

    @override
    def __str__(self) -> str:
        return f"{self.month} {self.category}"


class PaymentNode(Addressed, Voidable):
    """One payment of the contract: under which condition, due, paid."""

    contract = models.ForeignKey(OperatingContract, on_delete=models.PROTECT, related_name="payments")
    label = models.CharField(max_length=120)
    condition = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    amount_fen = models.BigIntegerField()
    paid_on = models.DateField(null=True, blank=True)
    paid_fen = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(paid_fen__isnull=False), name="payment_paid_has_amount"
            )
        ]

    @override
    def __str__(self) -> str:
        return self.label


class PromisedResource(Addressed, Voidable):
    """One resource that the operator's bid promised (承诺资源清单), as a number when it gave one."""

    contract = models.ForeignKey(OperatingContract, on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=8, choices=ResourceKind.choices)
    label = models.CharField(max_length=160)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=160, blank=True)

    @override
    def __str__(self) -> str:
        return self.label


class ResourceUse(Addressed, Voidable):
    """One use of a promised resource: when, for which project, with which proof."""

    resource = models.ForeignKey(PromisedResource, on_delete=models.PROTECT, related_name="uses")
    used_on = models.DateField()
    quantity = models.PositiveIntegerField(default=1)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="resource_uses")
    note = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.CharField(max_length=160)

    @override
    def __str__(self) -> str:
        return f"{self.resource_id} {self.used_on}"
