"""The ledger of tenancies: what is due and received, over all of them; what was given free, by year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import MONEY, VIEW
from feidi.domain.incubation.enums import ChargeKind
from feidi.domain.incubation.models import Charge, Receipt, Tenancy
from feidi.domain.incubation.selectors.ledger import forgone_in, list_charges, open_only
from feidi.domain.incubation.services.charges import (
    NewCharge,
    NewReceipt,
    add_charge,
    charge_months,
    receive,
    running_on,
    void_charge,
    void_receipt,
)
from feidi.domain.parties.access import require
from feidi.kernel.access import ScopeKind
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.tenancies import presenting
from feidi.portals.console.tenancies.entering import FORM, given_file
from feidi.portals.console.tenancies.forms import ChargeForm, ReceiptForm
from feidi.portals.console.tenancies.views import editable, record_url, require_sight
from feidi.portals.ui.forms import Form
from feidi.portals.ui.pieces import Action
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import read_table

_LISTING = "console/promises/listing.html"


class ChargeFilterForm(Form):
    """What the list of charges shows."""

    show = forms.ChoiceField(
        label=gettext_lazy("账单"),
        required=False,
        choices=[("open", gettext_lazy("未收齐")), ("late", gettext_lazy("逾期")), ("all", gettext_lazy("全部"))],
    )
    words = forms.CharField(label=gettext_lazy("编号或单位"), required=False)


class YearForm(Form):
    """Of which year."""

    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2000, max_value=2100, required=False)


def _charges(request: FeidiRequest) -> tuple[ChargeFilterForm, Any, int]:
    form = ChargeFilterForm(request.GET)
    given, active = asked_of(form)
    rows = list_charges(request.actor).filter(tenancy__outpost__in=request.actor.scopes(VIEW, ScopeKind.OUTPOST))
    show = given.get("show") or "open"
    if show != "all":
        rows = open_only(rows)
    if show == "late":
        rows = rows.filter(due_on__lt=request.today)
    if words := (given.get("words") or "").strip():
        rows = rows.filter(Q(tenancy__number__icontains=words) | Q(tenancy__organization__name__icontains=words))
    return form, rows, active


@require_GET
def charge_list(request: FeidiRequest) -> HttpResponse:
    """What is due over all tenancies, the latest first; what is not received yet unless all are asked for."""
    require(request.actor, VIEW)
    form, rows, active = _charges(request)
    found = listed(
        request,
        rows,
        presenting.CHARGE_COLUMNS,
        lambda items: presenting.charge_rows(items, request.today),
        sorts=presenting.CHARGE_SORTS,
    )
    address = f"{reverse('console:tenancies:charge_export')}?{request.GET.urlencode()}"
    lines = [f"{e.cells['organization']}：{e.cells['kind']} {e.cells['due']}" for e in found["table"].rows]
    context = {
        **found,
        "title": _("应收与到账"),
        "subtitle": _("简单台账：应收多少、收了多少。租金由条款按月出账；做账仍在财务系统。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:tenancies:charge_list"),
        "actions": [Action(_("导出本列表"), address, "database-export")],
        "copy_text": chat_lines(_("未收齐的款项（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有未收齐的账单"),
        "empty_text": _("每月一日自动按条款出账，也可以在入驻页手工加一笔。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/tenancies/charge_list.html", context)


@require_GET
def charge_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    require(request.actor, VIEW)
    _form, rows, _active = _charges(request)
    drawn = presenting.charge_rows(list(rows[:20_000]), request.today)
    return workbook(
        request,
        name="charges",
        headers=[str(each.label) for each in presenting.CHARGE_COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.CHARGE_COLUMNS] for row in drawn],
    )


@require_POST
def month_charge(request: FeidiRequest) -> HttpResponse:
    """Charge the rent of every month that has begun; what was charged before is not charged again."""
    require(request.actor, MONEY)
    rows = Tenancy.objects.filter(running_on(request.today), outpost__in=request.actor.scopes(MONEY, ScopeKind.OUTPOST))
    made = charge_months(
        actor=request.actor,
        now=request.now,
        tenancies=list(rows.select_related("outpost__home").prefetch_related("terms")),
        until=request.today,
    )
    messages.success(request, _("新出账 {n} 笔。").format(n=made) if made else _("都已出账，没有新的。"))
    return redirect("console:tenancies:charge_list")


@require_http_methods(["GET", "POST"])
def charge_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter something due besides rent."""
    row = editable(request, uid, MONEY)

    def save(data: dict[str, Any]) -> None:
        new = NewCharge(**{**data, "kind": ChargeKind(data["kind"])})
        add_charge(actor=request.actor, now=request.now, tenancy=row, new=new)

    return save_page(
        request,
        template=FORM,
        form=ChargeForm(sent(request), initial={"period_from": request.today, "period_to": request.today}),
        save=save,
        done=_("账单已登记。"),
        onward=f"{record_url(uid)}#ledger",
        fields={"incubation.term_order": "period_to", "incubation.currency_needed": "amount"},
        extra={"title": _("登记应收"), "subtitle": row.number, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def receipt_add(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Enter money received against a charge."""
    row = editable(request, uid, MONEY)
    charge = get_object_or_404(Charge.objects.select_related("tenancy"), tenancy=row, uid=entry)

    def save(data: dict[str, Any]) -> None:
        new = NewReceipt(data["received_on"], data["amount"], data["voucher"], given_file(data, "file"), data["note"])
        receive(actor=request.actor, now=request.now, charge=charge, new=new)

    return save_page(
        request,
        template=FORM,
        form=ReceiptForm(*uploaded(request), initial={"received_on": request.today}),
        save=save,
        done=_("到账已登记。"),
        onward=f"{record_url(uid)}#ledger",
        fields={
            "incubation.more_than_due": "amount",
            "incubation.currencies_differ": "amount",
            "incubation.received_in_future": "received_on",
        },
        extra={"title": _("登记到账"), "subtitle": f"{row.number} {ChargeKind(charge.kind).label}", "note": ""},
    )


@require_POST
def charge_void(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take back a charge that was entered in error."""
    row = editable(request, uid, MONEY)
    charge = get_object_or_404(Charge.objects.select_related("tenancy"), tenancy=row, uid=entry)
    void_charge(actor=request.actor, now=request.now, charge=charge, reason=request.POST.get("reason", ""))
    messages.success(request, _("账单已作废，记录保留。"))
    return redirect(record_url(uid))


@require_POST
def receipt_void(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take back a receipt that was entered in error; the amount is due again."""
    row = editable(request, uid, MONEY)
    receipt = get_object_or_404(Receipt.objects.select_related("charge__tenancy"), charge__tenancy=row, uid=entry)
    void_receipt(actor=request.actor, now=request.now, receipt=receipt, reason=request.POST.get("reason", ""))
    messages.success(request, _("到账记录已作废，金额恢复为应收。"))
    return redirect(record_url(uid))


def _year(request: FeidiRequest) -> tuple[YearForm, int]:
    form = YearForm(request.GET)
    given, _active = asked_of(form)
    return form, given.get("year") or request.today.year


@require_GET
def forgone_list(request: FeidiRequest) -> HttpResponse:
    """What every tenant was given free in a year, on which basis, until when: auditors add it up."""
    require_sight(request.actor)
    form, year = _year(request)
    found = forgone_in(request.actor, year, request.today)
    table = read_table(request.GET, presenting.FORGONE_COLUMNS).with_rows(presenting.forgone_rows(found))
    totals: dict[str, int] = {}
    for each in found:
        totals[each.currency] = totals.get(each.currency, 0) + (each.fen or 0)
    context = {
        "title": _("免租汇总 {year}").format(year=year),
        "subtitle": _("截至 {day}。每一户的免租都有依据、每月金额和截止日期。").format(day=request.today),
        "form": form,
        "active": 0,
        "clear_url": reverse("console:tenancies:forgone_list"),
        "actions": [
            Action(_("导出本列表"), f"{reverse('console:tenancies:forgone_export')}?year={year}", "database-export")
        ],
        "copy_text": "",
        "table": table,
        "totals": [presenting.money(fen, currency) for currency, fen in sorted(totals.items())],
        "unknown": sum(1 for each in found if each.fen is None),
        "empty_title": _("本年没有免租"),
        "empty_text": _("免租在入驻的条款里登记。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/tenancies/forgone_list.html", context)


@require_GET
def forgone_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    require_sight(request.actor)
    _form, year = _year(request)
    drawn = presenting.forgone_rows(forgone_in(request.actor, year, request.today))
    return workbook(
        request,
        name=f"forgone-{year}",
        headers=[str(each.label) for each in presenting.FORGONE_COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.FORGONE_COLUMNS] for row in drawn],
    )
