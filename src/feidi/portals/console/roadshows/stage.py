"""On the day: the running order with the timer, the board for the stage, interest said on the spot."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.roadshow.models import Round
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.selectors.roadshow_sight import stage_fields, title_for
from feidi.domain.roadshow.selectors.roadshows import get_interest, get_round
from feidi.domain.roadshow.services.dealing import live_entries
from feidi.domain.roadshow.services.interests import Interested, show_interest, void_interest
from feidi.domain.roadshow.services.shows import put_on_stage
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.roadshows.asking import FORM, editable_round, may, round_crumbs, round_url
from feidi.portals.console.roadshows.forms import InterestForm
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def timer_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The running order; who is on stage, and the minutes of pitch and questions counted down in the browser."""
    row = get_round(request.actor, uid)
    entries = live_entries(row)
    each = row.pitch_minutes + row.question_minutes
    context = {
        "row": row,
        "slots": [(entry, at * each, (at + 1) * each) for at, entry in enumerate(entries)],
        "total": len(entries) * each,
        "staging": row.phase == RoundPhase.SCORING and may(request.actor, EDIT, row.roadshow.outpost_id),
        "crumbs": round_crumbs(row, _("上台和计时")),
    }
    return render(request, "console/roadshows/timer_view.html", context)


@require_POST
def stage_put(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say who presents now; nobody when none is named."""
    row = editable_round(request, uid)
    entry = row.entries.filter(uid=request.POST.get("entry", ""), voided_at__isnull=True).first()
    put_on_stage(actor=request.actor, now=request.now, round_=row, entry=entry)
    return redirect("console:roadshows:timer_view", uid)


@require_GET
def board_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The board for the stage: what content opens in this phase, refreshed by itself."""
    row = get_round(request.actor, uid)
    address = request.build_absolute_uri(reverse("public:judging:interest_show", args=[row.roadshow.interest_code]))
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2)
    context = {"row": row, "picture": picture, "address": address, **_board(row)}
    return render(request, "console/roadshows/board_view.html", context)


@never_cache
@require_GET
def board_state(request: FeidiRequest, uid: str) -> HttpResponse:
    """The moving part of the board."""
    row = get_round(request.actor, uid)
    return render(request, "console/roadshows/board_state.html", {"row": row, **_board(row)})


def _board(row: Round) -> dict[str, Any]:
    """Return what the stage may show: titles by the phase, scores only where content opens them, from the seal."""
    fields = stage_fields(row)
    entries = live_entries(row)
    on_stage = next((each for each in entries if each.pk == row.on_stage_id), None)
    later = [each for each in entries if on_stage and each.position > on_stage.position]
    seal = row.seals.filter(voided_at__isnull=True).first() if "scores" in fields else None
    return {
        "on_stage": title_for(on_stage, fields) if on_stage else "",
        "next": title_for(later[0], fields) if later else "",
        "order": [title_for(each, fields) for each in entries] if fields else [],
        "ranking": seal.document["ranking"] if seal and "name" in fields else [],
    }


@require_http_methods(["GET", "POST"])
def interest_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down an interest that somebody said on the spot."""
    row = editable_round(request, uid)
    entries = row.entries.filter(voided_at__isnull=True).select_related("project").order_by("position")

    def save(data: dict[str, Any]) -> None:
        entry = data["entry"]
        said = Interested(data["name"], ticket=data["amount"].exact, note=data["note"])
        show_interest(actor=request.actor, now=request.now, entry=entry, said_by=said)

    return save_page(
        request,
        template=FORM,
        form=InterestForm(sent(request), entries=entries),
        save=save,
        done=_("已登记；项目责任人会收到待办。"),
        onward=round_url(uid),
        extra={
            "title": _("登记投资意向"),
            "subtitle": row.name,
            "note": "",
            "crumbs": round_crumbs(row, _("投资意向")),
        },
    )


@require_POST
def interest_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an interest back, with the reason."""
    row = get_interest(request.actor, uid)
    void_interest(actor=request.actor, now=request.now, interest=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废。"))
    return redirect(round_url(row.entry.round.uid))
