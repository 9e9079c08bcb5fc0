"""The list of signing ceremonies, one of them, planning and changing one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.liaison.models import Ceremony
from feidi.domain.liaison.selectors.ceremonies import (
    SORTS,
    CeremonyFilter,
    ceremonies_veil,
    get_ceremony,
    hides_some,
    list_ceremonies,
    signings_of,
    totals_of,
)
from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.liaison.services.ceremonies import CeremonyPlan, edit_ceremony, plan_ceremony
from feidi.domain.liaison.services.ceremony_papers import draft_script, seat_cards
from feidi.domain.parties.access import outpost_scope, outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.portals.console.ceremonies import presenting
from feidi.portals.console.ceremonies.forms import CeremonyFilterForm, CeremonyForm
from feidi.portals.console.daily import EDIT, edits, history_of, outposts_for, require_daily
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import read_table

FORM = "console/daily/form.html"


def record_url(uid: str) -> str:
    """Return the page of one ceremony."""
    return reverse("console:ceremonies:ceremony_view", args=[uid])


def editable(request: FeidiRequest, uid: str) -> Ceremony:
    """Return one that the actor may change; others are refused or not found."""
    row = get_ceremony(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def veiled(actor: Actor, row: Ceremony) -> tuple[Ceremony, Veil]:
    """Return the row with its own words as this reader may read them (not to be saved), and what was struck out."""
    veil = ceremonies_veil(actor, [row])
    row.title, row.place = veil.text(row.title), veil.text(row.place)
    return row, veil


def _wanted(request: FeidiRequest) -> tuple[CeremonyFilterForm, CeremonyFilter, int]:
    outposts = outposts_visible_to(request.actor, Outpost.objects.order_by("code"))
    form = CeremonyFilterForm(request.GET, actor=request.actor, outposts=outposts)
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = CeremonyFilter(given.get("words") or "", outpost.pk if outpost else None, given.get("project") or "")
    return form, wanted, active


@require_GET
def ceremony_list(request: FeidiRequest) -> HttpResponse:
    """Signing ceremonies with what counts of each, latest first."""
    require_daily(request.actor)
    form, wanted, active = _wanted(request)
    found = listed(
        request,
        list_ceremonies(request.actor, wanted),
        presenting.COLUMNS,
        lambda rows: presenting.rows_of(rows, request.actor),
        sorts=SORTS,
    )
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text, request.today),
        "may_add": request.actor.may(EDIT),
        "export_url": f"{reverse('console:ceremonies:ceremony_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/ceremonies/ceremony_list.html", context)


@require_GET
def ceremony_export(request: FeidiRequest) -> HttpResponse:
    """Every project of the listed ceremonies as a workbook, one row each; who took it is on record."""
    require_daily(request.actor)
    _form, wanted, _active = _wanted(request)
    ceremonies = list(list_ceremonies(request.actor, wanted)[:500])
    lines, veil = signings_of(ceremonies), ceremonies_veil(request.actor, ceremonies)
    rows = (
        [veil.text(each.title), each.held_on, *presenting.item_cells(line).values()]
        for each in ceremonies
        for line in lines[each.pk]
    )
    return workbook(request, name="ceremonies", headers=[str(each) for each in presenting.HEADERS], rows=rows)


def read_projects(actor: Actor, outpost: Outpost, text: str) -> list[Project]:
    """Return one project per line that begins with its code, in that order. Refused: a line without a known code."""
    codes = [line.split(maxsplit=1)[0].upper() for line in text.splitlines() if line.strip()]
    seen = visible_in_office(actor, Project.objects.filter(outpost=outpost, code__in=codes, voided_at__isnull=True))
    found = {each.code.upper(): each for each in seen}
    for code in codes:
        if code not in found:
            raise refuse("liaison.other_outpost", code=code)
    return [found[code] for code in dict.fromkeys(codes)]


def _plan(data: dict[str, Any]) -> CeremonyPlan:
    return CeremonyPlan(data["title"], data["held_on"], data["place"], data["script"])


@require_http_methods(["GET", "POST"])
def ceremony_new(request: FeidiRequest) -> HttpResponse:
    """Plan a ceremony with its list of projects."""
    require(request.actor, EDIT)
    made: list[str] = []

    def save(data: dict[str, Any]) -> None:
        projects = read_projects(request.actor, data["outpost"], data["projects"])
        row = plan_ceremony(
            actor=request.actor, now=request.now, outpost=data["outpost"], plan=_plan(data), projects=projects
        )
        made.append(row.uid)

    form = CeremonyForm(
        sent(request),
        actor=request.actor,
        outposts=outposts_for(request.actor, EDIT),
        initial={"held_on": request.today},
    )
    response = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("签约活动已登记。"),
        onward=reverse("console:ceremonies:ceremony_list"),
        fields={"liaison.other_outpost": "projects"},
        extra={"title": _("登记签约活动"), "subtitle": _("此前已首次签约的项目，名单上自动显示“已计”。")},
    )
    if made:
        response.headers["Location"] = record_url(made[0])
    return response


@require_GET
def ceremony_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One ceremony: its list, what counts now, what was counted when, what stands apart, cards and words."""
    row, veil = veiled(request.actor, get_ceremony(request.actor, uid))
    lines = signings_of([row])[row.pk]
    may = edits(request.actor, row.outpost, EDIT) and row.voided_at is None
    table = read_table(request.GET, presenting.ITEM_COLUMNS)
    context = {
        "row": row,
        "may": may,
        "table": table.with_rows(presenting.item_rows(lines, may=may)),
        "items": [line.item for line in lines],
        "totals": presenting.total_pairs(totals_of(lines)),
        "cards": "、".join(seat_cards(lines)),
        "script": row.script if row.script and not hides_some(row) else draft_script(row, lines),
        "drafted": not row.script or hides_some(row),
        "entries": history_of("liaison.ceremony", row.uid, veil, presenting.FIELDS),
        "copy_text": presenting.record_text(row, lines),
        "today": request.today,
        "crumbs": [Crumb(_("集中签约"), reverse("console:ceremonies:ceremony_list")), Crumb(row.title)],
    }
    return render(request, "console/ceremonies/ceremony_view.html", context)


@require_http_methods(["GET", "POST"])
def ceremony_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change title, day, place or the host's words."""
    row = editable(request, uid)
    outposts: QuerySet[Outpost] = Outpost.objects.filter(pk=row.outpost_id)
    names = ("outpost", "title", "held_on", "place", "script", "version")
    form = CeremonyForm(
        sent(request), actor=request.actor, outposts=outposts, initial={name: getattr(row, name) for name in names}
    )
    del form.fields["projects"]

    def save(data: dict[str, Any]) -> None:
        version = data["version"] or row.version
        edit_ceremony(actor=request.actor, now=request.now, ceremony=row, version=version, plan=_plan(data))

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已保存。"),
        onward=record_url(uid),
        fields={"liaison.agreement_other_day": "held_on"},
        extra={"title": _("修改签约活动"), "subtitle": row.title},
    )
