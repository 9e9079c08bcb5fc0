"""A firm's own introductions: what the other side says of itself, its name once both have agreed, what was arranged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.matching.access import ANSWER_OWN, VIEW_OWN, own_profiles
from feidi.domain.matching.enums import IntroductionState, ProfileKind, Side
from feidi.domain.matching.models import Introduction, Profile
from feidi.domain.matching.selectors.introductions import own_introductions
from feidi.domain.matching.selectors.reading import Reading, readings_of
from feidi.domain.matching.services.introductions import agree_to_introduction, end_introduction
from feidi.domain.parties.access import require
from feidi.kernel.access import Actor
from feidi.portals.ui.pieces import Badge, Crumb, Tone
from feidi.portals.ui.requests import FeidiRequest

_SHOWN = 100
_TONES: dict[str, Tone] = {
    IntroductionState.CONCLUDED: "ok",
    IntroductionState.ENDED: "quiet",
}


@require_safe
def introduction_list(request: FeidiRequest) -> HttpResponse:
    """List one's own introductions, newest first; the other side by its masked title alone until names are shown."""
    require(request.actor, VIEW_OWN)
    rows = list(own_introductions(request.actor)[:_SHOWN])
    mine = _own_ids(request.actor, rows)
    others = {row.pk: _other(row, mine) for row in rows}
    may = readings_of(request.actor, others.values(), request.today)
    cards = [_card(row, others[row.pk], may[others[row.pk].pk], mine) for row in rows]
    return render(request, "workspace/introduction_list.html", {"cards": cards})


@require_safe
def introduction_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one of one's own: both sides' yes, meetings, trials, what came of it."""
    row = own_introductions(request.actor).get(uid=uid)
    mine = _own_ids(request.actor, [row])
    other = _other(row, mine)
    may = readings_of(request.actor, [other], request.today)[other.pk]
    shown = row.revealed_on is not None
    context = {
        **_card(row, other, may, mine),
        "text": (other.full_text or other.masked_text) if may.full else other.masked_text if may.masked else "",
        "meetings": list(row.meetings.filter(voided_at__isnull=True).order_by("planned_for")) if shown else [],
        "trials": list(row.trials.filter(voided_at__isnull=True).order_by("planned_on", "id")) if shown else [],
        "outcomes": list(row.outcomes.filter(voided_at__isnull=True).order_by("-on", "-id")) if shown else [],
        "may_answer": request.actor.may(ANSWER_OWN),
        "over": row.state in {IntroductionState.CONCLUDED, IntroductionState.ENDED},
        "crumbs": [Crumb(_("我的对接"), reverse("workspace:introduction_list")), Crumb(row.number)],
    }
    return render(request, "workspace/introduction_view.html", context)


@require_POST
def introduction_agree(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say yes for one's own side."""
    row = own_introductions(request.actor).get(uid=uid)
    side = _side(row, _own_ids(request.actor, [row]))
    agree_to_introduction(actor=request.actor, now=request.now, introduction=row, side=side, by=request.actor.label)
    messages.success(request, _("已同意。对方也同意之后，服务专员让双方互见单位。"))
    return redirect("workspace:introduction_view", uid)


@require_POST
def introduction_end(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say that one does not want to go on, and why."""
    row = own_introductions(request.actor).get(uid=uid)
    reason = request.POST.get("reason", "")
    end_introduction(actor=request.actor, now=request.now, introduction=row, reason=reason)
    messages.success(request, _("已终止，您的文本对对方关闭。"))
    return redirect("workspace:introduction_view", uid)


def _own_ids(actor: Actor, rows: list[Introduction]) -> frozenset[int]:
    both = {pk for row in rows for pk in (row.need_id, row.offer_id)}
    return frozenset(own_profiles(actor, Profile.objects.filter(pk__in=both)).values_list("pk", flat=True))


def _side(row: Introduction, mine: frozenset[int]) -> Side:
    return Side.NEED if row.need_id in mine else Side.OFFER


def _other(row: Introduction, mine: frozenset[int]) -> Profile:
    return row.offer if row.need_id in mine else row.need


def _card(row: Introduction, other: Profile, may: Reading, mine: frozenset[int]) -> dict[str, Any]:
    side = _side(row, mine)
    own, agreed = (row.need, row.need_agreed_on) if side is Side.NEED else (row.offer, row.offer_agreed_on)
    owner = other.organization or other.project or other.person
    return {
        "row": row,
        "own": own,
        "kind": str(ProfileKind(other.kind).label),
        "title": other.title if may.masked or may.full else _("对方的文本已关闭"),
        "owner": str(owner.name) if owner and may.identity else "",
        "agreed_on": agreed,
        "waiting": row.state == IntroductionState.INTERESTED and agreed is None,
        "badge": Badge(IntroductionState(row.state).label, _TONES.get(row.state, "info")),
    }
