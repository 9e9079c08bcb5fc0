"""The list of tenancies and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.incubation.access import DECIDE, EDIT, MONEY, VIEW, VIEW_HOME, tenancies_in_office, works_for
from feidi.domain.incubation.enums import TenancyKind
from feidi.domain.incubation.models import Charge, LabUse, Tenancy
from feidi.domain.incubation.selectors.graduation import graduation_of
from feidi.domain.incubation.selectors.ledger import balances_of, with_received
from feidi.domain.incubation.selectors.tenancies import here_on, list_tenancies, term_on, units_on
from feidi.domain.incubation.selectors.warnings import warnings_of
from feidi.domain.incubation.services.exits import lacking_of
from feidi.domain.matching.access import trials_visible_to
from feidi.domain.matching.models import Trial
from feidi.domain.parties.access import outpost_scope, require
from feidi.kernel.access import Actor
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.playbooks.cards import run_card
from feidi.portals.console.tenancies import presenting
from feidi.portals.console.tenancies.forms import TenancyFilterForm
from feidi.portals.ui.pieces import Action, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

_SOON = timedelta(days=90)
_EXPORTED = 5000


def record_url(uid: str) -> str:
    """Return the page of one tenancy."""
    return reverse("console:tenancies:tenancy_view", args=[uid])


def require_sight(actor: Actor) -> None:
    """Refuse unless the actor sees tenancies as outpost or as home side."""
    if not actor.may(VIEW_HOME):
        require(actor, VIEW)


def seen(request: FeidiRequest, uid: str) -> Tenancy:
    """Return one tenancy that the actor may open in the office; what may not be seen does not exist."""
    found = tenancies_in_office(request.actor, list_tenancies(request.actor)).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def editable(request: FeidiRequest, uid: str, permission: str = EDIT) -> Tenancy:
    """Return one that the actor may change; others are refused or not found."""
    row = seen(request, uid)
    require(request.actor, permission, outpost_scope(row.outpost_id))
    return row


def _wanted(request: FeidiRequest) -> tuple[TenancyFilterForm, QuerySet[Tenancy], int]:
    form = TenancyFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW, VIEW_HOME))
    given, active = asked_of(form)
    rows = _shown(
        tenancies_in_office(request.actor, list_tenancies(request.actor)), given.get("show") or "here", request.today
    )
    if words := (given.get("words") or "").strip():
        rows = rows.filter(
            Q(number__icontains=words) | Q(organization__name__icontains=words) | Q(project__name__icontains=words)
        )
    if given.get("kind"):
        rows = rows.filter(kind=given["kind"])
    if given.get("outpost"):
        rows = rows.filter(outpost=given["outpost"])
    if given.get("programme"):
        rows = rows.filter(terms__programme=given["programme"], terms__voided_at__isnull=True).distinct()
    return form, rows, active


def _shown(rows: QuerySet[Tenancy], show: str, today: date) -> QuerySet[Tenancy]:
    running = Q(ended_on__isnull=True)
    match show:
        case "here":
            return here_on(rows, today)
        case "coming":
            return rows.filter(running, starts_on__gt=today)
        case "ending":
            return rows.filter(running, ends_on__lte=today + _SOON)
        case "over":
            return rows.filter(Q(ended_on__isnull=False) | Q(ends_on__lt=today))
        case _:
            return rows


def _drawn(request: FeidiRequest, rows: Sequence[Tenancy]) -> list[Row]:
    balances = balances_of(rows, request.today)
    signals = warnings_of(rows, request.today, request.now)
    return presenting.rows_of(rows, request.today, balances, signals)


@require_GET
def tenancy_list(request: FeidiRequest) -> HttpResponse:
    """Who is here, with which rooms, on what terms, and what has to be looked after."""
    require_sight(request.actor)
    form, rows, active = _wanted(request)
    found = listed(request, rows, presenting.COLUMNS, lambda items: _drawn(request, items), sorts=presenting.SORTS)
    may_add = request.actor.may(EDIT)
    query = request.GET.urlencode()
    actions = (
        [Action(_("登记入驻"), reverse("console:tenancies:tenancy_new"), "plus", tone="primary")] if may_add else []
    )
    actions += [
        Action(_("应收与到账"), reverse("console:tenancies:charge_list"), "report"),
        Action(_("免租汇总"), reverse("console:tenancies:forgone_list"), "report"),
        Action(_("导出本列表"), f"{reverse('console:tenancies:tenancy_export')}?{query}", "database-export"),
    ]
    lines = [
        f"{each.cells['organization']}：{each.cells['units']}，至 {each.cells['ends']}" for each in found["table"].rows
    ]
    context = {
        **found,
        "title": _("入驻"),
        "subtitle": _("占用不等于成效：入驻率只说明占了多少，落地和成果看各自的数。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:tenancies:tenancy_list"),
        "actions": actions,
        "copy_text": chat_lines(_("在驻单位（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的入驻"),
        "empty_text": _("签了入驻协议之后，在这里登记房间、租期和租金。"),
        "empty_url": reverse("console:tenancies:tenancy_new") if may_add else "",
        "empty_label": _("登记入驻"),
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


@require_GET
def tenancy_export(request: FeidiRequest) -> HttpResponse:
    """The listed tenancies as a workbook; who took it is on record."""
    require_sight(request.actor)
    _form, rows, _active = _wanted(request)
    drawn = _drawn(request, list(rows[:_EXPORTED]))
    return workbook(
        request,
        name="tenancies",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in drawn],
    )


@require_GET
def tenancy_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One tenancy: units, terms, ledger, signals, milestones, reports, services, results, and how it ends."""
    row = seen(request, uid)
    today, actor = request.today, request.actor
    day = min(max(today, row.starts_on), row.ended_on or row.ends_on)
    staff = works_for(actor, row)
    open_exit = row.exit_reviews.filter(voided_at__isnull=True).order_by("-id").first()
    live = row.ended_on is None and row.voided_at is None
    scope = outpost_scope(row.outpost_id)
    startup = row.kind == TenancyKind.STARTUP
    context = {
        "row": row,
        "day": day,
        "today": today,
        "badges": presenting.badges_of(row, today),
        "signals": [(each.kind.label, each.finding) for each in warnings_of([row], today, request.now).get(row.pk, ())],
        "units": units_on(row, day),
        "past_units": [each for each in row.units.all() if each not in units_on(row, day)],
        "term": presenting.term_words(term_on(row, day)),
        "terms": list(row.terms.all()),
        "balances": presenting.balance_words(balances_of([row], today)[row.pk]),
        "charges": presenting.ledger_of(list(_charges(row)), today) if staff else [],
        "milestones": list(row.milestones.filter(voided_at__isnull=True).order_by("due_on")),
        "reports": list(row.reports.order_by("-period_from")[:8]),
        "requests": list(row.requests.filter(voided_at__isnull=True).order_by("-asked_on")[:12]) if staff else [],
        "visits": list(row.visits.filter(voided_at__isnull=True).order_by("-visited_on")[:8]) if staff else [],
        "outcomes": list(row.outcomes.filter(voided_at__isnull=True).order_by("-dated_on")),
        "lab_uses": list(_lab_uses(row)) if staff else [],
        "trials": list(_trials(request, row)) if staff else [],
        "seconded": list(row.seconded.filter(voided_at__isnull=True).order_by("since")) if staff else [],
        "topics": list(row.topics.filter(voided_at__isnull=True).order_by("since")),
        "startup": startup,
        "research": row.kind == TenancyKind.HOME_RESEARCH,
        "graduation": graduation_of(row, as_of=today, known_at=request.now) if startup and live and staff else None,
        "exit": open_exit,
        "exit_lacks": lacking_of(open_exit, today) if open_exit and open_exit.decided_on is None else [],
        "may_edit": live and actor.may(EDIT, scope),
        "may_money": actor.may(MONEY, scope) and row.voided_at is None,
        "may_decide": live and actor.may(DECIDE, scope),
        "may_files": actor.may("file.view"),
        "staff": staff,
        "crumbs": [Crumb(_("入驻"), reverse("console:tenancies:tenancy_list")), Crumb(row.number)],
        **run_card(actor, *_served(row), today, outpost_id=row.outpost_id),
    }
    return render(request, "console/tenancies/tenancy_view.html", context)


def _served(row: Tenancy) -> tuple[str, str]:
    """Name whom a playbook serves here: the project where one stands behind the tenancy, else the organization."""
    return ("project", row.project.uid) if row.project else ("organization", row.organization.uid)


def _lab_uses(row: Tenancy) -> QuerySet[LabUse]:
    return row.lab_uses.filter(voided_at__isnull=True).select_related("lab").order_by("-asked_on", "-id")[:12]


def _trials(request: FeidiRequest, row: Tenancy) -> QuerySet[Trial]:
    """Return trials of the tenant's own needs and offers, as far as the actor may see them."""
    firm = row.organization_id
    of_firm = Q(introduction__need__organization=firm) | Q(introduction__offer__organization=firm)
    found = trials_visible_to(request.actor, Trial.objects.filter(of_firm, voided_at__isnull=True))
    return found.select_related("introduction").order_by("-planned_on", "-id")[:12]


def _charges(row: Tenancy) -> QuerySet[Charge]:
    charges = with_received(row.charges.filter(voided_at__isnull=True))
    return charges.select_related("tenancy__organization").prefetch_related("receipts").order_by("-due_on", "-id")
