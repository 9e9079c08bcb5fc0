"""What keeps the rooms in order: blockings, the waiting list, visitors, calendar links."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.space.access import (
    BOOK,
    SPACE_EDIT,
    SPACE_VIEW,
    blockings_visible_to,
    feeds_visible_to,
    visitors_visible_to,
    waiting_visible_to,
)
from feidi.domain.space.models import Blocking, CalendarFeed, Unit, Visitor, WaitingEntry
from feidi.domain.space.selectors.bookings import list_blockings, list_feeds, list_visitors, list_waiting
from feidi.domain.space.selectors.holding import spoken_span
from feidi.domain.space.selectors.premises import list_units
from feidi.domain.space.services.blocking import block_unit, lift_blocking
from feidi.domain.space.services.feeds import open_personal_feed, open_room_feed, revoke_feed
from feidi.domain.space.services.visitors import (
    expect_visitor,
    record_arrival,
    record_departure,
    unmask_visitor,
    void_visitor,
)
from feidi.domain.space.services.waiting import withdraw_waiting
from feidi.kernel.access import ScopeKind
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.rooms.bookings import FORM
from feidi.portals.console.rooms.forms import BlockForm, VisitorFilterForm, VisitorForm
from feidi.portals.ui.pieces import Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest

_SHOWN = 200


@require_GET
def blocking_list(request: FeidiRequest) -> HttpResponse:
    """Rooms that are closed, and for how long and why."""
    require(request.actor, BOOK)
    rows = list_blockings(request.actor).select_related("unit__zone")[:_SHOWN]
    context = {
        "rows": [(each, spoken_span(each.starts_at, each.ends_at)) for each in rows],
        "now": request.now,
        "may": request.actor.may(SPACE_EDIT),
    }
    return render(request, "console/rooms/blocking_list.html", context)


@require_http_methods(["GET", "POST"])
def blocking_new(request: FeidiRequest) -> HttpResponse:
    """Close a room for a while; whoever holds it then is named."""
    require(request.actor, SPACE_EDIT)
    units = list_units(request.actor).filter(outpost_id__in=request.actor.scopes(SPACE_EDIT, ScopeKind.OUTPOST))

    def save(data: dict[str, Any]) -> None:
        block_unit(
            actor=request.actor,
            now=request.now,
            unit=data["unit"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            why=data["why"],
        )

    return save_page(
        request,
        template=FORM,
        form=BlockForm(sent(request), units=units),
        save=save,
        done=_("已封闭。"),
        onward=reverse("console:rooms:blocking_list"),
        fields={"slots.ends_before_start": "ends_at", "space.blocking_past": "ends_at"},
        extra={"title": _("封闭房间"), "subtitle": "", "note": ""},
    )


@require_GET
def blocking_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One blocking: which room, from when to when, why, by whom, and when it was lifted."""
    row = _blocking(request, uid)
    may = request.actor.may(SPACE_EDIT, outpost_scope(row.outpost_id))
    over = _("已重新开放") if row.voided_at else _("已结束") if row.ends_at <= request.now else ""
    context = {
        "row": row,
        "badges": [Badge(over, "quiet")] if over else [Badge(_("封闭中"), "warn")],
        "may": may and not over,
        "unit_url": reverse("console:rooms:unit_view", args=[row.unit.uid]),
        "pairs": [
            (_("房间"), f"{row.unit.zone.name} · {row.unit.name}"),
            (_("时间"), spoken_span(row.starts_at, row.ends_at)),
            (_("为什么"), row.why),
            (_("登记人"), row.recorded_by),
            (_("重新开放的原因"), row.void_reason),
        ],
        "crumbs": [Crumb(_("封闭"), reverse("console:rooms:blocking_list")), Crumb(row.unit.name)],
    }
    return render(request, "console/rooms/blocking_view.html", context)


def _blocking(request: FeidiRequest, uid: str) -> Blocking:
    rows = blockings_visible_to(request.actor, Blocking.objects.select_related("unit__zone"))
    return rows.get(uid=uid)


@require_POST
def blocking_lift(request: FeidiRequest, uid: str) -> HttpResponse:
    """Open a room again before its time."""
    row = _blocking(request, uid)
    lift_blocking(actor=request.actor, now=request.now, blocking=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已重新开放。"))
    return redirect("console:rooms:blocking_list")


@require_GET
def waiting_list(request: FeidiRequest) -> HttpResponse:
    """Who waits for what, first come first."""
    require(request.actor, BOOK)
    rows = list_waiting(request.actor).filter(outpost_id__in=request.actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST))
    context = {"rows": [(each, spoken_span(each.starts_at, each.ends_at)) for each in rows[:_SHOWN]]}
    return render(request, "console/rooms/waiting_list.html", context)


@require_POST
def waiting_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Stop waiting."""
    rows = waiting_visible_to(request.actor, WaitingEntry.objects.all())
    row = rows.filter(uid=uid, outpost_id__in=request.actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST)).first()
    if row is None:
        raise Http404
    withdraw_waiting(actor=request.actor, now=request.now, entry=row)
    messages.success(request, _("已退出候补。"))
    return redirect("console:rooms:waiting_list")


@require_GET
def visitor_list(request: FeidiRequest) -> HttpResponse:
    """Who is expected on a day, who is here, who has left."""
    require(request.actor, BOOK)
    form = VisitorFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, BOOK))
    given, active = asked_of(form)
    day: date = given.get("day") or request.today
    rows = list_visitors(request.actor, outpost=given.get("outpost"), on=day)
    rows = rows.filter(outpost_id__in=request.actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST))
    context = {
        "form": form,
        "active": active,
        "day": day,
        "rows": list(rows.select_related("host", "booking")[:_SHOWN]),
    }
    return render(request, "console/rooms/visitor_list.html", context)


@require_http_methods(["GET", "POST"])
def visitor_new(request: FeidiRequest) -> HttpResponse:
    """Announce somebody."""
    require(request.actor, BOOK)

    def save(data: dict[str, Any]) -> None:
        expect_visitor(
            actor=request.actor,
            now=request.now,
            outpost=data["outpost"],
            name=data["name"],
            host=data["owner"],
            expected_at=data["expected_at"],
            from_where=data["from_where"],
        )

    initial = {"expected_at": datetime.combine(request.today, request.now.astimezone(SHANGHAI).time())}
    return save_page(
        request,
        template=FORM,
        form=VisitorForm(
            sent(request), actor=request.actor, outposts=outposts_for(request.actor, BOOK), initial=initial
        ),
        save=save,
        done=_("访客已登记。"),
        onward=reverse("console:rooms:visitor_list"),
        fields={"space.visitor_past": "expected_at"},
        extra={"title": _("登记访客"), "subtitle": "", "note": ""},
    )


def _visitor(request: FeidiRequest, uid: str) -> Visitor:
    rows = visitors_visible_to(request.actor, Visitor.objects.select_related("outpost__home", "host", "booking"))
    row = rows.filter(uid=uid, outpost_id__in=request.actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST)).first()
    if row is None:
        raise Http404
    return row


@require_POST
def visitor_pass(request: FeidiRequest, uid: str) -> HttpResponse:
    """Somebody comes, or leaves (``way=out``)."""
    row = _visitor(request, uid)
    act = record_departure if request.POST.get("way") == "out" else record_arrival
    act(actor=request.actor, now=request.now, visitor=row)
    messages.success(request, _("已登记。"))
    return redirect("console:rooms:visitor_list")


@require_POST
def visitor_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an announcement back."""
    void_visitor(
        actor=request.actor, now=request.now, visitor=_visitor(request, uid), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("已作废。"))
    return redirect("console:rooms:visitor_list")


@require_POST
def visitor_show(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show a visitor's name once; who looked and why is on record."""
    row = _visitor(request, uid)
    name = unmask_visitor(actor=request.actor, now=request.now, visitor=row, why=request.POST.get("reason", ""))
    messages.info(request, _("访客：{name}").format(name=name))
    return redirect("console:rooms:visitor_list")


@require_GET
def feed_list(request: FeidiRequest) -> HttpResponse:
    """The calendar links one may close: one's own, and those of rooms one looks after."""
    require(request.actor, BOOK)
    units = list_units(request.actor, bookable=True)
    context = {
        "rows": list(list_feeds(request.actor)[:_SHOWN]),
        "units": units.filter(outpost_id__in=request.actor.scopes(SPACE_EDIT, ScopeKind.OUTPOST)),
    }
    return render(request, "console/rooms/feed_list.html", context)


@require_POST
def feed_open(request: FeidiRequest) -> HttpResponse:
    """Make a link of one's own calendar, or of a room's (``unit``); it is shown this once."""
    require(request.actor, BOOK)
    asked = request.POST.get("unit", "")
    if asked:
        unit: Unit | None = list_units(request.actor).filter(uid=asked).first()
        if unit is None:
            raise Http404
        _feed, token = open_room_feed(actor=request.actor, now=request.now, unit=unit)
    else:
        _feed, token = open_personal_feed(actor=request.actor, now=request.now)
    url = request.build_absolute_uri(reverse("public:calendar:feed_read", args=[token]))
    return render(request, "console/rooms/feed_open.html", {"url": url})


@require_POST
def feed_revoke(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close a link: it opens nothing any more."""
    row = feeds_visible_to(request.actor, CalendarFeed.objects.all()).filter(uid=uid).first()
    if row is None:
        raise Http404
    revoke_feed(actor=request.actor, now=request.now, feed=row)
    messages.success(request, _("链接已停用。"))
    return redirect("console:rooms:feed_list")
