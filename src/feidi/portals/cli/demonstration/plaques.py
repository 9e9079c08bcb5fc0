"""Plaques of the demonstration's projects: some under one, some under two, early leads under none yet. Invented."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Q

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import ProjectKind, Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.plaques import mark_many
from feidi.portals.cli.demonstration.agenda import Scene


def load(scene: Scene) -> None:
    """Play it on the last evening, after everything else is there."""
    now = datetime.combine(scene.last_day, time(18, 25), SHANGHAI)
    early = Q(talks_stage__in=(Stage.LEAD, Stage.SCREENING))
    chosen = {
        "liaison": ~early & ~Q(kind=ProjectKind.TALENT),
        "talent_station": ~early & Q(kind__in=(ProjectKind.TALENT, ProjectKind.TEAM)),
        "centre": ~Q(host_stage=""),
    }
    for code, which in chosen.items():
        rows = Project.objects.filter(which, outpost=scene.outpost, voided_at__isnull=True)
        if rows.exists():
            mark_many(actor=scene.actors["officer"], now=now, projects=rows, code=code, belongs=True)
