"""Where an application stands on the pipeline: screening, assessing, agreeing, signed; then the host track. By the
pipeline's own services only. What a guard of the early talks still lacks is promised by the officer, loudly (待补).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_form import answer_of, words_of
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules, admission_rules
from feidi.domain.incubation.selectors.application_answers import phone_of
from feidi.domain.incubation.services.admission_steps import day_of
from feidi.domain.pipeline.enums import TRACK_STAGES, ProjectKind, Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.standing import explain
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.domain.pipeline.services.gaps import Promise
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.pipeline.services.registering import Lead, assign_owner, register_lead, update_project
from feidi.engines.stages import Status
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User

#: What an officer promises for a guard that is passed over is due after so many days.
PROMISED_DAYS: Final = 14
CHANNEL: Final = "入驻申请"


def project_for(
    *, actor: Actor, now: datetime, application: Application, officer: User, not_a_duplicate: bool
) -> Project:
    """Register the application's project, in the words of the applicant. Refused: a duplicate nobody called different."""
    rules, answers = admission_rules(application.outpost), application.answers
    company = str(answer_of(rules, answers, "company") or "")
    lead = Lead(
        name=application.applicant,
        sponsor=company or application.applicant,
        kind=ProjectKind.ENTERPRISE if company else ProjectKind.TEAM,
        uscc=str(answer_of(rules, answers, "uscc") or ""),
        source_channel=CHANNEL,
        one_line=application.one_line,
        contact_name=application.contact_name,
        contact_phone=phone_of(application),
        occurred_on=day_of(now),
        not_a_duplicate=not_a_duplicate,
    )
    return register_lead(actor=actor, now=now, outpost=application.outpost, lead=lead, owner=officer)


def fill_project(*, actor: Actor, now: datetime, application: Application, project: Project, officer: User) -> Project:
    """Write down on the project what the applicant said and nobody has written there yet."""
    said = _fields(application, admission_rules(application.outpost))
    values = {name: value for name, value in said.items() if value and getattr(project, name) in (None, "")}
    row = update_project(actor=actor, now=now, project=project, version=project.version, values=values)
    return row if row.owner_id else assign_owner(actor=actor, now=now, project=row, owner=officer)


def judged_follow(*, actor: Actor, now: datetime, project: Project, number: str) -> Project:
    """Write down that screening was passed and the applicant was told: 研判为跟进，已反馈."""
    values: dict[str, Any] = {"judged_follow": True, "feedback_sent_on": project.feedback_sent_on or day_of(now)}
    if not project.screening_verdict:
        values["screening_verdict"] = f"入驻申请 {number} 初审通过，进入评审"
    return update_project(actor=actor, now=now, project=project, version=project.version, values=values)


def advance_talks(*, actor: Actor, now: datetime, project: Project, to: Stage, officer: User) -> None:
    """Move the talks on to ``to``, stage by stage; stages that content makes optional are passed over.

    A project that stands there already, or further, stays. Refused: as ``move_project``, with every reason.
    """
    row = Project.objects.select_related("outpost__home").get(pk=project.pk)
    for stage in _way(row, to):
        move = Move(Track.TALKS, stage, promises=_promises(row, stage, officer, now))
        move_project(actor=actor, now=now, project=row, move=move)
        row.refresh_from_db()


def admit_on_host(*, actor: Actor, now: datetime, project: Project) -> None:
    """Open the host track: 入驻. A project whose host track is open already stays where it is."""
    row = Project.objects.get(pk=project.pk)
    if not row.host_stage:
        move_project(actor=actor, now=now, project=row, move=Move(Track.HOST, Stage.ADMITTED))


def _way(project: Project, to: Stage) -> list[Stage]:
    stages, table = TRACK_STAGES[Track.TALKS], stage_table(project.outpost)
    here, there = stages.index(Stage(project.talks_stage)), stages.index(to)
    known = {stage: table.stage(Track.TALKS.value, stage.value) for stage in stages[here + 1 : there + 1]}
    return [stage for stage, each in known.items() if each is not None and (stage is to or not each.optional)]


def _promises(project: Project, to: Stage, officer: User, now: datetime) -> tuple[Promise, ...]:
    """Return a promise for every guard that is not met and that 待补 may pass."""
    answer = explain(project, track=Track.TALKS, to=to)
    due = day_of(now) + timedelta(days=PROMISED_DAYS)
    return tuple(
        Promise(line.guard.code, officer.display_name, due, officer)
        for line in answer.checklist
        if line.waivable and line.status is not Status.YES
    )


def _fields(application: Application, rules: AdmissionRules) -> dict[str, Any]:
    answers = application.answers
    size, area = answer_of(rules, answers, "team_size"), answer_of(rules, answers, "office_area")
    wanted = rules.meaning("needs")
    return {
        "team_size": int(size) if size and str(size).isdecimal() else None,
        "office_need": f"{area}㎡" if area else "",
        "core_product": str(answer_of(rules, answers, "product") or "")[:500],
        "industry": str(answer_of(rules, answers, "industry") or "")[:120],
        "policy_request": words_of(wanted, answer_of(rules, answers, "needs")) if wanted else "",
    }
