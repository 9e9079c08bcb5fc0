"""送达的报表: what was sent to the home side, read, taken and signed for there; the outpost sees who signed and when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.access import VIEW
from feidi.domain.reporting.enums import ReportFormat
from feidi.domain.reporting.models import ReportDelivery
from feidi.domain.reporting.selectors.deliveries import (
    get_delivery,
    later_delivery,
    list_deliveries,
    receiving_outposts,
)
from feidi.domain.reporting.selectors.reports import body_of
from feidi.domain.reporting.services.papers import ISSUE
from feidi.domain.reporting.services.report_delivery import RECEIVE, open_delivered, sign_for_report
from feidi.kernel.access import Scope, ScopeKind
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.reports import presenting, receiving
from feidi.portals.console.reports.forms import ReceivedForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _asked(request: FeidiRequest) -> tuple[Any, ReceivedForm, dict[str, Any], int]:
    require(request.actor, VIEW)
    outposts = list(receiving_outposts(request.actor))
    kinds = presenting.kinds_of(presenting.contents_of(outposts, request.today))
    named = [
        (code, presenting.kind_label(each, code)) for code, each in kinds.items() if each.audience == receiving.HOME
    ]
    form = ReceivedForm(request.GET, outposts=outposts, kinds=named)
    given, active = asked_of(form)
    rows = list_deliveries(request.actor)
    if given.get("kind"):
        rows = rows.filter(report__kind=given["kind"])
    if given.get("outpost"):
        rows = rows.filter(outpost=given["outpost"])
    if given.get("signed"):
        rows = rows.filter(receipts__isnull=given["signed"] == "no").distinct()
    return rows, form, kinds, active


@require_safe
def received_list(request: FeidiRequest) -> HttpResponse:
    """List the reports that were sent to the home side, newest first, signed for or not."""
    rows, form, kinds, active = _asked(request)
    shown = listed(
        request,
        rows,
        receiving.COLUMNS,
        lambda items: [receiving.row_of(each, kinds) for each in items],
        sorts=receiving.SORTS,
    )
    context = {**shown, "form": form, "active": active, "query": request.GET.urlencode()}
    return render(request, "console/reports/received_list.html", context)


@require_safe
def received_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    rows, _form, kinds, _active = _asked(request)
    drawn = [receiving.row_of(each, kinds) for each in rows]
    lines = [[each.cells[column.code] for column in receiving.COLUMNS] for each in drawn]
    return workbook(request, name="received", headers=[str(each.label) for each in receiving.COLUMNS], rows=lines)


@require_safe
def received_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one delivered report as it reads, its files, and who has signed for it."""
    delivery, actor = _delivery(request, uid), request.actor
    report, body = delivery.report, body_of(delivery.report)
    kind = receiving.kind_of_delivery(delivery)
    receives = actor.may(RECEIVE, Scope(ScopeKind.HOME, delivery.outpost.home_id))
    signed = any(each.signed_by_id_number == actor.user_id for each in delivery.receipts.all())
    live = report.voided_at is None
    context = {
        "delivery": delivery,
        "report": report,
        "body": body,
        "badges": receiving.badges_of(delivery),
        "crumbs": (Crumb(_("送达的报表"), reverse("console:reports:received_list")), Crumb(report.number)),
        "facts": receiving.facts_of(delivery, body),
        "sections": presenting.sections_of(report, body, kind),
        "files": receiving.files_of(delivery) if live else [],
        "receipts": delivery.receipts.all(),
        "later": later_delivery(delivery),
        "may_sign": receives and not signed and live,
        "inside": actor.may(ISSUE, outpost_scope(delivery.outpost_id)),
    }
    return render(request, "console/reports/received_view.html", context)


@require_safe
def received_download(request: FeidiRequest, uid: str, form: str) -> HttpResponseBase:
    """Send one file of a delivered report, as approved; the download is on record."""
    delivery = _delivery(request, uid)
    if form not in ReportFormat.values:
        raise Http404
    opened = open_delivered(actor=request.actor, now=request.now, delivery=delivery, form=ReportFormat(form))
    response = FileResponse(opened.stream)
    for name, value in opened.headers.items():
        response[name] = value
    return response


@require_POST
def received_sign(request: FeidiRequest, uid: str) -> HttpResponse:
    """Sign for a delivered report."""
    sign_for_report(actor=request.actor, now=request.now, delivery=_delivery(request, uid))
    messages.success(request, _("已签收，驻点看得到您的姓名和时间。"))
    return redirect("console:reports:received_view", uid)


def _delivery(request: FeidiRequest, uid: str) -> ReportDelivery:
    try:
        return get_delivery(request.actor, uid)
    except ReportDelivery.DoesNotExist:
        raise Http404 from None
