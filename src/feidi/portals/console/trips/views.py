"""The list of trips, one of them, planning and changing one. The outpost's own: no page of the home side."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.liaison.access import VIEW
from feidi.domain.liaison.enums import TripKind
from feidi.domain.liaison.models import Trip
from feidi.domain.liaison.selectors.trips import SORTS, TripFilter, by_day, get_trip, itinerary_of, list_trips
from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.liaison.services.trips import TALK_KINDS, TripPlan, edit_trip, plan_trip, read_members
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import InteractionKind
from feidi.portals.console.daily import EDIT, edits, history_of, outposts_for
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.trips import presenting
from feidi.portals.console.trips.forms import TripFilterForm, TripForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/daily/form.html"
#: How a stop may read on a timeline.
TIMELINE_KINDS = (
    InteractionKind.OUTREACH,
    InteractionKind.VISIT_OUT,
    InteractionKind.VISIT_IN,
    InteractionKind.RECEPTION,
    InteractionKind.MEETING,
)


def record_url(uid: str) -> str:
    """Return the page of one trip."""
    return reverse("console:trips:trip_view", args=[uid])


def editable(request: FeidiRequest, uid: str) -> Trip:
    """Return one that the actor may change; others are refused or not found."""
    row = get_trip(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def _wanted(request: FeidiRequest) -> tuple[TripFilterForm, TripFilter, int]:
    form = TripFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    owner, outpost = given.get("owner"), given.get("outpost")
    wanted = TripFilter(
        words=given.get("words") or "",
        kind=given.get("kind") or "",
        show=given.get("show") or "",
        today=request.today,
        owner_id=owner.pk if owner else None,
        outpost_id=outpost.pk if outpost else None,
        project=given.get("project") or "",
    )
    return form, wanted, active


@require_GET
def trip_list(request: FeidiRequest) -> HttpResponse:
    """Trips and receptions of the actor's outposts, latest first."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    found = listed(request, list_trips(request.actor, wanted), presenting.COLUMNS, presenting.rows_of, sorts=SORTS)
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text, request.today),
        "may_add": request.actor.may(EDIT),
        "export_url": f"{reverse('console:trips:trip_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/trips/trip_list.html", context)


@require_GET
def trip_export(request: FeidiRequest) -> HttpResponse:
    """The listed trips as a workbook, without names of guests; who took it is on record."""
    require(request.actor, VIEW)
    _form, wanted, _active = _wanted(request)
    rows = presenting.rows_of(list(list_trips(request.actor, wanted)[:2000]))
    return workbook(
        request,
        name="trips",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([each.cells[column.code] for column in presenting.COLUMNS] for each in rows),
    )


def _plan(data: dict[str, Any]) -> TripPlan:
    members = read_members(data.pop("members"))
    return TripPlan(**{**data, "kind": TripKind(data["kind"]), "members": members})


@require_http_methods(["GET", "POST"])
def trip_new(request: FeidiRequest) -> HttpResponse:
    """Plan a trip or a reception; its stops follow on its page."""
    require(request.actor, EDIT)
    made: list[str] = []

    def save(data: dict[str, Any]) -> None:
        outpost, _version = data.pop("outpost"), data.pop("version")
        made.append(plan_trip(actor=request.actor, now=request.now, outpost=outpost, plan=_plan(data)).uid)

    form = TripForm(
        sent(request),
        actor=request.actor,
        outposts=outposts_for(request.actor, EDIT),
        initial={"starts_on": request.today, "ends_on": request.today, "owner": request.actor.user_id,
                 "kind": request.GET.get("kind", "")},
    )  # fmt: skip
    response = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("行程已登记，接着添加每一站。"),
        onward=reverse("console:trips:trip_list"),
        fields={"liaison.member_too_long": "members", "liaison.trip_dates": "ends_on"},
        extra={"title": _("登记行程"), "subtitle": ""},
    )
    if made:
        response.headers["Location"] = record_url(made[0])
    return response


@require_GET
def trip_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One trip: its people, its stops day by day with their results, and which stand on a project's timeline."""
    row = get_trip(request.actor, uid)
    usual = TALK_KINDS[TripKind(row.kind)]
    context = {
        "row": row,
        "may": edits(request.actor, row.outpost, EDIT) and row.voided_at is None,
        "pairs": presenting.pairs_of(row),
        "members": list(row.members.all()),
        "days": by_day(itinerary_of(row)),
        "kinds": [(each.value, each.label, each is usual) for each in TIMELINE_KINDS],
        "badges": presenting.badges_of(row, request.today),
        "entries": history_of("liaison.trip", row.uid, Veil(), presenting.FIELDS),
        "copy_text": presenting.record_text(row),
        "today": request.today,
        "crumbs": [Crumb(_("出访与接待"), reverse("console:trips:trip_list")), Crumb(row.title)],
    }
    return render(request, "console/trips/trip_view.html", context)


@require_http_methods(["GET", "POST"])
def trip_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change a trip and its list of people."""
    row = editable(request, uid)
    names = [name for name in TripForm.base_fields if name not in {"members", "version"}]
    outposts: QuerySet[Outpost] = Outpost.objects.filter(pk=row.outpost_id)
    lines = (" ".join(part for part in (each.name, each.unit, each.title) if part) for each in row.members.all())
    initial = {**{name: getattr(row, name) for name in names}, "members": "\n".join(lines), "version": row.version}
    form = TripForm(sent(request), actor=request.actor, outposts=outposts, initial=initial)

    def save(data: dict[str, Any]) -> None:
        data.pop("outpost")
        version = data.pop("version") or row.version
        edit_trip(actor=request.actor, now=request.now, trip=row, version=version, plan=_plan(data))

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已保存。"),
        onward=record_url(uid),
        fields={"liaison.member_too_long": "members", "liaison.trip_dates": "ends_on"},
        extra={"title": _("修改行程"), "subtitle": row.title},
    )
