"""The agenda as it leaves: a page to print for each table and each firm, and a workbook."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.matching.models import MatchmakingDay
from feidi.domain.matching.selectors.days import get_day, meetings_of
from feidi.portals.console.first_reports.card import Card
from feidi.portals.console.first_reports.views.cards import picture
from feidi.portals.console.lists import chat_lines, workbook
from feidi.portals.console.matchmaking import presenting
from feidi.portals.console.matchmaking.views import record_url
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def day_paper(request: FeidiRequest, uid: str) -> HttpResponse:
    """The agenda to print: a slip for each table, and one for each firm with its own meetings only."""
    day = get_day(request.actor, uid)
    seated = presenting.seated_of(day, meetings_of(day))
    card = reverse("console:matchmaking:day_card", args=[uid])
    context = {
        "day": day,
        "tables": presenting.by_table(seated),
        "firms": [
            (firm, rows, f"{card}?of={presenting.profile_of((firm, rows))}")
            for firm, rows in presenting.by_firm(seated)
        ],
        "demonstration": bool(settings.FEIDI_DEMONSTRATION),
        "crumbs": [
            Crumb(_("对接日"), reverse("console:matchmaking:day_list")),
            Crumb(day.title, record_url(uid)),
            Crumb(_("打印议程")),
        ],
    }
    return render(request, "console/matchmaking/day_paper.html", context)


@require_GET
def day_card(request: FeidiRequest, uid: str) -> HttpResponse:
    """The agenda as a picture to save: of the whole day for the outpost's people, with ``?of=`` one firm's own slip."""
    day = get_day(request.actor, uid)
    title, lines = _asked(request, day)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "title": title,
        "file_name": f"agenda-{day.held_on:%Y%m%d}",
        "lines": lines,
        "image_url": reverse("console:matchmaking:day_image", args=[uid]) + query,
        "copy_text": chat_lines(title, [f"{label} {value}" for label, value in lines]),
        "crumbs": [
            Crumb(_("对接日"), reverse("console:matchmaking:day_list")),
            Crumb(day.title, record_url(uid)),
            Crumb(_("图片")),
        ],
    }
    return render(request, "console/first_reports/card_view.html", context)


@require_GET
def day_image(request: FeidiRequest, uid: str) -> HttpResponse:
    """Draw the same as PNG, with who took it and when."""
    day = get_day(request.actor, uid)
    title, lines = _asked(request, day)
    card = Card(title, day.outpost.short_name, lines)
    return picture(request, card, request.build_absolute_uri(record_url(uid)), f"agenda-{day.held_on:%Y%m%d}")


def _asked(request: FeidiRequest, day: MatchmakingDay) -> tuple[str, list[tuple[str, str]]]:
    """Return title and lines: one firm never gets to see with whom the others meet."""
    seated = presenting.seated_of(day, meetings_of(day))
    where = [(_("时间地点"), f"{day.held_on:%Y-%m-%d} {day.place}".strip())]
    if not (of := request.GET.get("of", "")):
        return _("{title}（本驻点内部）").format(title=day.title), where + presenting.agenda_lines(seated)
    slip = presenting.slip_of(seated, of)
    if slip is None:
        raise Http404
    return f"{day.title} {slip[0]}", where + presenting.slip_lines(slip[1])


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
