"""What is done with one claim: claim, check, renew, grant, hand over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.models import FirstReport, Project
from feidi.domain.pipeline.selectors.first_reports import EDIT, RULE, get_first_report
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.first_report_transfer import TRANSFER, transfer_first_report
from feidi.domain.pipeline.services.first_reports import (
    Claimed,
    check_first_report,
    claim_first_report,
    grant_first_report,
    renew_first_report,
)
from feidi.kernel.access import Scope, ScopeKind
from feidi.kernel.files.services import store_upload
from feidi.portals.console.first_reports.forms import ClaimForm, TransferForm
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/first_reports/report_form.html"


def record_url(project: Project) -> str:
    """Return the tab 首报 of a project's record."""
    return reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=first_report"


def editable(request: FeidiRequest, uid: str, permission: str = EDIT) -> FirstReport:
    """Return a claim over whose project the actor holds ``permission``; others are refused or not found."""
    claim = get_first_report(request.actor, uid)
    require_on(request.actor, permission, claim.project)
    return claim


@require_http_methods(["GET", "POST"])
def report_claim(request: FeidiRequest, uid: str) -> HttpResponse:
    """Claim a first report for a project that has none live; evidence is optional."""
    project = get_project(request.actor, uid)
    require_on(request.actor, EDIT, project)

    def save(data: dict[str, Any]) -> None:
        upload = data.pop("evidence")
        file = None
        if upload is not None:
            file = store_upload(
                actor=request.actor,
                now=request.now,
                subject=subject_of(project),
                name=upload.name,
                chunks=upload.chunks(),
            )
        claimed = Claimed(**data, evidence=file)
        claim_first_report(actor=request.actor, now=request.now, project=project, claimed=claimed)

    sent, files = uploaded(request)
    return save_page(
        request,
        template=FORM,
        form=ClaimForm(sent, files, initial={"referrer": project.referrer, "unit": project.first_report_unit}),
        save=save,
        done=_("首报已登记，时间由系统记录。"),
        onward=record_url(project),
        project=project,
        extra={"title": _("登记首报"), "note": ""},
    )


@require_POST
def report_check(request: FeidiRequest, uid: str) -> HttpResponse:
    """Compare once more with what sister outposts hold."""
    claim = editable(request, uid)
    row = check_first_report(actor=request.actor, now=request.now, claim=claim)
    found = len(row.checked)
    messages.success(request, _("查重完成：{n} 处冲突。").format(n=found) if found else _("查重完成：没有冲突。"))
    return redirect(record_url(claim.project))


@require_POST
def report_renew(request: FeidiRequest, uid: str) -> HttpResponse:
    """Lengthen the window, with a reason."""
    claim = editable(request, uid)
    row = renew_first_report(actor=request.actor, now=request.now, claim=claim, reason=request.POST.get("reason", ""))
    messages.success(request, _("已续期至 {on}。").format(on=row.window_to))
    return redirect(record_url(claim.project))


@require_POST
def report_grant(request: FeidiRequest, uid: str) -> HttpResponse:
    """Grant the right by the home side's word."""
    claim = get_first_report(request.actor, uid)
    require(request.actor, RULE, Scope(ScopeKind.HOME, claim.home_id))
    grant_first_report(actor=request.actor, now=request.now, claim=claim, reason=request.POST.get("reason", ""))
    messages.success(request, _("首谈权已认定。"))
    return redirect(record_url(claim.project))


@require_http_methods(["GET", "POST"])
def report_transfer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Hand the project with its right to a sister outpost of the same home."""
    claim = editable(request, uid, TRANSFER)
    sisters = Outpost.objects.filter(home=claim.home).exclude(pk=claim.project.outpost_id).order_by("code")
    return save_page(
        request,
        template=FORM,
        form=TransferForm(uploaded(request)[0], outposts=sisters),
        save=lambda data: transfer_first_report(actor=request.actor, now=request.now, claim=claim, **data),
        done=_("已流转；首报人和首报时间随项目保留，联系方式由双方当面移交。"),
        onward=record_url(claim.project),
        project=claim.project,
        extra={"title": _("流转给其他驻点"), "note": _("联系方式不随项目流转，由双方当面移交。")},
    )
