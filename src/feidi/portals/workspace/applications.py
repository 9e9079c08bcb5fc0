"""An organization's own applications for admission: begun with what is known of it, followed without a code."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.incubation.admission_access import VIEW_OWN
from feidi.domain.incubation.admission_enums import OVER, WRITABLE, ApplicationState, Origin
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules, Section, admission_rules
from feidi.domain.incubation.selectors.admissions import list_own_applications
from feidi.domain.incubation.selectors.application_answers import lines_of
from feidi.domain.incubation.services.admission_papers import reasons_words
from feidi.domain.incubation.services.admissions import withdraw_application
from feidi.domain.incubation.services.application_drafts import begin_application, renew_secret
from feidi.domain.incubation.services.first_answers import held_answer
from feidi.domain.parties.access import require
from feidi.domain.parties.models import Organization, Outpost
from feidi.kernel.access import ScopeKind
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.words import say

_SHOWN = 50


@require_safe
def application_list(request: FeidiRequest) -> HttpResponse:
    """One's own applications, newest first, and the outposts that know the organization to apply to."""
    require(request.actor, VIEW_OWN)
    context = {"rows": list_own_applications(request.actor)[:_SHOWN], "outposts": _outposts(request)}
    return render(request, "workspace/application_list.html", context)


@require_POST
def application_new(request: FeidiRequest) -> HttpResponse:
    """Begin one: what is on record of the organization is answered already."""
    require(request.actor, VIEW_OWN)
    outpost = _outposts(request).get(code=request.POST.get("outpost", ""))
    own = Organization.objects.filter(pk__in=request.actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION), voided_at=None)
    organization = own.filter(links__outpost=outpost).order_by("id").first()
    _row, secret = begin_application(
        actor=request.actor, now=request.now, outpost=outpost, origin=Origin.OWN, organization=organization
    )
    return redirect("public:apply:section_answer", secret, admission_rules(outpost).sections[0].code)


@require_safe
def application_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Where one's own application stands, what was answered, the first answer, the decision."""
    row = list_own_applications(request.actor).get(uid=uid)
    rules, answer = admission_rules(row.outpost), held_answer(row)
    context = {
        "row": row,
        "writable": row.state in WRITABLE,
        "open": row.state not in OVER and row.state != ApplicationState.DRAFT,
        "answer": answer,
        "data": answer.data if answer else None,
        "told_no": row.state in {ApplicationState.REJECTED, ApplicationState.WAITING},
        "reasons": reasons_words(row),
        "sections": [_section(row, rules, each) for each in rules.sections],
        "steps": row.steps.order_by("id"),
        "crumbs": [Crumb(_("我的入驻申请"), reverse("workspace:application_list")), Crumb(row.number or _("草稿"))],
    }
    return render(request, "workspace/application_view.html", context)


@require_POST
def application_continue(request: FeidiRequest, uid: str) -> HttpResponse:
    """Go on filling it in under a new code; the one before opens nothing any more."""
    row = list_own_applications(request.actor).get(uid=uid)
    secret = renew_secret(actor=request.actor, now=request.now, application=row)
    return redirect("public:apply:application_view", secret)


@require_POST
def application_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say that it is no longer wanted."""
    row = list_own_applications(request.actor).get(uid=uid)
    reason = request.POST.get("reason", "")
    withdraw_application(actor=request.actor, now=request.now, application=row, reason=reason)
    messages.success(request, _("已撤回。"))
    return redirect("workspace:application_view", uid)


def _outposts(request: FeidiRequest) -> QuerySet[Outpost]:
    """Return the outposts that know one of the actor's organizations."""
    own = request.actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    rows = Outpost.objects.filter(organization_links__organization__in=own).select_related("home", "host")
    return rows.distinct().order_by("code")


def _section(row: Application, rules: AdmissionRules, section: Section) -> dict[str, object]:
    pairs = [(say(question.label), words) for question, words in lines_of(row, rules, section) if words]
    return {"title": say(section.title), "pairs": pairs}
