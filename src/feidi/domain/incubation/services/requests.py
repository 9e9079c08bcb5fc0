"""Verbs of services: asked for by a tenant, taken by somebody, delivered or declined with a word, scored by the tenant."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from feidi.domain.incubation.access import EDIT, REPORT_OWN, is_own
from feidi.domain.incubation.enums import RequestState
from feidi.domain.incubation.models import ServiceRequest, Tenancy, TenantVisit
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.services.changing import adding, changing, voiding
from feidi.domain.incubation.services.satisfaction import ask_about_service, count_score
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.calendar.working_days import add_working_days
from feidi.kernel.identity.models import User

KIND: Final = "incubation.service_request"
VISIT_KIND: Final = "incubation.tenant_visit"
_OPEN: Final = frozenset({RequestState.ASKED, RequestState.TAKEN})


def ask_service(*, actor: Actor, now: datetime, tenancy: Tenancy, kind: str, what: str) -> ServiceRequest:
    """Ask for a service, as the tenant or for it. Its day is the one content promises; none where nobody has said.

    Refused: neither tenant nor outpost, nothing said, a kind that the place does not offer, a tenancy that is over.
    """
    _may_ask(actor, tenancy)
    if not what.strip():
        raise refuse("incubation.service_says_nothing")
    offered = {each.code: each for each in incubation_rules(tenancy.outpost).services}
    if kind not in offered:
        raise refuse("incubation.service_unknown", kind=kind)
    if tenancy.ended_on is not None:
        raise refuse("incubation.tenancy_over", ended_on=tenancy.ended_on.isoformat())
    today = now.astimezone(SHANGHAI).date()
    days = offered[kind].days
    row = ServiceRequest(
        tenancy=tenancy,
        kind=kind,
        what=what.strip()[:500],
        asked_on=today,
        asked_by=actor.label[:160],
        due_on=add_working_days(today, days).date if days is not None else None,
        created_at=now,
    )
    return adding(row, kind=KIND, actor=actor, now=now)


def take_service(
    *, actor: Actor, now: datetime, request: ServiceRequest, owner: User, provider: Organization | None = None
) -> ServiceRequest:
    """Say who sees to it, and which provider does it. Refused: no permission, over."""
    require(actor, EDIT, outpost_scope(request.tenancy.outpost_id))
    with changing(request, kind=KIND, actor=actor, now=now, action="taken") as row:
        _check_open(row)
        row.owner, row.provider, row.state = owner, provider, RequestState.TAKEN
    return row


def end_service(
    *, actor: Actor, now: datetime, request: ServiceRequest, delivered: bool, result: str
) -> ServiceRequest:
    """Say what was delivered, or why it cannot be. Refused: nothing said, over."""
    require(actor, EDIT, outpost_scope(request.tenancy.outpost_id))
    if not result.strip():
        raise refuse("incubation.service_result_needed")
    with changing(request, kind=KIND, actor=actor, now=now, action="delivered" if delivered else "declined") as row:
        _check_open(row)
        row.state = RequestState.DELIVERED if delivered else RequestState.DECLINED
        row.result, row.ended_on = result.strip()[:500], now.astimezone(SHANGHAI).date()
        if delivered:
            ask_about_service(actor=actor, now=now, request=row)
    return row


def withdraw_service(*, actor: Actor, now: datetime, request: ServiceRequest) -> ServiceRequest:
    """Take back what one asked for. Refused: neither tenant nor outpost, over."""
    _may_ask(actor, request.tenancy)
    with changing(request, kind=KIND, actor=actor, now=now, action="withdrawn") as row:
        _check_open(row)
        row.state, row.ended_on = RequestState.WITHDRAWN, now.astimezone(SHANGHAI).date()
    return row


def score_service(
    *, actor: Actor, now: datetime, request: ServiceRequest, score: int, word: str = ""
) -> ServiceRequest:
    """Say how it was, 1–5, as the tenant alone; it counts as the answer to what was asked by link.

    Refused: the outpost itself, not over yet, another number, said before (here or by the link).
    """
    if not is_own(actor, request.tenancy, REPORT_OWN):
        raise refuse("incubation.score_by_tenant_only")
    if not 1 <= score <= 5:  # noqa: PLR2004 - the scale
        raise refuse("incubation.score_range", value=score)
    with recorded(actor=actor, now=now):
        with changing(request, kind=KIND, actor=actor, now=now, action="scored") as row:
            if row.state not in {RequestState.DELIVERED, RequestState.DECLINED}:
                raise refuse("incubation.service_not_over", state=str(RequestState(row.state).label))
            if row.score is not None:
                raise refuse("incubation.scored_before", score=row.score)
            row.score, row.score_word = score, word.strip()[:300]
        count_score(actor=actor, now=now, request=row)
    return row


def record_visit(
    *,
    actor: Actor,
    now: datetime,
    tenancy: Tenancy,
    visited_on: date,
    note: str,
    people_seen: int | None,
    announced: bool,
) -> TenantVisit:
    """Write down that we were there. ``people_seen`` None: not counted. Refused: nothing said, a day to come."""
    require(actor, EDIT, outpost_scope(tenancy.outpost_id))
    if not note.strip():
        raise refuse("incubation.visit_says_nothing")
    if visited_on > now.astimezone(SHANGHAI).date():
        raise refuse("incubation.day_to_come", on=visited_on.isoformat())
    row = TenantVisit(
        tenancy=tenancy,
        visited_on=visited_on,
        announced=announced,
        people_seen=people_seen,
        note=note.strip(),
        recorded_by=actor.label[:160],
        created_at=now,
    )
    return adding(row, kind=VISIT_KIND, actor=actor, now=now)


def void_visit(*, actor: Actor, now: datetime, visit: TenantVisit, reason: str) -> TenantVisit:
    """Take a visit back that was entered in error."""
    require(actor, EDIT, outpost_scope(visit.tenancy.outpost_id))
    return voiding(visit, kind=VISIT_KIND, actor=actor, now=now, reason=reason)


def _may_ask(actor: Actor, tenancy: Tenancy) -> None:
    if not is_own(actor, tenancy, REPORT_OWN):
        require(actor, EDIT, outpost_scope(tenancy.outpost_id))


def _check_open(row: ServiceRequest) -> None:
    if row.state not in _OPEN:
        raise refuse("incubation.service_over", state=str(RequestState(row.state).label))
