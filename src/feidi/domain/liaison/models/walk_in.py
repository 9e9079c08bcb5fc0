"""The register of the service counter (项目服务区): an entry takes thirty seconds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.models import Project
from feidi.kernel.subjects.fields import Addressed, Voidable


class WalkIn(Addressed, Voidable):
    """Who came, what they asked, who took it first (首问负责人: required), to whom it went, when it was closed.

    ``phone_enc`` is sealed for this row; a closed entry says with what result (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="walk_ins")
    came_at = models.DateTimeField()
    visitor = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=160, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="walk_ins"
    )
    phone_enc = models.BinaryField(null=True, blank=True)
    phone_hint = models.CharField(max_length=40, blank=True)
    asked = models.CharField(max_length=500)
    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="walk_ins_taken")
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="walk_ins"
    )
    handed_to_text = models.CharField(max_length=80, blank=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="walk_ins")
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=300, blank=True)
    todo_uid = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked=""), name="walk_in_says_what"),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | ~Q(result=""), name="walk_in_closed_says_how"),
        ]
        indexes = [models.Index(fields=["outpost", "-came_at"], name="walk_in_list")]

    @override
    def __str__(self) -> str:
        return f"{self.came_at} {self.asked}"
