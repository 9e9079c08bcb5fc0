"""The landing case: evidence collected, submitted, decided by somebody else, revocable, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.pipeline.enums import LandingState
from feidi.domain.pipeline.models.project import Project
from feidi.kernel.subjects.fields import Addressed


class LandingCase(Addressed):
    """One attempt to have a landing verified. At most one open or verified per project (constraint).

    The decider is not the submitter (constraint); the service also refuses the owner and the
    operator's people. A revoked case keeps what was verified.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="landing_cases")
    state = models.CharField(max_length=10, choices=LandingState.choices, default=LandingState.DRAFT)
    home_entity = models.CharField(max_length=160, blank=True)
    content_sha256 = models.CharField(max_length=64)
    signals = models.JSONField(default=dict, blank=True)
    submitted_by_id_number = models.BigIntegerField(null=True, blank=True)
    submitted_by = models.CharField(max_length=160, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by_id_number = models.BigIntegerField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=500, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    revoked_by = models.CharField(max_length=160, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=~Q(state=LandingState.REVOKED),
                name="landing_one_live_case_per_project",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id_number__isnull=True)
                | Q(submitted_by_id_number__isnull=True)
                | ~Q(decided_by_id_number=F("submitted_by_id_number")),
                name="landing_decider_is_not_submitter",
            ),
            models.CheckConstraint(
                condition=~Q(state=LandingState.VERIFIED) | Q(verified_on__isnull=False, decided_at__isnull=False),
                name="landing_verified_has_date_and_decider",
            ),
            models.CheckConstraint(
                condition=~Q(state=LandingState.RETURNED) | ~Q(return_reason=""), name="landing_returned_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=LandingState.REVOKED) | ~Q(revoke_reason=""), name="landing_revoked_has_reason"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.project_id} {self.state}"
