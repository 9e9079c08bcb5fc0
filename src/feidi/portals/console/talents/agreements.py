"""委托处理协议 between the home side and the operator, as dated records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.talent.access import EDIT, VIEW, VIEW_HOME
from feidi.domain.talent.selectors.talents import list_agreements
from feidi.domain.talent.services.consents import (
    NewAgreement,
    add_processing_agreement,
    void_processing_agreement,
)
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.talents.asking import FORM, crumbs, scan_of
from feidi.portals.console.talents.forms import AgreementForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

_TERMS = ("handler", "processor", "purposes", "signed_on", "starts_on", "ends_on")


@require_GET
def agreement_list(request: FeidiRequest) -> HttpResponse:
    """The agreements of one's outposts, newest first, for both sides to read."""
    if not request.actor.may(VIEW_HOME):
        require(request.actor, VIEW)
    rows = [(each, request.actor.may(EDIT, outpost_scope(each.outpost_id))) for each in list_agreements(request.actor)]
    context = {
        "rows": rows,
        "may_add": request.actor.may(EDIT),
        "may_files": request.actor.may("file.view"),
        "crumbs": crumbs(Crumb(_("委托处理协议"))) if request.actor.may(VIEW) else [],
    }
    return render(request, "console/talents/agreement_list.html", context)


@require_http_methods(["GET", "POST"])
def agreement_new(request: FeidiRequest) -> HttpResponse:
    """Enter a signed agreement."""
    require(request.actor, EDIT)

    def save(data: dict[str, Any]) -> None:
        told = {name: data[name] for name in _TERMS}
        new = NewAgreement(paper=scan_of(data["paper"], data["mark_reason"]), **told)
        add_processing_agreement(actor=request.actor, now=request.now, outpost=data["outpost"], new=new)

    return save_page(
        request,
        template=FORM,
        form=AgreementForm(*uploaded(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT)),
        save=save,
        done=_("协议已登记。"),
        onward=reverse("console:talents:agreement_list"),
        fields={"talent.date_before": "ends_on", "talent.date_in_future": "signed_on"},
        extra={
            "title": _("登记委托处理协议"),
            "subtitle": _("谁委托谁、为什么、处理哪些个人信息、从何时到何时"),
            "submit": _("保存"),
        },
    )


@require_POST
def agreement_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back one entered in error."""
    row = list_agreements(request.actor).get(uid=uid)
    reason = request.POST.get("reason", "")
    void_processing_agreement(actor=request.actor, now=request.now, agreement=row, reason=reason)
    messages.success(request, _("已作废，记录仍可查。"))
    return redirect("console:talents:agreement_list")
