"""指标: six tiles, the twelve in daily use, all of them, one with its definition, and the rows behind each number."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.selectors.figures import COUNT, VIEW
from feidi.domain.reporting.selectors.forecast import forecast_for, forecast_text
from feidi.domain.reporting.selectors.indicator_choice import chosen_for
from feidi.domain.reporting.selectors.indicator_rows import rows_of
from feidi.domain.reporting.selectors.indicator_trend import trend_of
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.domain.reporting.selectors.peers import peers_for
from feidi.domain.reporting.selectors.scoring_sheets import sheets_for
from feidi.domain.reporting.services.closings import ISSUE
from feidi.engines.measures import INDICATORS
from feidi.portals.console.figures.lens import Lens, read_lens
from feidi.portals.console.indicators import presenting
from feidi.portals.console.lists import workbook
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, paginate_listed

HOME, SHEET = "console:indicators:indicator_overview", "console:indicators:sheet_view"


def _lens(request: FeidiRequest) -> Lens:
    """Return what is looked at; who may neither see nor count anything is refused."""
    require(request.actor, VIEW)
    require(request.actor, COUNT)
    return read_lens(request)


def _one(request: FeidiRequest, lens: Lens, code: str) -> Indicator:
    if code not in INDICATORS:
        raise Http404(code)
    return indicators_for(lens.view, (code,), now=request.now)[0]


@require_safe
def indicator_overview(request: FeidiRequest) -> HttpResponse:
    """The figures in daily use: six as tiles, the others below, each with its target and its rows."""
    lens = _lens(request)
    chosen = chosen_for(lens.outposts)
    found = {each.code: each for each in indicators_for(lens.view, chosen.codes, now=request.now)}
    context = {
        "lens": lens,
        "form": lens.form,
        "tiles": [found[code] for code in chosen.tiles],
        "lines": [each for code, each in found.items() if code not in chosen.tiles],
        "forecast": forecast_text(forecast_for(lens.view, lens.outposts)),
        "copy_text": presenting.chat_of(lens, list(found.values())),
        "as_of": lens.view.as_of,
        "choose_url": _choose_url(request, lens),
        "all_url": lens.page("console:indicators:indicator_list"),
        "figures_url": lens.address("figure_overview"),
    }
    return render(request, "console/indicators/indicator_overview.html", context)


def _choose_url(request: FeidiRequest, lens: Lens) -> str:
    """One outpost's figures in daily use may be changed by whoever issues its papers."""
    if len(lens.outposts) != 1 or not request.actor.may(ISSUE, outpost_scope(lens.outposts[0].pk)):
        return ""
    return reverse("console:indicators:indicator_choose", args=[lens.outposts[0].uid])


@require_safe
def indicator_list(request: FeidiRequest) -> HttpResponse:
    """Every figure with value, definition and rows, by what belongs together."""
    lens = _lens(request)
    context = {
        "lens": lens,
        "form": lens.form,
        "groups": presenting.groups_of(indicators_for(lens.view, now=request.now)),
        "as_of": lens.view.as_of,
        "back_url": lens.page(HOME),
        "export_url": lens.page("console:indicators:indicator_export") if lens.outposts else "",
        "sheet_url": next((lens.page(SHEET, each.code) for each in sheets_for(lens.outposts)), ""),
    }
    return render(request, "console/indicators/indicator_list.html", context)


@require_safe
def indicator_export(request: FeidiRequest) -> HttpResponse:
    """All figures of the question as a workbook, frozen values and corrections beside them; who took it is on record."""
    lens = _lens(request)
    found = indicators_for(lens.view, now=request.now)
    return workbook(
        request, name="indicators", headers=presenting.export_heads(), rows=map(presenting.export_row, found)
    )


@require_safe
def indicator_view(request: FeidiRequest, code: str) -> HttpResponse:
    """One figure: its value, what it means, its rows, the periods before with what was frozen, what peers have published."""
    lens = _lens(request)
    one = _one(request, lens, code)
    points = trend_of(lens.view, code)
    context = {
        "lens": lens,
        "form": lens.form,
        "one": one,
        "chart": presenting.trend_chart(one, points),
        "periods": presenting.frozen_lines(points),
        "peers": peers_for(lens.outposts, code),
        "facts": presenting.facts_of(one),
        "changed": presenting.changed_words(one),
        "reasons": presenting.reasons_of(request.actor, one),
        "parts": presenting.part_links(one),
        "crumbs": [Crumb(_("指标"), lens.page(HOME)), Crumb(one.label)],
        "as_of": lens.view.as_of,
    }
    return render(request, "console/indicators/indicator_view.html", context)


@require_safe
def rows_export(request: FeidiRequest, code: str) -> HttpResponse:
    """The rows behind one number as a workbook, with what each adds and the sum; those one may not open are counted."""
    lens = _lens(request)
    one = _one(request, lens, code)
    part = request.GET.get("part", "above")
    part = part if part in one.parts else "above"
    behind = rows_of(request.actor, one.parts[part])
    rows = () if behind.seen is None else tuple(behind.seen)
    lines = behind.lines(rows)
    signed = one.code == presenting.SIGNED
    told = presenting.signed_table(one, part, behind, rows, lines) if signed else ()
    table = told or presenting.row_lines(one, part, behind, lines)
    adds = behind.rows.amounts is not None
    headers = [_("名称"), _("说明"), presenting.amount_label(one, part) if adds else _("计数")]
    if signed:
        headers.append(presenting.amount_label(one, part))
    return workbook(request, name=f"indicator-{part.replace(':', '-')}", headers=headers, rows=table)


@require_safe
def indicator_rows(request: FeidiRequest, code: str) -> HttpResponse:
    """The rows behind one number, of those that the reader may open; the others are only counted."""
    lens = _lens(request)
    one = _one(request, lens, code)
    part = request.GET.get("part", "above")
    part = part if part in one.parts else "above"
    behind = rows_of(request.actor, one.parts[part])
    if behind.seen is None:
        page = paginate_listed(behind.lines(()), request.GET.get("page"))
        lines = list(page.items)
    else:
        page = paginate(behind.seen, request.GET.get("page"))
        lines = presenting.with_sums(one, page.items, behind.lines(page.items))
    context = {
        "lens": lens,
        "one": one,
        "title": one.label,
        "crumbs": [Crumb(_("指标"), lens.page(HOME)), Crumb(one.label, one.page_url), Crumb(_("明细"))],
        "facts": presenting.facts_of(one),
        "tabs": presenting.tabs_of(one),
        "part": part,
        "lines": lines,
        "unit": presenting.amount_label(one, part),
        "increments": presenting.increments_text(one, part, behind),
        "sum": presenting.sum_text(behind.rows),
        **presenting.totals_of(one, part, behind, page),
        "page": page,
        "export_url": f"{reverse('console:indicators:rows_export', args=[code])}?{request.GET.urlencode()}",
        "as_of": lens.view.as_of,
    }
    return render(request, "console/indicators/indicator_rows.html", context)
