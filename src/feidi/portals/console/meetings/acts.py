"""What is done with one meeting: agenda, attendance, decisions, minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.liaison.models import Meeting
from feidi.domain.liaison.selectors.meetings import get_agenda_item, get_decision, get_meeting, items_of
from feidi.domain.liaison.services.meetings import (
    NewDecision,
    add_agenda_item,
    decide,
    edit_agenda_item,
    finish_decision,
    issue_minutes,
    move_agenda_item,
    record_meeting,
    remove_agenda_item,
    reopen_minutes,
    void_decision,
    void_meeting,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.portals.console.daily import EDIT
from feidi.portals.console.meetings.forms import DecisionForm, ItemForm, RecordForm, read_people, write_people
from feidi.portals.console.meetings.views import editable, record_url
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/daily/form.html"


def _outposts(meeting: Meeting) -> Any:
    return Outpost.objects.filter(pk=meeting.outpost_id)


@require_http_methods(["GET", "POST"])
def meeting_record(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down who was there and what was said of each item."""
    row = editable(request, uid)
    initial = {
        "present": write_people(row.present),
        "absent": write_people(row.absent),
        "keeper": row.keeper,
        "summary": row.summary,
    }
    form = RecordForm(sent(request), meeting=row, initial=initial)

    def save(data: dict[str, Any]) -> None:
        version, item_versions = form.versions()
        record_meeting(
            actor=request.actor,
            now=request.now,
            meeting=row,
            present=read_people(data["present"]),
            absent=read_people(data["absent"]),
            summary=data["summary"],
            discussions=form.discussions(),
            keeper=data["keeper"],
            version=version,
            item_versions=item_versions,
        )

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("会议记录已保存。"),
        onward=record_url(uid),
        fields={"liaison.nobody_present": "present"},
        extra={"title": _("参会人与讨论"), "subtitle": row.title},
    )


@require_http_methods(["GET", "POST"])
def item_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Add one item at the end of the agenda."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=ItemForm(sent(request), actor=request.actor, outposts=_outposts(row)),
        save=lambda data: add_agenda_item(
            actor=request.actor, now=request.now, meeting=row, title=data["title"], project=data["project"]
        ),
        done=_("议题已加入。"),
        onward=record_url(uid),
        extra={"title": _("增加议题"), "subtitle": row.title},
    )


@require_http_methods(["GET", "POST"])
def item_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Correct an item's title or project."""
    item = get_agenda_item(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(item.meeting.outpost_id))
    initial = {name: getattr(item, name) for name in ("title", "project", "version")}
    return save_page(
        request,
        template=FORM,
        form=ItemForm(sent(request), actor=request.actor, outposts=_outposts(item.meeting), initial=initial),
        save=lambda data: edit_agenda_item(actor=request.actor, now=request.now, item=item, **data),
        done=_("已保存。"),
        onward=record_url(item.meeting.uid),
        extra={"title": _("修改议题"), "subtitle": item.meeting.title},
    )


@require_POST
def item_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put an item before the one above it."""
    item = get_agenda_item(request.actor, uid)
    move_agenda_item(actor=request.actor, now=request.now, item=item)
    return redirect(record_url(item.meeting.uid))


@require_POST
def item_remove(request: FeidiRequest, uid: str) -> HttpResponse:
    """Strike an item off the agenda."""
    item = get_agenda_item(request.actor, uid)
    remove_agenda_item(actor=request.actor, now=request.now, item=item)
    messages.success(request, _("议题已删去。"))
    return redirect(record_url(item.meeting.uid))


@require_http_methods(["GET", "POST"])
def decision_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down a decision; a colleague who is responsible finds it among the to-dos."""
    row = editable(request, uid)
    items = {item.pk: item for item in items_of(row)}
    form = DecisionForm(
        sent(request),
        actor=request.actor,
        outposts=_outposts(row),
        items=list(items.values()),
        initial={"item": request.GET.get("item", "")},
    )

    def save(data: dict[str, Any]) -> None:
        data["item"] = items.get(data["item"]) if data["item"] else None
        decide(actor=request.actor, now=request.now, meeting=row, new=NewDecision(**data))

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("决定已登记，有账号的责任人会在待办里看到。"),
        onward=record_url(uid),
        fields={"liaison.nobody_responsible": "responsible_text", "liaison.due_before_start": "due_on"},
        extra={"title": _("登记决定"), "subtitle": row.title},
    )


@require_POST
def decision_finish(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say what came of a decision; its to-do is done with it."""
    row = get_decision(request.actor, uid)
    finish_decision(actor=request.actor, now=request.now, decision=row, result=request.POST.get("result", ""))
    messages.success(request, _("已办结。"))
    return redirect(record_url(row.meeting.uid))


@require_POST
def decision_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a decision back with a reason."""
    row = get_decision(request.actor, uid)
    void_decision(actor=request.actor, now=request.now, decision=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录仍可查。"))
    return redirect(record_url(row.meeting.uid))


@require_POST
def minutes_issue(request: FeidiRequest, uid: str) -> HttpResponse:
    """Issue the minutes: from now on agenda and decisions stand."""
    issue_minutes(actor=request.actor, now=request.now, meeting=get_meeting(request.actor, uid))
    messages.success(request, _("纪要已定稿，可以下载会议纪要。"))
    return redirect(record_url(uid))


@require_POST
def minutes_reopen(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take the minutes back for correction, with a reason."""
    row = get_meeting(request.actor, uid)
    reopen_minutes(actor=request.actor, now=request.now, meeting=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("纪要已撤回，改完重新定稿。"))
    return redirect(record_url(uid))


@require_POST
def meeting_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a meeting back with a reason."""
    row = get_meeting(request.actor, uid)
    void_meeting(actor=request.actor, now=request.now, meeting=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回，记录仍可查。"))
    return redirect("console:meetings:meeting_list")
