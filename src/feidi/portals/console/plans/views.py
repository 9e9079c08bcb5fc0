"""The list of plans, one plan as a table by groups, what a version changed, one task, the way out as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.liaison.models import ActionPlan
from feidi.domain.liaison.selectors.plans import (
    SORTS,
    PlanFilter,
    TaskFilter,
    changes_of,
    get_plan,
    get_task,
    grouped,
    lines_of,
    list_plans,
    tasks_of,
    versions_of,
)
from feidi.domain.liaison.services.plan_import import export_rows
from feidi.domain.parties.access import outposts_visible_to
from feidi.domain.parties.models import Outpost
from feidi.portals.console.daily import EDIT, history_of, require_daily
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.plans import presenting
from feidi.portals.console.plans.forms import LinkForm, PlanFilterForm, TaskFilterForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import read_table


def plan_url(uid: str) -> str:
    """Return the page of one plan."""
    return reverse("console:plans:plan_view", args=[uid])


def crumbs_of(plan: ActionPlan, *more: str) -> list[Crumb]:
    """Return the way to a plan's page, or to one behind it."""
    first = Crumb(_("重点任务"), reverse("console:plans:plan_list"))
    last = [Crumb(plan.title, plan_url(plan.uid))] if more else [Crumb(plan.title)]
    return [first, *last, *(Crumb(each) for each in more)]


@require_GET
def plan_list(request: FeidiRequest) -> HttpResponse:
    """Action plans of the actor's outposts, or of those of the actor's side: what is in force first."""
    require_daily(request.actor)
    outposts = outposts_visible_to(request.actor, Outpost.objects.order_by("code"))
    form = PlanFilterForm(request.GET, actor=request.actor, outposts=outposts)
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = PlanFilter(given.get("words") or "", given.get("state") or "", outpost.pk if outpost else None)
    found = listed(
        request,
        list_plans(request.actor, wanted, request.today),
        presenting.COLUMNS,
        presenting.rows_of,
        sorts=SORTS,
    )
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text, request.today),
        "may_add": request.actor.may(EDIT),
    }
    return render(request, "console/plans/plan_list.html", context)


def _asked(request: FeidiRequest) -> tuple[TaskFilterForm, TaskFilter, int]:
    form = TaskFilterForm(request.GET)
    given, active = asked_of(form)
    return form, TaskFilter(**{name: value or "" for name, value in given.items()}), active


@require_GET
def plan_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One plan: its tasks by group with units, dates, states, latest progress and evidence."""
    plan = get_plan(request.actor, uid)
    form, wanted, active = _asked(request)
    lines = lines_of(request.actor, tasks_of(plan, wanted, request.today), request.today)
    veil, table = presenting.plan_veil(request.actor, plan), read_table(request.GET, presenting.TASK_COLUMNS)
    context = {
        "plan": plan,
        "may": presenting.might(request.actor, plan),
        "form": form,
        "active": active,
        "pairs": presenting.summary_pairs(lines),
        "groups": [
            (veil.text(group) or _("未分类"), table.with_rows(presenting.task_rows(rows, veil)))
            for group, rows in grouped(lines)
        ],
        "versions": versions_of(request.actor, plan),
        "badges": presenting.badges_of(plan, request.today),
        "entries": history_of("liaison.plan", plan.uid, veil, presenting.FIELDS),
        "export_url": f"{reverse('console:plans:plan_export', args=[uid])}?{request.GET.urlencode()}",
        "copy_text": presenting.record_text(plan, lines, veil, request.today),
        "today": request.today,
        "crumbs": crumbs_of(plan),
    }
    return render(request, "console/plans/plan_view.html", context)


@require_GET
def plan_changes(request: FeidiRequest, uid: str) -> HttpResponse:
    """What this version changed against the one before."""
    plan = get_plan(request.actor, uid)
    veil = presenting.plan_veil(request.actor, plan)
    context = {
        "plan": plan,
        "changes": presenting.change_rows(changes_of(plan), veil),
        "crumbs": crumbs_of(plan, _("与上一版的不同")),
    }
    return render(request, "console/plans/plan_changes.html", context)


@require_GET
def plan_export(request: FeidiRequest, uid: str) -> HttpResponse:
    """The shown tasks as a workbook that can be imported again; who took it is on record."""
    plan = get_plan(request.actor, uid)
    _form, wanted, _active = _asked(request)
    veil = presenting.plan_veil(request.actor, plan)
    lines = lines_of(request.actor, tasks_of(plan, wanted, request.today), request.today)
    headers, rows = export_rows(lines)
    veiled: list[list[Any]] = [[veil.text(str(cell)) for cell in row] for row in rows]
    return workbook(request, name="plan-tasks", headers=headers, rows=veiled)


@require_GET
def task_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One task: everything noted of it here and in earlier versions, evidence, what it is tied to."""
    task = get_task(request.actor, uid)
    line = lines_of(request.actor, [task], request.today)[0]
    veil = presenting.plan_veil(request.actor, task.plan)
    context = {
        "task": task,
        "title": veil.text(task.title),
        "measure": veil.text(task.measure),
        "may": presenting.might(request.actor, task.plan),
        "pairs": presenting.task_pairs(task, veil),
        "badges": presenting.task_badges(line, request.today),
        "progress": [(each, veil.text(each.text)) for each in line.progress],
        "own": {each.pk for each in line.progress if each.task_id == task.pk},
        "ties": presenting.ties_of(line),
        "link_form": LinkForm(),
        "crumbs": crumbs_of(task.plan, f"{task.number} {veil.text(task.title)}"),
    }
    return render(request, "console/plans/task_view.html", context)
