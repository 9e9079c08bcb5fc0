"""首页: what I owe, what I get, my rooms, my policies, my matches, on one page; each line opens its own.

A part is there for who may have it; each costs a fixed number of queries, however much there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.incubation.access import VIEW_OWN as INCUBATED
from feidi.domain.incubation.enums import ReportState, RequestState
from feidi.domain.incubation.models import MentorHour, PeriodReport, ServiceRequest, Tenancy
from feidi.domain.incubation.selectors.ledger import balances_of
from feidi.domain.incubation.selectors.tenancies import list_tenancies
from feidi.domain.matching.access import VIEW_OWN as MATCHED
from feidi.domain.matching.enums import IntroductionState, Verdict
from feidi.domain.matching.selectors.candidates import sent_lists
from feidi.domain.matching.selectors.introductions import own_introductions
from feidi.domain.playbook.access import VIEW_OWN as SERVED
from feidi.domain.playbook.enums import RunState
from feidi.domain.playbook.selectors.runs import own_runs
from feidi.domain.policy.access import VIEW_OWN as CLAIMED
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.selectors.claims import ClaimFilter, list_claims
from feidi.domain.space.access import BOOK_OWN
from feidi.domain.space.selectors.bookings import list_own
from feidi.domain.space.selectors.holding import spoken_span
from feidi.kernel.access import ScopeKind
from feidi.kernel.messages import Words
from feidi.kernel.money.display import format_money
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.playbooks import is_mine
from feidi.portals.workspace.words import say_pair

#: So many lines a part; the rest is one click away.
_LINES = 5
_CLAIM_OVER = frozenset({ClaimStatus.PAID, ClaimStatus.CLOSED, ClaimStatus.WITHDRAWN, ClaimStatus.REJECTED})
_MATCH_OVER = frozenset({IntroductionState.CONCLUDED, IntroductionState.ENDED})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what it is, where it leads, until when or how it stands."""

    text: str
    url: str
    note: Words = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page; ``more`` counts what is not shown."""

    code: str
    title: Words
    icon: str
    lines: tuple[Line, ...]
    more: int
    url: str
    nothing: Words


def parts_of(request: FeidiRequest, asked: Sequence[Line] = ()) -> list[Part]:
    """Return the parts that the actor may have, what is owed first and whole; ``asked``: what its projects owe."""
    actor = request.actor
    tenancies = _tenancies(request) if actor.may(INCUBATED) else []
    return [
        each
        for each in (
            _owes([*_owed(request, tenancies), *asked]),
            _gets(request, tenancies) if actor.may(INCUBATED) else None,
            _rooms(request) if actor.may(BOOK_OWN) else None,
            _policies(request) if actor.may(CLAIMED) else None,
            _matches(request) if actor.may(MATCHED) else None,
        )
        if each is not None
    ]


def _owes(lines: Sequence[Line]) -> Part:
    """Return what is owed: every line, for nothing else leads to them all."""
    return Part("owe", _("请您做"), "list-check", tuple(lines), 0, "", _("现在没有要您做的。"))


def _part(code: str, title: Words, icon: str, lines: Sequence[Line], name: str, nothing: Words) -> Part:
    url = reverse(name) if name else ""
    return Part(code, title, icon, tuple(lines[:_LINES]), max(0, len(lines) - _LINES), url, nothing)


def _tenancies(request: FeidiRequest) -> list[Tenancy]:
    own = request.actor.scopes(INCUBATED, ScopeKind.ORGANIZATION)
    return list(list_tenancies(request.actor).filter(organization_id__in=own, ended_on__isnull=True))


def _tenancy(uid: str, part: str) -> str:
    return reverse("workspace:tenancy_view", args=[uid]) + f"#{part}"


def _owed(request: FeidiRequest, tenancies: Sequence[Tenancy]) -> list[Line]:
    asked = PeriodReport.objects.filter(tenancy__in=tenancies, state__in=[ReportState.ASKED, ReportState.RETURNED])
    lines = [
        Line(
            _("填报 {first} 至 {last}").format(first=each.period_from, last=each.period_to),
            _tenancy(each.tenancy.uid, "asked"),
            _("应于 {due}").format(due=each.due_on),
            each.due_on < request.today,
        )
        for each in asked.select_related("tenancy").order_by("due_on")
    ]
    sums = balances_of(tenancies, request.today) if tenancies else {}
    lines += [
        Line(
            _("尚欠 {amount}").format(amount=format_money(balance.outstanding_fen, balance.currency)),
            _tenancy(each.uid, "asked"),
            each.number,
        )
        for each in tenancies
        for balance in sums[each.pk]
        if balance.outstanding_fen > 0
    ]
    return [*lines, *_steps(request), *_questions(request)]


def _steps(request: FeidiRequest) -> list[Line]:
    if not request.actor.may(SERVED):
        return []
    runs = own_runs(request.actor).filter(state=RunState.RUNNING).prefetch_related("steps")
    return [
        Line(
            say_pair(step.label_zh, step.label_en),
            reverse("workspace:run_view", args=[run.uid]),
            say_pair(run.title_zh, run.title_en),
            step.due_on is not None and step.due_on < request.today,
        )
        for run in runs
        for step in sorted(run.steps.all(), key=lambda each: each.position)
        if is_mine(step)
    ]


def _questions(request: FeidiRequest) -> list[Line]:
    if not request.actor.may(MATCHED):
        return []
    found = []
    for each in sent_lists(request.actor).prefetch_related("rows")[:50]:
        n = sum(1 for row in each.rows.all() if row.picked and row.verdict == Verdict.NONE)
        if n:
            url = reverse("workspace:candidates_view", args=[each.uid])
            found.append(Line(_("回复候选 {n} 个").format(n=n), url, each.profile.title))
    return found


def _gets(request: FeidiRequest, tenancies: Sequence[Tenancy]) -> Part:
    open_ones = ServiceRequest.objects.filter(
        tenancy__in=tenancies, state__in=[RequestState.ASKED, RequestState.TAKEN], voided_at__isnull=True
    )
    lines = [
        Line(each.what, _tenancy(each.tenancy.uid, "services"), RequestState(each.state).label)
        for each in open_ones.select_related("tenancy").order_by("-asked_on", "-id")
    ]
    hours = MentorHour.objects.filter(tenancy__in=tenancies, voided_at__isnull=True, starts_at__gt=request.now)
    lines += [
        Line(
            _("导师 {name}").format(name=each.mentor.person.name),
            _tenancy(each.tenancy.uid if each.tenancy else "", "hours"),
            spoken_span(each.starts_at, each.ends_at),
        )
        for each in hours.select_related("tenancy", "mentor__person").order_by("starts_at")
    ]
    nothing = _("没有在办的服务；需要什么，在“我的入驻”里提出。")
    return _part("get", _("给我的"), "users", lines, "workspace:tenancy_list", nothing)


def _rooms(request: FeidiRequest) -> Part:
    rows = list_own(request.actor, request.now).select_related("unit")
    url = reverse("workspace:room_list")
    lines = [Line(each.unit.name, url, spoken_span(each.starts_at, each.ends_at)) for each in rows[:50]]
    return _part("rooms", _("我的房间"), "calendar-event", lines, "workspace:room_list", _("近期没有订房。"))


def _policies(request: FeidiRequest) -> Part:
    own = request.actor.scopes(CLAIMED, ScopeKind.ORGANIZATION)
    rows = list_claims(request.actor, ClaimFilter()).filter(organization_id__in=own).exclude(status__in=_CLAIM_OVER)
    url = reverse("workspace:claim_list")
    lines = [
        Line(
            each.clause_title,
            url,
            _("{state}，截止 {day}").format(state=ClaimStatus(each.status).label, day=each.window_ends_on)
            if each.window_ends_on and each.status == ClaimStatus.DRAFT
            else ClaimStatus(each.status).label,
            bool(each.window_ends_on and each.status == ClaimStatus.DRAFT and each.window_ends_on < request.today),
        )
        for each in rows[:50]
    ]
    return _part("policies", _("我的政策"), "building-community", lines, "workspace:claim_list", _("没有在办的申报。"))


def _matches(request: FeidiRequest) -> Part:
    rows = own_introductions(request.actor).exclude(state__in=_MATCH_OVER)
    lines = [
        Line(
            each.number,
            reverse("workspace:introduction_view", args=[each.uid]),
            IntroductionState(each.state).label,
        )
        for each in rows[:50]
    ]
    nothing = _("没有进行中的对接。")
    return _part("matches", _("我的对接"), "arrows-exchange", lines, "workspace:introduction_list", nothing)
