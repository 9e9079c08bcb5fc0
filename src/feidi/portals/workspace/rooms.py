"""Rooms for a firm: the day of the outposts that know it, its own bookings, booking and giving back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from typing_extensions import override

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import BOOK_OWN
from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking, Unit, WaitingEntry
from feidi.domain.space.selectors.bookings import list_own, list_waiting
from feidi.domain.space.selectors.calendars import invitation_of
from feidi.domain.space.selectors.checking import hours_of_week
from feidi.domain.space.selectors.grid import Cell, day_grid
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.selectors.premises import list_units
from feidi.domain.space.selectors.rules import rules_of
from feidi.domain.space.services.attending import EARLY
from feidi.domain.space.services.bookings import Wish, book_unit, cancel_booking
from feidi.domain.space.services.waiting import wait_for_unit, withdraw_waiting
from feidi.engines.findings import RefusedError
from feidi.kernel.access import ScopeKind
from feidi.portals.ui.forms import FIRST_DAY, LAST_DAY, Form, add_refusal
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.forms import DateInput

#: HTTP statuses of a form sent back: with errors of its own, or refused by the service.
INVALID, REFUSED = 422, 409
_FIELDS = {"space.purpose_needed": "purpose", "slots.ends_before_start": "ends", "space.off_the_grid": "begins"}
_WORDS = {
    "closed": gettext_lazy("不开放"),
    "past": gettext_lazy("已过"),
    "booked": gettext_lazy("已占用"),
    "blocked": gettext_lazy("已占用"),
    "let": gettext_lazy("已占用"),
}


class RoomBookingForm(Form):
    """A room, a time, what for, how many; which of one's organizations where there are several."""

    unit = forms.ModelChoiceField(label=gettext_lazy("房间"), queryset=Unit.objects.none(), empty_label=None)
    day = forms.DateField(label=gettext_lazy("日期"), widget=DateInput())
    begins = forms.TimeField(label=gettext_lazy("从"), widget=forms.TimeInput(attrs={"type": "time", "step": 1800}))
    ends = forms.TimeField(label=gettext_lazy("到"), widget=forms.TimeInput(attrs={"type": "time", "step": 1800}))
    purpose = forms.CharField(label=gettext_lazy("用途"), max_length=160)
    attendees = forms.IntegerField(label=gettext_lazy("几个人"), min_value=1, max_value=2000, required=False)
    organization = forms.ModelChoiceField(
        label=gettext_lazy("为哪个单位"), queryset=Organization.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda unit: f"{unit.outpost.short_name} · {unit.name}"  # type: ignore[attr-defined]
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        if organizations.count() < 2:  # noqa: PLR2004 - nothing to choose
            del self.fields["organization"]

    @override
    def clean(self) -> dict[str, Any]:
        """Put day and clock together; an end at 00:00 is the midnight that ends the day."""
        data: dict[str, Any] = super().clean() or {}
        if {"day", "begins", "ends"} <= data.keys():
            start = datetime.combine(data["day"], data["begins"], SHANGHAI)
            end = datetime.combine(data["day"], data["ends"], SHANGHAI)
            end += timedelta(days=1) if data["ends"] == time(0) else timedelta(0)
            if end <= start:
                raise ValidationError({"ends": _("结束要晚于开始")})
            data["starts_at"], data["ends_at"] = start, end
        return data


def own_units(request: FeidiRequest) -> QuerySet[Unit]:
    """Return the rooms of outposts that know one of the actor's organizations."""
    require(request.actor, BOOK_OWN)
    own = request.actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    known = Outpost.objects.filter(organization_links__organization_id__in=own)
    return list_units(request.actor, bookable=True).filter(outpost__in=known)


def own_organizations(request: FeidiRequest) -> QuerySet[Organization]:
    """Return the organizations for which the actor books."""
    own = request.actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    return Organization.objects.filter(pk__in=own).order_by("name")


@require_safe
def room_day(request: FeidiRequest) -> HttpResponse:
    """A day of the rooms one may book: what is free, what is one's own, and that the rest is occupied."""
    units = own_units(request)
    asked = request.GET.get("day", "")
    day = _day(asked) or request.today
    outposts = []
    for outpost in Outpost.objects.filter(pk__in=units.values("outpost_id")).select_related("home").order_by("code"):
        there = list(units.filter(outpost=outpost))
        grid = day_grid(request.actor, there, day, request.now)
        step = rules_of(outpost).slot_minutes
        rows = [(row.unit, [_drawn(row.unit, each, step) for each in row.cells]) for row in grid.rows]
        limits = _limits(request, outpost, day)
        outposts.append({"outpost": outpost, "heads": grid.heads, "rows": rows, "limits": limits})
    context = {
        "day": day,
        "outposts": outposts,
        "before": (day - timedelta(days=1)).isoformat(),
        "after": (day + timedelta(days=1)).isoformat(),
    }
    return render(request, "workspace/room_day.html", context)


def _limits(request: FeidiRequest, outpost: Outpost, day: date) -> list[str]:
    """Return what a firm may book there in words, and how much of that week it has booked; nothing where nothing is limited."""
    rules, firms = rules_of(outpost), list(own_organizations(request)[:2])
    said = []
    if rules.hours_per_week is not None and len(firms) == 1:
        monday = day - timedelta(days=day.weekday())
        had = hours_of_week(firms[0], outpost.pk, monday)
        words = _("每周最多 {most} 小时，这一周已订 {had} 小时")
        said.append(words.format(most=f"{float(rules.hours_per_week):g}", had=f"{float(had):g}"))
    if rules.most_hours is not None:
        said.append(_("一次最多 {most} 小时").format(most=f"{float(rules.most_hours):g}"))
    if rules.days_ahead is not None:
        said.append(_("最多提前 {days} 天").format(days=rules.days_ahead))
    if rules.release_minutes is not None:
        said.append(_("开始后 {minutes} 分钟没有签到就放给别人").format(minutes=rules.release_minutes))
    return said


def _day(asked: str) -> date | None:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _drawn(unit: Unit, cell: Cell, minutes: int) -> dict[str, Any]:
    step = timedelta(minutes=minutes)
    slots = []
    if cell.state == "free":
        slots = [_slot(unit, cell.starts_at + step * n, step) for n in range(cell.width)]
    label = cell.booking.purpose if cell.booking else _WORDS.get(cell.state, "")
    return {"state": cell.state, "width": cell.width, "label": label, "slots": slots}


def _slot(unit: Unit, begins: datetime, step: timedelta) -> dict[str, str]:
    start, end = begins.astimezone(SHANGHAI), (begins + step).astimezone(SHANGHAI)
    query = f"unit={unit.uid}&day={start:%Y-%m-%d}&from={start:%H:%M}&until={end:%H:%M}"
    return {
        "url": f"{reverse('workspace:room_book')}?{query}",
        "begins": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
    }


@require_safe
def room_list(request: FeidiRequest) -> HttpResponse:
    """What is to come of one's own bookings, and for what one waits."""
    require(request.actor, BOOK_OWN)
    own = request.actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    bookings = list_own(request.actor, request.now).select_related("unit", "outpost")
    waiting = list_waiting(request.actor).filter(organization_id__in=own)
    context = {
        "bookings": [
            (
                each,
                spoken_span(each.starts_at, each.ends_at),
                _may_attend(each, request.now),
                each.organization_id in own,
            )
            for each in bookings[:100]
        ],
        "waiting": [(each, spoken_span(each.starts_at, each.ends_at)) for each in waiting[:100]],
        "now": request.now,
    }
    return render(request, "workspace/room_list.html", context)


def _may_attend(booking: Booking, now: datetime) -> bool:
    waits = booking.state == BookingState.CONFIRMED and booking.checked_in_at is None
    return waits and booking.starts_at - EARLY <= now < booking.ends_at


@require_http_methods(["GET", "HEAD", "POST"])
def room_book(request: FeidiRequest) -> HttpResponse:
    """Book a room within the firm's limits; who is in the way is only said to be there."""
    units = own_units(request)
    initial = {
        "unit": units.filter(uid=request.GET.get("unit", "")).first(),
        "day": request.GET.get("day") or request.today,
        "begins": request.GET.get("from", ""),
        "ends": request.GET.get("until", ""),
    }
    sent = request.POST if request.method == "POST" else None
    form, status = RoomBookingForm(sent, units=units, organizations=own_organizations(request), initial=initial), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                done = _book(request, form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal, _FIELDS)
                status = REFUSED
            else:
                messages.success(request, done)
                return redirect("workspace:room_list")
    return render(request, "workspace/room_book.html", {"form": form}, status=status)


def _book(request: FeidiRequest, data: dict[str, Any]) -> str:
    wish = Wish(
        data["unit"], data["starts_at"], data["ends_at"], data["purpose"], data["attendees"], data.get("organization")
    )
    if request.POST.get("wait"):
        wait_for_unit(actor=request.actor, now=request.now, wish=wish)
        return _("已候补，空出来时自动预订。")
    booking = book_unit(actor=request.actor, now=request.now, wish=wish)
    return _("已提出，等驻点确认。") if booking.state == "asked" else _("已预订。")


def own_booking(request: FeidiRequest, uid: str) -> Booking:
    """Return a booking of one's own organization; what may not be seen does not exist."""
    own = request.actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    row = Booking.objects.filter(uid=uid, organization_id__in=own).select_related("unit__outpost", "organizer").first()
    if row is None:
        raise Http404
    return row


@require_POST
def room_cancel(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give a booking back; whoever waits for the time moves up."""
    cancel_booking(
        actor=request.actor, now=request.now, booking=own_booking(request, uid), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("已取消。"))
    return redirect("workspace:room_list")


@require_safe
def room_calendar(request: FeidiRequest, uid: str) -> HttpResponse:
    """One's own booking as .ics."""
    row = own_booking(request, uid)
    response = HttpResponse(invitation_of(row, request.now), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="booking-{row.uid}.ics"'
    return response


@require_POST
def room_unwait(request: FeidiRequest, uid: str) -> HttpResponse:
    """Stop waiting."""
    own = request.actor.scopes(BOOK_OWN, ScopeKind.ORGANIZATION)
    row = WaitingEntry.objects.filter(uid=uid, organization_id__in=own).first()
    if row is None:
        raise Http404
    withdraw_waiting(actor=request.actor, now=request.now, entry=row)
    messages.success(request, _("已退出候补。"))
    return redirect("workspace:room_list")
