"""无界实验室: whose laboratories can be used from here, and each use from the request to the fee."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.incubation.enums import Biosafety, LabState, OpenTo
from feidi.domain.incubation.models.tenancy import Charge, Tenancy
from feidi.domain.parties.models import Organization, Outpost
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class LabEntry(Addressed, Voidable):
    """A laboratory or piece of equipment that others may use: by which method, at what price, how safe, for whom.

    ``biosafety`` empty, ``price_fen`` NULL, ``days`` NULL: nobody has said. ``offer``: uid of the offer in matching from
    which it was taken. ``checked_on``: when somebody last asked whether it still holds.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="labs")
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    method = models.CharField(max_length=500)
    place = models.CharField(max_length=160, blank=True)
    biosafety = models.CharField(max_length=5, choices=Biosafety.choices, blank=True)
    price_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    price_per = models.CharField(max_length=40, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    open_to = models.CharField(max_length=13, choices=OpenTo.choices, default=OpenTo.ALL)
    conditions = models.CharField(max_length=300, blank=True)
    offer = models.CharField(max_length=12, blank=True)
    checked_on = models.DateField()
    source = models.CharField(max_length=200)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(method="") & ~Q(source=""), name="lab_entry_says_what"),
            models.CheckConstraint(
                condition=Q(price_fen__isnull=True) | (Q(price_fen__gte=0) & ~Q(currency="")),
                name="lab_entry_price_currency",
            ),
        ]
        indexes = [models.Index(fields=["outpost", "title"], name="lab_entry_list")]

    @override
    def __str__(self) -> str:
        return self.title


class LabUse(Addressed, Voidable):
    """One use of a laboratory by a tenant: request → answer → sample → result → fee. Each step has its day (constraints).

    ``agreed_fen``: what was said it would cost, ``fee_fen``: what it cost; 0 is free, NULL not said. ``charge``: the fee in
    the tenant's ledger, where the outpost collects it.
    """

    lab = models.ForeignKey(LabEntry, on_delete=models.PROTECT, related_name="uses")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="lab_uses")
    purpose = models.CharField(max_length=500)
    biosafety = models.CharField(max_length=5, choices=Biosafety.choices, blank=True)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=160)
    state = models.CharField(max_length=9, choices=LabState.choices, default=LabState.ASKED)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    agreed_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    sample = models.CharField(max_length=200, blank=True)
    sample_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=500, blank=True)
    result_on = models.DateField(null=True, blank=True)
    result_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fee_fen = models.BigIntegerField(null=True, blank=True)
    fee_on = models.DateField(null=True, blank=True)
    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, null=True, blank=True, related_name="lab_use")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="lab_use_says_what_for"),
            models.CheckConstraint(
                condition=~Q(state=LabState.DECLINED) | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="lab_use_declined_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LabState.SAMPLED, LabState.REPORTED, LabState.SETTLED])
                | (Q(answered_on__isnull=False, sample_on__isnull=False) & ~Q(sample="")),
                name="lab_use_sample_was_handed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LabState.REPORTED, LabState.SETTLED])
                | (Q(result_on__gte=F("sample_on")) & ~Q(result="")),
                name="lab_use_result_after_sample",
            ),
            models.CheckConstraint(
                condition=~Q(state=LabState.SETTLED) | Q(fee_fen__gte=0, fee_on__isnull=False),
                name="lab_use_settled_says_fee",
            ),
        ]
        indexes = [models.Index(fields=["tenancy", "-asked_on"], name="lab_use_list")]

    @override
    def __str__(self) -> str:
        return self.purpose
