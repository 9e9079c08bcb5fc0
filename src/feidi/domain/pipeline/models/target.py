"""靶向招商: firms we look for because a node of a chain is missing at home; and the checks before signing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.enums import DiligenceResult, TargetState
from feidi.domain.pipeline.models.project import Project
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Target(Addressed, Voidable):
    """One named firm for a missing node: why it, who contacts it, how far, with which result.

    When talks begin it becomes, or is linked to, a project. The same name stands once per outpost and node
    (constraint).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="targets")
    chain = models.CharField(max_length=80)
    node = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    name_folded = models.CharField(max_length=160)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="targeted"
    )
    place_text = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=160, blank=True)
    priority = models.PositiveSmallIntegerField(default=2)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="targets"
    )
    state = models.CharField(max_length=12, choices=TargetState.choices, default=TargetState.NOT_YET)
    result = models.CharField(max_length=300, blank=True)
    contacted_on = models.DateField(null=True, blank=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="targets")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="target_has_a_name"),
            models.UniqueConstraint(
                fields=["outpost", "node", "name_folded"],
                condition=Q(voided_at__isnull=True),
                name="target_once_per_node",
            ),
            models.CheckConstraint(
                condition=~Q(state=TargetState.TALKING) | Q(project__isnull=False), name="target_talking_has_project"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "state", "priority", "id"], name="target_list")]

    @override
    def __str__(self) -> str:
        return self.name


class DiligenceCheck(Addressed, Voidable):
    """One line of the 尽调清单: which public source was looked at, on which day, by whom, with what result and file.

    Nothing is scraped: a person looks and writes down what they saw. A finding says what (constraint).
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="diligence")
    item = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    searched_for = models.CharField(max_length=160)
    source = models.CharField(max_length=160)
    checked_on = models.DateField()
    result = models.CharField(max_length=10, choices=DiligenceResult.choices)
    note = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_by_id_number = models.BigIntegerField(null=True)
    checked_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(result=DiligenceResult.FINDING) | ~Q(note=""), name="diligence_finding_says_what"
            )
        ]
        indexes = [models.Index(fields=["project", "item", "-checked_on"], name="diligence_of_project")]

    @override
    def __str__(self) -> str:
        return f"{self.project_id} {self.item}"
