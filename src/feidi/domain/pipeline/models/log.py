"""What happened to a project's stages and conditions, and what is still to be made good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.pipeline.enums import ConditionCode, Stage, Track
from feidi.domain.pipeline.models.project import Project
from feidi.kernel.subjects.fields import Addressed, Voidable


class StageLog(Addressed):
    """One move on one track. ``occurred_on`` is when it happened (unknown: empty), ``recorded_at`` when it
    was written. ``forced``: passed by a role with a reason, left out of conversion figures.
    ``opened``: an opening position from a ledger (期初). ``table_sha256``: the stage table used.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stage_log")
    track = models.CharField(max_length=6, choices=Track.choices)
    from_stage = models.CharField(max_length=16, choices=Stage.choices, blank=True)
    to_stage = models.CharField(max_length=16, choices=Stage.choices)
    occurred_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id_number = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=160)
    reason = models.CharField(max_length=500, blank=True)
    backdated = models.BooleanField(default=False)
    forced = models.BooleanField(default=False)
    opened = models.BooleanField(default=False)
    skipped = models.JSONField(default=list, blank=True)
    table_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(forced=False) | ~Q(reason=""), name="stage_log_forced_has_reason"),
            models.CheckConstraint(condition=Q(backdated=False) | ~Q(reason=""), name="stage_log_backdated_has_reason"),
            models.CheckConstraint(
                condition=Q(opened=True) | Q(occurred_on__isnull=False), name="stage_log_move_has_a_date"
            ),
        ]
        indexes = [models.Index(fields=["project", "track", "id"], name="stage_log_of_project")]

    @override
    def __str__(self) -> str:
        return f"{self.project_id} {self.track}: {self.from_stage} → {self.to_stage}"


class ProjectCondition(Addressed, Voidable):
    """A condition over a project from a day until another (empty: still). One open at a time (constraint)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="conditions")
    code = models.CharField(max_length=16, choices=ConditionCode.choices)
    reason_code = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=500)
    since = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_note = models.CharField(max_length=300, blank=True)
    impression = models.PositiveSmallIntegerField(null=True, blank=True)
    concern = models.CharField(max_length=30, blank=True)
    concern_note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(ended_on__isnull=True, voided_at__isnull=True),
                name="condition_one_open_per_project",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="condition_has_a_reason"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.project_id} {self.code}"


class Gap(Addressed):
    """Something passed with 待补: what is owed for which guard, by whom, by when; counted until filled."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="gaps")
    track = models.CharField(max_length=6, choices=Track.choices)
    stage = models.CharField(max_length=16, choices=Stage.choices)
    guard = models.CharField(max_length=40)
    label_zh = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="gaps"
    )
    responsible_text = models.CharField(max_length=60)
    due_on = models.DateField()
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "guard"], condition=Q(filled_at__isnull=True), name="gap_one_open_per_guard"
            )
        ]

    @override
    def __str__(self) -> str:
        return self.label_zh
