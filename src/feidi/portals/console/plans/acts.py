"""What is done with a plan: begun, changed, approved, versioned, succeeded, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.liaison.models import ActionPlan
from feidi.domain.liaison.selectors.plans import get_plan
from feidi.domain.liaison.services.plans import (
    PlanFacts,
    bring_into_force,
    draft_plan,
    edit_plan,
    new_period,
    new_version,
    void_plan,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.portals.console.daily import EDIT, outposts_for
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.plans.forms import PlanForm, initial_of
from feidi.portals.console.plans.views import plan_url
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/daily/form.html"
_AT = {
    "liaison.plan_series_taken": "series",
    "liaison.plan_dates": "period_to",
    "liaison.plan_period_after": "period_from",
}


def editable(request: FeidiRequest, uid: str) -> ActionPlan:
    """Return one that the actor may change; others are refused or not found."""
    plan = get_plan(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(plan.outpost_id))
    return plan


def _facts(data: dict[str, Any]) -> PlanFacts:
    return PlanFacts(data["title"], data["period_from"], data["period_to"], data["document_number"])


@require_http_methods(["GET", "POST"])
def plan_new(request: FeidiRequest) -> HttpResponse:
    """Begin a plan; its tasks are typed or imported on its page."""
    require(request.actor, EDIT)
    made: list[str] = []

    def save(data: dict[str, Any]) -> None:
        plan = draft_plan(
            actor=request.actor, now=request.now, outpost=data["outpost"], series=data["series"], facts=_facts(data)
        )
        made.append(plan.uid)

    year = request.today.year
    form = PlanForm(
        sent(request),
        actor=request.actor,
        outposts=outposts_for(request.actor, EDIT),
        initial={"period_from": date(year, 1, 1), "period_to": date(year + 2, 12, 31)},
    )
    response = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("计划已建立，接着导入或录入任务。"),
        onward=reverse("console:plans:plan_list"),
        fields=_AT,
        extra={"title": _("建立计划"), "subtitle": ""},
    )
    if made:
        response.headers["Location"] = plan_url(made[0])
    return response


@require_http_methods(["GET", "POST"])
def plan_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change a draft's title, number or period."""
    plan = editable(request, uid)
    outposts = Outpost.objects.filter(pk=plan.outpost_id)
    form = PlanForm(sent(request), actor=request.actor, outposts=outposts, initial=initial_of(plan, PlanForm))
    del form.fields["series"]

    def save(data: dict[str, Any]) -> None:
        version = data["version"] or plan.version
        edit_plan(actor=request.actor, now=request.now, plan=plan, version=version, facts=_facts(data))

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已保存。"),
        onward=plan_url(uid),
        fields=_AT,
        extra={"title": _("修改计划"), "subtitle": plan.title},
    )


@require_POST
def plan_approve(request: FeidiRequest, uid: str) -> HttpResponse:
    """Bring a draft into force."""
    bring_into_force(actor=request.actor, now=request.now, plan=get_plan(request.actor, uid))
    messages.success(request, _("计划已生效，上一版自动停用。"))
    return redirect(plan_url(uid))


@require_POST
def plan_version(request: FeidiRequest, uid: str) -> HttpResponse:
    """Begin the next version of the same period."""
    made = new_version(actor=request.actor, now=request.now, plan=editable(request, uid))
    messages.success(request, _("新版本已建立，任务已全部带入；改完后提请生效。"))
    return redirect(plan_url(made.uid))


@require_http_methods(["GET", "POST"])
def plan_successor(request: FeidiRequest, uid: str) -> HttpResponse:
    """Begin the successor plan of a later period."""
    plan, made = editable(request, uid), list[str]()
    after = plan.period_to + timedelta(days=1)
    until = date(after.year + plan.period_to.year - plan.period_from.year, 12, 31)
    outposts = Outpost.objects.filter(pk=plan.outpost_id)
    initial = {"outpost": plan.outpost, "title": plan.title, "period_from": after, "period_to": until}
    form = PlanForm(sent(request), actor=request.actor, outposts=outposts, initial=initial)
    del form.fields["series"]

    def save(data: dict[str, Any]) -> None:
        made.append(new_period(actor=request.actor, now=request.now, plan=plan, facts=_facts(data)).uid)

    response = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("下一期已建立，未完成的任务已带入。"),
        onward=plan_url(uid),
        fields=_AT,
        extra={"title": _("建下一期"), "subtitle": plan.title},
    )
    if made:
        response.headers["Location"] = plan_url(made[0])
    return response


@require_POST
def plan_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a draft back with a reason."""
    plan = get_plan(request.actor, uid)
    void_plan(actor=request.actor, now=request.now, plan=plan, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录仍可查。"))
    return redirect("console:plans:plan_list")
