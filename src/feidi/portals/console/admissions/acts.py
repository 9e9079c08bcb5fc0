"""初审: begun at the counter, the contact shown, completion asked once, taken up, withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.incubation.admission_access import EDIT
from feidi.domain.incubation.admission_enums import Origin
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.services.admissions import (
    accept_application,
    ask_completion,
    show_contact,
    withdraw_application,
)
from feidi.domain.incubation.services.application_drafts import begin_application
from feidi.domain.parties.access import require
from feidi.portals.console.admissions.forms import AcceptForm, CompletionForm
from feidi.portals.console.admissions.views import crumbs_of, editable, record_page, record_url
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/admissions/form.html"


@require_POST
def application_new(request: FeidiRequest) -> HttpResponse:
    """Begin an application for somebody at the counter; it is filled in on the applicant's own pages."""
    require(request.actor, EDIT)
    outpost = outposts_for(request.actor, EDIT).select_related("host").get(uid=request.POST.get("outpost", ""))
    _row, secret = begin_application(actor=request.actor, now=request.now, outpost=outpost, origin=Origin.COUNTER)
    first = admission_rules(outpost).sections[0].code
    return redirect("public:apply:section_answer", secret, first)


@require_POST
def contact_unmask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show the contact's phone; who looked is on record."""
    row = editable(request, uid)
    phone = show_contact(actor=request.actor, now=request.now, application=row)
    return record_page(request, row, phone)


@require_http_methods(["GET", "POST"])
def application_complete(request: FeidiRequest, uid: str) -> HttpResponse:
    """Tell once what is missing (一次性告知)."""
    row = editable(request, uid)
    form = CompletionForm(sent(request), questions=admission_rules(row.outpost).questions)

    def save(_data: dict[str, Any]) -> None:
        ask_completion(actor=request.actor, now=request.now, application=row, items=form.items())

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已一次性告知，申请人打开查询码就看到。"),
        onward=record_url(uid),
        extra={
            "title": _("一次性告知"),
            "subtitle": f"{row.number} {row.applicant}",
            "note": _("只告知一次：在要补的题目后面写明差什么，其余空着。"),
            "crumbs": crumbs_of(row, _("一次性告知")),
        },
    )


@require_http_methods(["GET", "POST"])
def application_accept(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take it up: an officer, and a project at screening, new or linked."""
    row = editable(request, uid)
    initial = {"officer": row.officer_id or request.actor.user_id}
    form = AcceptForm(sent(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT), initial=initial)

    def save(data: dict[str, Any]) -> None:
        accept_application(
            actor=request.actor,
            now=request.now,
            application=row,
            officer=data["officer"],
            project=data["project"],
            not_a_duplicate=data["not_a_duplicate"],
        )

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已受理，项目在“线索研判”。"),
        onward=record_url(uid),
        extra={
            "title": _("受理"),
            "subtitle": f"{row.number} {row.applicant}",
            "note": _("申请人所答会写到项目上，属于事实词典的成为该单位的事实，不再问第二遍。"),
            "crumbs": crumbs_of(row, _("受理")),
        },
    )


@require_POST
def application_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """End it because the applicant no longer wants it."""
    row = editable(request, uid)
    withdraw_application(actor=request.actor, now=request.now, application=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回。项目要不要终止洽谈，请到项目页另行决定。"))
    return redirect(reverse("console:admissions:application_list"))
