"""Handing a project with its first report to a sister outpost of the same home (流转)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import ConditionCode, FirstReportState, PartyRole, ProjectKind
from feidi.domain.pipeline.models import FirstReport, Project
from feidi.domain.pipeline.services.conditions import lay_condition
from feidi.domain.pipeline.services.first_reports import KIND, append, close, locked
from feidi.domain.pipeline.services.registering import Lead, register_lead, update_project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Grant
from feidi.kernel.audit import recorded

TRANSFER = "project.force_move"


def transfer_first_report(
    *, actor: Actor, now: datetime, claim: FirstReport, to: Outpost, reason: str
) -> tuple[Project, FirstReport]:
    """Make the project anew at ``to`` and hand over the right; the first reporter stays named there.

    Contacts are not copied: they belong to who wrote them, the new officer asks for them. The old project is laid
    under 流转. Returns the new project and its claim. Refused: another home, the same outpost, right not live, no reason.
    """
    require_on(actor, TRANSFER, claim.project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    if to.home_id != claim.home_id or to.pk == claim.project.outpost_id:
        raise refuse("first_reports.not_a_sister", outpost=to.short_name)
    with recorded(actor=actor, now=now) as unit:
        old = locked(claim)
        if old.state not in {FirstReportState.GRANTED, FirstReportState.CHECKED}:
            raise refuse("first_reports.state", state=str(FirstReportState(old.state).label))
        project = old.project
        if project.condition:
            raise refuse("pipeline.condition_open", condition=str(ConditionCode(project.condition).label))
        close(old, unit, FirstReportState.TRANSFERRED, "transferred", f"{to.short_name}：{reason.strip()}")
        made = _register_there(actor, now, project, old, to)
        new = FirstReport(
            project=made,
            home=old.home,
            state=FirstReportState.GRANTED if old.window_to else FirstReportState.CHECKED,
            reported_at=old.reported_at,
            reported_by_id_number=old.reported_by_id_number,
            reported_by=old.reported_by,
            unit=old.unit,
            referrer=old.referrer,
            how=f"由{project.outpost.short_name}流转：{reason.strip()}"[:300],
            digest=old.digest,
            evidence=old.evidence,
            window_from=old.window_from,
            window_to=old.window_to,
            renewals=old.renewals,
            rule_sha256=old.rule_sha256,
            created_at=now,
        )
        new.save()
        unit.created(new, kind=KIND, reason=reason)
        append(new, unit, "received", new.how)
        lay_condition(
            actor=actor, now=now, project=project, code=ConditionCode.HANDED_OVER,
            reason=f"流转至{to.short_name}：{reason.strip()}",
        )  # fmt: skip
    return made, new


def _register_there(actor: Actor, now: datetime, project: Project, old: FirstReport, to: Outpost) -> Project:
    # whoever hands over works here, not there: for this one lead they act with the receiving outpost's pen
    pen = Grant("hand_over", frozenset({"project.edit", "party.edit"}), outpost_scope(to.pk))
    sponsor = project.parties.filter(role=PartyRole.SPONSOR, until__isnull=True).first()
    numbers = (
        sponsor.organization.identifiers.filter(scheme="uscc", valid=True) if sponsor and sponsor.organization else ()
    )
    lead = Lead(
        name=project.name,
        sponsor=project.sponsor_name or project.name,
        kind=ProjectKind(project.kind),
        uscc=next((each.value for each in numbers), ""),
        one_line=project.one_line,
        industry=project.industry,
        referrer=project.referrer,
        not_a_duplicate=True,
    )
    receiver = replace(actor, grants=(*actor.grants, pen))
    made = register_lead(actor=receiver, now=now, outpost=to, lead=lead)
    kept = {
        "first_report_unit": old.unit or project.outpost.short_name,
        "first_report_on": old.reported_at.astimezone(SHANGHAI).date(),
        "source_channel": f"流转（{project.outpost.short_name}）",
    }
    return update_project(actor=receiver, now=now, project=made, version=made.version, values=kept)
