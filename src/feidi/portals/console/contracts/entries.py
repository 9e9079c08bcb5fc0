"""Entering what belongs to a contract: budget, costs, payments, promised resources; and taking back what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import HiddenInput
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.reporting.enums import CostCategory, ResourceKind
from feidi.domain.reporting.models import ActualCost, OperatingContract, PaymentNode, PromisedResource, ResourceUse
from feidi.domain.reporting.selectors.contracts import get_contract, years_of
from feidi.domain.reporting.services import contracts
from feidi.domain.reporting.services.contracts import CONTRACT, EDIT, Cost
from feidi.engines.money import Money
from feidi.kernel.audit import recorded
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.files.services import store_upload
from feidi.kernel.messages import Words
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject
from feidi.portals.console.contracts.forms import (
    BudgetForm,
    ContractChangeForm,
    CostForm,
    PaidForm,
    PaymentForm,
    ResourceForm,
    UseForm,
)
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.forms import Form
from feidi.portals.ui.reading import read_actor
from feidi.portals.ui.requests import FeidiRequest

#: What may be taken back, by its word in the address.
_TAKEN_BACK: dict[str, tuple[type[Any], str]] = {
    "cost": (ActualCost, "contract"),
    "payment": (PaymentNode, "contract"),
    "resource": (PromisedResource, "contract"),
    "use": (ResourceUse, "resource__contract"),
}


#: Terms whose change is told, in this order.
TERMS: dict[str, Words] = {
    "number": gettext_lazy("协议编号"),
    "title": gettext_lazy("协议名称"),
    "client": gettext_lazy("主办单位"),
    "operator": gettext_lazy("运营单位"),
    "starts_on": gettext_lazy("期限起"),
    "ends_on": gettext_lazy("期限止"),
    "total_fen": gettext_lazy("协议总额"),
}


def _editable(request: FeidiRequest, uid: str) -> OperatingContract:
    contract = get_contract(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(contract.outpost_id))
    return contract


def _page(
    request: FeidiRequest, contract: OperatingContract, title: str, form: Form, save: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    return save_page(
        request,
        template="console/promises/form_page.html",
        form=form,
        save=save,
        done=_("已登记。"),
        onward=reverse("console:contracts:contract_view", args=[contract.uid]),
        fields={"reporting.contract_currency": "amount", "reporting.contract_negative": "amount"},
        extra={"title": title, "subtitle": f"{contract.number} {contract.title}", "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def contract_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put the terms right, or write down what a supplement changed, with the reason."""
    contract = _editable(request, uid)
    names = ("number", "title", "client", "starts_on", "ends_on", "version")
    total = None if contract.total_fen is None else Money(contract.total_fen, contract.currency)
    start = {
        **{name: getattr(contract, name) for name in names},
        "outpost": contract.outpost_id,
        "operator": contract.operator.name,
        "total": total,
    }
    outposts = Outpost.objects.filter(pk=contract.outpost_id)
    form = ContractChangeForm(*uploaded(request), outposts=outposts, initial=start)
    form.fields["outpost"].widget = HiddenInput()

    def save(data: dict[str, Any]) -> None:
        actor, now, upload = request.actor, request.now, data["document"]
        with recorded(actor=actor, now=now):
            operator = contract.operator
            if data["operator"] != operator.name:
                operator = find_or_add_organization(
                    actor=actor, now=now, outpost=contract.outpost, name=data["operator"]
                )
            fields = ("number", "title", "client", "starts_on", "ends_on", "total")
            terms = contracts.ContractTerms(operator=operator, **{name: data[name] for name in fields})
            contracts.change_contract(
                actor=actor, now=now, contract=contract, version=data["version"], terms=terms,
                reason=data["change_reason"],
            )  # fmt: skip
            if upload:
                contracts.attach_contract_scan(
                    actor=actor, now=now, contract=contract, name=upload.name, chunks=upload.chunks(),
                    reason=data["mark_reason"],
                )  # fmt: skip

    return save_page(
        request,
        template="console/promises/form_page.html",
        form=form,
        save=save,
        done=_("协议已改，原来的写法和原因留痕。"),
        onward=reverse("console:contracts:contract_view", args=[contract.uid]),
        fields={
            "reporting.contract_order": "ends_on",
            "reporting.contract_term_holds": "ends_on",
            "reporting.contract_number_taken": "number",
            "reporting.contract_currency": "total",
        },
        extra={"title": _("修改委托运营协议"), "subtitle": f"{contract.number} {contract.title}", "submit": _("保存")},
    )


def corrections_of(contract: OperatingContract) -> list[dict[str, Any]]:
    """Return what was changed of the terms, newest first: the sides read the same."""
    entries = AuditEntry.objects.filter(subject_kind=CONTRACT, subject_uid=contract.uid, action="corrected")
    found = []
    for each in entries.select_related("link").order_by("-id")[:50]:
        changes = [
            (label, *(_said(name, value, contract) for value in each.changes[name]))
            for name, label in TERMS.items()
            if name in each.changes
        ]
        on = business_date(each.link.at)
        found.append({"on": on, "who": read_actor(each.link.actor_label), "reason": each.reason, "changes": changes})
    return found


def _said(name: str, value: Any, contract: OperatingContract) -> str:
    if value in (None, ""):
        return _("空")
    if name == "total_fen":
        return format_money(int(value), contract.currency)
    if name == "operator":
        return Organization.objects.filter(pk=value).values_list("name", flat=True).first() or ""
    return str(value)


@require_http_methods(["GET", "POST"])
def budget_set(request: FeidiRequest, uid: str) -> HttpResponse:
    """Set what a category may cost in a year; a new amount replaces the old one."""
    contract = _editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        contracts.set_budget(
            actor=request.actor,
            now=request.now,
            contract=contract,
            year=data["year"],
            category=CostCategory(data["category"]),
            amount=data["amount"],
        )

    return _page(request, contract, _("填预算"), BudgetForm(sent(request), years=years_of(contract)), save)


@require_http_methods(["GET", "POST"])
def cost_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter a cost with its voucher."""
    contract = _editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        upload = data.pop("file")
        data["category"] = CostCategory(data["category"])
        with recorded(actor=request.actor, now=request.now):
            file = None
            if upload:
                file = store_upload(
                    actor=request.actor,
                    now=request.now,
                    subject=Subject(CONTRACT, contract.uid),
                    name=upload.name,
                    chunks=upload.chunks(),
                )
            contracts.add_cost(actor=request.actor, now=request.now, contract=contract, cost=Cost(**data), file=file)

    return _page(request, contract, _("登记成本"), CostForm(*uploaded(request), initial={"on": request.today}), save)


@require_http_methods(["GET", "POST"])
def payment_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter a payment that the contract foresees."""
    contract = _editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        contracts.add_payment(actor=request.actor, now=request.now, contract=contract, **data)

    return _page(request, contract, _("登记付款节点"), PaymentForm(sent(request)), save)


@require_http_methods(["GET", "POST"])
def payment_paid(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Note what was paid, and when."""
    contract = _editable(request, uid)
    payment = contract.payments.select_related("contract").get(uid=entry, voided_at__isnull=True)

    def save(data: dict[str, Any]) -> None:
        contracts.record_paid(actor=request.actor, now=request.now, payment=payment, **data)

    form = PaidForm(sent(request), initial={"paid_on": request.today})
    return _page(request, contract, _("登记付款：{label}").format(label=payment.label), form, save)


@require_http_methods(["GET", "POST"])
def resource_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter a resource that the operator's bid promised."""
    contract = _editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        data["kind"] = ResourceKind(data["kind"])
        contracts.add_resource(actor=request.actor, now=request.now, contract=contract, **data)

    return _page(request, contract, _("登记承诺资源"), ResourceForm(sent(request)), save)


@require_http_methods(["GET", "POST"])
def resource_use(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Note one use of a promised resource."""
    contract = _editable(request, uid)
    resource = contract.resources.select_related("contract").get(uid=entry, voided_at__isnull=True)
    form = UseForm(sent(request), initial={"used_on": request.today})
    form.fields["project"].actor = request.actor  # type: ignore[attr-defined]

    def save(data: dict[str, Any]) -> None:
        contracts.use_resource(actor=request.actor, now=request.now, resource=resource, **data)

    return _page(request, contract, _("登记使用：{label}").format(label=resource.label), form, save)


@require_POST
def entry_void(request: FeidiRequest, uid: str, kind: str, entry: str) -> HttpResponse:
    """Take back what was entered in error."""
    contract = _editable(request, uid)
    if kind not in _TAKEN_BACK:
        raise Http404
    model, way = _TAKEN_BACK[kind]
    row = model._default_manager.get(uid=entry, **{way: contract})
    reason = request.POST.get("reason", "")
    contracts.void_entry(actor=request.actor, now=request.now, contract=contract, row=row, reason=reason)
    messages.success(request, _("已作废，记录保留。"))
    return redirect("console:contracts:contract_view", uid)
