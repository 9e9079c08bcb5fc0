"""Benefit sharing: the terms, what was due by them, what was settled, and the difference."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.pipeline.access import require_on, scopes_of
from feidi.domain.pipeline.models import BenefitTerm
from feidi.domain.pipeline.selectors.benefits import get_settlement, get_term, list_terms, standing_of
from feidi.domain.pipeline.selectors.clauses import get_agreement
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.domain.pipeline.services.benefits import (
    EDIT,
    Settling,
    Sharing,
    add_benefit_term,
    settle,
    void_benefit_term,
    void_settlement,
)
from feidi.portals.console.lists import asked_of, chat_lines, listed, require_office, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.promises import presenting
from feidi.portals.console.promises.commitments import FORM
from feidi.portals.console.promises.forms import BenefitFilterForm, BenefitForm, SettlementForm
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest


def _wanted(request: FeidiRequest) -> tuple[BenefitFilterForm, QuerySet[BenefitTerm], int]:
    form = BenefitFilterForm(request.GET)
    given, active = asked_of(form)
    rows = list_terms(request.actor)
    if words := str(given.get("words") or "").strip():
        named = Q(basis__icontains=words) | Q(counterpart__icontains=words)
        rows = rows.filter(named | Q(agreement__project__name__icontains=words))
    return form, rows, active


@require_GET
def benefit_list(request: FeidiRequest) -> HttpResponse:
    """Every sharing term that the actor may open, with what was settled and by how much it differs."""
    require_office(request.actor)
    form, rows, active = _wanted(request)
    shown = listed(request, rows, presenting.BENEFITS, presenting.benefit_rows, sorts=presenting.BENEFIT_SORTS)
    actions = []
    if request.actor.may("project.export"):
        address = f"{reverse('console:promises:benefit_export')}?{request.GET.urlencode()}"
        actions.append(Action(_("导出本列表"), address, "database-export"))
    lines = [f"{each.cells['project']}：{each.cells['basis']} {each.cells['share']}" for each in shown["table"].rows]
    context = {
        **shown,
        "title": _("利益分享"),
        "subtitle": _("应结 = 本期基数 × 主办方比例，按分四舍五入；差额 = 实结 − 应结。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:promises:benefit_list"),
        "actions": actions,
        "copy_text": chat_lines(_("利益分享（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的利益分享条款") if active else _("还没有登记利益分享条款"),
        "empty_text": _("条款在协议上登记：打开项目的“协议”页，点“利益分享”。"),
        "empty_url": reverse("console:pipeline:project_list"),
        "empty_label": _("去选项目"),
        "bulk": "",
    }
    return render(request, "console/promises/benefit_list.html", context)


@require_GET
def benefit_export(request: FeidiRequest) -> HttpResponse:
    """Every settlement of what the list shows, one row each; a term without any, one row."""
    require(request.actor, "project.export")
    _form, terms, _active = _wanted(request)
    rows: list[list[Any]] = []
    for term in terms:
        head = [term.agreement.project.name, term.basis, term.counterpart, presenting.share_text(term)]
        now = standing_of(term)
        rows += [
            [*head, each.row.period_from, each.row.period_to, each.due, each.paid, each.difference, each.row.settled_on]
            for each in now.settlements
        ] or [head]
    headers = [_("项目"), _("按什么计算"), _("与谁分享"), _("主办方比例"), _("期间自"), _("期间至")]
    headers += [_("应结"), _("实结"), _("差额"), _("结算日期")]
    return workbook(request, name="shares", headers=headers, rows=rows)


@require_http_methods(["GET", "POST"])
def benefit_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter a sharing term of an agreement."""
    agreement = get_agreement(request.actor, uid)
    require_on(request.actor, EDIT, agreement.project)

    def save(data: dict[str, Any]) -> None:
        add_benefit_term(actor=request.actor, now=request.now, agreement=agreement, sharing=Sharing(**data))

    return save_page(
        request,
        template=FORM,
        form=BenefitForm(sent(request)),
        save=save,
        done=_("利益分享条款已登记。"),
        onward=reverse("console:pipeline:project_view", args=[agreement.project.uid]) + "?tab=agreements",
        project=agreement.project,
        fields={"pipeline.benefit_share": "share"},
        extra={"title": _("登记利益分享"), "subtitle": agreement.project.name, "submit": _("保存")},
    )


@require_GET
def benefit_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One term with its settlements: due, paid, difference."""
    term = get_term(request.actor, uid)
    project = term.agreement.project
    scopes = scopes_of(project)
    context = {
        "term": term,
        "standing": standing_of(term),
        "pairs": [
            (_("按什么计算"), term.basis),
            (_("与谁分享"), term.counterpart),
            (_("主办方比例"), presenting.share_text(term)),
            (_("自"), term.since),
            (_("至"), term.until),
            (_("说明"), term.note),
            (_("登记人"), term.recorded_by),
        ],
        "may_edit": request.actor.may(EDIT, *scopes) and term.voided_at is None,
        "may_files": request.actor.may("file.view", *scopes),
        "crumbs": [
            Crumb(_("利益分享"), reverse("console:promises:benefit_list")),
            Crumb(project.name, reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=agreements"),
        ],
    }
    return render(request, "console/promises/benefit_view.html", context)


@require_http_methods(["GET", "POST"])
def settlement_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what was settled for a period."""
    term = get_term(request.actor, uid)
    require_on(request.actor, EDIT, term.agreement.project)

    def save(data: dict[str, Any]) -> None:
        upload, reason = data.pop("file"), data.pop("mark_reason")
        attachment = Attachment(upload.name, upload.chunks(), reason) if upload else None
        settle(actor=request.actor, now=request.now, term=term, settling=Settling(**data, attachment=attachment))

    return save_page(
        request,
        template=FORM,
        form=SettlementForm(*uploaded(request)),
        save=save,
        done=_("结算已登记。"),
        onward=reverse("console:promises:benefit_view", args=[uid]),
        project=term.agreement.project,
        extra={"title": _("登记结算"), "subtitle": term.basis, "submit": _("保存")},
    )


@require_POST
def benefit_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a term back that was entered in error."""
    term = get_term(request.actor, uid)
    void_benefit_term(actor=request.actor, now=request.now, term=term, reason=request.POST.get("reason", ""))
    messages.success(request, _("条款已作废，记录保留。"))
    return redirect("console:promises:benefit_view", uid)


@require_POST
def settlement_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a settlement back that was entered in error."""
    row = get_settlement(request.actor, uid)
    void_settlement(actor=request.actor, now=request.now, settlement=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("这笔结算已作废，记录保留。"))
    return redirect("console:promises:benefit_view", row.term.uid)
