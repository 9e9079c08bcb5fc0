"""What a table says: heat map and ranked list, one point, one industry, the workbook, the picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.models import IndustryTable
from feidi.domain.matching.selectors.complementarity import Answer, OnFile, ask, on_file
from feidi.domain.matching.selectors.flow_tables import flow_tables_of
from feidi.domain.matching.selectors.industry_tables import find_original, get_table
from feidi.domain.parties.access import outpost_scope
from feidi.engines.findings import RefusedError
from feidi.engines.regions import Point
from feidi.portals.console.first_reports.card import Card
from feidi.portals.console.first_reports.views.cards import picture
from feidi.portals.console.lists import asked_of, chat_lines, workbook
from feidi.portals.console.regions import heat, presenting
from feidi.portals.console.regions.flow_presenting import (
    flow_source_of,
    flow_warnings_of,
    linkage_cells,
    linkage_heads,
    linkage_of,
)
from feidi.portals.console.regions.forms import AnswerForm
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate_listed, read_table

#: So many points a picture holds, and rows of each kind a page of one industry.
_ON_CARD, _ON_FILE = 6, 20


def _asked(request: FeidiRequest, uid: str) -> tuple[IndustryTable, AnswerForm, dict[str, Any], int]:
    # who may not see it finds nothing: the table's own rule of sight is the permission
    table = get_table(request.actor, uid)
    form = AnswerForm(request.GET, regions=table.regions, flows=flow_tables_of(table.outpost_id))
    given, active = asked_of(form)
    return table, form, given, active


def _answer(table: IndustryTable, given: dict[str, Any]) -> Answer:
    return ask(table, *(given.get(name) or "" for name in ("home", "host", "flows")))


def _points(answer: Answer, request: FeidiRequest, given: dict[str, Any]) -> list[Point]:
    """Return the points that the address asks for, in its order: page and workbook show the same."""
    table = read_table(request.GET, presenting.POINTS)
    words, least = (given.get("words") or "").strip(), given.get("least") or 0
    found = [
        each
        for each in answer.result.points
        if each.score >= least and (words in each.home_industry or words in each.host_industry)
    ]
    return presenting.sort_points(found, table.sort, descending=table.descending)


@require_safe
def table_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 互补点 of a table: heat map home × host, the figures of both sides, the ranked list with its split."""
    table, form, given, active = _asked(request, uid)
    context: dict[str, Any] = {
        "row": table,
        "title": _("互补点：{title}").format(title=table),
        "badges": presenting.badges_of(table),
        "crumbs": [Crumb(_("互补点"), reverse("console:regions:table_list")), Crumb(table.title)],
        "source": presenting.source_of(table),
        "warnings": presenting.warnings_of(table),
        "original": find_original(table),
        "may_edit": request.actor.may(EDIT, outpost_scope(table.outpost_id)) and table.voided_at is None,
        "form": form,
        "active": active,
        "clear_url": presenting.address(table),
        "answer": None,
        "copy_text": "",
    }
    try:
        answer = _answer(table, given)
    except RefusedError as error:
        # a void table keeps its page; two regions that cannot be compared are said in the form
        add_refusal(form, error.refusal)
    else:
        context |= _shown(request, answer, _points(answer, request, given))
    return render(request, "console/regions/table_view.html", context)


def _shown(request: FeidiRequest, answer: Answer, points: list[Point]) -> dict[str, Any]:
    page = paginate_listed(points, request.GET.get("page"))
    rows = read_table(request.GET, presenting.POINTS).with_rows(presenting.points_as_rows(answer, page.items))
    title, lines = presenting.chat_of(answer, points)
    query = request.GET.urlencode()
    return {
        "answer": answer,
        "grid": heat.grid_of(
            answer,
            point_url=lambda a, b: presenting.point_url(answer, a, b),
            industry_url=lambda each: presenting.industry_url(answer, each),
        ),
        "figures": heat.figures_of(answer, industry_url=lambda each: presenting.industry_url(answer, each)),
        "findings": presenting.findings_of(answer),
        "method": presenting.method_of(answer),
        "linkage": linkage_of(answer),
        "table": rows,
        "page": page,
        "copy_text": chat_lines(title, lines) if points else "",
        "export_url": f"{presenting.address(answer.table, 'point_export')}?{query}",
        "card_url": f"{presenting.address(answer.table, 'card_view')}?{query}",
    }


@require_safe
def point_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """What stands behind one point: the split of its score, the figures, the related industries, what is on file."""
    table, _form, given, _active = _asked(request, uid)
    answer = _answer(table, given)
    a, b = request.GET.get("a", ""), request.GET.get("b", "")
    point = answer.point(a, b)
    if point is None:
        raise Http404
    grown = ((answer.growth(home=True, industry=a)), (answer.growth(home=False, industry=b)))
    context = {
        **_common(answer, f"{a} × {b}"),
        "point": point,
        "subtitle": _("{home}的{a}，{host}的{b}").format(home=answer.result.home, host=answer.result.host, a=a, b=b),
        "score": f"{point.score:.1f}",
        "score_title": _("分数 {score}").format(score=f"{point.score:.1f}"),
        "possible": f"{point.possible:.1f}" if point.possible != point.score else "",
        "parts": presenting.parts_of(point),
        "cells": presenting.cells_of(point.cells),
        "relatedness": [f"{each:.2f}" for each in point.relatedness],
        "linkage": linkage_of(answer, point),
        "growths": [presenting.growth_of(answer, each) for each in grown if each],
        "on_file": [_filed(each, on_file(request.actor, table, each, request.today)) for each in (a, b)],
    }
    return render(request, "console/regions/point_view.html", context)


@require_safe
def industry_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One industry in both regions: what each has around it, what the other adds, its points, what is on file."""
    table, _form, given, _active = _asked(request, uid)
    answer = _answer(table, given)
    industry = request.GET.get("industry", "")
    grown = [each for home in (True, False) if (each := answer.growth(home=home, industry=industry))]
    if not grown:
        raise Http404
    asked = tuple(request.GET.get("by", "").split())[:6]
    found = on_file(request.actor, table, industry, request.today, asked)
    points = answer.points_with(industry)
    context = {
        **_common(answer, industry),
        "subtitle": _("在{home}和{host}").format(home=answer.result.home, host=answer.result.host),
        "industry": industry,
        "cells": presenting.cells_of(each.cell for each in grown),
        "growths": [presenting.growth_of(answer, each) for each in grown],
        "points": presenting.points_as_rows(answer, points),
        "on_file": [_filed(industry, found)],
        "by": " ".join(found.words),
        "kept": list(presenting.sides(answer).items()),
    }
    return render(request, "console/regions/industry_view.html", context)


def _common(answer: Answer, title: str) -> dict[str, Any]:
    table = answer.table
    back = presenting.address(table, **presenting.sides(answer))
    return {
        "row": table,
        "title": title,
        "badges": presenting.badges_of(table),
        "crumbs": [
            Crumb(_("互补点"), reverse("console:regions:table_list")),
            Crumb(str(table), back),
            Crumb(title),
        ],
        "source": presenting.source_of(table),
        "warnings": presenting.warnings_of(table),
        "method": presenting.method_of(answer),
    }


def _filed(industry: str, found: OnFile) -> dict[str, Any]:
    profiles = None if found.profiles is None else list(found.profiles[: _ON_FILE + 1])
    firms, projects = list(found.organizations[: _ON_FILE + 1]), list(found.projects[: _ON_FILE + 1])
    return {
        "title": _("{industry}：登记在册的").format(industry=industry),
        "note": _("按这些词找：{words}").format(words="、".join(found.words)),
        "organizations": firms[:_ON_FILE],
        "projects": projects[:_ON_FILE],
        "profiles": None if profiles is None else profiles[:_ON_FILE],
        "more": max(len(firms), len(projects), len(profiles or ())) > _ON_FILE,
    }


@require_safe
def point_export(request: FeidiRequest, uid: str) -> HttpResponse:
    """The points as the page lists them, each row with the figures behind it, source, year, and what they are not."""
    table, _form, given, _active = _asked(request, uid)
    answer = _answer(table, given)
    headers, rows = _sheet(answer, _points(answer, request, given))
    return workbook(request, name=f"points-{table.year}", headers=headers, rows=rows)


def _sheet(answer: Answer, points: Iterable[Point]) -> tuple[list[str], Iterable[list[Any]]]:
    table, result = answer.table, answer.result
    parts = [str(presenting.PART_NAMES[part.code]) for part in result.points[0].parts] if result.points else []
    headers = [
        *(_("{region}的产业").format(region=region) for region in (result.home, result.host)),
        *(_("分数"), *parts, *_quotients(result.home, result.host)),
        *(linkage_heads(result.home, result.host) if answer.book else ()),
        *(_("来源"), _("年份"), _("单位"), _("口径"), _("说明")),
    ]
    said = [
        table.source,
        str(table.year),
        table.unit,
        str(table.get_level_display()),
        "".join(_warned(answer)),
    ]
    return headers, (
        [
            *(each.home_industry, each.host_industry, each.score),
            *(part.value if part.value is not None else presenting.part_text(part, each) for part in each.parts),
            *(cell.quotient if cell.quotient is not None else heat.quotient_cell(cell).text for cell in each.cells),
            *linkage_cells(answer, each),
            *said,
        ]
        for each in points
    )


def _quotients(home: str, host: str) -> Iterable[str]:
    """Yield the heads of a point's four quotients, in the order of its cells."""
    for owner in (home, host):
        for region in (home, host):
            yield _("{owner}产业在{region}的区位熵").format(owner=owner, region=region)


@require_safe
def card_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The best points as a picture to save or forward, and the same as text."""
    table, _form, given, _active = _asked(request, uid)
    answer = _answer(table, given)
    points = _points(answer, request, given)
    title, lines = presenting.chat_of(answer, points[:_ON_CARD])
    back = presenting.address(table, **presenting.sides(answer))
    context = {
        "title": title,
        "file_name": f"points-{table.year}",
        "lines": _card(answer, points),
        "image_url": f"{presenting.address(table, 'card_image')}?{request.GET.urlencode()}",
        "copy_text": chat_lines(title, [*lines, *_warned(answer)]),
        "crumbs": [Crumb(str(table), back), Crumb(_("图片"))],
    }
    return render(request, "console/first_reports/card_view.html", context)


@require_safe
def card_image(request: FeidiRequest, uid: str) -> HttpResponse:
    """Draw the best points as PNG, with source, year, and that they are invented or a city's where they are."""
    table, _form, given, _active = _asked(request, uid)
    answer = _answer(table, given)
    points = _points(answer, request, given)
    title, _lines = presenting.chat_of(answer, points)
    card = Card(title, table.outpost.short_name, _card(answer, points), wide=True)
    back = presenting.address(table, **presenting.sides(answer))
    return picture(request, card, request.build_absolute_uri(back), f"points-{table.year}")


def _card(answer: Answer, points: list[Point]) -> list[tuple[str, str]]:
    warned = [(_("注意"), each) for each in _warned(answer)]
    lines = [(f"{each.home_industry} × {each.host_industry}", f"{each.score:.1f}") for each in points[:_ON_CARD]]
    counted = [(_("投入产出表"), flow_source_of(answer.book.table))] if answer.book else []
    return [*warned, *lines, (_("来源"), presenting.source_of(answer.table)), *counted]


def _warned(answer: Answer) -> list[str]:
    flows = flow_warnings_of(answer.book.table) if answer.book else []
    return [*presenting.warnings_of(answer.table), *flows]
