"""What each government owes: its own list, 待反馈 · 第 n 天, without a ranking of anybody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.playbook.access import VIEW
from feidi.domain.playbook.enums import OwnerSide
from feidi.domain.playbook.selectors.runs import count_unnamed, list_owed
from feidi.portals.console.lists import chat_lines, listed
from feidi.portals.console.playbooks import presenting
from feidi.portals.console.playbooks.books import require_playbooks
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def owed_list(request: FeidiRequest, side: str) -> HttpResponse:
    """The steps that the home side (for itself and the outpost) or the host side (for the outpost) owes."""
    if side not in {OwnerSide.HOME, OwnerSide.HOST}:
        raise Http404
    if side == OwnerSide.HOME:
        require_playbooks(request.actor)
    else:
        require(request.actor, VIEW)
    owner = OwnerSide(side)

    def rows(items: Any) -> Any:
        return presenting.owed_rows(request.actor, items, request.today)

    found = listed(request, list_owed(request.actor, owner), presenting.OWED_COLUMNS, rows, sorts={})
    title = _("主办地应办") if owner is OwnerSide.HOME else _("所在地应办")
    lines = [
        f"{each.cells['step']}（{each.cells['subject']}）：{each.cells['waiting']}" for each in found["table"].rows
    ]
    context = {
        **found,
        "title": title,
        "unnamed": count_unnamed(request.actor, owner),
        "copy_text": chat_lines(_("{title}（截至{day}）").format(title=title, day=request.today), lines)
        if lines
        else "",
    }
    return render(request, "console/playbooks/owed_list.html", context)
