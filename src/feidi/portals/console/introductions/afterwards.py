"""After the names: meetings and trials."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.matching.enums import NextDecision
from feidi.domain.matching.services.introduction_meetings import Held, cancel_meeting, hold_meeting, plan_meeting
from feidi.domain.matching.services.trial_papers import print_trial, trial_statement
from feidi.domain.matching.services.trials import KIND as TRIAL
from feidi.domain.matching.services.trials import Measured, NewTrial, plan_trial, record_trial_result, void_trial
from feidi.kernel.subjects import Subject
from feidi.portals.console.introductions.acts import FORM
from feidi.portals.console.introductions.forms import HeldForm, MeetingForm, TrialForm, TrialResultForm, names_of
from feidi.portals.console.introductions.views import editable, record_url
from feidi.portals.console.papers.signing import signed_copy_page
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def meeting_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Plan a meeting of both sides."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=MeetingForm(sent(request)),
        save=lambda data: plan_meeting(actor=request.actor, now=request.now, introduction=row, **data),
        done=_("会面已安排。"),
        onward=record_url(uid),
        fields={"matching.meeting_past": "planned_for"},
        extra={"title": _("安排会面"), "subtitle": row.number, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def meeting_hold(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Write down how a meeting went."""
    row = editable(request, uid)
    meeting = row.meetings.get(uid=entry)

    def save(data: dict[str, Any]) -> None:
        held = Held(data["on"], names_of(data["present"]), data["result"])
        hold_meeting(actor=request.actor, now=request.now, meeting=meeting, held=held)

    return save_page(
        request,
        template=FORM,
        form=HeldForm(sent(request), initial={"on": request.today}),
        save=save,
        done=_("会面结果已登记。"),
        onward=record_url(uid),
        fields={
            "pipeline.date_in_future": "on",
            "matching.meeting_nobody": "present",
            "matching.meeting_says_nothing": "result",
        },
        extra={"title": _("会面结果"), "subtitle": row.number, "note": ""},
    )


@require_POST
def meeting_cancel(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take a planned meeting off."""
    row = editable(request, uid)
    meeting = row.meetings.get(uid=entry)
    reason = request.POST.get("reason", "")
    cancel_meeting(actor=request.actor, now=request.now, meeting=meeting, reason=reason)
    messages.success(request, _("会面已取消。"))
    return redirect(record_url(uid))


@require_http_methods(["GET", "POST"])
def trial_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Plan a trial, with who pays."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=TrialForm(sent(request)),
        save=lambda data: plan_trial(actor=request.actor, now=request.now, introduction=row, new=NewTrial(**data)),
        done=_("试验已登记。"),
        onward=record_url(uid),
        extra={"title": _("登记试验合作"), "subtitle": row.number, "note": _("样品、方案、地点、谁付费都要先写明。")},
    )


@require_http_methods(["GET", "POST"])
def trial_result(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Write down what was measured and what comes next."""
    row = editable(request, uid)
    trial = row.trials.get(uid=entry)

    def save(data: dict[str, Any]) -> None:
        decision = NextDecision(data["next_decision"]) if data["next_decision"] else None
        result = Measured(data["on"], data["measured"], decision)
        record_trial_result(actor=request.actor, now=request.now, trial=trial, result=result)

    initial = {
        "on": trial.done_on or request.today,
        "measured": trial.measured,
        "next_decision": trial.next_decision,
    }
    return save_page(
        request,
        template=FORM,
        form=TrialResultForm(sent(request), initial=initial),
        save=save,
        done=_("试验结果已登记。"),
        onward=record_url(uid),
        fields={"pipeline.date_in_future": "on", "matching.trial_not_measured": "measured"},
        extra={"title": _("试验结果"), "subtitle": trial.subject, "note": ""},
    )


@require_POST
def trial_print(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Print a trial for both sides to sign; what is printed is frozen under its hash."""
    row = editable(request, uid)
    trial = row.trials.select_related("introduction__outpost").get(uid=entry)
    form = print_trial(actor=request.actor, now=request.now, trial=trial)
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def trial_signed(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """The signed sheet comes back as a photograph; its QR says which print it is."""
    row = editable(request, uid)
    trial = row.trials.select_related("introduction__outpost").get(uid=entry)
    with override("zh-hans"):  # papers are Chinese
        current = trial_statement(trial)
    title, onward = _("上传签字件：{what}").format(what=trial.subject), record_url(uid)
    subject = Subject(TRIAL, trial.uid)
    return signed_copy_page(request, subject=subject, title=title, onward=onward, current_data=current)


@require_POST
def trial_void(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take back a trial that was entered in error."""
    row = editable(request, uid)
    trial = row.trials.get(uid=entry)
    void_trial(actor=request.actor, now=request.now, trial=trial, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录仍可查。"))
    return redirect(record_url(uid))
