"""Giving the first answer: the page is frozen as it stands, its clock stops, the applicant finds it under its code."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from feidi.domain.incubation.admission_enums import ApplicationState
from feidi.domain.incubation.models import Application, FirstAnswer
from feidi.domain.incubation.selectors.admission_rules import SCREENING
from feidi.domain.incubation.selectors.first_answer import first_answer_of
from feidi.domain.incubation.services.admission_steps import (
    ANSWER_KIND,
    KIND,
    ask_for,
    day_of,
    require_edit,
    stop_clock,
    subject_of,
)
from feidi.domain.incubation.services.changing import adding, changing, needed_reason, voiding
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.canonical import digest
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.identity.models import User

#: While these last an answer may be given or replaced.
OPEN = frozenset(
    {
        ApplicationState.SUBMITTED,
        ApplicationState.ACCEPTED,
        ApplicationState.REVIEWING,
        ApplicationState.JUDGED,
        ApplicationState.WAITING,
        ApplicationState.APPROVED,
    }
)


def issue_first_answer(
    *, actor: Actor, now: datetime, application: Application, officer: User | None = None, reason: str = ""
) -> FirstAnswer:
    """Give the applicant the page as it stands now. ``officer``: who rings; kept on the application.

    A second one replaces the first and says why. Refused: nobody named who rings, not open, replaced without a reason.
    """
    require_edit(actor, application)
    if application.state not in OPEN:
        raise refuse("incubation.answer_not_now", state=str(ApplicationState(application.state).label))
    caller = officer or application.officer
    if caller is None:
        raise refuse("incubation.caller_needed")
    with recorded(actor=actor, now=now):
        with changing(application, kind=KIND, actor=actor, now=now, action="answered_first") as row:
            row.officer = caller
        application.refresh_from_db()
        held = application.first_answers.filter(voided_at__isnull=True).first()
        if held is not None:
            voiding(held, kind=ANSWER_KIND, actor=actor, now=now, reason=needed_reason(reason))
        due = _due(application)
        data = first_answer_of(application, today=day_of(now), now=now)
        made = adding(
            FirstAnswer(
                application=application,
                data=data,
                sha256=digest(data),
                issued_on=day_of(now),
                issued_by=actor.label[:160],
                due_on=due.due_on if due else held.due_on if held else None,
                created_at=now,
            ),
            kind=ANSWER_KIND,
            actor=actor,
            now=now,
        )
        stop_clock(application, SCREENING, actor=actor, now=now)
        _ask_next(application, actor, now, caller)
    return made


def held_answer(application: Application) -> FirstAnswer | None:
    """Return the answer that holds, None while none was given."""
    return application.first_answers.filter(voided_at__isnull=True).first()


def _due(application: Application) -> Deadline | None:
    subject = subject_of(application)
    clocks = Deadline.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid, code=SCREENING)
    return clocks.order_by("-id").first()


def _ask_next(application: Application, actor: Actor, now: datetime, caller: User) -> None:
    words = {
        ApplicationState.SUBMITTED: _("{number} 已答复，待受理或一次性告知"),
        ApplicationState.ACCEPTED: _("{number} 已答复，待组织评审"),
    }.get(ApplicationState(application.state))
    if words is not None:
        ask_for(application, words.format(number=application.number), actor=actor, now=now, assignee=caller)
