"""What is done with one activity: opened, closed, called off, held."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from feidi.domain.roadshow.services.activities import close_registration, open_activity
from feidi.domain.roadshow.services.holding import cancel_activity, hold_activity
from feidi.portals.console.events.asking import activity_url, editable
from feidi.portals.ui.requests import FeidiRequest


@require_POST
def activity_open(request: FeidiRequest, uid: str) -> HttpResponse:
    """Let people register."""
    open_activity(actor=request.actor, now=request.now, activity=editable(request, uid))
    messages.success(request, _("已开放报名，公开页上能看到了。"))
    return redirect(activity_url(uid))


@require_POST
def activity_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take no more registrations from outside."""
    close_registration(actor=request.actor, now=request.now, activity=editable(request, uid))
    messages.success(request, _("已停止报名；工作人员仍可代报。"))
    return redirect(activity_url(uid))


@require_POST
def activity_cancel(request: FeidiRequest, uid: str) -> HttpResponse:
    """Call it off: the room is free, everybody is told."""
    row, reason = editable(request, uid), request.POST.get("reason", "")
    told = cancel_activity(actor=request.actor, now=request.now, activity=row, reason=reason)
    messages.success(request, _("活动已取消，场地已退，已写 {n} 封通知邮件。").format(n=told))
    return redirect(activity_url(uid))


@require_POST
def activity_hold(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close the attendance: who came, and who met whom, goes into the talks of their projects."""
    done = hold_activity(actor=request.actor, now=request.now, activity=editable(request, uid))
    words = _("已核定到场 {entries} 人，写入项目往来 {talks} 条，{lost} 人不属于任何项目。")
    messages.success(request, words.format(entries=done.entries, talks=done.talks, lost=done.without_project))
    return redirect(activity_url(uid))
