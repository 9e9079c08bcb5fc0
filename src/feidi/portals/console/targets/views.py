"""The target list: by node with progress, one firm, how far it is, beginning talks, handing out in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.duplicates import find_alike
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import TargetState
from feidi.domain.pipeline.models import Project, Target
from feidi.domain.pipeline.selectors.targets import (
    TargetFilter,
    get_target,
    known_nodes,
    list_targets,
    progress_by_node,
    projects_to_link,
    targets_visible_to,
)
from feidi.domain.pipeline.services.targets import EDIT, assign_targets, record_contact, start_talks, void_target
from feidi.engines.findings import refuse
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.projects import colleagues, outposts_of
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.targets import presenting
from feidi.portals.console.targets.chains import NodeNames, gap_lines
from feidi.portals.console.targets.forms import ContactedForm, TargetFilterForm
from feidi.portals.ui.pieces import Action, Badge, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest


def _wanted(request: FeidiRequest) -> tuple[TargetFilterForm, QuerySet[Target], int]:
    nodes = sorted({node for _chain, node in known_nodes(request.actor)})
    form = TargetFilterForm(request.GET, nodes=nodes, users=colleagues(request.actor, ever=True))
    given, active = asked_of(form)
    owner = given.get("owner") or ""
    wanted = TargetFilter(
        words=given.get("words") or "",
        node=given.get("node") or "",
        state=given.get("state") or "",
        owner_id=int(owner) if owner else None,
    )
    return form, list_targets(request.actor, wanted), active


@require_GET
def target_list(request: FeidiRequest) -> HttpResponse:
    """Every target of one's outposts, with the progress of each node above them."""
    require(request.actor, EDIT)
    form, rows, active = _wanted(request)
    outposts = outposts_of(request.actor, EDIT)
    names = NodeNames(outposts).of

    def draw(items: Sequence[Target]) -> list[Row]:
        return presenting.rows_of(items, names)

    shown = listed(request, rows, presenting.COLUMNS, draw, sorts=presenting.SORTS, selectable=True)
    progress = progress_by_node(rows)
    nodes = presenting.progress_lines(progress, names)
    actions = [
        Action(_("加一家"), reverse("console:targets:target_new"), "plus", tone="primary"),
        Action(_("产业链环节"), reverse("console:targets:chain_list"), "link"),
        Action(_("粘贴名单"), reverse("console:targets:target_paste"), "notes"),
        Action(_("导入表格"), reverse("console:targets:target_import"), "database-import"),
    ]
    if request.actor.may("project.export"):
        address = f"{reverse('console:targets:target_export')}?{request.GET.urlencode()}"
        actions.append(Action(_("导出本列表"), address, "database-export"))
    lines = [f"{each['node'].node}：{each['text']}" for each in nodes]
    context = {
        **shown,
        "title": _("目标企业清单"),
        "subtitle": _("产业链缺哪个环节，就按环节列出要找的企业。主办方看不到这张清单，转为项目并报送后才看得到。"),
        "form": form,
        "active": active,
        "nodes": nodes,
        "gaps": [] if active else gap_lines(outposts, progress),
        "people": colleagues(request.actor),
        "clear_url": reverse("console:targets:target_list"),
        "actions": actions,
        "copy_text": chat_lines(_("目标企业（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的目标企业") if active else _("还没有目标企业"),
        "empty_text": _("先写下缺的环节和要找的企业；也可以粘贴或导入一份名单。"),
        "empty_url": reverse("console:targets:target_new"),
        "empty_label": _("加一家"),
        "bulk": "assign",
    }
    return render(request, "console/targets/target_list.html", context)


@require_GET
def target_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, with every column."""
    require(request.actor, "project.export")
    _form, rows, _active = _wanted(request)
    drawn = presenting.rows_of(list(rows), NodeNames(outposts_of(request.actor, EDIT)).of)
    return workbook(
        request,
        name="targets",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in drawn],
    )


@require_GET
def target_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One target: why it, who contacts it, how far, and the way into talks."""
    target = get_target(request.actor, uid)
    context = {
        "target": target,
        "project": target.project,
        "badges": [Badge(TargetState(target.state).label, presenting.STATE_TONES[TargetState(target.state)])],
        "pairs": [
            (_("产业链"), target.chain),
            (_("缺失环节"), target.node),
            (_("所在地"), target.place_text),
            (_("为什么找它"), target.why),
            (_("名单来源"), target.source),
            (_("谁联系"), target.owner.display_name if target.owner else _("待定")),
            (_("接触日期"), target.contacted_on),
            (_("结果"), target.result),
            (_("登记人"), target.recorded_by),
        ],
        "candidates": [] if target.project else list(projects_to_link(target)),
        "alike": () if target.project else find_alike(request.actor, target.outpost, target.name),
        "may_edit": request.actor.may(EDIT, outpost_scope(target.outpost_id)),
        "crumbs": [Crumb(_("目标企业清单"), reverse("console:targets:target_list")), Crumb(target.name)],
    }
    return render(request, "console/targets/target_view.html", context)


@require_http_methods(["GET", "POST"])
def target_contact(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say how far it is: contacted on which day, with which result."""
    target = get_target(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(target.outpost_id))

    def save(data: dict[str, Any]) -> None:
        state = TargetState(data.pop("state"))
        record_contact(actor=request.actor, now=request.now, target=target, state=state, **data)

    initial = {"state": target.state, "contacted_on": target.contacted_on or request.today, "result": target.result}
    return save_page(
        request,
        template="console/promises/form_page.html",
        form=ContactedForm(sent(request), initial=initial),
        save=save,
        done=_("已登记。"),
        onward=reverse("console:targets:target_view", args=[uid]),
        fields={"pipeline.target_date_needed": "contacted_on", "pipeline.date_in_future": "contacted_on"},
        extra={"title": _("登记接触情况"), "subtitle": target.name, "submit": _("保存")},
    )


@require_POST
def target_talk(request: FeidiRequest, uid: str) -> HttpResponse:
    """Begin talks: register a lead, or link the project named by ``project``."""
    target = get_target(request.actor, uid)
    asked = request.POST.get("project", "")
    project = visible_in_office(request.actor, Project.objects.filter(uid=asked)).first() if asked else None
    if asked and project is None:
        raise refuse("pipeline.project_unknown")
    project = start_talks(
        actor=request.actor,
        now=request.now,
        target=target,
        project=project,
        not_a_duplicate=request.POST.get("not_a_duplicate") == "on",
    )
    messages.success(request, _("已转入在谈：{code}").format(code=project.code))
    return redirect("console:pipeline:project_view", project.uid)


@require_http_methods(["GET", "POST"])
def target_assign(request: FeidiRequest) -> HttpResponse:
    """Hand the picked targets to one colleague; looked at, it is the list on which they are picked."""
    if request.method == "GET":
        return target_list(request)
    require(request.actor, EDIT)
    uids = request.POST.getlist("picked")
    owner = colleagues(request.actor).get(uid=request.POST.get("owner", ""))
    rows = targets_visible_to(request.actor, Target.objects.filter(uid__in=uids, voided_at__isnull=True))
    changed = assign_targets(actor=request.actor, now=request.now, targets=list(rows), owner=owner)
    messages.success(request, _("{n} 家交给 {name} 联系。").format(n=changed, name=owner.display_name))
    return redirect("console:targets:target_list")


@require_POST
def target_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a target back that was entered in error."""
    target = get_target(request.actor, uid)
    void_target(actor=request.actor, now=request.now, target=target, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录保留。"))
    return redirect("console:targets:target_list")
