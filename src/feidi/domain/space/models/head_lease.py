"""The lease under which the outpost itself holds its floor."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.space.enums import RentBasis
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class HeadLease(Addressed, Voidable):
    """One term [starts_on, ends_on] with one landlord. ``rent_fen`` is per month, for the whole or per m² (``basis``).

    ``sublet`` None: the lease does not say. Several leases may follow each other; the last day of the last one bounds
    every tenancy.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="head_leases")
    landlord = models.CharField(max_length=160)
    premises = models.CharField(max_length=200)
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    rent_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    basis = models.CharField(max_length=8, choices=RentBasis.choices, default=RentBasis.WHOLE)
    deposit_fen = models.BigIntegerField(null=True, blank=True)
    sublet = models.BooleanField(null=True, blank=True)
    sublet_clause = models.CharField(max_length=300, blank=True)
    fit_out = models.CharField(max_length=200, blank=True)
    fire_safety = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="head_lease_ends_after_start"),
            models.CheckConstraint(
                condition=Q(rent_fen__isnull=True) | ~Q(currency=""), name="head_lease_rent_has_currency"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "ends_on"], name="head_lease_of_outpost")]

    @override
    def __str__(self) -> str:
        return f"{self.landlord} {self.ends_on}"
