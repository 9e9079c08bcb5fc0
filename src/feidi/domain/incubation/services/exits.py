"""How a tenancy ends: asked for with a reason, a checklist ticked off, decided by somebody else, units and track freed.

The host track of the project moves through the pipeline's own service: 毕业 to ``graduated``, everything else to ``left``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.incubation.access import DECIDE, EDIT, REPORT_OWN, is_own
from feidi.domain.incubation.enums import RequestState, TenancyEnd
from feidi.domain.incubation.models import ExitReview, Tenancy
from feidi.domain.incubation.selectors.graduation import graduation_of
from feidi.domain.incubation.selectors.ledger import balances_of
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.services.changing import adding, changing, needed_reason, voiding
from feidi.domain.incubation.services.tenancies import KIND as TENANCY_KIND
from feidi.domain.incubation.services.tenancies import leave_all_units
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.rules.results import Truth
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.evidence import services as evidence
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject

KIND: Final = "incubation.exit_review"
REQUEST_KIND: Final = "incubation.service_request"

#: What the stage 毕业 asks for (content names it): the decision is the evidence.
GRADUATION: Final = "graduation"
_GRADUATION: Final = evidence.RequirementSpec(GRADUATION, "毕业材料", "Graduation evidence")


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision itself: on which day, the signed paper, and why, where the rule or the checklist says otherwise."""

    decided_on: date
    paper: Attachment | None = None
    in_spite_of: str = ""


def ask_exit(
    *, actor: Actor, now: datetime, tenancy: Tenancy, how: TenancyEnd, leaves_on: date, reason: str
) -> ExitReview:
    """Ask that a tenancy end on a day, as the outpost or as the tenant itself (who cannot ask for 清退).

    The rule's answers are kept as they stand now. Refused: no reason, a day outside the tenancy, asked for before, over.
    """
    if not (is_own(actor, tenancy, REPORT_OWN) and how is not TenancyEnd.REMOVED):
        require(actor, EDIT, outpost_scope(tenancy.outpost_id))
    said = needed_reason(reason)
    with changing(tenancy, kind=TENANCY_KIND, actor=actor, now=now, action="exit_asked") as row:
        if row.ended_on is not None:
            raise refuse("incubation.tenancy_over", ended_on=row.ended_on.isoformat())
        if not row.starts_on <= leaves_on <= row.ends_on:
            raise refuse(
                "incubation.day_outside_tenancy",
                on=leaves_on.isoformat(),
                starts_on=row.starts_on.isoformat(),
                ends_on=row.ends_on.isoformat(),
            )
        if row.exit_reviews.filter(decided_on__isnull=True, voided_at__isnull=True).exists():
            raise refuse("incubation.exit_asked_already")
        review = ExitReview(
            tenancy=row,
            how=how,
            leaves_on=leaves_on,
            answers=_answers(row, how, now),
            reason=said[:300],
            asked_by=actor.label[:160],
            created_at=now,
        )
        return adding(review, kind=KIND, actor=actor, now=now)


def tick_exit(*, actor: Actor, now: datetime, review: ExitReview, ticks: Mapping[str, str]) -> ExitReview:
    """Note of each item of the checklist that it is done and how ("" takes the tick back). Refused: decided, no such item."""
    require(actor, EDIT, outpost_scope(review.tenancy.outpost_id))
    known = {each.code for each in incubation_rules(review.tenancy.outpost).checklist}
    for code in ticks:
        if code not in known:
            raise refuse("incubation.checklist_unknown", code=code)
    with changing(review, kind=KIND, actor=actor, now=now, action="ticked") as row:
        _check_open(row)
        held = dict(row.checklist)
        for code, said in ticks.items():
            if said.strip():
                held[code] = {"said": said.strip()[:200], "by": actor.label, "on": _today(now).isoformat()}
            else:
                held.pop(code, None)
        row.checklist = held
    return row


def decide_exit(*, actor: Actor, now: datetime, review: ExitReview, decision: Decision) -> ExitReview:
    """Decide that a tenancy ends; its units are freed after the day it leaves, open services are withdrawn.

    Refused: decided by who asked, money outstanding, items of the checklist open or a graduation that the rule does not
    carry (no, or not known) unless ``in_spite_of`` says why; no signed paper for 清退; a day to come.
    """
    tenancy = review.tenancy
    require(actor, DECIDE, outpost_scope(tenancy.outpost_id))
    if decision.decided_on > _today(now):
        raise refuse("incubation.day_to_come", on=decision.decided_on.isoformat())
    with changing(review, kind=KIND, actor=actor, now=now, action="decided") as row:
        _check_open(row)
        if row.asked_by == actor.label[:160]:
            raise refuse("incubation.exit_own_hands")
        if row.how == TenancyEnd.REMOVED and decision.paper is None:
            raise refuse("incubation.removal_paper_needed")
        _check_settled(row, _today(now), decision.in_spite_of)
        subject = Subject(KIND, row.uid)
        row.document = attach(actor=actor, now=now, subject=subject, given=decision.paper)
        row.decided_on, row.decided_by = decision.decided_on, actor.label[:160]
        if decision.in_spite_of.strip():
            row.reason = f"{row.reason}；{decision.in_spite_of.strip()}"[:300]
        _end(actor, now, row)
    return row


def withdraw_exit(*, actor: Actor, now: datetime, review: ExitReview, reason: str) -> ExitReview:
    """Take back that a tenancy is to end. Refused: no reason, decided."""
    require(actor, EDIT, outpost_scope(review.tenancy.outpost_id))
    _check_open(review)
    return voiding(review, kind=KIND, actor=actor, now=now, reason=reason)


def lacking_of(review: ExitReview, today: date) -> list[Finding]:
    """Return everything that still stands against an exit: what the page lists and the decision asks about."""
    tenancy = review.tenancy
    found = [
        Finding(Level.PROBLEM, "incubation.exit_money_open", {"amount": format_money(b.outstanding_fen, b.currency)})
        for b in balances_of([tenancy], today)[tenancy.pk]
        if b.outstanding_fen > 0
    ]
    found += [
        Finding(Level.PROBLEM, "incubation.exit_item_open", {"zh": each.zh, "en": each.en})
        for each in incubation_rules(tenancy.outpost).checklist
        if each.code not in review.checklist
    ]
    if review.how == TenancyEnd.GRADUATED:
        found += [
            Finding(Level.PROBLEM, f"incubation.graduation_{each['truth']}", {"words": each["words"]})
            for each in review.answers
            if each["truth"] != Truth.YES
        ]
    return found


def _end(actor: Actor, now: datetime, review: ExitReview) -> None:
    how = TenancyEnd(review.how)
    with changing(review.tenancy, kind=TENANCY_KIND, actor=actor, now=now, reason=review.reason, action="ended") as row:
        row.ended_on, row.ended_how, row.ended_reason = review.leaves_on, how, review.reason[:300]
    with recorded(actor=actor, now=now):
        leave_all_units(actor=actor, now=now, tenancy=row, last_day=review.leaves_on, reason=str(how.label))
        for request in row.requests.filter(state__in=[RequestState.ASKED, RequestState.TAKEN], voided_at__isnull=True):
            with changing(request, kind=REQUEST_KIND, actor=actor, now=now, action="withdrawn") as open_request:
                open_request.state, open_request.ended_on = RequestState.WITHDRAWN, review.leaves_on
        project = row.project
        if project is not None and project.host_stage and project.host_stage not in {Stage.GRADUATED, Stage.LEFT}:
            to = Stage.GRADUATED if how is TenancyEnd.GRADUATED else Stage.LEFT
            on = min(review.leaves_on, _today(now))
            if to is Stage.GRADUATED:
                _show_graduation(actor, now, project, review)
            move_project(
                actor=actor, now=now, project=project, move=Move(Track.HOST, to, on, reason=review.reason[:300])
            )


def _show_graduation(actor: Actor, now: datetime, project: Project, review: ExitReview) -> None:
    """Push down what the stage asks for: the decision with what the rule said, and its signed paper where there is one."""
    # what the rule said and, where it was decided in spite of that, why
    said = "；".join([*(each["words"] for each in review.answers), review.reason])
    [requirement] = evidence.require(
        actor=actor, now=now, subject=subject_of(project), purpose=GRADUATION, kinds=[_GRADUATION]
    )
    evidence.submit_item(
        actor=actor,
        now=now,
        requirement=requirement,
        file=review.document,
        record=f"毕业决定（{review.decided_by}）：{said}",
        occurred_on=review.decided_on,
    )


def _answers(tenancy: Tenancy, how: TenancyEnd, now: datetime) -> list[dict[str, str]]:
    if how is not TenancyEnd.GRADUATED:
        return []
    found = graduation_of(tenancy, as_of=_today(now), known_at=now)
    if found is None:
        return []
    return [{"truth": found.truth.value, "words": found.why.words or found.note, "note": found.note}]


def _check_settled(review: ExitReview, today: date, in_spite_of: str) -> None:
    lacking = lacking_of(review, today)
    if lacking and not in_spite_of.strip():
        raise refuse("incubation.exit_lacks", *lacking, n=len(lacking))


def _check_open(review: ExitReview) -> None:
    if review.decided_on is not None:
        raise refuse("incubation.exit_decided", by=review.decided_by, on=review.decided_on.isoformat())


def _today(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()
