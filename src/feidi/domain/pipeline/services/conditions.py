"""Conditions: laid over a project with a reason, ended with a note, never erased."""

from __future__ import annotations

from datetime import date, datetime

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import ConditionCode, Track
from feidi.domain.pipeline.models import Project, ProjectCondition
from feidi.domain.pipeline.selectors.impressions import concerns
from feidi.domain.pipeline.services.clocks import start_stage_clock, stop_all
from feidi.domain.pipeline.services.interacting import NOT_ASKED, Impression, check_impression
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

KIND = "pipeline.condition"


def lay_condition(
    *,
    actor: Actor,
    now: datetime,
    project: Project,
    code: str,
    reason: str,
    reason_code: str = "",
    since: date | None = None,
    review_on: date | None = None,
    impression: Impression = NOT_ASKED,
) -> ProjectCondition:
    """Lay a condition over a project; its clocks stop. Refused: no reason, another condition still open."""
    require_on(actor, "project.edit", project)
    if code not in ConditionCode.values:
        raise refuse("pipeline.condition_unknown", condition=code, known="、".join(ConditionCode.values))
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    check_impression(impression, frozenset(concerns(project.outpost)))
    day = since or now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit:
        row = Project.objects.select_for_update().get(pk=project.pk)
        if row.condition:
            raise refuse("pipeline.condition_open", condition=str(ConditionCode(row.condition).label))
        laid = ProjectCondition(
            project=row,
            code=code,
            reason_code=reason_code,
            reason=reason.strip(),
            since=day,
            review_on=review_on,
            impression=impression.score,
            concern=impression.concern,
            concern_note=impression.note.strip(),
            recorded_by=actor.label,
            created_at=now,
        )
        laid.save()
        unit.created(laid, kind=KIND, reason=reason)
        before = unit.before(row, "pipeline.project")
        row.condition = code
        row.version += 1
        row.save(update_fields=["condition", "version"])
        unit.changed(row, kind="pipeline.project", before=before, reason=reason)
        stop_all(actor=actor, now=now, project=row, on=day)
    return laid


def end_condition(*, actor: Actor, now: datetime, project: Project, note: str, on: date | None = None) -> None:
    """End the open condition; the clock of the present stage starts again."""
    require_on(actor, "project.edit", project)
    day = on or now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit:
        row = Project.objects.select_for_update().get(pk=project.pk)
        laid = row.conditions.filter(ended_on__isnull=True, voided_at__isnull=True).first()
        if laid is None:
            raise refuse("pipeline.condition_none")
        before = unit.before(laid, KIND)
        laid.ended_on, laid.end_note = day, note.strip()
        laid.version += 1
        laid.save(update_fields=["ended_on", "end_note", "version"])
        unit.changed(laid, kind=KIND, before=before, reason=note)
        project_before = unit.before(row, "pipeline.project")
        row.condition = ""
        row.version += 1
        row.save(update_fields=["condition", "version"])
        unit.changed(row, kind="pipeline.project", before=project_before, reason=note)
        for track in Track:
            start_stage_clock(actor=actor, now=now, project=row, track=track, on=day)
