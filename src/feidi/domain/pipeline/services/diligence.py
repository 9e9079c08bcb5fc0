"""尽调: a person looked at a source and writes down what they saw. Nothing is fetched by the system."""

from __future__ import annotations

from datetime import date, datetime

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import DiligenceResult
from feidi.domain.pipeline.models import DiligenceCheck, Project
from feidi.domain.pipeline.selectors.diligence import diligence_list
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject

KIND = "pipeline.diligence"
EDIT = "project.edit"


def record_look(
    *,
    actor: Actor,
    now: datetime,
    project: Project,
    item: str,
    checked_on: date,
    result: DiligenceResult,
    note: str = "",
    searched_for: str = "",
    attachment: Attachment | None = None,
) -> DiligenceCheck:
    """Write down one look. Refused: an item that content does not have, a day to come, a finding that says nothing."""
    require_on(actor, EDIT, project)
    known = diligence_list(project.outpost).item(item)
    if known is None:
        raise refuse("pipeline.diligence_item_unknown", item=item)
    if checked_on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=checked_on.isoformat())
    if result == DiligenceResult.FINDING and not note.strip():
        raise refuse("pipeline.diligence_finding_says_nothing", label_zh=known.label_zh, label_en=known.label_en)
    row = DiligenceCheck(
        project=project,
        item=known.code,
        label=known.label_zh,
        searched_for=(searched_for.strip() or project.sponsor_name)[:160],
        source=known.site_zh,
        checked_on=checked_on,
        result=result,
        note=note.strip()[:500],
        checked_by_id_number=actor.user_id,
        checked_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        row.file = attach(actor=actor, now=now, subject=Subject(KIND, row.uid), given=attachment)
        row.save()
        unit.created(row, kind=KIND)
    return row


def void_look(*, actor: Actor, now: datetime, check: DiligenceCheck, reason: str) -> DiligenceCheck:
    """Take a look back that was written down in error. Refused: no reason, taken back before."""
    require_on(actor, EDIT, check.project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = DiligenceCheck.objects.select_for_update().get(pk=check.pk)
        if row.voided_at is not None:
            raise refuse("pipeline.row_voided_already", reason=row.void_reason)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row
