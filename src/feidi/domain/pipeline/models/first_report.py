"""首报首谈: who reported a project first, who may talk with it until when, and what was ruled in a dispute."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Place
from feidi.domain.pipeline.enums import DisputeState, FirstReportState
from feidi.domain.pipeline.models.project import Project
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class FirstReport(Addressed, Voidable):
    """One claim to have reported a project first. ``reported_at`` is the server's time, ``digest`` the SHA-256 of what
    was said then (names, content, referrer), so that nobody can say later that more was known.

    One live claim per project (constraint); a granted right has a window (constraint). ``home`` repeats the outpost's
    home: claims of sister outposts of one home collide. ``checked``: what the duplicate check found, with reasons.
    ``rule_sha256``: the content revision under which it was granted.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="first_reports")
    home = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=FirstReportState.choices, default=FirstReportState.CLAIMED)
    reported_at = models.DateTimeField()
    reported_by_id_number = models.BigIntegerField(null=True)
    reported_by = models.CharField(max_length=160)
    unit = models.CharField(max_length=120, blank=True)
    referrer = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked = models.JSONField(default=list, blank=True)
    window_from = models.DateField(null=True, blank=True)
    window_to = models.DateField(null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(default=0)
    rule_sha256 = models.CharField(max_length=64, blank=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state__in=["claimed", "checked", "granted", "disputed"], voided_at__isnull=True),
                name="first_report_one_live_per_project",
            ),
            models.CheckConstraint(
                condition=~Q(state=FirstReportState.GRANTED) | Q(window_from__isnull=False, window_to__isnull=False),
                name="first_report_granted_has_window",
            ),
            models.CheckConstraint(
                condition=Q(window_to__isnull=True) | Q(window_to__gte=F("window_from")),
                name="first_report_window_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["home", "state", "window_to"], name="first_report_of_home"),
            models.Index(fields=["project"], name="first_report_of_project"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.project_id} {self.state}"


class FirstReportEntry(models.Model):
    """What happened to a claim: appended, never changed."""

    first_report = models.ForeignKey(FirstReport, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    action = models.CharField(max_length=12)
    window_to = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["first_report", "id"], name="first_report_entries")]

    @override
    def __str__(self) -> str:
        return f"{self.action} {self.at}"


class FirstReportDispute(Addressed):
    """Two claims about one investor, and what the home side ruled: for which, by which rule of content, why.

    The two differ, a ruled dispute has a winner among the two and a reason (constraints).
    """

    home = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey(FirstReport, on_delete=models.PROTECT, related_name="disputes_left")
    right = models.ForeignKey(FirstReport, on_delete=models.PROTECT, related_name="disputes_right")
    state = models.CharField(max_length=10, choices=DisputeState.choices, default=DisputeState.OPEN)
    raised_by = models.CharField(max_length=160)
    raised_at = models.DateTimeField()
    grounds = models.CharField(max_length=500)
    winner = models.ForeignKey(FirstReport, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=40, blank=True)
    ruling = models.CharField(max_length=500, blank=True)
    ruled_by = models.CharField(max_length=160, blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(left=F("right")), name="dispute_between_two"),
            models.CheckConstraint(
                condition=Q(winner__isnull=True) | Q(winner=F("left")) | Q(winner=F("right")),
                name="dispute_winner_is_a_party",
            ),
            models.CheckConstraint(
                condition=~Q(state=DisputeState.RULED) | (Q(winner__isnull=False) & ~Q(ruling="")),
                name="dispute_ruled_says_why",
            ),
            models.UniqueConstraint(
                fields=["left", "right"], condition=Q(state=DisputeState.OPEN), name="dispute_one_open_per_pair"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.left_id} v {self.right_id}"
