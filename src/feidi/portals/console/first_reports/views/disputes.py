"""A dispute: raised by one side, answered by the other, ruled by the home side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import DisputeState
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute, FirstReportEntry, Project
from feidi.domain.pipeline.selectors.first_report_rules import first_report_rules
from feidi.domain.pipeline.selectors.first_reports import EDIT, RULE, get_dispute
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.first_report_disputes import (
    answer_dispute,
    raise_dispute,
    rule_dispute,
    withdraw_dispute,
)
from feidi.kernel.access import Scope, ScopeKind
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.selectors import list_forms
from feidi.kernel.files.services import store_upload
from feidi.portals.console.first_reports.forms import RaiseForm, RuleForm
from feidi.portals.console.first_reports.presenting import entry_of, reason_words, rule_choices, side_of
from feidi.portals.console.first_reports.views.claims import editable, record_url
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.words import say_pair
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _seen(request: FeidiRequest, dispute: FirstReportDispute) -> set[int]:
    """Return the keys of the two projects that the actor may open."""
    both = Project.objects.filter(pk__in=[dispute.left.project_id, dispute.right.project_id])
    return set(visible_in_office(request.actor, both).values_list("pk", flat=True))


def _label(claim: FirstReport, *, named: bool) -> str:
    outpost, on = claim.project.outpost.short_name, business_date(claim.reported_at)
    return f"{outpost}（{on}）{claim.project.name if named else ''}".strip()


@require_http_methods(["GET", "POST"])
def dispute_raise(request: FeidiRequest, uid: str) -> HttpResponse:
    """Dispute a sister outpost's claim that the check has found."""
    claim = editable(request, uid)
    others = [
        (each["claim"], f"{each['outpost']}，{each['since']}，{reason_words(each['reasons'])}")
        for each in claim.checked
        if each.get("claim")
    ]
    return save_page(
        request,
        template="console/first_reports/report_form.html",
        form=RaiseForm(uploaded(request)[0], others=others),
        save=lambda data: raise_dispute(actor=request.actor, now=request.now, claim=claim, **data),
        done=_("争议已提出，本项目已随之报送主办单位，等待裁定。"),
        onward=record_url(claim.project),
        project=claim.project,
        extra={"title": _("提出首报争议"), "note": _("提出争议即把本项目报送主办单位；对方会收到答复的待办。")},
    )


@require_GET
def dispute_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Both sides, as far as the actor may read them; the ruling once there is one."""
    dispute = get_dispute(request.actor, uid)
    seen = _seen(request, dispute)
    entries = FirstReportEntry.objects.filter(
        first_report__in=[each for each in (dispute.left, dispute.right) if each.project_id in seen]
    ).order_by("-at", "-id")
    opened = dispute.state == DisputeState.OPEN
    rule = first_report_rules(dispute.home).ruling(dispute.rule) if dispute.rule else None
    context = {
        "dispute": dispute,
        "sides": [side_of(each, named=each.project_id in seen) for each in (dispute.left, dispute.right)],
        "entries": [entry_of(each) for each in entries],
        "today": request.today,
        "may_answer": opened and request.actor.may(EDIT, outpost_scope(dispute.right.project.outpost_id)),
        "may_withdraw": opened and request.actor.may(EDIT, outpost_scope(dispute.left.project.outpost_id)),
        "may_rule": opened and request.actor.may(RULE, Scope(ScopeKind.HOME, dispute.home_id)),
        "papers": _papers(request, dispute),
        "rule_label": say_pair(rule.label_zh, rule.label_en) if rule else dispute.rule,
        "winner": _label(dispute.winner, named=dispute.winner.project_id in seen) if dispute.winner else "",
        "crumbs": [
            Crumb(_("首报首谈"), reverse("console:first_reports:report_list")),
            Crumb(_("争议"), reverse("console:first_reports:dispute_list")),
            Crumb(" / ".join(each.project.outpost.short_name for each in (dispute.left, dispute.right))),
        ],
    }
    return render(request, "console/first_reports/dispute_view.html", context)


def _papers(request: FeidiRequest, dispute: FirstReportDispute) -> list[dict[str, Any]]:
    """Return for which sides the actor may print the ruling, with the prints and signed copies there are."""
    if dispute.state != DisputeState.RULED:
        return []
    rules = request.actor.may(RULE, Scope(ScopeKind.HOME, dispute.home_id))
    sides = [
        each
        for each in (dispute.left, dispute.right)
        if rules or request.actor.may(EDIT, outpost_scope(each.project.outpost_id))
    ]
    title = first_report_rules(dispute.home).paper_form.get("title", {}).get("zh", "")
    return [{"claim": each, "prints": _prints(each, title)} for each in sides] if title else []


def _prints(claim: FirstReport, title: str) -> list[PrintedForm]:
    return list(list_forms(subject_of(claim.project), "statement").filter(title=title))


@require_POST
def dispute_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """State the other side's case; the project is thereby reported."""
    dispute = get_dispute(request.actor, uid)
    answer_dispute(actor=request.actor, now=request.now, dispute=dispute, statement=request.POST.get("reason", ""))
    messages.success(request, _("已答复，本项目已报送主办单位。"))
    return redirect("console:first_reports:dispute_view", uid)


@require_POST
def dispute_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take one's own dispute back."""
    dispute = get_dispute(request.actor, uid)
    withdraw_dispute(actor=request.actor, now=request.now, dispute=dispute, reason=request.POST.get("reason", ""))
    messages.success(request, _("争议已撤回，双方恢复原状。"))
    return redirect("console:first_reports:dispute_view", uid)


@require_http_methods(["GET", "POST"])
def dispute_rule(request: FeidiRequest, uid: str) -> HttpResponse:
    """Rule for one side by a published rule. Only the home side."""
    dispute = get_dispute(request.actor, uid)
    require(request.actor, RULE, Scope(ScopeKind.HOME, dispute.home_id))
    seen = _seen(request, dispute)
    sides = {each.uid: each for each in (dispute.left, dispute.right)}
    rules = first_report_rules(dispute.home)

    def save(data: dict[str, Any]) -> None:
        upload = data.pop("document")
        winner = sides[data.pop("winner")]
        document = None
        if upload is not None:
            document = store_upload(
                actor=request.actor,
                now=request.now,
                subject=subject_of(winner.project),
                name=upload.name,
                chunks=upload.chunks(),
            )
        rule_dispute(actor=request.actor, now=request.now, dispute=dispute, winner=winner, document=document, **data)

    sent, files = uploaded(request)
    choices = [(code, _label(each, named=each.project_id in seen)) for code, each in sides.items()]
    return save_page(
        request,
        template="console/first_reports/dispute_rule.html",
        form=RuleForm(sent, files, sides=choices, rules=rule_choices(rules)),
        save=save,
        done=_("已裁定，双方都会收到待办。"),
        onward=reverse("console:first_reports:dispute_view", args=[uid]),
        extra={"dispute": dispute, "rules": rules},
    )
