"""A tenant's own tenancy: what it owes and gets, its reports, milestones, services, mentor hours and results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.incubation.access import REPORT_OWN, VIEW_OWN, is_own
from feidi.domain.incubation.enums import ReportState, RequestState, TenancyKind
from feidi.domain.incubation.models import MentorHour, Tenancy
from feidi.domain.incubation.selectors.ledger import balances_of, with_received
from feidi.domain.incubation.selectors.outcomes import accepted_among
from feidi.domain.incubation.selectors.reports import last_accepted
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.selectors.tenancies import list_tenancies, term_on, units_on
from feidi.domain.incubation.services.mentors import give_back_hour
from feidi.domain.incubation.services.reports import repeat_report
from feidi.domain.incubation.services.requests import withdraw_service
from feidi.domain.parties.access import require
from feidi.engines.money import Money
from feidi.kernel.access import Scope, ScopeKind
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def own_tenancy(request: FeidiRequest, uid: str) -> Tenancy:
    """Return one of one's own tenancies; every other does not exist here, not even for the office."""
    own = request.actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    found = list_tenancies(request.actor).filter(uid=uid, organization_id__in=own).first()
    if found is None:
        raise Http404
    return found


def reporting_tenancy(request: FeidiRequest, uid: str) -> Tenancy:
    """Return one of one's own tenancies for which the actor may report and ask; who only looks on is refused."""
    row = own_tenancy(request, uid)
    require(request.actor, REPORT_OWN, Scope(ScopeKind.ORGANIZATION, row.organization_id))
    return row


def tenancy_url(uid: str, part: str = "") -> str:
    """Return the page of one's own tenancy."""
    return reverse("workspace:tenancy_view", args=[uid]) + (f"#{part}" if part else "")


@require_safe
def tenancy_list(request: FeidiRequest) -> HttpResponse:
    """One's own tenancies, the running one first."""
    require(request.actor, VIEW_OWN)
    own = request.actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    rows = list(list_tenancies(request.actor).filter(organization_id__in=own).order_by("ended_on", "-starts_on"))
    today = request.today
    cards = [
        {
            "row": each,
            "units": units_on(each, min(max(today, each.starts_on), each.ended_on or each.ends_on)),
            "asked": each.reports.filter(state__in=[ReportState.ASKED, ReportState.RETURNED]).count(),
        }
        for each in rows
    ]
    return render(request, "workspace/tenancy_list.html", {"cards": cards, "today": today})


@require_safe
def tenancy_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One's own tenancy: what is asked of me, what I pay, what I get, what I reached."""
    row = own_tenancy(request, uid)
    today = request.today
    day = min(max(today, row.starts_on), row.ended_on or row.ends_on)
    term = term_on(row, day)
    outcomes = list(row.outcomes.filter(voided_at__isnull=True).order_by("-dated_on"))
    good = accepted_among(outcomes)
    charges = with_received(row.charges.filter(voided_at__isnull=True)).order_by("-due_on", "-id")[:24]
    reports = list(row.reports.order_by("-period_from")[:8])
    context = {
        "row": row,
        "today": today,
        "units": units_on(row, day),
        "pairs": [
            (_("入驻日"), row.starts_on),
            (_("入驻止"), row.ends_on),
            (_("每月租金"), _money(term.rent_fen, term.currency) if term else None),
            (_("每月免租金额"), _money(term.forgone_fen, term.currency) if term else None),
            (_("免租止"), term.forgone_until if term else None),
            (_("含哪些服务"), term.services if term else ""),
        ],
        "charges": [
            (each, Money(each.amount_fen, each.currency), Money(each.amount_fen - each.received_fen, each.currency))  # type: ignore[attr-defined] # annotated
            for each in charges
        ],
        "owed": [Money(b.outstanding_fen, b.currency) for b in balances_of([row], today)[row.pk] if b.outstanding_fen],
        "asked": [each for each in reports if each.state in {ReportState.ASKED, ReportState.RETURNED}],
        "told": [each for each in reports if each.state in {ReportState.SUBMITTED, ReportState.ACCEPTED}],
        "repeatable": {each.uid for each in reports if last_accepted(each) is not None},
        "milestones": list(row.milestones.filter(voided_at__isnull=True).order_by("due_on")),
        "requests": [(each, _service(row, each.kind)) for each in row.requests.order_by("-asked_on")[:12]],
        "lab_uses": list(row.lab_uses.filter(voided_at__isnull=True).select_related("lab").order_by("-asked_on")[:12]),
        "open_states": {RequestState.ASKED, RequestState.TAKEN},
        "over_states": {RequestState.DELIVERED, RequestState.DECLINED},
        "hours": list(
            row.mentor_hours.filter(voided_at__isnull=True).select_related("mentor__person").order_by("starts_at")
        ),
        "outcomes": [(each, each.pk in good) for each in outcomes],
        "startup": row.kind == TenancyKind.STARTUP,
        "exit": row.exit_reviews.filter(voided_at__isnull=True).order_by("-id").first(),
        "may": row.ended_on is None and is_own(request.actor, row, REPORT_OWN),
        "now": request.now,
        "crumbs": [Crumb(_("我的入驻"), reverse("workspace:tenancy_list")), Crumb(row.number)],
    }
    return render(request, "workspace/tenancy_view.html", context)


@require_POST
def report_repeat(request: FeidiRequest, uid: str, report: str) -> HttpResponse:
    """Say in one tap that nothing changed since the last accepted report."""
    row = reporting_tenancy(request, uid)
    repeat_report(actor=request.actor, now=request.now, report=get_object_or_404(row.reports, uid=report))
    messages.success(request, _("已按“无变化”提交。"))
    return redirect(tenancy_url(uid, "reports"))


@require_POST
def service_withdraw(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take back a service one asked for."""
    row = reporting_tenancy(request, uid)
    withdraw_service(actor=request.actor, now=request.now, request=get_object_or_404(row.requests, uid=entry))
    messages.success(request, _("服务已撤回。"))
    return redirect(tenancy_url(uid, "services"))


@require_safe
def hour_list(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hours of mentors that can be taken: who, what they know, when and where; never who took the others."""
    row = own_tenancy(request, uid)
    hours = MentorHour.objects.filter(
        mentor__outpost=row.outpost_id,
        mentor__until__isnull=True,
        voided_at__isnull=True,
        tenancy__isnull=True,
        starts_at__gt=request.now,
    ).select_related("mentor__person")
    context = {
        "row": row,
        "hours": list(hours.order_by("starts_at")[:100]),
        "may": row.ended_on is None and is_own(request.actor, row, REPORT_OWN),
        "crumbs": [Crumb(row.number, tenancy_url(uid)), Crumb(_("约导师"))],
    }
    return render(request, "workspace/hour_list.html", context)


@require_POST
def hour_back(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Give an hour back before it begins."""
    row = reporting_tenancy(request, uid)
    give_back_hour(actor=request.actor, now=request.now, hour=get_object_or_404(row.mentor_hours, uid=entry))
    messages.success(request, _("时段已退回。"))
    return redirect(tenancy_url(uid, "hours"))


def _money(fen: int | None, currency: str) -> Money | None:
    return None if fen is None else Money(fen, currency)


def _service(row: Tenancy, code: str) -> str:
    named: Any = next((each for each in incubation_rules(row.outpost).services if each.code == code), None)
    if named is None:
        return code
    return str(named.en if get_language() == "en" else named.zh)
