"""Under which of its outpost's plaques a project counts."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.parties.models import Plaque
from feidi.domain.pipeline.models.project import Project


class ProjectPlaque(models.Model):
    """The project counts under this plaque (牌子): under several at will, under each once (constraint).

    A project without a row was never said to belong to one: 未归牌子, which is not "to none". Rows are written
    by ``services.plaques``; the project's trail keeps what stood before.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="plaque_rows")
    plaque = models.ForeignKey(Plaque, on_delete=models.PROTECT, related_name="project_rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "plaque"], name="project_once_per_plaque")]

    @override
    def __str__(self) -> str:
        return f"{self.project_id} {self.plaque_id}"
