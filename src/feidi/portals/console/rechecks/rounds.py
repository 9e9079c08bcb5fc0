"""Rounds: asking one township about its firms by a link that is shown once."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import RecheckRound
from feidi.domain.pipeline.selectors.rechecks import (
    RECHECK,
    askable,
    get_round,
    list_rounds,
    rows_of_round,
    years_to_ask,
)
from feidi.domain.pipeline.services.rechecks import open_round, renew_link, revoke_round
from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.portals.console.lists import chat_lines, listed, require_office
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED
from feidi.portals.console.rechecks import presenting
from feidi.portals.console.rechecks.forms import RoundForm, YearForm
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _outposts(actor: Actor) -> list[Outpost]:
    own = Q(pk__in=actor.scopes(RECHECK, ScopeKind.OUTPOST)) | Q(home_id__in=actor.scopes(RECHECK, ScopeKind.HOME))
    return list(Outpost.objects.filter(own).select_related("home").order_by("code"))


@require_GET
def round_list(request: FeidiRequest) -> HttpResponse:
    """Every round that the actor may open, newest first."""
    require_office(request.actor)
    shown = listed(
        request,
        list_rounds(request.actor),
        presenting.ROUNDS,
        lambda items: presenting.round_rows(items, request.today),
        sorts=presenting.ROUND_SORTS,
    )
    lines = [
        f"{each.cells['township']} {each.cells['year']}：{each.cells['answered']}/{each.cells['asked']}"
        for each in shown["table"].rows
    ]
    context = {
        **shown,
        "may_open": request.actor.may(RECHECK),
        "copy_text": chat_lines(_("镇街确认（截至{day}）").format(day=request.today), lines) if lines else "",
        "crumbs": [Crumb(_("落地复核"), reverse("console:rechecks:recheck_list")), Crumb(_("镇街确认"))],
    }
    return render(request, "console/rechecks/round_list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def round_new(request: FeidiRequest) -> HttpResponse:
    """Ask one township about some firms of a year; the answer shows the link, once."""
    require(request.actor, RECHECK)
    outposts = _outposts(request.actor)
    if not outposts:
        raise refuse("pipeline.recheck_nothing_to_ask")
    outpost = next((each for each in outposts if each.code == request.GET.get("outpost")), outposts[0])
    waiting = years_to_ask(outpost, request.today)
    first = waiting[0][0] if waiting else request.today.year
    asked = YearForm({"outpost": outpost.code, "year": request.GET.get("year", first)}, outposts=outposts)
    year = (asked.cleaned_data.get("year") if asked.is_valid() else None) or first
    form = RoundForm(request.POST if request.method == "POST" else None, firms=askable(outpost, year))
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            data = form.cleaned_data
            try:
                round_, token = open_round(
                    actor=request.actor,
                    now=request.now,
                    outpost=outpost,
                    year=year,
                    township=data["township"],
                    contact=data["contact"],
                    expires_on=data["expires_on"],
                    rechecks=list(data["firms"]),
                )
            except RefusedError as error:
                add_refusal(form, error.refusal, {"pipeline.recheck_round_open": "township"})
                status = REFUSED
            else:
                return _link_page(request, round_, token)
    context = {
        "form": form,
        "asked": asked,
        "askable": askable(outpost, year).exists(),
        "outpost": outpost,
        "waiting": [(each, n) for each, n in waiting if each != year],
        "onward": reverse("console:rechecks:round_list"),
        "crumbs": [Crumb(_("镇街确认"), reverse("console:rechecks:round_list")), Crumb(_("发起"))],
    }
    return render(request, "console/rechecks/round_new.html", context, status=status)


def _link_page(request: FeidiRequest, round_: RecheckRound, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("public:recheck:round_answer", args=[token]))
    lines = [
        _("请于 {day} 前打开链接，逐家点“在、不在、不清楚”，不用登录：").format(day=round_.expires_on),
        link,
    ]
    context = {
        "round": round_,
        "link": link,
        "copy_text": chat_lines(
            _("{township} {year} 年落地企业确认").format(township=round_.township, year=round_.year), lines
        ),
        "crumbs": [Crumb(_("镇街确认"), reverse("console:rechecks:round_list")), Crumb(round_.township)],
    }
    return render(request, "console/rechecks/round_link.html", context)


@require_GET
def round_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One round: what was asked, what came back, whether the link is open."""
    round_ = get_round(request.actor, uid)
    rows = rows_of_round(round_)
    scopes = (outpost_scope(round_.outpost_id), Scope(ScopeKind.HOME, round_.outpost.home_id))
    mine = request.actor.scopes(RECHECK, ScopeKind.HOME)
    context = {
        "round": round_,
        "badges": [presenting.link_state(round_, request.today)],
        "rows": presenting.rows_of(
            list(rows.select_related("case__project__outpost", "round")), request.today, may_confirm=mine
        ),
        "may_open": request.actor.may(RECHECK, *scopes) and round_.revoked_at is None,
        "crumbs": [Crumb(_("镇街确认"), reverse("console:rechecks:round_list")), Crumb(round_.township)],
    }
    return render(request, "console/rechecks/round_view.html", context)


@never_cache
@require_POST
def round_renew(request: FeidiRequest, uid: str) -> HttpResponse:
    """Make a new link, shown once; the one before opens nothing any more."""
    round_ = get_round(request.actor, uid)
    changed, token = renew_link(actor=request.actor, now=request.now, round_=round_)
    return _link_page(request, changed, token)


@require_POST
def round_revoke(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close a round's link for good."""
    round_ = get_round(request.actor, uid)
    revoke_round(actor=request.actor, now=request.now, round_=round_, reason=request.POST.get("reason", ""))
    messages.success(request, _("链接已撤销，已有的答复保留。"))
    return redirect("console:rechecks:round_view", uid)
