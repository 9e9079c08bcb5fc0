"""初审: what is missing is told once, the application is taken up with an officer and a project, or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from feidi.domain.incubation.admission_access import EDIT, VIEW_OWN
from feidi.domain.incubation.admission_enums import OVER, ApplicationState
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_policies import fact_values
from feidi.domain.incubation.selectors.admission_rules import COMPLETION, SCREENING, AdmissionRules, admission_rules
from feidi.domain.incubation.selectors.application_answers import phone_of
from feidi.domain.incubation.services.admission_steps import (
    KIND,
    ask_for,
    close_down,
    day_of,
    require_edit,
    run_clock,
    stepping,
    stop_clock,
)
from feidi.domain.incubation.services.admission_tracks import advance_talks, fill_project, project_for
from feidi.domain.incubation.services.changing import changing, needed_reason
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import PartyRole, Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.services.facts import Origin, Statement, push_facts
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject


def ask_completion(*, actor: Actor, now: datetime, application: Application, items: Mapping[str, str]) -> Application:
    """Send it back with everything that is missing, once (一次性告知): question → what about it. The clock stops.

    Refused: nothing named, a question the form does not have, told once before.
    """
    require_edit(actor, application)
    rules = admission_rules(application.outpost)
    told = {code: what.strip()[:200] for code, what in items.items()}
    if not told:
        raise refuse("incubation.nothing_missing")
    for code in told.keys() - {each.code for each in rules.questions}:
        raise refuse("incubation.question_unknown", value=code)
    if application.asked_on is not None:
        raise refuse("incubation.asked_once", number=application.number, on=application.asked_on.isoformat())
    with recorded(actor=actor, now=now):
        with stepping(application, ApplicationState.RETURNED, actor=actor, now=now) as row:
            row.asked_on = day_of(now)
            row.missing = [{"question": code, "what": what} for code, what in told.items()]
        stop_clock(application, SCREENING, actor=actor, now=now)
        run_clock(application, COMPLETION, actor=actor, now=now)
        what = _("{number} 待申请人补正 {n} 项").format(number=application.number, n=len(told))
        ask_for(application, what, actor=actor, now=now, assignee=application.officer)
    return application


def accept_application(
    *,
    actor: Actor,
    now: datetime,
    application: Application,
    officer: User,
    project: Project | None = None,
    not_a_duplicate: bool = False,
) -> Application:
    """Take it up: an officer, and a project at ``screening``, registered or (``project``) linked. Answers that are facts
    of the dictionary become facts of the organization. Refused as the pipeline refuses: a duplicate, who may move.
    """
    require_edit(actor, application)
    if project is not None:
        require_on(actor, EDIT_PROJECT, project)
        if project.outpost_id != application.outpost_id:
            raise refuse("incubation.other_outpost", name=project.name)
    with recorded(actor=actor, now=now):
        with stepping(application, ApplicationState.ACCEPTED, actor=actor, now=now) as row:
            row.officer = officer
            row.project = project or project_for(
                actor=actor, now=now, application=row, officer=officer, not_a_duplicate=not_a_duplicate
            )
            row.organization = row.organization or _sponsor(row.project)
            row.accepted_on = day_of(now)
            filled = fill_project(actor=actor, now=now, application=row, project=row.project, officer=officer)
            advance_talks(actor=actor, now=now, project=filled, to=Stage.SCREENING, officer=officer)
            _push_facts(actor, now, row)
        what = _("{number} 待给第一次答复：{applicant}").format(
            number=application.number, applicant=application.applicant
        )
        ask_for(application, what, actor=actor, now=now, assignee=officer)
    return application


EDIT_PROJECT = "project.edit"


def assign_officer(*, actor: Actor, now: datetime, application: Application, officer: User) -> Application:
    """Name the one who rings the applicant."""
    require_edit(actor, application)
    with changing(application, kind=KIND, actor=actor, now=now, action="officer_assigned") as row:
        row.officer = officer
    application.refresh_from_db()
    return application


def show_contact(*, actor: Actor, now: datetime, application: Application) -> str:
    """Return the contact's phone in clear and write down who looked. Refused: no permission to see contacts."""
    require(actor, "contact.unmask", outpost_scope(application.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        unit.acted("unmasked", kind=KIND, uid=application.uid)
    return phone_of(application)


def withdraw_application(*, actor: Actor, now: datetime, application: Application, reason: str) -> Application:
    """End it because the applicant no longer wants it: by the applicant (with its code or account) or by the outpost's
    people. What was answered stays on record. Refused: no reason, over already.
    """
    said = needed_reason(reason)
    with recorded(actor=actor, now=now):
        with stepping(application, ApplicationState.WITHDRAWN, actor=actor, now=now, note=said):
            pass
        close_down(application, actor=actor, now=now)
    return application


def may_withdraw(actor: Actor, application: Application) -> bool:
    """Tell whether the actor may end it: the outpost's people, or an account of the organization whose it is."""
    if application.state in OVER:
        return False
    if actor.may(EDIT, outpost_scope(application.outpost_id)):
        return True
    own = application.organization_id
    return own is not None and actor.may(VIEW_OWN, Scope(ScopeKind.ORGANIZATION, own))


def _sponsor(project: Project) -> Organization | None:
    party = project.parties.filter(role=PartyRole.SPONSOR, organization__isnull=False).select_related("organization")
    found = party.first()
    return found.organization if found else None


def _push_facts(actor: Actor, now: datetime, row: Application) -> None:
    """What was answered is known from now on, wherever it is asked."""
    if row.organization is None:
        return
    rules: AdmissionRules = admission_rules(row.outpost)
    values = fact_values(rules, row.answers, library_of(row.outpost, on=day_of(now)))
    statements = [Statement(fact, given) for fact, (_question, given, _value) in values.items()]
    if statements:
        subject = Subject(ORGANIZATION, row.organization.uid)
        origin = Origin(note=f"入驻申请 {row.number}")
        push_facts(actor=actor, now=now, outpost=row.outpost, subject=subject, statements=statements, origin=origin)
