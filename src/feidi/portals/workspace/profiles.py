"""A firm's own needs and offers: what was written down for it, what is still to be said, who has seen it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.matching.access import ANSWER_OWN, VIEW_OWN
from feidi.domain.matching.enums import Confidentiality, ProfileKind, ProfileState, Side, Viewed
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import is_expired, readings_log
from feidi.domain.matching.selectors.sheets import FIELDS, find_sheet, sheet_lines
from feidi.domain.matching.services.profile_confirming import confirm_profile
from feidi.domain.matching.services.profile_states import close_profile
from feidi.domain.matching.services.sheets import fill_sheet
from feidi.domain.parties.access import require
from feidi.engines.findings import RefusedError
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Badge, Crumb, Tone
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.forms import NeedSheetForm
from feidi.portals.workspace.own import own_matching
from feidi.portals.workspace.proving import pieces_of

_SHOWN = 100
INVALID, REFUSED = 422, 409


@require_safe
def profile_list(request: FeidiRequest) -> HttpResponse:
    """List one's own needs and offers, newest first, with what is still to be said."""
    require(request.actor, VIEW_OWN)
    rows = own_matching(request.actor).select_related("sheet").order_by("-id")[:_SHOWN]
    cards = [{"row": each, "badges": _badges(each, request.today), "asks": _asks(each)} for each in rows]
    return render(request, "workspace/profile_list.html", {"cards": cards})


@require_safe
def profile_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one of one's own: both texts, the sheet, 谁看过. The block list is told, so that the firm can check it."""
    row = own_matching(request.actor).get(uid=uid)
    context: dict[str, Any] = {
        "row": row,
        "badges": _badges(row, request.today),
        "pairs": _pairs(row),
        "confirmable": row.state == ProfileState.OPEN and row.confirmed_on != request.today,
        "lines": sheet_lines(find_sheet(row)) if row.side == Side.NEED else [],
        "pieces": pieces_of(row),
        "blocked": [
            each.organization.name for each in row.blocks.filter(lifted_at__isnull=True).select_related("organization")
        ],
        "readings": [(each, Viewed(each.what).label) for each in readings_log(row)[:_SHOWN]],
        "may": request.actor.may(ANSWER_OWN) and row.state != ProfileState.CLOSED,
        "crumbs": [Crumb(_("我的需求与供给"), reverse("workspace:profile_list")), Crumb(row.number)],
    }
    return render(request, "workspace/profile_view.html", context)


@require_http_methods(["GET", "POST"])
def profile_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Answer what reads 问企业."""
    row = own_matching(request.actor).get(uid=uid)
    require(request.actor, ANSWER_OWN)
    sheet = find_sheet(row)
    initial = {name: getattr(sheet, name) for name in FIELDS} if sheet else {}
    form = NeedSheetForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                fill_sheet(actor=request.actor, now=request.now, profile=row, values=form.cleaned_data)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                messages.success(request, _("已保存，服务专员看得到。"))
                return redirect("workspace:profile_view", uid)
    return render(request, "workspace/profile_answer.html", {"row": row, "form": form}, status=status)


@require_POST
def profile_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say that it is settled or no longer wanted; it leaves every list."""
    row = own_matching(request.actor).get(uid=uid)
    require(request.actor, ANSWER_OWN)
    close_profile(actor=request.actor, now=request.now, profile=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已撤下，不再推荐给别人。"))
    return redirect("workspace:profile_view", uid)


@require_POST
def profile_confirm(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say that it still holds today."""
    row = own_matching(request.actor).get(uid=uid)
    require(request.actor, ANSWER_OWN)
    confirm_profile(actor=request.actor, now=request.now, profile=row)
    messages.success(request, _("谢谢，已记下：今天仍然有效。"))
    return redirect("workspace:profile_view", uid)


def _asks(row: Profile) -> list[Any]:
    """Return the names of the fields that are still to be said; of needs with a sheet only."""
    if row.side != Side.NEED or row.state == ProfileState.CLOSED:
        return []
    sheet = getattr(row, "sheet", None)
    return [line.label for line in sheet_lines(sheet) if line.ask] if sheet is not None else []


def _badges(row: Profile, today: date) -> list[Badge]:
    state, tone = _standing(row, today)
    return [Badge(Side(row.side).label, "info"), Badge(ProfileKind(row.kind).label, "info"), Badge(state, tone)]


def _standing(row: Profile, today: date) -> tuple[Any, Tone]:
    if row.state == ProfileState.OPEN and is_expired(row, today):
        return _("已到期"), "bad"
    return ProfileState(row.state).label, "ok" if row.state == ProfileState.OPEN else "quiet"


def _pairs(row: Profile) -> list[tuple[str, Any]]:
    return [
        (_("单位"), row.organization.name if row.organization else ""),
        (_("项目"), row.project.name if row.project else ""),
        (_("保密要求"), Confidentiality(row.confidentiality).label),
        (_("有效期至"), row.expires_on),
        (_("最近确认"), row.confirmed_on or _("没人确认过")),
        (_("服务专员"), row.officer.display_name),
        (_("驻点电话"), row.outpost.phone),
    ]
