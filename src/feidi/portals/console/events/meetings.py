"""Who met whom, noted by staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from feidi.domain.roadshow.access import meetings_visible_to
from feidi.domain.roadshow.models import ActivityMeeting
from feidi.domain.roadshow.services.meetings import note_meeting, void_meeting
from feidi.portals.console.events.asking import editable
from feidi.portals.ui.requests import FeidiRequest


@require_POST
def meeting_note(request: FeidiRequest, uid: str) -> HttpResponse:
    """Note that two registrants met, by their ticket numbers."""
    row = editable(request, uid)
    told = {name: request.POST.get(name, "") for name in ("one", "other", "note")}
    note_meeting(actor=request.actor, now=request.now, activity=row, **told)
    messages.success(request, _("已记下。结束签到时写入两边项目的往来。"))
    return redirect("console:events:attendance_view", uid)


@require_POST
def meeting_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a note back."""
    rows = meetings_visible_to(request.actor, ActivityMeeting.objects.filter(voided_at__isnull=True))
    meeting = rows.select_related("activity__outpost").get(uid=uid)
    void_meeting(actor=request.actor, now=request.now, meeting=meeting, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤回。"))
    return redirect("console:events:attendance_view", meeting.activity.uid)
