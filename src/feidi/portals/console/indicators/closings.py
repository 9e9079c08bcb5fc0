"""关账: which periods are closed, closing one, what was frozen and what is counted differently since; 换指标."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.figure_texts import said
from feidi.domain.reporting.models import ClosedPeriod
from feidi.domain.reporting.selectors.closings import digest_of, get_closing, list_closings, view_of_closing
from feidi.domain.reporting.selectors.figures import COUNT, VIEW, outposts_counted
from feidi.domain.reporting.selectors.indicator_choice import SIX, TWELVE, chosen_for
from feidi.domain.reporting.selectors.indicators import indicators_for
from feidi.domain.reporting.services.closings import CLOSE, ISSUE, choose_indicators, close_period
from feidi.engines.measures import INDICATORS
from feidi.portals.console.indicators import presenting
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

HOME = "console:indicators:indicator_overview"


@require_safe
def closing_list(request: FeidiRequest) -> HttpResponse:
    """The closed periods of each outpost, and the next one that could be closed."""
    require(request.actor, VIEW)
    require(request.actor, COUNT)
    rows = list(list_closings(request.actor))
    outposts = list(outposts_counted(request.actor))
    context = {
        "rows": rows,
        "may_close": [
            {"row": each, "suggested": presenting.closable(each, rows, request.today)}
            for each in outposts
            if request.actor.may(CLOSE, outpost_scope(each.pk))
        ],
        "crumbs": [Crumb(_("指标"), reverse(HOME)), Crumb(_("关账"))],
    }
    return render(request, "console/indicators/closing_list.html", context)


@require_POST
def closing_make(request: FeidiRequest, uid: str) -> HttpResponse:
    """Freeze the figures of a period of an outpost."""
    outpost = outposts_counted(request.actor).get(uid=uid)
    row = close_period(
        actor=request.actor,
        now=request.now,
        outpost=outpost,
        period=request.POST.get("period", ""),
        note=request.POST.get("reason", ""),
    )
    messages.success(request, _("{period}已关账，{n} 个指标已冻结。").format(period=row.period, n=len(row.figures)))
    return redirect("console:indicators:closing_view", row.uid)


@require_safe
def closing_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One closed period: every frozen figure, and beside it what is counted differently since."""
    closing = get_closing(request.actor, uid)
    found = indicators_for(view_of_closing(closing))
    frozen = [each for each in found if each.frozen is not None]
    context = {
        "closing": closing,
        "title": _("{period}（已关账）").format(period=closing.period),
        "crumbs": _crumbs(closing),
        "intact": digest_of(closing.figures) == closing.sha256,
        "corrected": presenting.corrections_of(request.actor, frozen),
        "groups": presenting.groups_of(frozen),
    }
    return render(request, "console/indicators/closing_view.html", context)


def _crumbs(closing: ClosedPeriod) -> list[Crumb]:
    return [
        Crumb(_("指标"), reverse(HOME)),
        Crumb(_("关账"), reverse("console:indicators:closing_list")),
        Crumb(closing.period),
    ]


@require_http_methods(["GET", "POST"])
def indicator_choose(request: FeidiRequest, uid: str) -> HttpResponse:
    """Which figures an outpost has in daily use, and which stand on top as tiles."""
    outpost = outposts_counted(request.actor).get(uid=uid)
    require(request.actor, ISSUE, outpost_scope(outpost.pk))
    current = chosen_for((outpost,))
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        choose_indicators(
            actor=request.actor,
            now=request.now,
            outpost=outpost,
            codes=_in_order(request.POST.getlist("codes"), current.codes),
            tiles=_in_order(request.POST.getlist("tiles"), current.tiles),
            seen=int(seen) if seen.isascii() and seen.isdigit() else -1,
        )
        messages.success(request, _("已保存，首页按新的指标显示。"))
        return redirect(HOME)
    return render(request, "console/indicators/indicator_choose.html", _choosing(outpost, current))


def _choosing(outpost: Outpost, current: Any) -> dict[str, Any]:
    groups = [
        (
            label,
            [(each.code, said(each.label), each.code in current.codes, each.code in current.tiles) for each in lines],
        )
        for label, lines in presenting.groups_of(INDICATORS.values())
    ]
    return {
        "outpost": outpost,
        "current": current,
        "groups": groups,
        "most": TWELVE,
        "top": SIX,
        "crumbs": [Crumb(_("指标"), reverse(HOME)), Crumb(_("换指标"))],
    }


def _in_order(wanted: list[str], before: tuple[str, ...]) -> list[str]:
    """Keep the order there was; what is new comes after it, in the order of the table."""
    kept = [code for code in before if code in wanted]
    return [*kept, *(code for code in wanted if code not in kept)]
