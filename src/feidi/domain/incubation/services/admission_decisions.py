"""决定: proposed by who decides, holding once the signed form is back (where content wants one), then published or done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from feidi.domain.incubation.admission_access import DECIDE
from feidi.domain.incubation.admission_enums import ApplicationState, SeatState, Verdict
from feidi.domain.incubation.models import Application, ReviewSeat
from feidi.domain.incubation.selectors.admission_capacity import capacity_of
from feidi.domain.incubation.selectors.admission_rules import DECISION, AdmissionRules, admission_rules
from feidi.domain.incubation.services.admission_steps import (
    ask_for,
    close_down,
    day_of,
    require_edit,
    stepping,
    stop_clock,
    subject_of,
)
from feidi.domain.pipeline.enums import ConditionCode
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.conditions import lay_condition
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.calendar.working_days import add_working_days
from feidi.kernel.documents.models import PrintedForm, SignedCopy

#: A decision before anybody judged may only be a refusal.
_EARLY = frozenset({ApplicationState.SUBMITTED, ApplicationState.RETURNED, ApplicationState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided: verdict, reasons (codes of content), what the applicant is told, and which place is meant."""

    verdict: Verdict
    reasons: Sequence[str] = ()
    feedback: str = ""
    place: str = ""


def decide_application(*, actor: Actor, now: datetime, application: Application, decision: Decision) -> Application:
    """Propose the decision; where content wants no paper it holds at once.

    Refused: no permission, one who scored it decides, admitting before a review or when the outpost is certainly full,
    a refusal without a reason and feedback, an unknown reason.
    """
    require_edit(actor, application, DECIDE)
    rules = admission_rules(application.outpost)
    _check(rules, application, decision, actor, day_of(now))
    with recorded(actor=actor, now=now):
        note = _("决定：{verdict}").format(verdict=decision.verdict.label)
        with stepping(application, ApplicationState.DECIDED, actor=actor, now=now, note=note) as row:
            row.verdict, row.reasons = decision.verdict, list(decision.reasons)
            row.feedback, row.place_offered = decision.feedback.strip(), decision.place.strip()[:160]
            row.decided_on, row.decided_by = day_of(now), actor.label[:160]
            if rules.paper and any(each.seal for each in rules.decision_chain):
                row.sent_home_on = row.sent_home_on or day_of(now)
        if not rules.paper:
            return _settle(actor, now, application, rules)
        what = _("{number} 审批表待签字盖章后上传").format(number=application.number)
        ask_for(application, what, actor=actor, now=now, assignee=application.officer)
    return application


def confirm_decision(*, actor: Actor, now: datetime, application: Application) -> Application:
    """Let the decision hold: the newest print of its form is back, signed. Refused: it is not, or says something else."""
    require_edit(actor, application)
    rules = admission_rules(application.outpost)
    copy = signed_decision(application)
    if copy is None:
        raise refuse("incubation.decision_unsigned", number=application.number)
    with recorded(actor=actor, now=now):
        return _settle(actor, now, application, rules)


def end_notice(*, actor: Actor, now: datetime, application: Application, objections: str = "") -> Application:
    """Say that public notice is over without an objection that stands. Refused: its days have not passed."""
    require_edit(actor, application)
    until = application.notice_until
    if until is not None and day_of(now) <= until:
        raise refuse("incubation.notice_running", until=until.isoformat())
    with recorded(actor=actor, now=now):
        with stepping(application, ApplicationState.APPROVED, actor=actor, now=now, note=objections):
            pass
        _ask_agreement(actor, now, application)
    return application


def signed_decision(application: Application) -> SignedCopy | None:
    """Return the live signed copy of the decision's newest print, None when that has not come back."""
    subject = subject_of(application)
    prints = PrintedForm.objects.filter(
        subject_kind=subject.kind,
        subject_uid=subject.uid,
        title=DECISION_TITLE,
        created_at__date__gte=_since(application),
    )
    newest = prints.order_by("-id").first()
    if newest is None:
        return None
    return newest.signed_copies.filter(voided_at__isnull=True).order_by("-id").first()


DECISION_TITLE = "入驻审批表"


def _since(application: Application) -> date:
    return application.decided_on or date.min


def _settle(actor: Actor, now: datetime, application: Application, rules: AdmissionRules) -> Application:
    stop_clock(application, DECISION, actor=actor, now=now)
    _AFTER[Verdict(application.verdict)](actor, now, application, rules)
    return application


def _admit(actor: Actor, now: datetime, application: Application, rules: AdmissionRules) -> None:
    if rules.notice_days:
        until = add_working_days(day_of(now), rules.notice_days).date
        with stepping(application, ApplicationState.NOTICE, actor=actor, now=now) as row:
            row.notice_until = until
        what = _("{number} 公示至 {day}").format(number=application.number, day=until.isoformat())
        ask_for(application, what, actor=actor, now=now, assignee=application.officer, due_on=until)
        return
    with stepping(application, ApplicationState.APPROVED, actor=actor, now=now):
        pass
    _ask_agreement(actor, now, application)


def _wait(actor: Actor, now: datetime, application: Application, rules: AdmissionRules) -> None:
    until = day_of(now) + timedelta(days=rules.waiting_days)
    with stepping(application, ApplicationState.WAITING, actor=actor, now=now) as row:
        row.waiting_until = until
    what = _("{number} 候补，保留至 {day}；有空位时重新决定").format(number=application.number, day=until.isoformat())
    ask_for(application, what, actor=actor, now=now, assignee=application.officer, due_on=until)


def _reject(actor: Actor, now: datetime, application: Application, _rules: AdmissionRules) -> None:
    with stepping(application, ApplicationState.REJECTED, actor=actor, now=now):
        pass
    close_down(application, actor=actor, now=now)
    project = Project.objects.filter(applications=application, condition="").first()
    if project is not None:
        lay_condition(
            actor=actor,
            now=now,
            project=project,
            code=ConditionCode.REJECTED,
            reason=f"入驻申请 {application.number} 未通过：{application.feedback}"[:300],
        )


_AFTER = {Verdict.ADMIT: _admit, Verdict.WAIT: _wait, Verdict.REJECT: _reject}


def _ask_agreement(actor: Actor, now: datetime, application: Application) -> None:
    what = _("{number} 待签入驻协议").format(number=application.number)
    ask_for(application, what, actor=actor, now=now, assignee=application.officer)


def _check(rules: AdmissionRules, row: Application, decision: Decision, actor: Actor, today: date) -> None:
    unknown = [code for code in decision.reasons if code not in rules.reasons]
    if unknown:
        raise refuse("incubation.reason_unknown", value="、".join(unknown))
    if decision.verdict is Verdict.REJECT and not (decision.reasons and decision.feedback.strip()):
        raise refuse("incubation.reason_needed")
    if decision.verdict is not Verdict.REJECT and row.state in _EARLY:
        raise refuse("incubation.judged_first", state=str(ApplicationState(row.state).label))
    if decision.verdict is Verdict.ADMIT:
        _refuse_full(row, today)
    seats = ReviewSeat.objects.filter(review__application=row, state=SeatState.SCORED, judge_id=actor.user_id or 0)
    if seats.exists():
        raise refuse("incubation.judge_decides")


def _refuse_full(row: Application, today: date) -> None:
    capacity = capacity_of(row.outpost, today)
    if capacity.full:
        raise refuse("incubation.full", total=capacity.total, taken=capacity.taken)
