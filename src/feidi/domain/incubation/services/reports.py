"""Verbs of periodic reports: asked after each period, answered by the tenant, taken over as facts once accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from feidi.domain.incubation.access import EDIT, REPORT_OWN, is_own
from feidi.domain.incubation.enums import ReportState, TenancyKind
from feidi.domain.incubation.models import PeriodReport, Tenancy
from feidi.domain.incubation.selectors.periods import periods_over
from feidi.domain.incubation.selectors.reports import Question, last_accepted, period_from, questions_of
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.services.changing import adding, changing
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import FactSource
from feidi.domain.policy.services.facts import Origin, Statement, push_facts
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.rules.fact_values import FactValueError, is_absent, parse_value
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject

KIND: Final = "incubation.period_report"
ORGANIZATION: Final = "parties.organization"


def ask_reports(*, actor: Actor, now: datetime, tenancies: Iterable[Tenancy], until: date) -> int:
    """Ask every start-up for the report of each period that is over and was not asked for yet; return how many.

    The periods are content. Run again: nothing is doubled (constraint).
    """
    made = 0
    for tenancy in tenancies:
        if tenancy.kind != TenancyKind.STARTUP:
            continue
        rules = incubation_rules(tenancy.outpost)
        ends = min(until, tenancy.ended_on or until)
        asked = set(tenancy.reports.values_list("period_from", flat=True))
        for period in periods_over(tenancy.starts_on, ends, rules.report_months, rules.report_due_days):
            if period.first in asked:
                continue
            row = PeriodReport(
                tenancy=tenancy,
                period_from=period.first,
                period_to=period.last,
                due_on=period.due_on,
                created_at=now,
            )
            adding(row, kind=KIND, actor=actor, now=now)
            made += 1
    return made


def answer_report(
    *, actor: Actor, now: datetime, report: PeriodReport, answers: Mapping[str, str], news: str
) -> PeriodReport:
    """Answer a report, as the tenant or for it. ``answers``: fact id → as people write it; "" is 还不清楚.

    Refused with every reason at once: neither tenant nor outpost, accepted before, a question not asked, a value that
    cannot be read.
    """
    _may_answer(actor, report)
    asked = {each.fact: each for each in questions_of(report)}
    held, reasons = _read(asked, answers)
    if reasons:
        raise refuse("incubation.answers_unreadable", *reasons, n=len(reasons))
    return _submit(actor, now, report, held, news, unchanged=False)


def repeat_report(*, actor: Actor, now: datetime, report: PeriodReport) -> PeriodReport:
    """Say in one tap that nothing changed since the last accepted report. Refused: there is none, or it lacks an answer."""
    _may_answer(actor, report)
    before = last_accepted(report)
    if before is None:
        raise refuse("incubation.nothing_to_repeat")
    asked = [each.fact for each in questions_of(report)]
    missing = [each for each in asked if each not in before.answers]
    if missing:
        raise refuse("incubation.repeat_lacks", n=len(missing))
    return _submit(actor, now, report, {each: before.answers[each] for each in asked}, "", unchanged=True)


def accept_report(*, actor: Actor, now: datetime, report: PeriodReport) -> PeriodReport:
    """Take a report over: its answers become facts of the organization. Refused: not handed in, handed in by oneself."""
    tenancy = report.tenancy
    require(actor, EDIT, outpost_scope(tenancy.outpost_id))
    with changing(report, kind=KIND, actor=actor, now=now, action="accepted") as row:
        _check_submitted(row, actor)
        row.state, row.decided_at, row.decided_by = ReportState.ACCEPTED, now, actor.label[:160]
        said = [
            Statement(
                each.fact,
                row.answers[each.fact],
                year=row.period_to.year if each.yearly else None,
                since=None if each.yearly else row.period_to,
            )
            for each in questions_of(row)
            if row.answers.get(each.fact)
        ]
        push_facts(
            actor=actor,
            now=now,
            outpost=tenancy.outpost,
            subject=Subject(ORGANIZATION, tenancy.organization.uid),
            statements=said,
            origin=Origin(
                FactSource.STATED, f"{tenancy.number} {period_from(row).label} 填报", None, actor.label[:160]
            ),
        )
    return row


def return_report(*, actor: Actor, now: datetime, report: PeriodReport, reason: str) -> PeriodReport:
    """Give a report back with what is wrong with it. Refused: no reason, not handed in, handed in by oneself."""
    require(actor, EDIT, outpost_scope(report.tenancy.outpost_id))
    if not reason.strip():
        raise refuse("incubation.reason_needed")
    with changing(report, kind=KIND, actor=actor, now=now, reason=reason, action="returned") as row:
        _check_submitted(row, actor)
        row.state, row.decided_at, row.decided_by = ReportState.RETURNED, now, actor.label[:160]
        row.returned_reason = reason.strip()[:300]
    return row


def _submit(
    actor: Actor, now: datetime, report: PeriodReport, answers: Mapping[str, str], news: str, *, unchanged: bool
) -> PeriodReport:
    with changing(report, kind=KIND, actor=actor, now=now, action="submitted") as row:
        if row.state == ReportState.ACCEPTED:
            raise refuse("incubation.report_accepted", by=row.decided_by)
        row.answers, row.news, row.unchanged = dict(answers), news.strip(), unchanged
        row.state, row.submitted_at, row.submitted_by_id = ReportState.SUBMITTED, now, actor.user_id
        row.returned_reason = ""
    return row


def _read(asked: Mapping[str, Question], answers: Mapping[str, str]) -> tuple[dict[str, str], list[Finding]]:
    held: dict[str, str] = {}
    reasons: list[Finding] = []
    for fact, given in answers.items():
        if fact not in asked:
            reasons.append(Finding(Level.PROBLEM, "incubation.not_asked", {"fact": fact}, column=fact))
            continue
        definition = asked[fact].definition
        if is_absent(definition, given):
            held[fact] = ""
            continue
        try:
            parse_value(definition, given)
        except FactValueError as error:
            params = {"label": definition.name, **error.params}
            reasons.append(Finding(Level.PROBLEM, error.code, params, column=fact))
            continue
        held[fact] = given.strip()
    return held, reasons


def _may_answer(actor: Actor, report: PeriodReport) -> None:
    if not is_own(actor, report.tenancy, REPORT_OWN):
        require(actor, EDIT, outpost_scope(report.tenancy.outpost_id))


def _check_submitted(row: PeriodReport, actor: Actor) -> None:
    if row.state != ReportState.SUBMITTED:
        raise refuse("incubation.report_not_submitted", state=str(ReportState(row.state).label))
    if row.submitted_by_id is not None and row.submitted_by_id == actor.user_id:
        raise refuse("incubation.report_own_hands")
