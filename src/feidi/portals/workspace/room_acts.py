"""What a firm does with its own bookings besides booking and giving back: move, check in, announce visitors, calendar links."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import BOOK_OWN, feeds_visible_to
from feidi.domain.space.enums import FeedKind
from feidi.domain.space.models import Booking, CalendarFeed, Visitor
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.services.attending import check_in_booking
from feidi.domain.space.services.bookings import move_booking
from feidi.domain.space.services.feeds import open_personal_feed, revoke_feed
from feidi.domain.space.services.visitors import expect_visitor, void_visitor
from feidi.engines.findings import RefusedError
from feidi.kernel.identity.models import User
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.rooms import INVALID, REFUSED, RoomBookingForm, own_booking, own_organizations, own_units

_FIELDS = {"slots.ends_before_start": "ends", "space.off_the_grid": "begins", "space.visitor_name": "name"}


class RoomWhenForm(RoomBookingForm):
    """Another room or time for a booking; what for and for whom stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("purpose", "attendees", "organization"):
            self.fields.pop(name, None)


class VisitorForm(Form):
    """Somebody who comes to a booking."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60, help_text=gettext_lazy("加密保存，页面默认遮盖"))
    from_where = forms.CharField(label=gettext_lazy("来自哪里"), max_length=160, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def room_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Move one's own booking to another time or room; refused, it stays where it was."""
    row = own_booking(request, uid)
    begins, ends = row.starts_at.astimezone(SHANGHAI), row.ends_at.astimezone(SHANGHAI)
    form = RoomWhenForm(
        request.POST if request.method == "POST" else None,
        units=own_units(request).filter(outpost=row.outpost_id),
        organizations=own_organizations(request),
        initial={"unit": row.unit, "day": begins.date(), "begins": begins.time(), "ends": ends.time()},
    )
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                data = form.cleaned_data
                move_booking(
                    actor=request.actor,
                    now=request.now,
                    booking=row,
                    version=row.version,
                    unit=data["unit"],
                    starts_at=data["starts_at"],
                    ends_at=data["ends_at"],
                )
            except RefusedError as error:
                add_refusal(form, error.refusal, _FIELDS)
                status = REFUSED
            else:
                messages.success(request, _("已改时间。"))
                return redirect("workspace:room_list")
    return render(request, "workspace/room_move.html", {"form": form, "row": row, **_heads(row)}, status=status)


@require_POST
def room_attend(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down that one has come to one's own booking."""
    check_in_booking(actor=request.actor, now=request.now, booking=own_booking(request, uid))
    messages.success(request, _("已签到。"))
    return redirect("workspace:room_list")


@require_http_methods(["GET", "HEAD", "POST"])
def room_visitors(request: FeidiRequest, uid: str) -> HttpResponse:
    """Who is expected to one's own booking, with oneself as host; announce somebody."""
    row = own_booking(request, uid)
    form, status = VisitorForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                _announce(request, row, form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal, _FIELDS)
                status = REFUSED
            else:
                messages.success(request, _("访客已登记，前台看得到。"))
                return redirect("workspace:room_visitors", row.uid)
    context = {
        "form": form,
        "row": row,
        "visitors": list(row.visitors.filter(voided_at__isnull=True).order_by("expected_at", "id")),
        **_heads(row),
    }
    return render(request, "workspace/room_visitors.html", context, status=status)


def _announce(request: FeidiRequest, row: Booking, data: dict[str, Any]) -> None:
    expected: datetime = max(row.starts_at, request.now)
    me = request.actor.user_id
    if me is None:
        raise Http404
    expect_visitor(
        actor=request.actor,
        now=request.now,
        outpost=row.outpost,
        name=data["name"],
        host=User.objects.get(pk=me),
        expected_at=expected,
        booking=row,
        from_where=data["from_where"],
    )


@require_POST
def room_visitor_void(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take the announcement of a visitor to one's own booking back."""
    row = own_booking(request, uid)
    found = Visitor.objects.filter(booking=row, uid=entry, host_id=request.actor.user_id).first()
    if found is None:
        raise Http404
    void_visitor(actor=request.actor, now=request.now, visitor=found, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废。"))
    return redirect("workspace:room_visitors", row.uid)


def _heads(row: Booking) -> dict[str, Any]:
    return {
        "span": spoken_span(row.starts_at, row.ends_at),
        "crumbs": [Crumb(_("我的预订"), reverse("workspace:room_list")), Crumb(row.purpose)],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def room_feeds(request: FeidiRequest) -> HttpResponse:
    """The links under which a calendar program reads one's own bookings; a new one is shown this once."""
    require(request.actor, BOOK_OWN)
    url = ""
    if request.method == "POST":
        _feed, token = open_personal_feed(actor=request.actor, now=request.now)
        url = request.build_absolute_uri(reverse("public:calendar:feed_read", args=[token]))
    rows = feeds_visible_to(request.actor, CalendarFeed.objects.filter(kind=FeedKind.PERSONAL))
    context = {
        "url": url,
        "rows": list(rows.order_by("revoked_at", "-id")[:50]),
        "crumbs": [Crumb(_("我的预订"), reverse("workspace:room_list")), Crumb(_("日历订阅"))],
    }
    return render(request, "workspace/room_feeds.html", context)


@require_POST
def room_feed_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close one's own link: it opens nothing any more."""
    rows = feeds_visible_to(request.actor, CalendarFeed.objects.filter(kind=FeedKind.PERSONAL))
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404
    revoke_feed(actor=request.actor, now=request.now, feed=row)
    messages.success(request, _("链接已停用。"))
    return redirect("workspace:room_feeds")
