"""What each government owes: its own list, 待反馈 · 第 n 天, without a ranking of anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
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
def home_owed_list(request: FeidiRequest) -> HttpResponse:
    """The steps that the home side owes: for itself, and for the outpost that waits."""
    require_playbooks(request.actor)
    return _listed(request, OwnerSide.HOME, _("主办地应办"))


@require_GET
def host_owed_list(request: FeidiRequest) -> HttpResponse:
    """The steps that the host side owes; its offices do not sign in, so it is the outpost's list."""
    require(request.actor, VIEW)
    return _listed(request, OwnerSide.HOST, _("所在地应办"))


def _listed(request: FeidiRequest, side: OwnerSide, title: str) -> HttpResponse:
    def rows(items: Any) -> Any:
        return presenting.owed_rows(request.actor, items, request.today)

    found = listed(request, list_owed(request.actor, side), presenting.OWED_COLUMNS, rows, sorts={})
    lines = [
        f"{each.cells['step']}（{each.cells['subject']}）：{each.cells['waiting']}" for each in found["table"].rows
    ]
    head = _("{title}（截至{day}）").format(title=title, day=request.today)
    context = {
        **found,
        "title": title,
        "unnamed": count_unnamed(request.actor, side),
        "copy_text": chat_lines(head, lines) if lines else "",
    }
    return render(request, "console/playbooks/owed_list.html", context)
