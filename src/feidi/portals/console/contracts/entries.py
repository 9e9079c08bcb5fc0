"""Entering what belongs to a contract: budget, costs, payments, promised resources; and taking back what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.enums import CostCategory, ResourceKind
from feidi.domain.reporting.models import ActualCost, OperatingContract, PaymentNode, PromisedResource, ResourceUse
from feidi.domain.reporting.selectors.contracts import get_contract, years_of
from feidi.domain.reporting.services import contracts
from feidi.domain.reporting.services.contracts import CONTRACT, EDIT, Cost
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.console.contracts.forms import BudgetForm, CostForm, PaidForm, PaymentForm, ResourceForm, UseForm
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.ui.forms import Form
from feidi.portals.ui.requests import FeidiRequest

#: What may be taken back, by its word in the address.
_TAKEN_BACK: dict[str, tuple[type[Any], str]] = {
    "cost": (ActualCost, "contract"),
    "payment": (PaymentNode, "contract"),
    "resource": (PromisedResource, "contract"),
    "use": (ResourceUse, "resource__contract"),
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
