"""Mentors and their hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.access import EDIT, VIEW, in_office
from feidi.domain.incubation.models import Mentor, MentorHour, Tenancy
from feidi.domain.incubation.selectors.tenancies import here_on, list_tenancies
from feidi.domain.incubation.services.mentors import (
    add_mentor,
    end_mentor,
    give_back_hour,
    hold_hour,
    open_hours,
    take_hour,
)
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.incubation.forms import HoldForm, HoursForm, MentorForm, TakeHourForm
from feidi.portals.console.lists import listed
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.tenancies.entering import FORM
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("name", gettext_lazy("导师"), lead=True),
    Column("fields", gettext_lazy("领域")),
    Column("since", gettext_lazy("起"), sortable=True),
    Column("open", gettext_lazy("可约时段"), numeric=True),
]


def mentor_of(request: FeidiRequest, uid: str) -> Mentor:
    """Return one mentor of an outpost the actor works for."""
    found = in_office(request.actor, Mentor.objects.select_related("person", "outpost__home")).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _hour(request: FeidiRequest, uid: str) -> MentorHour:
    # a tenant has pages of its own for the hours it took
    mentors = in_office(request.actor, Mentor.objects.all())
    rows = MentorHour.objects.filter(mentor__in=mentors, voided_at__isnull=True)
    found = (
        rows.select_related("mentor__person", "mentor__outpost__home", "tenancy__organization").filter(uid=uid).first()
    )
    if found is None:
        raise Http404
    require(request.actor, EDIT, outpost_scope(found.mentor.outpost_id))
    return found


def _page(mentor: Mentor) -> str:
    return reverse("console:incubation:mentor_view", args=[mentor.uid])


@require_GET
def mentor_list(request: FeidiRequest) -> HttpResponse:
    """The mentors of the actor's outposts, with how many hours can be taken."""
    require(request.actor, VIEW)
    rows = in_office(request.actor, Mentor.objects.filter(voided_at__isnull=True)).select_related("person")
    found = listed(
        request, rows.order_by("-since", "id"), COLUMNS, lambda items: _rows(items, request), sorts={"since": "since"}
    )
    may_add = request.actor.may(EDIT)
    add = reverse("console:incubation:mentor_new")
    context = {
        **found,
        "title": _("创业导师"),
        "actions": [Action(_("登记导师"), add, "plus", tone="primary")] if may_add else [],
        "may_add": may_add,
        "add_url": add,
    }
    return render(request, "console/incubation/mentor_list.html", context)


def _rows(mentors: Any, request: FeidiRequest) -> list[Row]:
    open_hours_of: dict[int, int] = {}
    free = MentorHour.objects.filter(
        mentor__in=mentors, voided_at__isnull=True, tenancy__isnull=True, starts_at__gt=request.now
    )
    for pk in free.values_list("mentor_id", flat=True):
        open_hours_of[pk] = open_hours_of.get(pk, 0) + 1
    return [
        Row(
            cells={
                "name": each.person.name,
                "fields": each.fields,
                "since": each.since,
                "open": open_hours_of.get(each.pk, 0),
            },
            url=_page(each),
            uid=each.uid,
            badges=[Badge(_("已结束"), "quiet")] if each.until else [],
        )
        for each in mentors
    ]


@require_GET
def mentor_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One mentor and the hours ahead and of the last quarter."""
    row = mentor_of(request, uid)
    hours = MentorHour.objects.filter(
        mentor=row, voided_at__isnull=True, starts_at__gt=request.now - timedelta(days=92)
    ).select_related("tenancy__organization")
    context = {
        "row": row,
        "hours": list(hours.order_by("starts_at")),
        "now": request.now,
        "may": request.actor.may(EDIT, outpost_scope(row.outpost_id)) and row.until is None,
        "crumbs": [Crumb(_("创业导师"), reverse("console:incubation:mentor_list")), Crumb(row.person.name)],
    }
    return render(request, "console/incubation/mentor_view.html", context)


@require_http_methods(["GET", "POST"])
def mentor_new(request: FeidiRequest) -> HttpResponse:
    """Take somebody on as mentor."""
    require(request.actor, EDIT)

    def save(data: dict[str, Any]) -> None:
        add_mentor(
            actor=request.actor,
            now=request.now,
            outpost=data["outpost"],
            person=data["person"],
            fields=data["fields_of"],
            user=data["user"],
            since=data["since"],
        )

    return save_page(
        request,
        template=FORM,
        form=MentorForm(
            sent(request),
            actor=request.actor,
            outposts=outposts_for(request.actor, EDIT),
            initial={"since": request.today},
        ),
        save=save,
        done=_("导师已登记。"),
        onward=reverse("console:incubation:mentor_list"),
        extra={"title": _("登记导师"), "subtitle": "", "note": ""},
    )


@require_POST
def mentor_end(request: FeidiRequest, uid: str) -> HttpResponse:
    """Let a mentor's work end today; free hours ahead are taken back."""
    row = mentor_of(request, uid)
    reason = request.POST.get("reason", "")
    end_mentor(actor=request.actor, now=request.now, mentor=row, until=request.today, reason=reason)
    messages.success(request, _("导师工作已结束。"))
    return redirect(_page(row))


@require_http_methods(["GET", "POST"])
def hours_open(request: FeidiRequest, uid: str) -> HttpResponse:
    """Offer hours of one day, one after the other."""
    row = mentor_of(request, uid)

    def save(data: dict[str, Any]) -> None:
        at = datetime.combine(data["on"], data["begins"], SHANGHAI)
        end, step = datetime.combine(data["on"], data["ends"], SHANGHAI), timedelta(minutes=data["minutes"])
        hours = []
        while at + step <= end:
            hours.append((at, at + step))
            at += step
        open_hours(actor=request.actor, now=request.now, mentor=row, hours=hours or [(at, end)], place=data["place"])

    return save_page(
        request,
        template=FORM,
        form=HoursForm(sent(request), initial={"on": request.today}),
        save=save,
        done=_("时段已开放。"),
        onward=_page(row),
        fields={"incubation.hour_past": "on", "incubation.hour_order": "ends", "incubation.hour_clash": "begins"},
        extra={"title": _("开放时段"), "subtitle": row.person.name, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def hour_take(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an hour for a tenant that rang."""
    row = _hour(request, uid)
    tenancies = here_on(list_tenancies(request.actor), request.today).filter(outpost=row.mentor.outpost_id)

    def save(data: dict[str, Any]) -> None:
        tenancy: Tenancy = data["tenancy"]
        take_hour(actor=request.actor, now=request.now, hour=row, tenancy=tenancy, topic=data["topic"])

    return save_page(
        request,
        template=FORM,
        form=TakeHourForm(sent(request), tenancies=tenancies),
        save=save,
        done=_("时段已预约。"),
        onward=_page(row.mentor),
        extra={
            "title": _("代为预约"),
            "subtitle": f"{row.mentor.person.name} {localtime(row.starts_at):%Y-%m-%d}",
            "note": "",
        },
    )


@require_POST
def hour_back(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give an hour back before it begins."""
    row = _hour(request, uid)
    give_back_hour(actor=request.actor, now=request.now, hour=row)
    messages.success(request, _("时段已退回，可以再约。"))
    return redirect(_page(row.mentor))


@require_http_methods(["GET", "POST"])
def hour_hold(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say whether an hour took place, and what came of it."""
    row = _hour(request, uid)

    def save(data: dict[str, Any]) -> None:
        held = data["held"] == "yes"
        hold_hour(actor=request.actor, now=request.now, hour=row, held=held, note=data["note"])

    return save_page(
        request,
        template=FORM,
        form=HoldForm(sent(request)),
        save=save,
        done=_("已登记。"),
        onward=_page(row.mentor),
        extra={"title": _("登记辅导"), "subtitle": row.mentor.person.name, "note": ""},
    )
