"""双集聚 and 四链: the same figures read along what gathers at home and along four chains; nothing is added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.access import VIEW
from feidi.domain.reporting.enums import FlowDirection, FlowKind
from feidi.domain.reporting.selectors.figures import outposts_counted, view_of
from feidi.domain.reporting.selectors.flow_words import way_name
from feidi.domain.reporting.selectors.flows import Flows, flows_for, months_of
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.portals.console.flows.asking import Asked, read_asked
from feidi.portals.console.flows.presenting import numbered
from feidi.portals.console.flows.wording import figure_text, measure_title
from feidi.portals.ui.pieces import Chart, Series
from feidi.portals.ui.requests import FeidiRequest

LANDED, RESULTS, CONTRACTS, ARRIVED = "K14", "K16", "K08", "K33"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a chain: what it is, what it says, what stands beside it, where its rows are."""

    label: str
    value: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class ChainOfFigures:
    """One of the four chains."""

    title: str
    icon: str
    lines: Sequence[Line]


@require_GET
def chain_view(request: FeidiRequest) -> HttpResponse:
    """四链: innovation, industry, capital and talent, each over the flows and indicators that speak of it."""
    require(request.actor, VIEW)
    asked = read_asked(request)
    flows = flows_for(request.actor, asked.outposts, asked.period, asked.as_of)
    shown = _indicators(request, asked, (RESULTS, LANDED, CONTRACTS, ARRIVED))
    technology, capital, talent = (
        _lines(flows, kind, asked) for kind in (FlowKind.TECHNOLOGY, FlowKind.CAPITAL, FlowKind.TALENT)
    )
    chains = [
        ChainOfFigures(_("创新链"), "rocket", [*technology, *_of(shown, RESULTS)]),
        ChainOfFigures(_("产业链"), "building", [*_of(shown, LANDED), *_of(shown, CONTRACTS)]),
        ChainOfFigures(_("资金链"), "arrows-exchange", capital),
        ChainOfFigures(_("人才链"), "users", [*talent, *_of(shown, ARRIVED)]),
    ]
    context = {
        "asked": asked,
        "form": asked.form,
        "chains": chains,
        "title": _("四链"),
        "subtitle": _("创新链、产业链、资金链、人才链：同一批数字换一个角度看，每个数字点开是背后的行；链与链不相加。"),
    }
    return render(request, "console/flows/chain_view.html", context)


@require_GET
def gathering_view(request: FeidiRequest) -> HttpResponse:
    """双集聚: talents and projects that gather at home, month by month, side by side and never added."""
    require(request.actor, VIEW)
    asked = read_asked(request)
    shown = _indicators(request, asked, (LANDED, ARRIVED))
    landed = _landed(shown.get(LANDED))
    came: Counter[date] = Counter()
    for each in months_of(request.actor, asked.outposts, asked.period, asked.as_of):
        if (each.kind, each.measure, each.direction) == (FlowKind.TALENT, "person", FlowDirection.HOST_TO_HOME):
            came[each.month] += each.figure
    months = sorted({*landed, *came})
    names = [f"{month:%Y-%m}" for month in months]
    charts = [
        Chart("bar", _("人才向本地集聚"), names, [Series(_("人才"), [came[month] for month in months])], _("人")),
        Chart("bar", _("项目向本地集聚"), names, [Series(_("核实落地"), [landed[month] for month in months])], _("个")),
    ]
    context = {
        "asked": asked,
        "form": asked.form,
        "charts": numbered(charts) if months else [],
        "lines": [*_of(shown, ARRIVED), *_of(shown, LANDED)],
        "title": _("双集聚"),
        "subtitle": _("人才集聚和项目集聚并列看，不相加；人才以到岗证据已采信为准，项目以核实落地为准。"),
    }
    return render(request, "console/flows/gathering_view.html", context)


def _indicators(request: FeidiRequest, asked: Asked, codes: Sequence[str]) -> dict[str, Indicator]:
    """Return the indicators over the outposts that the actor may count; none where there are none."""
    counted = set(outposts_counted(request.actor).values_list("pk", flat=True))
    outposts = [each for each in asked.outposts if each.pk in counted]
    if not outposts:
        return {}
    view = view_of(request.actor, outposts, asked.period, asked.as_of)
    return {each.code: each for each in indicators_for(view, codes, now=request.now)}


def _of(shown: dict[str, Indicator], code: str) -> list[Line]:
    found = shown.get(code)
    return [Line(found.label, found.value_text, found.note, found.url)] if found is not None else []


def _lines(flows: Flows, kind: FlowKind, asked: Asked) -> list[Line]:
    return [
        Line(
            f"{measure_title(kind, each.measure)} {way_name(each.direction, asked.sides)}",
            figure_text(each),
            _("{n} 笔").format(n=each.entries),
            asked.entries(kind=kind, measure=each.measure, direction=each.direction),
        )
        for each in flows.of(kind)
    ]


def _landed(indicator: Indicator | None) -> Counter[date]:
    """Return month → verified landings of the figure, by the day each was verified."""
    rows = indicator.reading.above.keys if indicator is not None else ()
    days = Project.objects.filter(pk__in=rows, verified_on__isnull=False).values_list("verified_on", flat=True)
    return Counter(day.replace(day=1) for day in days if day is not None)
