"""A step: how it stands, handed over, done, skipped, taken up again, due on another day, its evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.playbook.access import EDIT
from feidi.domain.playbook.kinds import STEP
from feidi.domain.playbook.models import RunStep
from feidi.domain.playbook.selectors.runs import get_step
from feidi.domain.playbook.services.evidence import Piece, Upload, decide_piece, hand_in, require_hand_in
from feidi.domain.playbook.services.steps import (
    Done,
    HandOver,
    ask_step,
    finish_step,
    reopen_step,
    require_finish,
    reschedule_step,
    skip_step,
)
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.playbooks import presenting
from feidi.portals.console.playbooks.forms import DoneForm, DueForm, HandOverForm, PieceForm
from feidi.portals.console.playbooks.runs import FORM
from feidi.portals.console.playbooks.step_record import step_context
from feidi.portals.console.words import say_pair
from feidi.portals.ui.requests import FeidiRequest

_DATES = {"playbook.date_in_future": "on", "playbook.date_too_early": "on", "playbook.handed_to_nobody": "to"}


def _url(uid: str) -> str:
    return reverse("console:playbooks:step_view", args=[uid])


def _editable(request: FeidiRequest, uid: str) -> RunStep:
    """Return a step that the actor may work on; others are refused or not found."""
    step = get_step(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(step.run.outpost_id))
    return step


@require_GET
def step_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One step: whose turn, what is handed over and shown, what came back, and what may be done with it."""
    step = get_step(request.actor, uid)
    return render(request, "console/playbooks/step_view.html", step_context(request.actor, step, request.today))


@require_http_methods(["GET", "POST"])
def step_ask(request: FeidiRequest, uid: str) -> HttpResponse:
    """交件: write down to whom it was handed, when, under which number."""
    step = _editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=HandOverForm(sent(request), initial={"on": request.today}),
        save=lambda data: ask_step(actor=request.actor, now=request.now, step=step, handed=HandOver(**data)),
        done=_("已记下交件。"),
        onward=_url(uid),
        fields=_DATES,
        extra={
            "title": _("登记交件"),
            "subtitle": presenting.label_of(step),
            "note": _("部门不用登录：谁把材料送到哪里，由驻点记下。政府一侧的时限从交件那天起算。"),
            "submit": _("保存"),
        },
    )


@require_http_methods(["GET", "POST"])
def step_finish(request: FeidiRequest, uid: str) -> HttpResponse:
    """办结: write down what came of it."""
    step = get_step(request.actor, uid)
    require_finish(request.actor, step)
    return save_page(
        request,
        template=FORM,
        form=DoneForm(sent(request), initial={"on": request.today, "receipt": step.receipt}),
        save=lambda data: finish_step(actor=request.actor, now=request.now, step=step, done=Done(**data)),
        done=_("已办结，后面的步骤已轮到。"),
        onward=_url(uid),
        fields=_DATES,
        extra={"title": _("登记办结或答复"), "subtitle": presenting.label_of(step), "note": "", "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def step_reschedule(request: FeidiRequest, uid: str) -> HttpResponse:
    """计划变更: due on another day."""
    step = _editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=DueForm(sent(request), initial={"due_on": step.due_on}),
        save=lambda data: reschedule_step(actor=request.actor, now=request.now, step=step, **data),
        done=_("时限已改，原因已记下。"),
        onward=_url(uid),
        fields={"playbook.due_gone_by": "due_on", "playbook.no_reason": "reason"},
        extra={"title": _("变更时限"), "subtitle": presenting.label_of(step), "note": "", "submit": _("保存")},
    )


@require_POST
def step_skip(request: FeidiRequest, uid: str) -> HttpResponse:
    """Leave a step out, with a reason."""
    step = get_step(request.actor, uid)
    skip_step(actor=request.actor, now=request.now, step=step, reason=request.POST.get("reason", ""))
    messages.success(request, _("已略过，原因已记下。"))
    return redirect(_url(uid))


@require_POST
def step_reopen(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a step up again."""
    step = get_step(request.actor, uid)
    reopen_step(actor=request.actor, now=request.now, step=step, reason=request.POST.get("reason", ""))
    messages.success(request, _("已重新办理，后面还没有动过的步骤已退回。"))
    return redirect(_url(uid))


@require_http_methods(["GET", "POST"])
def step_show(request: FeidiRequest, uid: str, kind: str) -> HttpResponse:
    """Hand in a piece of a step's evidence; ``?replaces=`` names the returned one that it corrects."""
    step = get_step(request.actor, uid)
    require_hand_in(request.actor, step)
    asked = EvidenceRequirement.objects.filter(subject_kind=STEP, subject_uid=uid, kind=kind).first()
    if asked is None:
        raise Http404
    replaced = EvidenceItem.objects.filter(requirement=asked, uid=request.GET.get("replaces", "")).first()

    def save(data: dict[str, Any]) -> None:
        given = data["file"]
        upload = Upload(given.name, given.chunks(), data["mark_reason"]) if given else None
        piece = Piece(kind, upload, data["record"], data["occurred_on"], replaced)
        hand_in(actor=request.actor, now=request.now, step=step, piece=piece)

    return save_page(
        request,
        template=FORM,
        form=PieceForm(*uploaded(request)),
        save=save,
        done=_("已提交，等待审核。"),
        onward=_url(uid),
        fields={"evidence.nothing_handed_in": "file", "evidence.date_in_future": "occurred_on"},
        extra={
            "title": _("提交“{label}”").format(label=say_pair(asked.label_zh, asked.label_en)),
            "subtitle": presenting.label_of(step),
            "note": _("由审核人采信；不能是提交人，也不能是本次服务的专员。"),
            "submit": _("提交"),
        },
    )


@require_POST
def step_decide(request: FeidiRequest, uid: str, item: str) -> HttpResponse:
    """Accept or return one piece of a step's evidence."""
    step = get_step(request.actor, uid)
    found = EvidenceItem.objects.select_related("requirement").get(
        requirement__subject_kind=STEP, requirement__subject_uid=uid, uid=item
    )
    accept = request.POST.get("decision") == "accept"
    reason = request.POST.get("reason", "")
    decide_piece(actor=request.actor, now=request.now, step=step, item=found, accept=accept, reason=reason)
    messages.success(request, _("已采信。") if accept else _("已退回，原因已写明。"))
    return redirect(_url(uid))
