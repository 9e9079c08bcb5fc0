"""送达与签收: a report as it was laid before the home side, and who there has signed for it."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models.reports import Report
from feidi.kernel.subjects.fields import Addressed


class ReportDelivery(Addressed):
    """An approved report that was sent to the home side's own page, once (one to one). Never changed.

    The home side reads the delivery, not the report: drafts, other audiences and what was sent to others stay inside.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="delivery")
    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="report_deliveries")
    delivered_by = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["outpost", "-id"], name="report_delivery_list")]

    @override
    def __str__(self) -> str:
        return str(self.report)


class ReportReceipt(Addressed):
    """签收: one person of the home side signed for a delivery, once (constraint). Never changed, never taken back."""

    delivery = models.ForeignKey(ReportDelivery, on_delete=models.PROTECT, related_name="receipts")
    signed_by_id_number = models.BigIntegerField()
    signed_by = models.CharField(max_length=160)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "signed_by_id_number"], name="report_signed_for_once")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.delivery_id} {self.signed_by}"
