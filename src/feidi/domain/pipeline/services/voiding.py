"""Taking a project back: entered in error, or twice. Nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.name_keys import forget_keys
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.clocks import stop_all
from feidi.domain.pipeline.services.indexing import index_project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.search.services import remove

KIND = "pipeline.project"


def void_project(*, actor: Actor, now: datetime, project: Project, reason: str) -> Project:
    """Void a project with a reason; it leaves lists, counts and search, and stays readable by its address.

    Refused: no reason, already voided, agreements or a verified landing still stand on it.
    """
    require_on(actor, "project.force_move", project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = Project.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=project.pk)
        if row.voided_at is not None:
            raise refuse("pipeline.voided_already", reason=row.void_reason)
        standing = row.agreements.filter(voided_at__isnull=True).count()
        if standing or row.verified_on:
            raise refuse("pipeline.void_not_empty", n=standing)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip(), row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
        stop_all(actor=actor, now=now, project=row, on=now.astimezone(SHANGHAI).date())
        remove(kind=KIND, uid=row.uid)
        forget_keys(KIND, [row.uid])
    return row


def restore_project(*, actor: Actor, now: datetime, project: Project, reason: str) -> Project:
    """Take a voiding back."""
    require_on(actor, "project.force_move", project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = Project.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=project.pk)
        if row.voided_at is None:
            raise refuse("pipeline.not_voided")
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = None, "", row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=reason, action="restored")
        index_project(row)
    return row
