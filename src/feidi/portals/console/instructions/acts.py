"""What is done with one instruction: urge, answer, close, reopen, take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.liaison.selectors.instructions import get_instruction
from feidi.domain.liaison.services.instructions import (
    answer_instruction,
    close_instruction,
    reopen_instruction,
    urge_instruction,
    void_instruction,
)
from feidi.portals.console.instructions.forms import AnswerForm
from feidi.portals.console.instructions.views import editable, record_url
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest


@require_POST
def instruction_urge(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say once more what is waited for (催办)."""
    row = get_instruction(request.actor, uid)
    urge_instruction(actor=request.actor, now=request.now, instruction=row, note=request.POST.get("note", ""))
    if row.owner_id is None:
        messages.warning(request, _("已记下催办。还没有承办人，请先指定。"))
    else:
        messages.success(request, _("已催办，承办人会在待办里看到。"))
    return redirect(record_url(uid))


@require_http_methods(["GET", "POST"])
def instruction_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what was answered."""
    row = editable(request, uid)
    return save_page(
        request,
        template="console/daily/form.html",
        form=AnswerForm(sent(request), initial={"answer": row.answer, "on": row.answered_on}),
        save=lambda data: answer_instruction(actor=request.actor, now=request.now, instruction=row, **data),
        done=_("反馈已登记。"),
        onward=record_url(uid),
        fields={"pipeline.date_in_future": "on"},
        extra={"title": _("登记反馈"), "subtitle": f"{row.number} {row.paraphrase}"[:80]},
    )


@require_POST
def instruction_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close what was answered: who handed it down is content."""
    close_instruction(actor=request.actor, now=request.now, instruction=get_instruction(request.actor, uid))
    messages.success(request, _("已办结。"))
    return redirect(record_url(uid))


@require_POST
def instruction_reopen(request: FeidiRequest, uid: str) -> HttpResponse:
    """Send an answer back, or open a closed matter again, with a reason."""
    row = get_instruction(request.actor, uid)
    reopen_instruction(actor=request.actor, now=request.now, instruction=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已退回办理。"))
    return redirect(record_url(uid))


@require_POST
def instruction_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back what was written down in error."""
    row = get_instruction(request.actor, uid)
    void_instruction(actor=request.actor, now=request.now, instruction=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录仍可查。"))
    return redirect("console:instructions:instruction_list")
