"""Periodic reports: when they come round, and each report with its body, its approval, what was sent, its archive."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import ReportFormat, ReportState
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class ReportPlan(Addressed, Voidable):
    """A kind of report that comes round: drafted on its day in the name of ``owner``, sent to whom after approval.

    ``day``: of the week (weekly) or of the month. Addresses are sealed, ``hints`` tell them apart; ``robots`` are uids of
    the outpost's robots. One plan per outpost, kind and plaque (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="report_plans")
    kind = models.CharField(max_length=24)
    plaque = models.CharField(max_length=30, blank=True)
    day = models.PositiveSmallIntegerField()
    recipients_enc = models.BinaryField(default=b"", blank=True)
    hints = models.JSONField(default=list, blank=True)
    robots = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "kind", "plaque"], condition=Q(voided_at__isnull=True), name="report_plan_once"
            ),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=28), name="report_plan_day"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class Report(Addressed, Voidable):
    """One report of one period. ``body``: ``ReportBody`` as it was built; ``texts``: a person's texts by code, with figures
    as ``{id}``. From approval on neither changes (services); a change is a new revision that ``supersedes`` it.

    Approved by another than who made it (constraint); archived with its digest (constraint); one live report per outpost,
    kind, plaque, period and revision (constraint); a plan drafts a period once (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="reports")
    plan = models.ForeignKey(ReportPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    kind = models.CharField(max_length=24)
    plaque = models.CharField(max_length=30, blank=True)
    period = models.CharField(max_length=10)
    period_from = models.DateField()
    as_of = models.DateField()
    number = models.CharField(max_length=60)
    issue = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=160)
    revision = models.PositiveSmallIntegerField(default=1)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    body = models.JSONField()
    texts = models.JSONField(default=dict, blank=True)
    edited = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mismatches = models.JSONField(default=list, blank=True)
    sendings = models.JSONField(default=list, blank=True)
    made_by_id_number = models.BigIntegerField()
    made_by = models.CharField(max_length=160)
    approved_by_id_number = models.BigIntegerField(null=True, blank=True)
    approved_by = models.CharField(max_length=160, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.CharField(max_length=160, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["outpost", "-as_of", "-id"], name="report_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "kind", "plaque", "period_from", "as_of", "revision"],
                condition=Q(voided_at__isnull=True),
                name="report_once",
            ),
            models.UniqueConstraint(
                fields=["plan", "period_from"],
                condition=Q(plan__isnull=False, revision=1, voided_at__isnull=True),
                name="report_of_plan_once",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT)
                | (
                    Q(approved_at__isnull=False, approved_by_id_number__isnull=False)
                    & ~Q(approved_by_id_number=F("made_by_id_number"))
                    & ~Q(sha256="")
                ),
                name="report_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.ARCHIVED) | Q(archived_at__isnull=False), name="report_archived_when"
            ),
            models.CheckConstraint(condition=Q(as_of__gte=F("period_from")), name="report_within_its_period"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ReportFile(Addressed):
    """One form in which an approved report leaves the house, once per report and form (constraint), with its digest."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=4, choices=ReportFormat.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "form"], name="report_file_once")]

    @override
    def __str__(self) -> str:
        return f"{self.report_id} {self.form}"
