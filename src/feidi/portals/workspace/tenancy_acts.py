"""What a tenant does from its own page, one form each: report, ask, score, prove, note a result, take an hour, leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feidi.domain.incubation.enums import TenancyEnd, TenantOutcomeKind
from feidi.domain.incubation.models import MentorHour, Tenancy
from feidi.domain.incubation.selectors.reports import period_from, prefill_of, questions_of
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.services import exits, milestones, outcomes, reports, requests
from feidi.domain.incubation.services.mentors import take_hour
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.engines.findings import RefusedError
from feidi.kernel.evidence.models import EvidenceItem
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.tenancy import reporting_tenancy, tenancy_url
from feidi.portals.workspace.tenancy_forms import (
    HourForm,
    LeaveForm,
    OutcomeForm,
    ProofForm,
    ReportForm,
    ScoreForm,
    ServiceForm,
)

#: HTTP statuses of a form sent back: with errors of its own, or refused by the service.
INVALID, REFUSED = 422, 409
_BOTH = require_http_methods(["GET", "HEAD", "POST"])


def _sent(request: FeidiRequest) -> tuple[QueryDict | None, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _page(
    request: FeidiRequest,
    row: Tenancy,
    form: Form,
    save: Callable[[dict[str, Any]], object],
    *,
    title: str,
    done: str,
    part: str,
    fields: Mapping[str, str] | None = None,
    note: str = "",
) -> HttpResponse:
    """Show a form, save it, go back to one's tenancy; a refusal keeps what was typed."""
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                save(form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal, dict(fields or {}))
                status = REFUSED
            else:
                messages.success(request, done)
                return redirect(tenancy_url(row.uid, part))
    context = {
        "form": form,
        "title": title,
        "note": note,
        "back": tenancy_url(row.uid, part),
        "crumbs": [
            Crumb(_("我的入驻"), reverse("workspace:tenancy_list")),
            Crumb(row.number, tenancy_url(row.uid)),
            Crumb(title),
        ],
    }
    return render(request, "workspace/tenancy_form.html", context, status=status)


@_BOTH
def report_answer(request: FeidiRequest, uid: str, report: str) -> HttpResponse:
    """Answer the report of a period; what was accepted last is filled in already."""
    row = reporting_tenancy(request, uid)
    found = get_object_or_404(row.reports.select_related("tenancy__outpost__home"), uid=report)

    def save(data: dict[str, Any]) -> None:
        answers = {fact: given for fact, given in data.items() if fact != "news"}
        reports.answer_report(actor=request.actor, now=request.now, report=found, answers=answers, news=data["news"])

    form = ReportForm(*_sent(request), questions=questions_of(found), initial={**prefill_of(found), "news": found.news})
    title = _("填报 {period}").format(period=period_from(found).label)
    return _page(request, row, form, save, title=title, done=_("已提交，采信之后不再问第二遍。"), part="reports")


@_BOTH
def service_ask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Ask for a service."""
    row = reporting_tenancy(request, uid)
    form = ServiceForm(*_sent(request), services=incubation_rules(row.outpost).services)

    def save(data: dict[str, Any]) -> None:
        requests.ask_service(actor=request.actor, now=request.now, tenancy=row, **data)

    return _page(request, row, form, save, title=_("提出服务"), done=_("已提出，会有人联系您。"), part="services")


@_BOTH
def service_score(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Say how a service was."""
    row = reporting_tenancy(request, uid)
    found = get_object_or_404(row.requests, uid=entry)

    def save(data: dict[str, Any]) -> None:
        requests.score_service(
            actor=request.actor, now=request.now, request=found, score=data["score"], word=data["word"]
        )

    return _page(
        request, row, ScoreForm(*_sent(request)), save, title=_("评价服务"), done=_("谢谢，已收到。"), part="services"
    )


@_BOTH
def milestone_prove(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Hand in evidence that a milestone was reached."""
    row = reporting_tenancy(request, uid)
    found = get_object_or_404(row.milestones.select_related("tenancy"), uid=entry)

    def save(data: dict[str, Any]) -> None:
        proof = _proof(data, _replaced(request, milestones.KIND, entry))
        milestones.show_milestone(actor=request.actor, now=request.now, milestone=found, proof=proof)

    form = ProofForm(*_sent(request), initial={"occurred_on": request.today})
    return _page(request, row, form, save, title=found.title, done=_("已收到，等待审核。"), part="milestones")


@_BOTH
def outcome_note(request: FeidiRequest, uid: str) -> HttpResponse:
    """Note a result of one's own; it counts once its evidence is accepted."""
    row = reporting_tenancy(request, uid)

    def save(data: dict[str, Any]) -> None:
        kind = TenantOutcomeKind(data["kind"])
        new = outcomes.NewOutcome(kind, data["title"], data["dated_on"], data["amount"], row)
        outcomes.note_outcome(
            actor=request.actor,
            now=request.now,
            outpost=row.outpost,
            organization=row.organization,
            project=row.project,
            new=new,
        )

    form = OutcomeForm(*_sent(request))
    return _page(request, row, form, save, title=_("登记成果"), done=_("已登记，请交上证据。"), part="outcomes")


@_BOTH
def outcome_prove(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Hand in evidence of a result."""
    row = reporting_tenancy(request, uid)
    found = get_object_or_404(row.outcomes, uid=entry)

    def save(data: dict[str, Any]) -> None:
        proof = _proof(data, _replaced(request, outcomes.KIND, entry))
        outcomes.show_outcome(actor=request.actor, now=request.now, outcome=found, proof=proof)

    form = ProofForm(*_sent(request), initial={"occurred_on": found.dated_on})
    return _page(request, row, form, save, title=found.title, done=_("已收到，等待审核。"), part="outcomes")


@_BOTH
def hour_book(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take an hour of a mentor."""
    row = reporting_tenancy(request, uid)
    found = get_object_or_404(
        MentorHour.objects.select_related("mentor__person"), uid=entry, mentor__outpost=row.outpost_id, voided_at=None
    )

    def save(data: dict[str, Any]) -> None:
        take_hour(actor=request.actor, now=request.now, hour=found, tenancy=row, topic=data["topic"])

    title = _("约 {name}").format(name=found.mentor.person.name)
    return _page(request, row, HourForm(*_sent(request)), save, title=title, done=_("已约好。"), part="hours")


@_BOTH
def tenancy_leave(request: FeidiRequest, uid: str) -> HttpResponse:
    """Ask to leave: 毕业, 退出, 到期不续."""
    row = reporting_tenancy(request, uid)

    def save(data: dict[str, Any]) -> None:
        exits.ask_exit(
            actor=request.actor,
            now=request.now,
            tenancy=row,
            how=TenancyEnd(data["how"]),
            leaves_on=data["leaves_on"],
            reason=data["reason"],
        )

    return _page(
        request,
        row,
        LeaveForm(*_sent(request), initial={"leaves_on": row.ends_on}),
        save,
        title=_("申请离驻"),
        done=_("已收到，孵化经理会联系您办离驻清单。"),
        part="",
        fields={"incubation.day_outside_tenancy": "leaves_on"},
    )


def _proof(data: dict[str, Any], replaces: EvidenceItem | None) -> milestones.Proof:
    upload = data["file"]
    attachment = Attachment(upload.name, upload.chunks(), data["mark_reason"]) if upload else None
    return milestones.Proof(data["occurred_on"], attachment, data["record"], replaces)


def _replaced(request: FeidiRequest, kind: str, uid: str) -> EvidenceItem | None:
    items = EvidenceItem.objects.filter(requirement__subject_kind=kind, requirement__subject_uid=uid)
    return items.filter(uid=request.GET.get("replaces", "")).first()
