"""What is done with a matchmaking day: made, arranged, changed by hand, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.models import MatchmakingDay
from feidi.domain.matching.selectors.day_seating import Seat
from feidi.domain.matching.selectors.days import placeable
from feidi.domain.matching.services.days import NewDay, add_day, arrange_day, change_day, place_meeting, void_day
from feidi.domain.matching.services.introduction_meetings import cancel_meeting
from feidi.domain.parties.access import require
from feidi.engines.findings import refuse
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.matchmaking.forms import DayForm, PlaceForm
from feidi.portals.console.matchmaking.views import editable, record_url
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/profiles/form.html"
_MOST_DIGITS = 4
#: Refusal → the field of the form under which it stands.
_FIELDS = {
    "matching.day_untitled": "title",
    "matching.day_past": "held_on",
    "matching.day_no_room": "slots",
    "matching.day_too_long": "slots",
    "matching.day_no_such_seat": "slots",
}


@require_http_methods(["GET", "POST"])
def day_new(request: FeidiRequest) -> HttpResponse:
    """Plan a matchmaking day."""
    require(request.actor, EDIT)
    made: list[MatchmakingDay] = []

    def save(data: dict[str, Any]) -> None:
        outpost, _version = data.pop("outpost"), data.pop("version")
        made.append(add_day(actor=request.actor, now=request.now, outpost=outpost, new=NewDay(**data)))

    answer = save_page(
        request,
        template=FORM,
        form=DayForm(sent(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT)),
        save=save,
        done=_("对接日已登记，可以排议程了。"),
        onward=reverse("console:matchmaking:day_list"),
        fields=_FIELDS,
        extra={
            "title": _("登记对接日"),
            "subtitle": _("双方已互见单位、还没见过面的对接，按双方意愿排到各桌各时段"),
            "note": "",
        },
    )
    return redirect(record_url(made[0].uid)) if made else answer


@require_http_methods(["GET", "POST"])
def day_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change title, day, hours, place or room; the planned meetings go with it."""
    day = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        _outpost, version = data.pop("outpost"), data.pop("version")
        change_day(actor=request.actor, now=request.now, day=day, version=version or 0, new=NewDay(**data))

    names = ("title", "held_on", "begins_at", "place", "slot_minutes", "slots", "tables", "version")
    outposts = outposts_for(request.actor, EDIT).filter(pk=day.outpost_id)
    initial = {**{name: getattr(day, name) for name in names}, "outpost": day.outpost_id}
    return save_page(
        request,
        template=FORM,
        form=DayForm(sent(request), actor=request.actor, outposts=outposts, initial=initial),
        save=save,
        done=_("已修改，排好的会面一并改到新的时间和地点。"),
        onward=record_url(uid),
        fields=_FIELDS,
        extra={"title": _("修改对接日"), "subtitle": day.title, "note": ""},
    )


@require_POST
def day_arrange(request: FeidiRequest, uid: str) -> HttpResponse:
    """Arrange the whole day anew."""
    day = editable(request, uid)
    written = request.POST.get("most", "").strip()
    if written and not (written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS):
        raise refuse("agendas.capacity_wrong", id=_("每家"), value=written[:40])
    n = arrange_day(actor=request.actor, now=request.now, day=day, most=int(written or 0))
    messages.success(request, _("已排 {n} 场；没有排上的在下面，各有原因。").format(n=n))
    return redirect(record_url(uid))


@require_http_methods(["GET", "POST"])
def day_place(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give two sides a slot and a table by hand, or another one."""
    day = editable(request, uid)
    rows = placeable(day)

    def save(data: dict[str, Any]) -> None:
        place_meeting(
            actor=request.actor,
            now=request.now,
            day=day,
            introduction=rows.get(uid=data["introduction"]),
            seat=Seat(data["slot"], data["table"]),
        )

    asked = {name: request.GET.get(name, "")[:40] for name in ("introduction", "slot", "table")}
    return save_page(
        request,
        template=FORM,
        form=PlaceForm(sent(request), introductions=rows, initial=asked),
        save=save,
        done=_("已排好。"),
        onward=record_url(uid),
        fields={"matching.day_table_taken": "table", "matching.day_in_two_places": "slot"},
        extra={
            "title": _("手工安排"),
            "subtitle": day.title,
            "note": _("时段 1 到 {slots}，桌号 1 到 {tables}；已经排过的会改到这里。").format(
                slots=day.slots, tables=day.tables
            ),
        },
    )


@require_POST
def seat_cancel(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take one meeting off the day."""
    day = editable(request, uid)
    meeting = day.meetings.select_related("introduction").get(uid=entry)
    cancel_meeting(actor=request.actor, now=request.now, meeting=meeting, reason=request.POST.get("reason", ""))
    messages.success(request, _("会面已取消。"))
    return redirect(record_url(uid))


@require_POST
def day_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a day back with every meeting planned on it."""
    day = editable(request, uid)
    void_day(actor=request.actor, now=request.now, day=day, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废，记录仍可查。"))
    return redirect("console:matchmaking:day_list")
