"""The rooms themselves: what is known of each, who holds it next, and the code on its door."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.space.access import BOOK, SPACE_EDIT, SPACE_VIEW
from feidi.domain.space.enums import UnitKind
from feidi.domain.space.models import Unit
from feidi.domain.space.selectors.holding import holders_of, spoken_span
from feidi.domain.space.selectors.ledger import list_occupations
from feidi.domain.space.selectors.premises import get_unit, list_units
from feidi.domain.space.selectors.rules import rules_of
from feidi.domain.space.services.attending import issue_door_token
from feidi.domain.space.services.premises import UnitFacts, change_unit, void_unit
from feidi.kernel.access import ScopeKind
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.rooms.bookings import FORM
from feidi.portals.console.rooms.days import zone_choices
from feidi.portals.console.rooms.forms import UnitFilterForm, UnitForm
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("name", gettext_lazy("房间"), sortable=True, lead=True),
    Column("code", gettext_lazy("编码"), shown=False),
    Column("zone", gettext_lazy("区域")),
    Column("kind", gettext_lazy("种类")),
    Column("area", gettext_lazy("面积（㎡）"), numeric=True),
    Column("capacity", gettext_lazy("容纳人数"), numeric=True),
    Column("equipment", gettext_lazy("设备")),
]
SORTS = {"name": "name"}
_EXPORTED, _COMING = 5000, 10


def page_of(unit: Unit) -> str:
    """Return a unit's page."""
    return reverse("console:rooms:unit_view", args=[unit.uid])


def unit_of(request: FeidiRequest, uid: str) -> Unit:
    """Return one unit whose premises the actor sees in the office."""
    row = get_unit(request.actor, uid)
    homes = request.actor.scopes(SPACE_VIEW, ScopeKind.HOME)
    if row.outpost_id not in request.actor.scopes(SPACE_VIEW, ScopeKind.OUTPOST) and row.outpost.home_id not in homes:
        raise Unit.DoesNotExist
    return row


def unit_row(unit: Unit) -> Row:
    """Return a unit as a list row."""
    marks = []
    if unit.lettable:
        marks.append(Badge(_("可以入驻"), "mark"))
    if unit.bookable:
        marks.append(Badge(_("可以预订"), "info"))
    return Row(
        cells={
            "name": unit.name,
            "code": unit.code,
            "zone": unit.zone.name,
            "kind": UnitKind(unit.kind).label,
            "area": None if unit.area_m2 is None else f"{unit.area_m2:g}",
            "capacity": unit.capacity,
            "equipment": "、".join(unit.equipment),
        },
        url=page_of(unit),
        uid=unit.uid,
        badges=marks,
    )


def _wanted(request: FeidiRequest) -> tuple[UnitFilterForm, QuerySet[Unit], int]:
    outposts = outposts_for(request.actor, SPACE_VIEW)
    form = UnitFilterForm(request.GET, actor=request.actor, outposts=outposts, zones=zone_choices(request))
    given, active = asked_of(form)
    rows = list_units(
        request.actor,
        outpost=given.get("outpost"),
        zone_kind=given.get("zone") or "",
        kind=given.get("kind") or "",
        on=request.today,
    ).filter(outpost__in=outposts)
    return form, rows, active


@require_GET
def unit_list(request: FeidiRequest) -> HttpResponse:
    """Every room, desk and open area: area and capacity where they are known."""
    require(request.actor, SPACE_VIEW)
    form, rows, active = _wanted(request)
    found = listed(request, rows, COLUMNS, lambda items: [unit_row(each) for each in items], sorts=SORTS)
    export = f"{reverse('console:rooms:unit_export')}?{request.GET.urlencode()}"
    context = {
        **found,
        "title": _("房间与工位"),
        "subtitle": _("楼层、区域和房间写在内容文件里；在这里改过的，内容不再覆盖。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:rooms:unit_list"),
        "actions": [
            Action(_("占用台账"), reverse("console:rooms:ledger_list"), "list-check"),
            Action(_("导出本列表"), export, "database-export"),
        ],
        "copy_text": "",
        "empty_title": _("没有符合条件的房间"),
        "empty_text": _("房间写在内容文件 enclave/space.yaml 里。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


@require_GET
def unit_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list of rooms shows, as a workbook."""
    require(request.actor, SPACE_VIEW)
    _form, rows, _active = _wanted(request)
    drawn = [unit_row(each) for each in rows[:_EXPORTED]]
    return workbook(
        request,
        name="rooms",
        headers=[str(each.label) for each in COLUMNS],
        rows=[[row.cells[each.code] for each in COLUMNS] for row in drawn],
    )


@require_GET
def unit_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One room: what is known of it, its parts, who holds it now and next, and the code on its door."""
    row = unit_of(request, uid)
    scope = outpost_scope(row.outpost_id)
    coming = list_occupations(request.actor, unit=row, now=request.now)[:_COMING]
    context = {
        "row": row,
        "held": [
            (spoken_span(each.occupation.starts_at, each.occupation.ends_at), each)
            for each in holders_of(request.actor, list(coming))
        ],
        "ledger_url": f"{reverse('console:rooms:ledger_list')}?unit={row.pk}&outpost={row.outpost_id}",
        "book_url": f"{reverse('console:rooms:booking_new')}?unit={row.uid}",
        "may_book": row.bookable and row.voided_at is None and request.actor.may(BOOK, scope),
        "parts": list(row.parts.filter(voided_at__isnull=True).order_by("code")),
        "pairs": [
            (_("编码"), row.code),
            (_("区域"), row.zone.name),
            (_("所在房间"), row.parent.name if row.parent else None),
            (_("种类"), UnitKind(row.kind).label),
            (_("面积（㎡）"), None if row.area_m2 is None else f"{row.area_m2:g}"),
            (_("容纳人数"), row.capacity),
            (_("设备"), "、".join(row.equipment)),
            (_("开放时间"), rules_of(row.outpost).hour_names.get(row.hours, row.hours)),
            (_("启用日"), row.valid_from),
            (_("停用日"), row.valid_to),
            (_("备注"), row.note),
        ],
        "may": request.actor.may(SPACE_EDIT, scope) and row.voided_at is None,
        "crumbs": [Crumb(_("房间与工位"), reverse("console:rooms:unit_list")), Crumb(row.name)],
    }
    return render(request, "console/rooms/unit_view.html", context)


@require_http_methods(["GET", "POST"])
def unit_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change what is known of a room; content leaves it alone from then on."""
    row = unit_of(request, uid)
    require(request.actor, SPACE_EDIT, outpost_scope(row.outpost_id))
    hours = list(rules_of(row.outpost).hour_names.items())
    plain = ("kind", "name", "area_m2", "capacity", "lettable", "bookable", "needs_approval", "hours", "note")
    initial = {name: getattr(row, name) for name in (*plain, "valid_from", "valid_to", "version")}

    def save(data: dict[str, Any]) -> None:
        facts = UnitFacts(
            kind=UnitKind(data["kind"]),
            equipment=tuple(each.strip() for each in data["equipment"].split("、") if each.strip()),
            shape=row.shape,
            **{name: data[name] for name in (*plain[1:], "valid_from", "valid_to")},
        )
        change_unit(actor=request.actor, now=request.now, unit=row, version=data["version"] or row.version, facts=facts)

    return save_page(
        request,
        template=FORM,
        form=UnitForm(sent(request), hours=hours, initial={**initial, "equipment": "、".join(row.equipment)}),
        save=save,
        done=_("房间已修改。"),
        onward=page_of(row),
        extra={"title": _("修改房间"), "subtitle": row.name, "note": ""},
    )


@require_POST
def unit_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a room out."""
    row = unit_of(request, uid)
    void_unit(actor=request.actor, now=request.now, unit=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已停用，记录保留。"))
    return redirect("console:rooms:unit_list")


@require_POST
def door_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """A new code for the door, to be printed: whoever scans it checks the running booking in; the old one is dead."""
    row = unit_of(request, uid)
    token = issue_door_token(actor=request.actor, now=request.now, unit=row)
    url = request.build_absolute_uri(reverse("public:door:door_view", args=[token]))
    picture = segno.make(url, error="m", micro=False).svg_data_uri(scale=8, border=3)
    return render(request, "console/rooms/door_print.html", {"row": row, "url": url, "picture": picture})
