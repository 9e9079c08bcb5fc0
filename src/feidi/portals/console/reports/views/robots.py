"""Robots of an outpost's chat groups: entered, tried, put out of use. Their addresses are shown to nobody again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.reporting.selectors.papers import issuing_outposts
from feidi.domain.reporting.selectors.reports import list_robots
from feidi.domain.reporting.services.papers import ISSUE
from feidi.domain.reporting.services.report_plans import enter_robot, retire_robot, try_robot
from feidi.kernel.notify.enums import RobotKind
from feidi.kernel.notify.models import RobotMessage
from feidi.portals.console.lists import listed
from feidi.portals.console.papers.scope import require_papers
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.reports import presenting
from feidi.portals.console.reports.access import robot_for
from feidi.portals.console.reports.forms import RobotForm
from feidi.portals.ui.requests import FeidiRequest


@require_safe
def robot_list(request: FeidiRequest) -> HttpResponse:
    """List the robots of one's outposts with the last message of each."""
    require_papers(request.actor)
    rows = list_robots(issuing_outposts(request.actor))
    last: dict[int, RobotMessage] = {}
    for each in RobotMessage.objects.filter(robot__in=rows).defer("text_enc").order_by("id"):
        last[each.robot_id] = each
    shown = listed(
        request,
        rows,
        presenting.ROBOT_COLUMNS,
        lambda items: [presenting.robot_row(each, last.get(each.pk)) for each in items],
        sorts={},
    )
    context = {
        **shown,
        "tabs": presenting.tabs_of(),
        "robots": [each for each in rows if each.voided_at is None],
        "may_issue": request.actor.may(ISSUE),
    }
    return render(request, "console/reports/robot_list.html", context)


@require_http_methods(["GET", "POST"])
def robot_new(request: FeidiRequest) -> HttpResponse:
    """Enter the robot of a group."""
    outposts = require_papers(request.actor, ISSUE)
    form = RobotForm(sent(request), outposts=outposts)

    def save(data: dict[str, Any]) -> None:
        given = {name: data[name] for name in ("outpost", "name", "address", "secret")}
        enter_robot(actor=request.actor, now=request.now, kind=RobotKind(data["kind"]), **given)

    return save_page(
        request,
        template="console/reports/robot_new.html",
        form=form,
        save=save,
        done=_("已登记。发一条测试消息看看。"),
        onward=reverse("console:reports:robot_list"),
        extra={"crumbs": presenting.crumbs(_("登记群机器人"), "robot_list", _("群机器人"))},
    )


@require_POST
def robot_test(request: FeidiRequest, uid: str) -> HttpResponse:
    """Send a test message to a group."""
    try_robot(actor=request.actor, now=request.now, robot=robot_for(request.actor, uid))
    messages.success(request, _("测试消息已交后台发送，几秒后看群里和“最近一条”。"))
    return redirect("console:reports:robot_list")


@require_POST
def robot_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put a robot out of use; its address is forgotten."""
    robot = robot_for(request.actor, uid)
    retire_robot(actor=request.actor, now=request.now, robot=robot, reason=request.POST.get("reason", ""))
    messages.success(request, _("已停用，地址和密钥已删除。"))
    return redirect("console:reports:robot_list")
