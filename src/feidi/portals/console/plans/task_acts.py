"""What is done with one task: changed in a draft, followed up, tied to what it is about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.liaison.enums import TaskState
from feidi.domain.liaison.models import PlanTask
from feidi.domain.liaison.selectors.plans import get_progress, get_task
from feidi.domain.liaison.services.plans import (
    KIND,
    Progress,
    TaskFacts,
    add_task,
    assign_task,
    edit_task,
    link_task,
    note_progress,
    unlink_task,
    void_progress,
    void_task,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.console.daily import EDIT
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.plans.acts import FORM, editable
from feidi.portals.console.plans.forms import LinkForm, OwnerForm, ProgressForm, TaskChangeForm, TaskForm, initial_of
from feidi.portals.console.plans.views import plan_url
from feidi.portals.ui.requests import FeidiRequest

_AT = {"liaison.task_number_taken": "number"}


def task_url(uid: str) -> str:
    """Return the page of one task."""
    return reverse("console:plans:task_view", args=[uid])


def _task(request: FeidiRequest, uid: str) -> PlanTask:
    task = get_task(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(task.plan.outpost_id))
    return task


@require_http_methods(["GET", "POST"])
def task_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Add a line to a draft."""
    plan = editable(request, uid)
    outposts = Outpost.objects.filter(pk=plan.outpost_id)
    return save_page(
        request,
        template=FORM,
        form=TaskForm(sent(request), actor=request.actor, outposts=outposts),
        save=lambda data: add_task(actor=request.actor, now=request.now, plan=plan, facts=TaskFacts(**data)),
        done=_("任务已加入。"),
        onward=plan_url(uid),
        fields=_AT,
        extra={"title": _("增加任务"), "subtitle": plan.title},
    )


@require_http_methods(["GET", "POST"])
def task_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change what a draft's line says."""
    task = _task(request, uid)
    outposts = Outpost.objects.filter(pk=task.plan.outpost_id)
    initial = initial_of(task, TaskChangeForm)

    def save(data: dict[str, Any]) -> None:
        version = data.pop("version")
        edit_task(actor=request.actor, now=request.now, task=task, facts=TaskFacts(**data), version=version)

    return save_page(
        request,
        template=FORM,
        form=TaskChangeForm(sent(request), actor=request.actor, outposts=outposts, initial=initial),
        save=save,
        done=_("已保存。"),
        onward=task_url(uid),
        fields=_AT,
        extra={"title": _("修改任务"), "subtitle": task.title},
    )


@require_http_methods(["GET", "POST"])
def task_assign(request: FeidiRequest, uid: str) -> HttpResponse:
    """Name who in the outpost follows a task up."""
    task = _task(request, uid)
    outposts = Outpost.objects.filter(pk=task.plan.outpost_id)
    return save_page(
        request,
        template=FORM,
        form=OwnerForm(sent(request), actor=request.actor, outposts=outposts, initial={"owner": task.owner}),
        save=lambda data: assign_task(actor=request.actor, now=request.now, task=task, **data),
        done=_("已保存。"),
        onward=task_url(uid),
        extra={"title": _("指定跟进人"), "subtitle": task.title},
    )


@require_http_methods(["GET", "POST"])
def progress_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Append a note of progress, with a file that shows it where there is one."""
    task = _task(request, uid)

    def save(data: dict[str, Any]) -> None:
        upload = data.pop("file")
        file = None
        if upload:
            subject = Subject(KIND, task.plan.uid)
            file = store_upload(
                actor=request.actor, now=request.now, subject=subject, name=upload.name, chunks=upload.chunks()
            )
        state = TaskState(data["state"]) if data["state"] else None
        progress = Progress(data["on"], data["text"], data["percent"], file, state)
        note_progress(actor=request.actor, now=request.now, task=task, progress=progress)

    return save_page(
        request,
        template=FORM,
        form=ProgressForm(*uploaded(request), initial={"on": request.today}),
        save=save,
        done=_("进展已登记。"),
        onward=task_url(uid),
        fields={"liaison.progress_future": "on", "liaison.percent_range": "percent"},
        extra={"title": _("登记进展"), "subtitle": f"{task.number} {task.title}"},
    )


@require_http_methods(["GET", "POST"])
def task_link(request: FeidiRequest, uid: str) -> HttpResponse:
    """Tie a task to a project or a meeting."""
    task = _task(request, uid)
    return save_page(
        request,
        template=FORM,
        form=LinkForm(sent(request)),
        save=lambda data: link_task(actor=request.actor, now=request.now, task=task, **data),
        done=_("已关联。"),
        onward=task_url(uid),
        fields={"liaison.link_unknown": "code"},
        extra={"title": _("关联项目或会议"), "subtitle": f"{task.number} {task.title}"},
    )


@require_POST
def task_unlink(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a tie back."""
    task = _task(request, uid)
    subject = Subject(request.POST.get("kind", "")[:40], request.POST.get("to", "")[:20])
    unlink_task(actor=request.actor, now=request.now, task=task, subject=subject)
    return redirect(task_url(uid))


@require_POST
def task_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Strike a line of a draft with a reason."""
    task = _task(request, uid)
    void_task(actor=request.actor, now=request.now, task=task, reason=request.POST.get("reason", ""))
    messages.success(request, _("任务已撤回。"))
    return redirect(plan_url(task.plan.uid))


@require_POST
def progress_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a note back with a reason."""
    progress = get_progress(request.actor, uid)
    void_progress(actor=request.actor, now=request.now, progress=progress, reason=request.POST.get("reason", ""))
    messages.success(request, _("这条进展已撤回，记录仍可查。"))
    return redirect(task_url(progress.task.uid))
