"""What happens to a tenant: milestones, periodic reports, visits, services, mentor hours, outcomes, decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.incubation.enums import (
    MilestoneTrack,
    ReportState,
    RequestState,
    TenancyEnd,
    TenantOutcomeKind,
)
from feidi.domain.incubation.models.tenancy import Tenancy
from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.pipeline.models import Project
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Milestone(Addressed, Voidable):
    """One agreed step by a day. Reached only by accepted evidence on ``incubation.milestone``; dropped with a reason."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="milestones")
    track = models.CharField(max_length=4, choices=MilestoneTrack.choices, default=MilestoneTrack.HOST)
    title = models.CharField(max_length=160)
    due_on = models.DateField()
    reached_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="milestone_has_title")]
        indexes = [models.Index(fields=["tenancy", "due_on"], name="milestone_by_due")]

    @override
    def __str__(self) -> str:
        return self.title


class PeriodReport(Addressed):
    """What a tenant says of one period [period_from, period_to] (once: constraint). ``answers``: fact id → the typed value
    as text, or null for 还不清楚; ``unchanged``: said in one tap that nothing changed since the report before.
    Accepted answers become facts of the organization; a returned report says why (constraint).
    """

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="reports")
    period_from = models.DateField()
    period_to = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.ASKED)
    answers = models.JSONField(default=dict, blank=True)
    unchanged = models.BooleanField(default=False)
    news = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    returned_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenancy", "period_from"], name="period_report_once"),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="period_report_in_order"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED) | ~Q(returned_reason=""),
                name="period_report_returned_says_why",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="period_report_by_due")]

    @override
    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.period_from}"


class TenantVisit(Addressed, Voidable):
    """We were there: on a day, who of us, how many of theirs we met at work, what we saw."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    announced = models.BooleanField(default=True)
    people_seen = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField()
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="tenant_visit_says_what")]
        indexes = [models.Index(fields=["tenancy", "-visited_on"], name="tenant_visit_latest")]

    @override
    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.visited_on}"


class ServiceRequest(Addressed, Voidable):
    """A service asked for (kind by content), who does it, what was delivered; declined with a reason (constraint)."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=40)
    what = models.CharField(max_length=500)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    due_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    provider = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=500, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    score_word = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="service_request_says_what"),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.DELIVERED, RequestState.DECLINED])
                | (Q(ended_on__isnull=False) & ~Q(result="")),
                name="service_request_ended_says_result",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | (Q(score__gte=1) & Q(score__lte=5)), name="service_request_score"
            ),
        ]
        indexes = [models.Index(fields=["tenancy", "-asked_on"], name="service_request_list")]

    @override
    def __str__(self) -> str:
        return self.what


class Mentor(Addressed, Voidable):
    """Somebody who gives tenants hours of advice: a person written down by the outpost; ``user`` once there is a sign-in."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="mentors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fields = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "person"],
                condition=Q(voided_at__isnull=True, until__isnull=True),
                name="mentor_once",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.person_id}"


class MentorHour(Addressed, Voidable):
    """One hour a mentor offers; taken by at most one tenancy (it is the row itself). A mentor is at one place at a time
    (constraint: one hour per start).
    """

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="hours")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, null=True, blank=True, related_name="mentor_hours")
    topic = models.CharField(max_length=300, blank=True)
    taken_by = models.CharField(max_length=160, blank=True)
    held = models.BooleanField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "starts_at"], condition=Q(voided_at__isnull=True), name="mentor_hour_once"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="mentor_hour_in_order"),
            models.CheckConstraint(
                condition=Q(tenancy__isnull=True) | ~Q(topic=""), name="mentor_hour_taken_says_topic"
            ),
        ]
        indexes = [models.Index(fields=["mentor", "starts_at"], name="mentor_hour_by_day")]

    @override
    def __str__(self) -> str:
        return f"{self.mentor_id} {self.starts_at:%Y-%m-%d %H:%M}"


class TenantOutcome(Addressed, Voidable):
    """A result of a tenant's or project's time here. ``uid`` is the subject of its evidence: without accepted evidence it
    counts nowhere. ``source``: the row above that brought it (an introduction's order), once per source (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="tenant_outcomes")
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="tenant_outcomes")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes")
    kind = models.CharField(max_length=12, choices=TenantOutcomeKind.choices)
    title = models.CharField(max_length=200)
    dated_on = models.DateField()
    amount_fen = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_uid = models.CharField(max_length=16, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="tenant_outcome_has_title"),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | ~Q(currency=""), name="tenant_outcome_has_currency"
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_uid"],
                condition=Q(voided_at__isnull=True) & ~Q(source_uid=""),
                name="tenant_outcome_once_per_source",
            ),
        ]
        indexes = [models.Index(fields=["outpost", "-dated_on"], name="tenant_outcome_list")]

    @override
    def __str__(self) -> str:
        return self.title


class ExitReview(Addressed, Voidable):
    """The decision by which a tenancy ends: the rule's answers as they stood, the checklist, who decided, and why."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="exit_reviews")
    how = models.CharField(max_length=10, choices=TenancyEnd.choices)
    leaves_on = models.DateField()
    answers = models.JSONField(default=list, blank=True)
    checklist = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=160)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy"],
                condition=Q(decided_on__isnull=True, voided_at__isnull=True),
                name="exit_review_one_open",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exit_review_says_why"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.tenancy_id} {self.how}"


class YearSnapshot(Addressed, Voidable):
    """The yearly statistics as filed: values in the units of the form, frozen with their hash (once a year: constraint)."""

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="year_snapshots")
    year = models.PositiveSmallIntegerField()
    values = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=160)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "year"], condition=Q(voided_at__isnull=True), name="year_snapshot_once"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.year}"
