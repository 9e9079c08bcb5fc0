"""Services that tenants ask for, and visits to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, VIEW, in_office
from feidi.domain.incubation.enums import RequestState
from feidi.domain.incubation.models import ServiceRequest, Tenancy
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.services.requests import (
    ask_service,
    end_service,
    record_visit,
    take_service,
    withdraw_service,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.incubation.forms import EndForm, RequestFilterForm, RequestForm, TakeForm, VisitForm
from feidi.portals.console.lists import EXPORTED, asked_of, chat_lines, export_action, listed, sheet
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.tenancies.entering import FORM
from feidi.portals.console.tenancies.views import editable, record_url
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("what", gettext_lazy("服务"), lead=True),
    Column("organization", gettext_lazy("单位")),
    Column("kind", gettext_lazy("种类")),
    Column("asked", gettext_lazy("提出日"), sortable=True),
    Column("due", gettext_lazy("承诺日"), sortable=True),
    Column("owner", gettext_lazy("经办人")),
    Column("state", gettext_lazy("状态")),
    Column("score", gettext_lazy("评分"), numeric=True, sortable=True),
]
SORTS = {"asked": "asked_on", "due": "due_on", "score": "score"}
_OPEN = [RequestState.ASKED, RequestState.TAKEN]


def request_of(request: FeidiRequest, uid: str) -> ServiceRequest:
    """Return one service asked for at an outpost the actor works for; what may not be seen does not exist."""
    rows = ServiceRequest.objects.filter(tenancy__in=in_office(request.actor, Tenancy.objects.all()))
    rows = rows.select_related("tenancy__organization", "tenancy__outpost__home", "owner", "provider")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def kind_words(outpost: Outpost, code: str) -> str:
    """Return how a kind of service is called; a code that content no longer has shows itself."""
    named = next((each for each in incubation_rules(outpost).services if each.code == code), None)
    if named is None:
        return code
    return named.en if get_language() == "en" else named.zh


def page_of(row: ServiceRequest) -> str:
    """Return a service's page."""
    return reverse("console:incubation:request_view", args=[row.uid])


def _wanted(request: FeidiRequest) -> tuple[RequestFilterForm, QuerySet[ServiceRequest], int]:
    require(request.actor, VIEW)
    outposts = outposts_for(request.actor, VIEW)
    form = RequestFilterForm(request.GET, actor=request.actor, outposts=outposts)
    given, active = asked_of(form)
    rows = ServiceRequest.objects.filter(
        tenancy__in=in_office(request.actor, Tenancy.objects.all()), voided_at__isnull=True
    )
    rows = rows.select_related("tenancy__organization", "tenancy__outpost__home", "owner").order_by("-asked_on", "-id")
    show = given.get("show") or "open"
    if show == "open":
        rows = rows.filter(state__in=_OPEN)
    elif show != "all":
        rows = rows.filter(state=show)
    if given.get("owner"):
        rows = rows.filter(owner=given["owner"])
    return form, rows, active


@require_GET
def request_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list of services shows, as a workbook; who took it is on record."""
    _form, rows, _active = _wanted(request)
    return sheet(request, "services", COLUMNS, [_row(each, request) for each in rows[:EXPORTED]])


@require_GET
def request_list(request: FeidiRequest) -> HttpResponse:
    """Services of all tenants, the newest first; those not over unless others are asked for."""
    form, rows, active = _wanted(request)
    found = listed(request, rows, COLUMNS, lambda items: [_row(each, request) for each in items], sorts=SORTS)
    lines = [f"{e.cells['organization']}：{e.cells['what']}" for e in found["table"].rows]
    context = {
        **found,
        "title": _("企业服务"),
        "subtitle": _("谁提的、谁在办、办了什么、企业打几分。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:incubation:request_list"),
        "actions": [export_action(request, "console:incubation:request_export")],
        "copy_text": chat_lines(_("未办结的服务（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的服务"),
        "empty_text": _("企业在自己的页面提出，或在入驻页代为登记。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


def _row(row: ServiceRequest, request: FeidiRequest) -> Row:
    late = row.state in _OPEN and row.due_on is not None and row.due_on < request.today
    return Row(
        cells={
            "what": row.what[:60],
            "organization": row.tenancy.organization.name,
            "kind": kind_words(row.tenancy.outpost, row.kind),
            "asked": row.asked_on,
            "due": row.due_on,
            "owner": row.owner.display_name if row.owner else None,
            "state": RequestState(row.state).label,
            "score": row.score,
        },
        url=page_of(row),
        uid=row.uid,
        badges=[Badge(_("逾期"), "bad", "clock")] if late else [],
    )


@require_GET
def request_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One service: what was asked, who sees to it, what came of it."""
    row = request_of(request, uid)
    may = request.actor.may(EDIT, outpost_scope(row.tenancy.outpost_id)) and row.state in _OPEN
    context = {
        "row": row,
        "may": may,
        "pairs": [
            (_("种类"), kind_words(row.tenancy.outpost, row.kind)),
            (_("提出日"), row.asked_on),
            (_("提出人"), row.asked_by),
            (_("承诺日"), row.due_on),
            (_("经办人"), row.owner.display_name if row.owner else None),
            (_("承办机构"), row.provider.name if row.provider else None),
            (_("状态"), RequestState(row.state).label),
            (_("办结日"), row.ended_on),
            (_("结果"), row.result),
            (_("评分"), row.score),
            (_("企业的话"), row.score_word),
        ],
        "crumbs": [Crumb(row.tenancy.organization.name, record_url(row.tenancy.uid)), Crumb(_("服务"))],
    }
    return render(request, "console/incubation/request_view.html", context)


@require_http_methods(["GET", "POST"])
def request_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down a service that a tenant asked for by word of mouth."""
    tenancy = editable(request, uid)
    services = incubation_rules(tenancy.outpost).services
    return save_page(
        request,
        template=FORM,
        form=RequestForm(sent(request), services=services),
        save=lambda data: ask_service(actor=request.actor, now=request.now, tenancy=tenancy, **data),
        done=_("服务已登记。"),
        onward=f"{record_url(uid)}#services",
        extra={"title": _("登记服务"), "subtitle": tenancy.organization.name, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def request_take(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say who sees to it, and which provider does it."""
    row = request_of(request, uid)
    outpost = row.tenancy.outpost
    require(request.actor, EDIT, outpost_scope(outpost.pk))
    outposts = outposts_for(request.actor, VIEW).filter(pk=outpost.pk)

    def save(data: dict[str, Any]) -> None:
        name = data["provider"].strip()
        provider = (
            find_or_add_organization(actor=request.actor, now=request.now, outpost=outpost, name=name) if name else None
        )
        take_service(actor=request.actor, now=request.now, request=row, owner=data["owner"], provider=provider)

    return save_page(
        request,
        template=FORM,
        form=TakeForm(sent(request), actor=request.actor, outposts=outposts),
        save=save,
        done=_("已安排经办人。"),
        onward=page_of(row),
        extra={"title": _("安排经办"), "subtitle": row.what[:60], "note": ""},
    )


@require_http_methods(["GET", "POST"])
def request_end(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say what was delivered, or why it cannot be."""
    row = request_of(request, uid)
    require(request.actor, EDIT, outpost_scope(row.tenancy.outpost_id))

    def save(data: dict[str, Any]) -> None:
        delivered = data["delivered"] == "yes"
        end_service(actor=request.actor, now=request.now, request=row, delivered=delivered, result=data["result"])

    return save_page(
        request,
        template=FORM,
        form=EndForm(sent(request)),
        save=save,
        done=_("结果已登记，请企业评分。"),
        onward=page_of(row),
        extra={"title": _("办结服务"), "subtitle": row.what[:60], "note": ""},
    )


@require_POST
def request_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back a service that was asked for."""
    row = request_of(request, uid)
    withdraw_service(actor=request.actor, now=request.now, request=row)
    messages.success(request, _("服务已撤回。"))
    return redirect(page_of(row))


@require_http_methods(["GET", "POST"])
def visit_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down that we were there."""
    tenancy = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=VisitForm(sent(request), initial={"visited_on": request.today}),
        save=lambda data: record_visit(actor=request.actor, now=request.now, tenancy=tenancy, **data),
        done=_("走访已登记。"),
        onward=f"{record_url(uid)}#services",
        fields={"incubation.day_to_come": "visited_on"},
        extra={"title": _("登记走访"), "subtitle": tenancy.organization.name, "note": ""},
    )
