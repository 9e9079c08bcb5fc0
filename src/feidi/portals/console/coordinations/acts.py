"""What is done with one matter: sent, answered, closed, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.liaison.selectors.coordinations import get_coordination
from feidi.domain.liaison.services.coordinations import (
    ask_department,
    close_coordination,
    note_answer,
    void_coordination,
)
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from feidi.portals.console.coordinations.forms import AskForm, CoordinationAnswerForm
from feidi.portals.console.coordinations.views import editable, record_url
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def coordination_ask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down that the letter was sent, or that it was said on the telephone."""
    row = editable(request, uid)
    return save_page(
        request,
        template="console/daily/form.html",
        form=AskForm(sent(request), initial={"asked_on": request.today}),
        save=lambda data: ask_department(actor=request.actor, now=request.now, coordination=row, **data),
        done=_("已登记发出，从今天起记“待反馈 · 第 n 天”。"),
        onward=record_url(uid),
        fields={"liaison.letter_needs_number": "letter_number", "pipeline.date_in_future": "asked_on"},
        extra={"title": _("登记发出"), "subtitle": f"{row.number} {row.department}"},
    )


@require_http_methods(["GET", "POST"])
def coordination_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what the department answered, with its file number and a scan."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        upload = data.pop("file")
        file = None
        if upload is not None:
            file = store_upload(
                actor=request.actor,
                now=request.now,
                subject=Subject("liaison.coordination", row.uid),
                name=upload.name,
                chunks=upload.chunks(),
            )
        note_answer(actor=request.actor, now=request.now, coordination=row, file=file, **data)

    posted, files = uploaded(request)
    given = {"answer": row.answer, "answered_on": row.answered_on or request.today, "receipt": row.receipt}
    return save_page(
        request,
        template="console/daily/form.html",
        form=CoordinationAnswerForm(posted, files, initial=given),
        save=save,
        done=_("答复已登记。"),
        onward=record_url(uid),
        fields={"pipeline.date_in_future": "answered_on", "liaison.due_before_start": "answered_on"},
        extra={"title": _("登记答复"), "subtitle": f"{row.number} {row.department}"},
    )


@require_POST
def coordination_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close what was answered."""
    close_coordination(actor=request.actor, now=request.now, coordination=get_coordination(request.actor, uid))
    messages.success(request, _("已了结。"))
    return redirect(record_url(uid))


@require_POST
def coordination_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a matter back with a reason."""
    row = get_coordination(request.actor, uid)
    void_coordination(actor=request.actor, now=request.now, coordination=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录仍可查。"))
    return redirect("console:coordinations:coordination_list")
