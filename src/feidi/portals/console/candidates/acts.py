"""What is done with a list: made, checked, sent, taken back; and what was said of a candidate."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from feidi.domain.matching.enums import DeclineReason, ListState, Verdict
from feidi.domain.matching.models import CandidateList
from feidi.domain.matching.selectors.candidates import get_list
from feidi.domain.matching.selectors.profiles import get_staff_profile
from feidi.domain.matching.services.answering import Answer, answer_candidate, send_list
from feidi.domain.matching.services.candidates import check_list, make_list, void_list
from feidi.engines.findings import Refusal, RefusedError, refuse
from feidi.portals.console.candidates.forms import PAPER, AnswerForm, SendForm
from feidi.portals.console.candidates.lists import show_list
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.requests import FeidiRequest


@require_POST
def list_make(request: FeidiRequest, uid: str) -> HttpResponse:
    """Keep the ranking of a need or an offer as it is now, to be checked."""
    row = make_list(actor=request.actor, now=request.now, profile=get_staff_profile(request.actor, uid))
    messages.success(request, _("名单已生成。逐条看过，勾选合适的，写一句您自己的判断。"))
    return redirect("console:candidates:list_view", row.uid)


@require_POST
def list_check(request: FeidiRequest, uid: str) -> HttpResponse:
    """Choose who is to be sent, each with a note; what was typed stays when it is refused."""
    row = get_list(request.actor, uid)
    picks = {int(at): request.POST.get(f"note_{at}", "") for at in request.POST.getlist("picked") if at.isdecimal()}
    version = request.POST.get("version", "")
    try:
        check_list(
            actor=request.actor,
            now=request.now,
            candidates=row,
            version=int(version) if version.isdecimal() else 0,
            picks=picks,
        )
    except RefusedError as error:
        return show_list(request, row, status=REFUSED, refusal=error.refusal, typed=picks)
    messages.success(request, _("已核对，选了 {n} 条。可以发出。").format(n=len(picks)))
    return redirect("console:candidates:list_view", uid)


@require_POST
def list_send(request: FeidiRequest, uid: str) -> HttpResponse:
    """Send the chosen candidates to whoever asked."""
    row = get_list(request.actor, uid)
    form = SendForm(request.POST)
    if not form.is_valid():
        return show_list(request, row, status=INVALID, send_form=form)
    data, on_paper = form.cleaned_data, form.cleaned_data["how"] == PAPER
    try:
        send_list(
            actor=request.actor,
            now=request.now,
            candidates=row,
            version=data["version"],
            to=data["to"],
            on_paper=on_paper,
        )
    except RefusedError as error:
        add_refusal(form, error.refusal, {"matching.send_to_needed": "to"})
        # a list without the form to send it says why above its candidates
        return show_list(request, row, status=REFUSED, send_form=form, refusal=_unshown(row, error))
    if on_paper:
        messages.success(request, _("已登记发出。图片、文字和打印件在这里。"))
        return redirect("console:candidates:list_paper", uid)
    messages.success(request, _("已发出，对方在工作区里看得到。"))
    return redirect("console:candidates:list_view", uid)


def _unshown(row: CandidateList, error: RefusedError) -> Refusal | None:
    return None if row.state == ListState.CHECKED else error.refusal


@require_POST
def list_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a list back; what was sent in the workspace is gone there."""
    row = get_list(request.actor, uid)
    void_list(actor=request.actor, now=request.now, candidates=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录保留。"))
    return redirect("console:candidates:list_view", uid)


@require_POST
def candidate_answer(request: FeidiRequest, uid: str, position: int) -> HttpResponse:
    """Write down what whoever asked said of one candidate."""
    candidates = get_list(request.actor, uid)
    row = candidates.rows.get(position=position)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise refuse("matching.answer_unreadable", position=position)
    data = form.cleaned_data
    reason = DeclineReason(data["reason"]) if data["reason"] else None
    answer = Answer(Verdict(data["verdict"]), reason, data["note"])
    answer_candidate(actor=request.actor, now=request.now, row=row, answer=answer)
    messages.success(request, _("已记下。"))
    return redirect("console:candidates:list_view", uid)
