"""Reports that come round: which, on which day, to whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.selectors.papers import issuing_outposts
from feidi.domain.reporting.selectors.reports import list_plans, list_robots
from feidi.domain.reporting.services.papers import ISSUE
from feidi.domain.reporting.services.report_plans import NewPlan, add_plan, change_plan, void_plan
from feidi.portals.console.lists import listed
from feidi.portals.console.papers.scope import require_papers
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.reports import presenting
from feidi.portals.console.reports.access import may_issue, plan_for
from feidi.portals.console.reports.forms import PlanForm
from feidi.portals.ui.requests import FeidiRequest


@require_safe
def plan_list(request: FeidiRequest) -> HttpResponse:
    """List what comes round, when next, and to whom it goes."""
    outposts = require_papers(request.actor)
    contents = presenting.contents_of(outposts, request.today)
    names = dict(list_robots(issuing_outposts(request.actor)).values_list("uid", "name"))
    shown = listed(
        request,
        list_plans(request.actor),
        presenting.PLAN_COLUMNS,
        lambda items: [
            presenting.plan_row(each, contents[each.outpost_id].kinds.get(each.kind), names, request.today)
            for each in items
        ],
        sorts={},
    )
    context = {**shown, "tabs": presenting.tabs_of(), "may_issue": request.actor.may(ISSUE)}
    return render(request, "console/reports/plan_list.html", context)


def _new(data: dict[str, Any], kind: str, default_day: int, plaque: str = "") -> NewPlan:
    day = data["day"] or default_day
    return NewPlan(kind, day, plaque, data["addresses"], data.get("robots", ()))


@require_http_methods(["GET", "POST"])
def plan_new(request: FeidiRequest) -> HttpResponse:
    """Plan a kind of report; drafts are made in one's own name."""
    outposts = require_papers(request.actor, ISSUE)
    contents = presenting.contents_of(outposts, request.today)
    kinds = {each.code: each for content in contents.values() for each in content.planned}
    named = [(code, presenting.kind_label(each, code)) for code, each in kinds.items()]
    robots = list_robots(issuing_outposts(request.actor, ISSUE))
    form = PlanForm(sent(request), outposts=outposts, kinds=named, robots=robots)

    def save(data: dict[str, Any]) -> None:
        new = _new(data, data["kind"], kinds[data["kind"]].due_day, data["plaque"])
        outpost = next(each for each in outposts if each.pk == data["outpost"].pk)
        add_plan(actor=request.actor, now=request.now, outpost=outpost, new=new)

    return save_page(
        request,
        template="console/reports/plan_new.html",
        form=form,
        save=save,
        done=_("计划已建；到日子自动出草稿，批准后才发。"),
        onward=reverse("console:reports:plan_list"),
        extra={"crumbs": presenting.crumbs(_("新建计划"), "plan_list", _("报表计划"))},
    )


@require_http_methods(["GET", "POST"])
def plan_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change the day of a plan and to whom it goes."""
    plan = plan_for(request.actor, uid)
    if request.method == "POST":
        require(request.actor, ISSUE, outpost_scope(plan.outpost_id))
    contents = presenting.contents_of([plan.outpost], request.today)
    kind = contents[plan.outpost_id].kinds.get(plan.kind)
    robots = list_robots(issuing_outposts(request.actor).filter(pk=plan.outpost_id))
    initial = {"day": plan.day, "robots": plan.robots}
    form = PlanForm(sent(request), outposts=[plan.outpost], kinds=[], robots=robots, plan=plan, initial=initial)

    def save(data: dict[str, Any]) -> None:
        new = _new(data, plan.kind, plan.day, plan.plaque)
        change_plan(actor=request.actor, now=request.now, plan=plan, new=new)

    label = presenting.kind_label(kind, plan.kind)
    return save_page(
        request,
        template="console/reports/plan_edit.html",
        form=form,
        save=save,
        done=_("计划已改。"),
        onward=reverse("console:reports:plan_list"),
        extra={
            "plan": plan,
            "title": label,
            "when": presenting.when_words(kind, plan.day),
            "crumbs": presenting.crumbs(label, "plan_list", _("报表计划")),
            "may_issue": may_issue(request.actor, plan.outpost_id) and plan.voided_at is None,
        },
    )


@require_POST
def plan_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Plan it no more."""
    plan = plan_for(request.actor, uid)
    void_plan(actor=request.actor, now=request.now, plan=plan, reason=request.POST.get("reason", ""))
    messages.success(request, _("计划已停用，邮箱已删除。"))
    return redirect("console:reports:plan_list")
