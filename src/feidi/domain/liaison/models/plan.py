"""重点任务分解表 of an action plan, its versions and successors."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.liaison.enums import PlanState, TaskState
from feidi.domain.parties.models import Outpost
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, SubjectColumns, Voidable


class ActionPlan(Addressed, Voidable):
    """One version of one plan. ``series`` holds versions and successors together; one version of a series is in force
    at a time (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="action_plans")
    series = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    document_number = models.CharField(max_length=80, blank=True)
    period_from = models.DateField()
    period_to = models.DateField()
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "series", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["outpost", "series"], condition=Q(state=PlanState.IN_FORCE), name="plan_one_in_force"
            ),
            models.CheckConstraint(condition=Q(period_to__gte=models.F("period_from")), name="plan_period_in_order"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.title} v{self.number}"


class PlanTask(Addressed, Voidable):
    """One line: who leads, who supports, by when, what is to be reached. ``due_text`` keeps a date that was written in
    words ("每年年底前"); ``earlier`` is the same task in the version before.
    """

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="tasks")
    number = models.CharField(max_length=20)
    group = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300)
    measure = models.TextField(blank=True)
    lead_unit = models.CharField(max_length=120, blank=True)
    support_units = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_text = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=TaskState.choices, default=TaskState.NOT_STARTED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_tasks"
    )
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], condition=Q(voided_at__isnull=True), name="plan_task_number_once"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="plan_task_says_what"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class PlanProgress(Addressed, Voidable):
    """What was reached by a day, in words, with a percentage when somebody gave one (0…100: constraint)."""

    task = models.ForeignKey(PlanTask, on_delete=models.PROTECT, related_name="progress")
    on = models.DateField()
    text = models.CharField(max_length=1000)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="plan_percent")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.task_id} {self.on}"


class PlanLink(SubjectColumns):
    """A project, meeting, agreement … that a task is about."""

    task = models.ForeignKey(PlanTask, on_delete=models.PROTECT, related_name="links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "subject_kind", "subject_uid"], name="plan_link_once")]

    @override
    def __str__(self) -> str:
        return f"{self.task_id} → {self.subject_uid}"
