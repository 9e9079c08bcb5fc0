"""The agenda as it leaves: a page to print for each table and each firm, and a workbook."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.matching.selectors.days import get_day, meetings_of
from feidi.portals.console.lists import workbook
from feidi.portals.console.matchmaking import presenting
from feidi.portals.console.matchmaking.views import record_url
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def day_paper(request: FeidiRequest, uid: str) -> HttpResponse:
    """The agenda to print: a slip for each table, and one for each firm with its own meetings only."""
    day = get_day(request.actor, uid)
    seated = presenting.seated_of(day, meetings_of(day))
    context = {
        "day": day,
        "tables": presenting.by_table(seated),
        "firms": presenting.by_firm(seated),
        "demonstration": bool(settings.FEIDI_DEMONSTRATION),
        "crumbs": [
            Crumb(_("对接日"), reverse("console:matchmaking:day_list")),
            Crumb(day.title, record_url(uid)),
            Crumb(_("打印议程")),
        ],
    }
    return render(request, "console/matchmaking/day_paper.html", context)


@require_GET
def day_workbook(request: FeidiRequest, uid: str) -> HttpResponse:
    """The agenda as a workbook; who took it is on record."""
    day = get_day(request.actor, uid)
    headers = [
        _("时段"),
        _("时间"),
        _("桌号"),
        _("需求方"),
        _("需求"),
        _("供给方"),
        _("供给"),
        _("对接编号"),
        _("结果"),
    ]
    return workbook(
        request,
        name="matchmaking-day",
        headers=headers,
        rows=(
            [
                each.slot,
                each.at,
                each.table,
                each.need,
                each.need_title,
                each.offer,
                each.offer_title,
                each.meeting.introduction.number,
                each.meeting.result,
            ]
            for each in presenting.seated_of(day, meetings_of(day))
        ),
    )
