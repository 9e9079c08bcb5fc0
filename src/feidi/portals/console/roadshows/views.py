"""The list of roadshows, its workbook, one show."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.roadshow.models import Entry, Roadshow, Seal
from feidi.domain.roadshow.roadshow_access import EDIT, VIEW, VIEW_HOME, staff_sees
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules
from feidi.domain.roadshow.selectors.roadshows import SORTS, ShowFilter, get_show, list_shows
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.roadshows import presenting
from feidi.portals.console.roadshows.asking import may, require_shows, show_crumbs
from feidi.portals.console.roadshows.forms import ShowFilterForm
from feidi.portals.ui.pieces import Action
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 5000


def _wanted(request: FeidiRequest) -> tuple[ShowFilterForm, ShowFilter, int]:
    form = ShowFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW, VIEW_HOME))
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = ShowFilter(given.get("words") or "", given.get("phase") or "", outpost.pk if outpost else None)
    return form, wanted, active


@require_GET
def show_list(request: FeidiRequest) -> HttpResponse:
    """Roadshows that the actor sees as outpost or home side, newest first."""
    require_shows(request.actor)
    form, wanted, active = _wanted(request)
    found = listed(request, list_shows(request.actor, wanted), presenting.COLUMNS, presenting.rows_of, sorts=SORTS)
    new_url = reverse("console:roadshows:show_new") if request.actor.may(EDIT) else ""
    export = f"{reverse('console:roadshows:show_export')}?{request.GET.urlencode()}"
    lines = (f"{each.cells['held_on']} {each.cells['title']}" for each in found["table"].rows)
    context = {
        **found,
        "title": _("路演"),
        "subtitle": _("评委回避、盲评、打分、封存；结果带进考察和重点培育。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:roadshows:show_list"),
        "actions": [
            *([Action(_("筹备路演"), new_url, "plus", tone="primary")] if new_url else []),
            Action(_("导出本列表"), export, "database-export"),
        ],
        "copy_text": chat_lines(_("路演 {total}").format(total=found["page"].total_text), lines),
        "empty_title": _("还没有路演"),
        "empty_text": _("先定名称和日期，再按赛制加一轮，加项目，请评委。"),
        "empty_url": new_url,
        "empty_label": _("筹备路演"),
        "bulk": "",
    }
    return render(request, "console/promises/listing.html", context)


@require_GET
def show_export(request: FeidiRequest) -> HttpResponse:
    """The listed shows as a workbook; who took it is on record."""
    require_shows(request.actor)
    rows = presenting.rows_of(list(list_shows(request.actor, _wanted(request)[1])[:_EXPORTED]))
    return workbook(
        request,
        name="roadshows",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([each.cells[column.code] for column in presenting.COLUMNS] for each in rows),
    )


@require_GET
def show_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One show: rounds and judges for the outpost's people; for the home side counts and the sealed ranking."""
    show = get_show(request.actor, uid)
    if not staff_sees(request.actor, show.outpost_id):
        return render(request, "console/roadshows/show_home.html", _for_home(show))
    rules = roadshow_rules(show.outpost)
    judges = show.judges.filter(voided_at__isnull=True).select_related("user", "works_for").order_by("id")
    context = {
        "show": show,
        "rounds": [(each, presenting.phase_badge(each)) for each in show.live_rounds],  # type: ignore[attr-defined]
        "judges": judges,
        "rules": rules,
        "may": may(request.actor, EDIT, show.outpost_id),
        "crumbs": show_crumbs(show),
    }
    return render(request, "console/roadshows/show_view.html", context)


def _for_home(show: Roadshow) -> dict[str, Any]:
    """Return counts, and of each sealed ranking the projects that were reported."""
    seals = Seal.objects.filter(
        round__roadshow=show, round__phase=RoundPhase.SEALED, round__voided_at__isnull=True, voided_at__isnull=True
    ).select_related("round")
    told = Entry.objects.filter(round__roadshow=show, project__reported_at__isnull=False)
    reported = set(told.values_list("uid", flat=True))
    results = [
        {
            "round": seal.round,
            "n": len(seal.document["ranking"]),
            "sha": seal.sha256[:16],
            "ranking": [each for each in seal.document["ranking"] if each["entry"] in reported],
        }
        for seal in seals.order_by("round__n")
    ]
    return {"show": show, "results": results, "crumbs": show_crumbs(show)}
