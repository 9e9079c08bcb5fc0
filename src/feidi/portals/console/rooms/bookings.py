"""Bookings: the list, one of them, and what is done with it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import APPROVE, BOOK, SPACE_VIEW, may_handle
from feidi.domain.space.enums import BookingState
from feidi.domain.space.models import Booking, Unit
from feidi.domain.space.selectors.bookings import list_asked, list_bookings
from feidi.domain.space.selectors.calendars import invitation_of
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.selectors.premises import list_units
from feidi.domain.space.services.attending import check_in_booking, hand_over_unit
from feidi.domain.space.services.bookings import (
    Wish,
    book_unit,
    cancel_booking,
    change_booking,
    decide_booking,
    move_booking,
    restore_booking,
)
from feidi.domain.space.services.waiting import wait_for_unit
from feidi.kernel.access import ScopeKind
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.rooms import presenting
from feidi.portals.console.rooms.forms import BookingFilterForm, BookingForm, ChangeForm, HandOverForm, WhenForm
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/profiles/form.html"
_FIELDS = {"space.purpose_needed": "purpose", "slots.ends_before_start": "ends", "space.off_the_grid": "begins"}
_EXPORTED = 20_000
_LIVE = frozenset({BookingState.ASKED, BookingState.CONFIRMED})


def booking_of(request: FeidiRequest, uid: str) -> Booking:
    """Return one booking of an outpost the actor works for; what may not be seen does not exist."""
    rows = list_bookings(request.actor).filter(outpost_id__in=request.actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST))
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def page_of(booking: Booking) -> str:
    """Return a booking's page."""
    return reverse("console:rooms:booking_view", args=[booking.uid])


def bookable_units(request: FeidiRequest) -> QuerySet[Unit]:
    """Return the units that the actor books for others."""
    return list_units(request.actor, bookable=True).filter(outpost_id__in=request.actor.scopes(BOOK, ScopeKind.OUTPOST))


def _wanted(request: FeidiRequest) -> tuple[BookingFilterForm, QuerySet[Booking], int]:
    form = BookingFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, BOOK))
    given, active = asked_of(form)
    today = datetime.combine(request.today, time(0), SHANGHAI)
    show = given.get("show") or "coming"
    rows = list_bookings(
        request.actor,
        outpost=given.get("outpost"),
        state=given.get("state") or "",
        since=today if show == "coming" else None,
        until=today if show == "past" else None,
    ).filter(outpost_id__in=request.actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST))
    if show == "coming":
        rows = rows.order_by("starts_at", "id")
    if words := (given.get("words") or "").strip():
        named = Q(purpose__icontains=words) | Q(organization__name__icontains=words) | Q(unit__name__icontains=words)
        rows = rows.filter(named)
    return form, rows, active


@require_GET
def booking_list(request: FeidiRequest) -> HttpResponse:
    """Bookings of the actor's outposts, what is to come first; those that wait for an answer on top."""
    require(request.actor, BOOK)
    form, rows, active = _wanted(request)
    found = listed(request, rows, presenting.COLUMNS, presenting.booking_rows, sorts=presenting.SORTS)
    export = f"{reverse('console:rooms:booking_export')}?{request.GET.urlencode()}"
    new = reverse("console:rooms:booking_new")
    lines = [f"{e.cells['when']} {e.cells['unit']}：{e.cells['purpose']}" for e in found["table"].rows]
    context = {
        **found,
        "title": _("场地预订"),
        "subtitle": _("同一时间同一房间只有一个人占得到：数据库本身不放行。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:rooms:booking_list"),
        "actions": [
            Action(_("预订"), new, "plus", tone="primary"),
            Action(_("一天的房间"), reverse("console:rooms:grid_view"), "calendar-event"),
            Action(_("找空闲"), reverse("console:rooms:free_find"), "search"),
            Action(_("导出本列表"), export, "database-export"),
        ],
        "waiting": list(list_asked(request.actor)[:50]),
        "copy_text": chat_lines(_("场地预订（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的预订"),
        "empty_text": _("从“一天的房间”里点空闲的格子，或直接预订。"),
        "empty_url": new,
        "empty_label": _("预订"),
        "bulk": "",
    }
    return render(request, "console/rooms/booking_list.html", context)


@require_GET
def booking_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook."""
    require(request.actor, BOOK)
    _form, rows, _active = _wanted(request)
    drawn = presenting.booking_rows(list(rows[:_EXPORTED]))
    return workbook(
        request,
        name="bookings",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in drawn],
    )


@require_http_methods(["GET", "POST"])
def booking_new(request: FeidiRequest) -> HttpResponse:
    """Book a room, for the outpost or on behalf of a firm; what is in the way is named."""
    require(request.actor, BOOK)
    units = bookable_units(request)
    made: list[str] = []

    def save(data: dict[str, Any]) -> None:
        wish = Wish(
            data["unit"],
            data["starts_at"],
            data["ends_at"],
            data["purpose"],
            data["attendees"],
            data["organization"],
        )
        if request.POST.get("wait"):
            wait_for_unit(actor=request.actor, now=request.now, wish=wish)
            return
        made.append(page_of(book_unit(actor=request.actor, now=request.now, wish=wish)))

    form = BookingForm(
        sent(request), units=units, organizations=known_organizations(request), initial=first_choice(request, units)
    )
    response = save_page(
        request,
        template="console/rooms/booking_new.html",
        form=form,
        save=save,
        done=_("已候补，空出来时自动预订。") if request.POST.get("wait") else _("已预订。"),
        onward=reverse("console:rooms:booking_list"),
        fields=_FIELDS,
        extra={"title": _("预订"), "subtitle": "", "submit": _("预订")},
    )
    return redirect(made[0]) if made else response


def known_organizations(request: FeidiRequest) -> QuerySet[Organization]:
    """Return the organizations for which the actor may book: those its outposts know."""
    outposts = request.actor.scopes(BOOK, ScopeKind.OUTPOST)
    linked = Organization.objects.filter(links__outpost_id__in=outposts, merged_into__isnull=True)
    return linked.distinct().order_by("name")


def first_choice(request: FeidiRequest, units: QuerySet[Unit]) -> dict[str, Any]:
    """Return what the address of a free cell says."""
    unit = units.filter(uid=request.GET.get("unit", "")).first()
    return {
        "unit": unit,
        "day": request.GET.get("day") or request.today,
        "begins": request.GET.get("from", ""),
        "ends": request.GET.get("until", ""),
    }


@require_GET
def booking_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One booking: when, what for, who, and what may be done with it now."""
    row = booking_of(request, uid)
    live, handles = row.state in _LIVE, may_handle(request.actor, row)
    begun = row.starts_at <= request.now
    context = {
        "row": row,
        "badges": presenting.badges_of(row),
        "pairs": [
            (_("房间"), f"{row.unit.zone.name} · {row.unit.name}"),
            (_("时间"), spoken_span(row.starts_at, row.ends_at)),
            (_("单位"), row.organization.name if row.organization else _("驻点自用")),
            (_("预订人"), row.organizer.display_name),
            (_("几个人"), row.attendees),
            (_("答复"), row.decided_by),
            (_("原因"), row.ended_reason),
            (_("签到"), row.checked_in_at),
            (_("交接说明"), row.handover_note),
        ],
        "may_decide": row.state == BookingState.ASKED and request.actor.may(APPROVE, outpost_scope(row.outpost_id)),
        "may_change": live and handles and not begun,
        "may_attend": row.state == BookingState.CONFIRMED and handles and row.checked_in_at is None,
        "may_leave": row.state in {BookingState.CONFIRMED, BookingState.DONE} and handles and begun,
        "may_restore": row.state == BookingState.CANCELLED and handles and not begun,
        "visitors": list(row.visitors.filter(voided_at__isnull=True)) if hasattr(row, "visitors") else [],
        "crumbs": [Crumb(_("场地预订"), reverse("console:rooms:booking_list")), Crumb(row.purpose)],
    }
    return render(request, "console/rooms/booking_view.html", context)


@require_http_methods(["GET", "POST"])
def booking_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Move a booking to another time or room; refused, it stays where it was."""
    row = booking_of(request, uid)
    require(request.actor, BOOK, outpost_scope(row.outpost_id))
    begins, ends = row.starts_at.astimezone(SHANGHAI), row.ends_at.astimezone(SHANGHAI)

    def save(data: dict[str, Any]) -> None:
        move_booking(
            actor=request.actor,
            now=request.now,
            booking=row,
            version=row.version,
            unit=data["unit"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
        )

    initial = {"unit": row.unit, "day": begins.date(), "begins": begins.time(), "ends": ends.time()}
    return save_page(
        request,
        template=FORM,
        form=WhenForm(sent(request), units=bookable_units(request).filter(outpost=row.outpost_id), initial=initial),
        save=save,
        done=_("已改时间。"),
        onward=page_of(row),
        fields=_FIELDS,
        extra={"title": _("改时间或房间"), "subtitle": row.purpose, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def booking_change(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change what a booking is for and how many come."""
    row = booking_of(request, uid)
    require(request.actor, BOOK, outpost_scope(row.outpost_id))

    def save(data: dict[str, Any]) -> None:
        change_booking(actor=request.actor, now=request.now, booking=row, **data)

    initial = {"version": row.version, "purpose": row.purpose, "attendees": row.attendees}
    return save_page(
        request,
        template=FORM,
        form=ChangeForm(sent(request), initial=initial),
        save=save,
        done=_("已修改。"),
        onward=page_of(row),
        extra={"title": _("修改预订"), "subtitle": spoken_span(row.starts_at, row.ends_at), "note": ""},
    )


@require_POST
def booking_cancel(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give a booking back; whoever waits for the time moves up."""
    row = booking_of(request, uid)
    cancel_booking(actor=request.actor, now=request.now, booking=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已取消，时间让给候补的人。"))
    return redirect(page_of(row))


@require_POST
def booking_restore(request: FeidiRequest, uid: str) -> HttpResponse:
    """Bring a cancelled booking back, if nobody has taken the time meanwhile."""
    row = booking_of(request, uid)
    restore_booking(actor=request.actor, now=request.now, booking=row)
    messages.success(request, _("已恢复。"))
    return redirect(page_of(row))


@require_POST
def booking_decide(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say yes or no to a booking that was asked for; a no says why and frees the room."""
    row = booking_of(request, uid)
    confirm = request.POST.get("decision") == "accept"
    reason = request.POST.get("reason", "")
    decide_booking(actor=request.actor, now=request.now, booking=row, confirm=confirm, reason=reason)
    messages.success(request, _("已确认。") if confirm else _("未批准，原因已写明。"))
    return redirect(page_of(row))


@require_POST
def booking_attend(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down that somebody came."""
    row = booking_of(request, uid)
    check_in_booking(actor=request.actor, now=request.now, booking=row)
    messages.success(request, _("已签到。"))
    return redirect(page_of(row))


@require_http_methods(["GET", "POST"])
def booking_leave(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say how the room was left; the rest of the time may go to others."""
    row = booking_of(request, uid)
    require(request.actor, BOOK, outpost_scope(row.outpost_id))

    def save(data: dict[str, Any]) -> None:
        hand_over_unit(actor=request.actor, now=request.now, booking=row, **data)

    return save_page(
        request,
        template=FORM,
        form=HandOverForm(sent(request)),
        save=save,
        done=_("交接说明已写下。"),
        onward=page_of(row),
        extra={"title": _("离开房间"), "subtitle": row.unit.name, "note": ""},
    )


@require_GET
def booking_calendar(request: FeidiRequest, uid: str) -> HttpResponse:
    """One booking as .ics, for the calendar of whoever comes."""
    row = booking_of(request, uid)
    response = HttpResponse(invitation_of(row, request.now), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="booking-{row.uid}.ics"'
    return response
