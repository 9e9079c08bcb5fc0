"""A checked list as it leaves: without names, as a page to print, a picture, a message."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.matching.enums import ListState, Side
from feidi.domain.matching.models import CandidateList
from feidi.domain.matching.selectors.candidate_words import place_names
from feidi.domain.matching.selectors.candidates import get_list, rows_of
from feidi.engines.findings import refuse
from feidi.portals.console.candidates import presenting
from feidi.portals.console.first_reports.card import Card
from feidi.portals.console.first_reports.views.cards import picture
from feidi.portals.console.lists import chat_lines
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _leaving(request: FeidiRequest, uid: str) -> tuple[CandidateList, list[dict[str, Any]]]:
    """Return a list that somebody has checked, and its chosen candidates. Refused: not checked, taken back."""
    row = get_list(request.actor, uid)
    if row.voided_at is not None:
        raise refuse("matching.list_voided", reason=row.void_reason)
    if row.state == ListState.SHOWN:
        raise refuse("matching.list_not_checked")
    cards = presenting.row_cards(rows_of(row, picked=True), place_names())
    return row, presenting.paper_lines(cards)


@require_GET
def list_paper(request: FeidiRequest, uid: str) -> HttpResponse:
    """The chosen candidates for whoever asked: the sentence that matched, what is open, the officer's note; no names."""
    row, lines = _leaving(request, uid)
    profile = row.profile
    context = {
        "list": row,
        "profile": profile,
        "lines": lines,
        "asked": Side(profile.side).label,
        "demonstration": bool(settings.FEIDI_DEMONSTRATION),
        "picture_url": reverse("console:candidates:list_picture", args=[uid]),
        "copy_text": chat_lines(_title(row), presenting.chat_of(row, lines)),
        "crumbs": [
            Crumb(_("候选名单"), reverse("console:candidates:list_list")),
            Crumb(profile.number, reverse("console:candidates:list_view", args=[uid])),
            Crumb(_("图片、文字、打印")),
        ],
    }
    return render(request, "console/candidates/list_paper.html", context)


@require_GET
def list_picture(request: FeidiRequest, uid: str) -> HttpResponse:
    """The same as a picture, with who took it and when; names of nobody in it."""
    row, lines = _leaving(request, uid)
    drawn: list[tuple[str, str]] = []
    for each in lines:
        drawn += [
            (_("候选 {n}").format(n=each["at"]), f"{each['title']}（{each['kind']}）"),
            (_("做过"), each["sentence"]),
        ]
        drawn += [(_("待问"), each["ask"])] if each["ask"] else []
        drawn += [(_("专员"), each["note"])]
    card = Card(row.profile.title, row.outpost.short_name, drawn)
    address = request.build_absolute_uri(reverse("workspace:candidates_view", args=[uid]))
    return picture(request, card, address, f"{row.profile.number}-{business_date(row.made_at):%Y%m%d}")


def _title(row: CandidateList) -> str:
    return _("{title}，给您的候选：").format(title=row.profile.title[:20])
