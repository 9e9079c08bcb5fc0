"""双聘、柔性引才: one contract, the days present, the benefits that accept it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.talent.access import EDIT, REVIEW, staff_sees
from feidi.domain.talent.enums import Acceptance, ContractKind
from feidi.domain.talent.kinds import MONTH, PRESENCE
from feidi.domain.talent.models import FlexibleContract
from feidi.domain.talent.selectors.positions import get_contract
from feidi.domain.talent.services.arrivals import decide_evidence, show_presence
from feidi.domain.talent.services.contracts import (
    NewContract,
    add_contract,
    record_presence,
    say_acceptance,
    void_contract,
)
from feidi.engines.findings import refuse
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import states_of_many
from feidi.kernel.subjects import Subject
from feidi.portals.console.pipeline.presenting import evidence_of
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.talents.asking import FORM, crumbs, editable, organization_named, talent_url
from feidi.portals.console.talents.forms import BenefitForm, ContractForm, MonthForm, ProofForm
from feidi.portals.console.talents.presenting import may_decide, where
from feidi.portals.console.talents.proofs import proof_of
from feidi.portals.ui.pieces import Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest


def contract_url(uid: str) -> str:
    """Return the page of one contract."""
    return reverse("console:talents:contract_view", args=[uid])


def _contract(request: FeidiRequest, uid: str) -> FlexibleContract:
    row = get_contract(request.actor, uid)
    if not staff_sees(request.actor, row.talent.outpost_id):
        raise FlexibleContract.DoesNotExist
    return row


def _editable(request: FeidiRequest, uid: str) -> FlexibleContract:
    row = _contract(request, uid)
    require(request.actor, EDIT, outpost_scope(row.talent.outpost_id))
    return row


@require_http_methods(["GET", "POST"])
def contract_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter a contract of a talent."""
    talent = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        unit = organization_named(request, talent.outpost, data.pop("home_unit"))
        if unit is None:
            raise refuse("talent.organization_unknown", name="")
        new = NewContract(home_unit=unit, **{**data, "kind": ContractKind(data["kind"])})
        add_contract(actor=request.actor, now=request.now, talent=talent, new=new)

    return save_page(
        request,
        template=FORM,
        form=ContractForm(sent(request)),
        save=save,
        done=_("合同已登记。"),
        onward=talent_url(uid),
        fields={"talent.date_before": "ends_on"},
        extra={"title": _("登记双聘或柔性引才"), "subtitle": talent.number, "submit": _("保存")},
    )


@require_GET
def contract_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One contract: days present month by month with their evidence, benefits with yes, no or unknown."""
    row = _contract(request, uid)
    scope = outpost_scope(row.talent.outpost_id)
    context = {
        "row": row,
        "pairs": [
            (_("方式"), ContractKind(row.kind).label),
            (_("原单位"), row.home_unit.name),
            (_("在哪里工作"), where(row.works_at)),
            (_("在哪里参保"), where(row.insured_at)),
            (_("合同起"), row.starts_on),
            (_("合同止"), row.ends_on),
            (_("每月约定到岗天数"), row.days_agreed or _("合同没有写")),
            (_("备注"), row.note),
        ],
        "months": _months(request, row, reviewer=request.actor.may(REVIEW, scope)),
        "benefits": [(each, _answer(each.answer)) for each in row.benefits.all()],
        "may": request.actor.may(EDIT, scope) and row.voided_at is None,
        "may_files": request.actor.may("file.view", scope),
        "crumbs": crumbs(
            Crumb(row.talent.number, talent_url(row.talent.uid)), Crumb(str(ContractKind(row.kind).label))
        ),
    }
    return render(request, "console/talents/contract_view.html", context)


def _months(request: FeidiRequest, row: FlexibleContract, *, reviewer: bool) -> list[dict[str, Any]]:
    """Return the months, newest first; a month counts once its evidence is accepted. A fixed number of queries."""
    months = list(row.months.all())
    states = states_of_many([Subject(MONTH, each.uid) for each in months], PRESENCE)
    own = frozenset({row.talent.user_id} if row.talent.user_id else ())
    shown = []
    for each in months:
        found = evidence_of(states[Subject(MONTH, each.uid)])
        items = [item for one in found for item in one.items]
        counts = any(one.state.met for one in found)
        shown.append(
            {
                "month": each,
                "badge": Badge(_("已采信"), "ok") if counts else Badge(_("证据未采信，不计入"), "warn"),
                "items": [(item, reviewer and may_decide(request.actor, item, own)) for item in items],
            }
        )
    return shown


def _answer(code: str) -> Badge:
    if not code:
        return Badge(_("未知"), "quiet")
    return Badge(Acceptance(code).label, "ok" if code == Acceptance.YES else "bad")


@require_http_methods(["GET", "POST"])
def month_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say how many days somebody was present in a month."""
    row = _editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=MonthForm(sent(request)),
        save=lambda data: record_presence(actor=request.actor, now=request.now, contract=row, **data),
        done=_("到岗天数已登记；证据采信之前不计入。"),
        onward=contract_url(uid),
        fields={"talent.month_outside": "month", "talent.days_of_month": "days"},
        extra={"title": _("登记到岗天数"), "subtitle": row.talent.number, "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def month_show(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Hand in evidence of a month."""
    row = _editable(request, uid)
    month = row.months.select_related("contract__talent").get(uid=entry)
    items = EvidenceItem.objects.filter(requirement__subject_kind=MONTH, requirement__subject_uid=entry)
    replaced = items.filter(uid=request.GET.get("replaces", "")).first()
    return save_page(
        request,
        template=FORM,
        form=ProofForm(*uploaded(request)),
        save=lambda data: show_presence(
            actor=request.actor, now=request.now, month=month, proof=proof_of(data, replaced)
        ),
        done=_("证据已提交，等待审核。"),
        onward=contract_url(uid),
        extra={"title": _("提交到岗证据"), "subtitle": f"{month.month:%Y-%m}", "submit": _("保存")},
    )


@require_POST
def month_decide(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Accept or return evidence of days present."""
    row = _contract(request, uid)
    months = list(row.months.values_list("uid", flat=True))
    found = EvidenceItem.objects.select_related("requirement").get(
        requirement__subject_kind=MONTH, requirement__subject_uid__in=months, uid=item
    )
    accept = request.POST.get("decision") == "accept"
    reason = request.POST.get("reason", "")
    decide_evidence(actor=request.actor, now=request.now, talent=row.talent, item=found, accept=accept, reason=reason)
    messages.success(request, _("已采信。") if accept else _("已退回，原因已写明。"))
    return redirect(contract_url(uid))


@require_http_methods(["GET", "POST"])
def benefit_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say whether a benefit accepts the contract."""
    row = _editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=BenefitForm(sent(request)),
        save=lambda data: say_acceptance(actor=request.actor, now=request.now, contract=row, **data),
        done=_("已记下。"),
        onward=contract_url(uid),
        fields={"talent.clause_unknown": "clause", "talent.benefit_basis": "basis"},
        extra={
            "title": _("哪项待遇接受这份合同"),
            "subtitle": _("不知道就选“未知”：未知不等于不接受。"),
            "submit": _("保存"),
        },
    )


@require_POST
def contract_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a contract back."""
    row = _editable(request, uid)
    void_contract(actor=request.actor, now=request.now, contract=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录仍可查。"))
    return redirect(talent_url(row.talent.uid))
