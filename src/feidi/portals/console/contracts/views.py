"""Contracts: the list, one contract with its year, its costs, what one landing cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.reporting.access import CONTRACT
from feidi.domain.reporting.models import ActualCost, OperatingContract, PaymentNode
from feidi.domain.reporting.selectors.contracts import (
    UnitCost,
    budget_of,
    contracts_of,
    costs_of,
    get_contract,
    landings_seen,
    resources_of,
    unit_cost,
    years_of,
)
from feidi.domain.reporting.services.contracts import EDIT, ContractTerms, add_contract, attach_contract_scan
from feidi.kernel.audit import recorded
from feidi.kernel.money.display import format_money
from feidi.portals.console.contracts.entries import corrections_of
from feidi.portals.console.contracts.forms import ContractFilterForm, ContractForm, CostFilterForm
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.projects import outposts_of
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.ui.pieces import Action, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("number", gettext_lazy("协议编号"), sortable=True, lead=True, whole=True),
    Column("title", gettext_lazy("名称")),
    Column("outpost", gettext_lazy("驻点")),
    Column("client", gettext_lazy("主办单位")),
    Column("operator", gettext_lazy("运营单位")),
    Column("starts", gettext_lazy("期限起"), sortable=True, whole=True),
    Column("ends", gettext_lazy("期限止"), sortable=True, whole=True),
    Column("total", gettext_lazy("协议总额"), numeric=True, whole=True),
]
SORTS = {"number": "number", "starts": "starts_on", "ends": "ends_on"}
COSTS = [
    Column("month", gettext_lazy("月份"), sortable=True, lead=True),
    Column("category", gettext_lazy("科目"), sortable=True),
    Column("amount", gettext_lazy("金额"), numeric=True, sortable=True),
    Column("voucher", gettext_lazy("凭证号")),
    Column("note", gettext_lazy("说明")),
    Column("by", gettext_lazy("登记人")),
]
COST_SORTS = {"month": "month", "category": "category", "amount": "amount_fen"}


def money(contract: OperatingContract, fen: int | None) -> str:
    """Return an amount of the contract's currency, exact; — when not known."""
    return "—" if fen is None else format_money(fen, contract.currency, reading=False)


def crumbs(contract: OperatingContract, *more: str) -> list[Crumb]:
    """Return the way back from a page below a contract."""
    url = reverse("console:contracts:contract_view", args=[contract.uid])
    return [
        Crumb(_("委托运营协议"), reverse("console:contracts:contract_list")),
        Crumb(contract.number, url if more else ""),
        *(Crumb(each) for each in more),
    ]


def edits(request: FeidiRequest, contract: OperatingContract) -> bool:
    """Tell whether the actor enters what belongs to the contract."""
    return request.actor.may(EDIT, outpost_scope(contract.outpost_id))


def year_of(contract: OperatingContract, year: int) -> int:
    """Return a year of the contract's term; another does not exist."""
    if year not in years_of(contract):
        raise Http404
    return year


def unit_text(contract: OperatingContract, found: UnitCost) -> str:
    """Return what one landing cost; without any it cannot be said."""
    return _("算不出（没有核实落地）") if found.value is None else money(contract, round(found.value))


def _drawn(rows: Sequence[OperatingContract]) -> list[Row]:
    return [
        Row(
            cells={
                "number": each.number,
                "title": each.title,
                "outpost": each.outpost.short_name,
                "client": each.client,
                "operator": each.operator.name,
                "starts": each.starts_on,
                "ends": each.ends_on,
                "total": money(each, each.total_fen),
            },
            url=reverse("console:contracts:contract_view", args=[each.uid]),
        )
        for each in rows
    ]


def _wanted(request: FeidiRequest) -> tuple[ContractFilterForm, QuerySet[OperatingContract], int]:
    form = ContractFilterForm(request.GET)
    given, active = asked_of(form)
    rows = contracts_of(request.actor)
    if given.get("show") == "current":
        rows = rows.filter(starts_on__lte=request.today, ends_on__gte=request.today)
    return form, rows, active


@require_GET
def contract_list(request: FeidiRequest) -> HttpResponse:
    """Every contract that the actor may see, the last to end first."""
    require(request.actor, CONTRACT)
    form, rows, active = _wanted(request)
    shown = listed(request, rows, COLUMNS, _drawn, sorts=SORTS)
    may_add = request.actor.may(EDIT)
    new = reverse("console:contracts:contract_new")
    actions = [Action(_("登记协议"), new, "plus", tone="primary")] if may_add else []
    address = f"{reverse('console:contracts:contract_export')}?{request.GET.urlencode()}"
    actions.append(Action(_("导出本列表"), address, "database-export"))
    lines = [
        f"{each.cells['number']} {each.cells['operator']}：{each.cells['starts']} 至 {each.cells['ends']}"
        for each in shown["table"].rows
    ]
    context = {
        **shown,
        "title": _("委托运营协议"),
        "subtitle": _("期限、预算与实际成本、付款、承诺资源、年度考核。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:contracts:contract_list"),
        "actions": actions,
        "copy_text": chat_lines(_("委托运营协议（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有登记委托运营协议"),
        "empty_text": _("登记后按月记成本，年底据此考核。由运营方负责人登记。"),
        "empty_url": new if may_add else "",
        "empty_label": _("登记协议"),
        "bulk": "",
    }
    return render(request, "console/contracts/contract_list.html", context)


@require_GET
def contract_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    require(request.actor, CONTRACT)
    _form, rows, _active = _wanted(request)
    return workbook(
        request,
        name="contracts",
        headers=[str(each.label) for each in COLUMNS],
        rows=[[row.cells[each.code] for each in COLUMNS] for row in _drawn(list(rows[:10_000]))],
    )


@require_http_methods(["GET", "POST"])
def contract_new(request: FeidiRequest) -> HttpResponse:
    """Enter a contract."""
    require(request.actor, EDIT)

    def save(data: dict[str, Any]) -> None:
        outpost, name, upload = data["outpost"], data.pop("operator"), data["document"]
        actor, now = request.actor, request.now
        with recorded(actor=actor, now=now):
            operator = find_or_add_organization(actor=actor, now=now, outpost=outpost, name=name)
            fields = ("number", "title", "client", "starts_on", "ends_on", "total")
            terms = ContractTerms(operator=operator, **{each: data[each] for each in fields})
            row = add_contract(actor=actor, now=now, outpost=outpost, terms=terms)
            if upload:
                attach_contract_scan(
                    actor=actor,
                    now=now,
                    contract=row,
                    name=upload.name,
                    chunks=upload.chunks(),
                    reason=data["mark_reason"],
                )

    return save_page(
        request,
        template="console/promises/form_page.html",
        form=ContractForm(*uploaded(request), outposts=outposts_of(request.actor, EDIT)),
        save=save,
        done=_("协议已登记。"),
        onward=reverse("console:contracts:contract_list"),
        fields={"reporting.contract_order": "ends_on", "reporting.contract_number_taken": "number"},
        extra={"title": _("登记委托运营协议"), "subtitle": "", "submit": _("保存")},
    )


@require_GET
def contract_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One contract: budget against cost by year, payments, promised resources, what one landing cost, assessments."""
    contract = get_contract(request.actor, uid)
    years = years_of(contract)
    sheets = {each.year: each for each in contract.sheets.all()}
    year = min(max(request.today.year, years[0]), years[-1])
    found = unit_cost(contract, year, request.today)
    payments = list(contract.payments.filter(voided_at__isnull=True).order_by("due_on", "id"))
    context = {
        "contract": contract,
        "crumbs": crumbs(contract),
        "pairs": [
            (_("驻点"), contract.outpost.name),
            (_("主办单位"), contract.client),
            (_("运营单位"), contract.operator.name),
            (_("期限起"), contract.starts_on),
            (_("期限止"), contract.ends_on),
            (_("协议总额"), money(contract, contract.total_fen)),
            (_("登记人"), contract.recorded_by),
        ],
        "budget": [
            {
                "year": each.year,
                "planned": money(contract, each.planned),
                "spent": money(contract, each.spent),
                "left": _left(contract, each),
                "rows": [
                    {
                        "label": row.label,
                        "planned": money(contract, row.planned),
                        "spent": money(contract, row.spent),
                        "left": _left(contract, row),
                        "over": row.over,
                    }
                    for row in each.rows
                ],
            }
            for each in budget_of(contract)
        ],
        "payments": [
            {
                "row": each,
                "amount": money(contract, each.amount_fen),
                "paid": money(contract, each.paid_fen),
                "waiting": _waiting(each, request.today),
            }
            for each in payments
        ],
        "resources": [{"row": row, "used": used, "uses": uses} for row, used, uses in resources_of(contract)],
        "unit": {"year": year, "text": unit_text(contract, found), "landings": len(found.landings)},
        "years": [{"year": each, "state": _state(sheets.get(each))} for each in years],
        "may_edit": edits(request, contract),
        "may_files": request.actor.may("file.view"),
        "corrections": corrections_of(contract),
    }
    return render(request, "console/contracts/contract_view.html", context)


def _waiting(payment: PaymentNode, today: date) -> str:
    """Return since when a payment is awaited; the client's side is never called late."""
    if payment.paid_on is not None or payment.due_on is None or payment.due_on >= today:
        return ""
    return _("待付 · 第 {n} 天").format(n=(today - payment.due_on).days)


def _left(contract: OperatingContract, row: Any) -> str:
    """Return what of a budget is left, with the share that is spent; nothing planned: unknown."""
    if not row.planned:
        return "—"
    spent = row.spent or 0
    return f"{money(contract, row.planned - spent)}（{_('已用')} {spent / row.planned:.1%}）"


def _state(sheet: Any) -> str:
    return sheet.get_state_display() if sheet else _("未开始")


def _costs(request: FeidiRequest, uid: str) -> tuple[OperatingContract, CostFilterForm, QuerySet[ActualCost], int]:
    contract = get_contract(request.actor, uid)
    form = CostFilterForm(request.GET, years=years_of(contract))
    given, active = asked_of(form)
    rows = costs_of(contract, year=given.get("year"), category=given.get("category") or "")
    return contract, form, rows, active


def _cost_rows(contract: OperatingContract, rows: Sequence[ActualCost]) -> list[Row]:
    return [
        Row(
            cells={
                "month": f"{each.month:%Y-%m}",
                "category": each.get_category_display(),
                "amount": money(contract, each.amount_fen),
                "voucher": each.voucher,
                "note": each.note,
                "by": each.recorded_by,
            }
        )
        for each in rows
    ]


@require_GET
def cost_list(request: FeidiRequest, uid: str) -> HttpResponse:
    """The actual costs of a contract by month."""
    contract, form, rows, active = _costs(request, uid)
    shown = listed(request, rows, COSTS, lambda page: _cost_rows(contract, page), sorts=COST_SORTS)
    add = reverse("console:contracts:cost_add", args=[uid])
    may_edit = edits(request, contract)
    actions = [Action(_("登记成本"), add, "plus", tone="primary")] if may_edit else []
    address = f"{reverse('console:contracts:cost_export', args=[uid])}?{request.GET.urlencode()}"
    actions.append(Action(_("导出本列表"), address, "database-export"))
    lines = [f"{each.cells['month']} {each.cells['category']} {each.cells['amount']}" for each in shown["table"].rows]
    context = {
        **shown,
        "title": _("实际成本"),
        "subtitle": f"{contract.number} {contract.title}",
        "form": form,
        "active": active,
        "clear_url": reverse("console:contracts:cost_list", args=[uid]),
        "actions": actions,
        "copy_text": chat_lines(f"{contract.number} {_('实际成本')}", lines) if lines else "",
        "empty_title": _("没有成本"),
        "empty_text": _("按月登记租金、物业、人员等成本，单位成本据此计算。"),
        "empty_url": add if may_edit else "",
        "empty_label": _("登记成本"),
        "bulk": "",
    }
    return render(request, "console/contracts/cost_list.html", context)


@require_GET
def cost_export(request: FeidiRequest, uid: str) -> HttpResponse:
    """Exactly what the list of costs shows, as a workbook."""
    contract, _form, rows, _active = _costs(request, uid)
    return workbook(
        request,
        name="costs",
        headers=[str(each.label) for each in COSTS],
        rows=[[row.cells[each.code] for each in COSTS] for row in _cost_rows(contract, list(rows[:10_000]))],
    )


@require_GET
def unit_cost_view(request: FeidiRequest, uid: str, year: int) -> HttpResponse:
    """What one verified landing cost in a year, with every cost and every landing behind it."""
    contract = get_contract(request.actor, uid)
    found = unit_cost(contract, year_of(contract, year), request.today)
    seen = list(landings_seen(request.actor, found.landings))
    context = {
        "contract": contract,
        "year": year,
        "crumbs": crumbs(contract, _("{year} 年单位成本").format(year=year)),
        "found": found,
        "text": unit_text(contract, found),
        "total": money(contract, found.cost_fen),
        "costs": [
            {"row": each, "amount": money(contract, each.amount_fen)}
            for each in ActualCost.objects.filter(pk__in=found.costs).order_by("month", "id")
        ],
        "landings": seen,
        "hidden": len(found.landings) - len(seen),
    }
    return render(request, "console/contracts/unit_cost_view.html", context)
