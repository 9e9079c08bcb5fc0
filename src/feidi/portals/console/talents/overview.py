"""What the home side sees of talents: counts and clocks. And who is kept beyond their time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.talent.access import VIEW, VIEW_HOME
from feidi.domain.talent.enums import CaseState
from feidi.domain.talent.selectors.cases import HomeCount, counts_for_home
from feidi.domain.talent.selectors.holdings import list_past_retention
from feidi.portals.console.lists import chat_lines, listed
from feidi.portals.console.talents.asking import crumbs, talent_url
from feidi.portals.console.talents.wording import scores_words
from feidi.portals.ui.pieces import Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

RETENTION_COLUMNS = [
    Column("number", gettext_lazy("编号"), lead=True),
    Column("kept", gettext_lazy("最后一份同意保存到")),
    Column("outpost", gettext_lazy("驻点")),
]


@require_GET
def home_view(request: FeidiRequest) -> HttpResponse:
    """Counts and clocks of the outposts of one's home: how many, how late, how scored; nobody's name."""
    require(request.actor, VIEW_HOME)
    counts = counts_for_home(request.actor, request.today)
    shown = [{"count": each, "tiles": _tiles(each), "scores": scores_words(each.scores)} for each in counts]
    lines = [f"{each.outpost.short_name}：{'，'.join(f'{label} {n}' for label, n in _tiles(each))}" for each in counts]
    context = {
        "shown": shown,
        "today": request.today,
        "copy_text": chat_lines(_("人才服务（截至{day}）").format(day=request.today), lines),
    }
    return render(request, "console/talents/home_view.html", context)


def _tiles(count: HomeCount) -> list[tuple[str, int]]:
    return [
        (_("办理中"), count.by_state.get(CaseState.OPEN, 0)),
        (_("等申请人"), count.waiting),
        (_("已超时"), count.late),
        (_("已办结"), count.by_state.get(CaseState.DELIVERED, 0) + count.by_state.get(CaseState.CONFIRMED, 0)),
        (_("超时办结"), count.late_finished),
        (_("没有规定时限"), count.unpromised),
    ]


def _retention_rows(talents: Sequence[Any]) -> list[Row]:
    return [
        Row(
            cells={"number": each.number, "kept": each.kept_until, "outpost": each.outpost.short_name},
            url=talent_url(each.uid),
            uid=each.uid,
        )
        for each in talents
    ]


@require_GET
def retention_list(request: FeidiRequest) -> HttpResponse:
    """Whose consents have all ended: to be erased, or asked anew. Nothing is erased by a machine."""
    require(request.actor, VIEW)
    rows = list_past_retention(request.actor, request.today)
    found = listed(request, rows, RETENTION_COLUMNS, _retention_rows, sorts={})
    return render(request, "console/talents/retention_list.html", {**found, "crumbs": crumbs(Crumb(_("超期保存")))})
