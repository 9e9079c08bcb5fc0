"""成本测算: the comparison, its paper and workbook, and the figures of a place with their sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.parties.access import outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.domain.policy.access import COSTS
from feidi.domain.policy.selectors.costs import costs_of, places_with_costs
from feidi.engines.costing import Comparison, Place, whole_fen
from feidi.engines.costing.ranges import Range
from feidi.kernel.audit import recorded
from feidi.kernel.documents.services.reporting import report_pdf
from feidi.kernel.messages import text_of
from feidi.portals.console.costs import papers, presenting
from feidi.portals.console.costs.asking import Asking, asking_of
from feidi.portals.console.costs.figures import FiguresForm, rows_of
from feidi.portals.console.lists import workbook
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


@require_safe
def cost_compare(request: FeidiRequest) -> HttpResponse:
    """One firm's needs at home and at the host, item by item. The address is the whole state."""
    asking = asking_of(request)
    return render(request, "console/costs/cost_compare.html", _context(asking))


def _context(asking: Asking) -> dict[str, Any]:
    comparison, query = asking.comparison, asking.query
    context: dict[str, Any] = {
        "form": asking.form,
        "record": asking.record,
        "comparison": comparison,
        "copy_text": "",
        "example_url": "?office=200㎡",
        "figures_url": reverse("console:costs:figure_list"),
    }
    if comparison is None:
        return context
    home, host = say(comparison.home.name), say(comparison.host.name)
    return context | {
        "home": home,
        "host": host,
        "difference": _("差额（{host} − {home}）").format(host=host, home=home),
        "items": presenting.items_of(comparison),
        "totals": presenting.totals_of(comparison),
        "left_out": presenting.left_out_words(comparison),
        "remarks": presenting.weighed(comparison.remarks),
        "chart": presenting.chart_of(comparison),
        "influences": presenting.influences_of(comparison, asking.swings),
        "copy_text": presenting.chat_of(comparison),
        "print_url": f"{reverse('console:costs:cost_print')}?{query}",
        "export_url": f"{reverse('console:costs:cost_export')}?{query}",
    }


def _answered(request: FeidiRequest) -> tuple[Asking, Comparison] | None:
    """Return the question with its answer, or None where the page must say what is wrong first."""
    asking = asking_of(request)
    return None if asking.comparison is None else (asking, asking.comparison)


def _back(request: FeidiRequest) -> HttpResponse:
    return redirect(f"{reverse('console:costs:cost_compare')}?{request.GET.urlencode()}")


@require_safe
def cost_print(request: FeidiRequest) -> HttpResponse:
    """The comparison as PDF, with every warning and every figure's source; who printed it is on record."""
    answered = _answered(request)
    if answered is None:
        return _back(request)
    asking, comparison = answered
    page = request.build_absolute_uri(f"{reverse('console:costs:cost_compare')}?{asking.query}")
    pdf = report_pdf(
        actor=request.actor,
        now=request.now,
        title=_("成本测算"),
        line=comparison.profile.name,
        address=page,
        data=papers.paper_of(comparison, asking.swings),
        invented=_invented(comparison),
    )
    outpost = outposts_visible_to(request.actor, Outpost.objects.order_by("id")).first()
    with recorded(actor=request.actor, now=request.now) as unit:
        unit.acted("printed", kind="parties.outpost", uid=outpost.uid if outpost else "", list="costs")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="costs-{comparison.as_of:%Y%m%d}.pdf"'
    return response


def _invented(comparison: Comparison) -> bool:
    invented = {each.code for each in places_with_costs() if each.demonstration}
    return bool({comparison.home.code, comparison.host.code} & invented)


@require_safe
def cost_export(request: FeidiRequest) -> HttpResponse:
    """The comparison as a workbook: the items, the totals, then every figure used with its source."""
    answered = _answered(request)
    if answered is None:
        return _back(request)
    comparison = answered[1]
    return workbook(request, name="costs", headers=[str(each) for each in papers.headers()], rows=_rows(comparison))


def _rows(comparison: Comparison) -> Iterable[list[Any]]:
    home, host = say(comparison.home.name), say(comparison.host.name)
    for line in comparison.lines:
        yield [
            say(line.item.label),
            presenting.per_words(line),
            home,
            *_yuan(line.home.amount),
            host,
            *_yuan(line.host.amount),
            *_yuan(line.difference),
            _("是") if line.counted else _("否"),
            "、".join(filter(None, (presenting.missing_words(line.home), presenting.missing_words(line.host)))),
            "；".join(text_of(each) for each in line.remarks),
        ]
    for each in presenting.totals_of(comparison):
        ends = [end for money in (each.home, each.host, each.difference) for end in _ends(money)]
        yield [each.label, "", home, *ends[:2], host, *ends[2:], "", "", ""]
    yield []
    yield list(papers.figure_headers())
    yield from papers.figure_rows(comparison)


def _yuan(value: Range | None) -> list[float | str]:
    return [_("未知")] * 2 if value is None else [whole_fen(value.lo) / 100, whole_fen(value.hi) / 100]


def _ends(money: Any) -> list[float]:
    return [money.lo_fen / 100, money.hi_fen / 100]


@require_safe
def figure_list(request: FeidiRequest) -> HttpResponse:
    """Every cost figure of a place and of those above it, with period, basket, source and confidence."""
    require(request.actor, COSTS)
    choices = places_with_costs()
    form = FiguresForm(request.GET, places=choices)
    place, as_of = form.chosen(request.today)
    shown: Place | None = costs_of(place, on=as_of) if place else None
    context = {
        "form": form,
        "place": shown,
        "name": say(shown.name) if shown else "",
        "rows": rows_of(shown, as_of) if shown else [],
        "as_of": as_of,
        "crumbs": [Crumb(_("成本测算"), reverse("console:costs:cost_compare")), Crumb(_("成本数字"))],
    }
    return render(request, "console/costs/figure_list.html", context)
