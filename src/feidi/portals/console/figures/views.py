"""统计分析: at a glance, all figures with their definitions, the rows behind each, and the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from feidi.domain.parties.access import require
from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.projects import slim
from feidi.domain.reporting.figure_texts import apart_text, beside_text, pots_text, said, source_text, value_text
from feidi.domain.reporting.selectors.figures import (
    COUNT,
    VIEW,
    Behind,
    figures_of,
    keys_behind,
    money_behind,
    rows_of_keys,
)
from feidi.engines.findings import refuse
from feidi.engines.measures import DEFINITIONS, FIVE_WORDS, STEPS
from feidi.portals.console.figures import presenting
from feidi.portals.console.figures.lens import Lens, read_lens
from feidi.portals.console.first_reports.card import Card
from feidi.portals.console.first_reports.views.cards import picture
from feidi.portals.console.pipeline.presenting import COLUMNS, SORT_FIELDS, rows_of
from feidi.portals.ui.pieces import Column, Crumb, Row, Tab
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import Page, Table, paginate, paginate_keys, read_table

PARTS = ("rows", "hits", "sums", "opening", "forced", "standing")
#: What each project adds to the sum, in the table of the rows behind a sum.
COUNTED = Column("counted", gettext_lazy("计入金额"), numeric=True)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lens(request: FeidiRequest) -> Lens:
    """Return what is looked at; who may neither see nor count anything is refused."""
    require(request.actor, VIEW)
    require(request.actor, COUNT)
    return read_lens(request)


@require_safe
def figure_overview(request: FeidiRequest) -> HttpResponse:
    """Six figures, the five words, the funnel, twelve months."""
    lens = _lens(request)
    context = {
        "lens": lens,
        "form": lens.form,
        "tiles": presenting.tiles_of(lens),
        "words": presenting.words_of(lens),
        "funnel": presenting.funnel_chart(lens),
        "trend": presenting.trend_chart(lens),
        "published": presenting.published_of(lens),
        "chat": presenting.chat_of(lens),
        "as_of": lens.view.as_of,
        "all_url": lens.address("figure_list"),
        "card_url": lens.address("card_view"),
        "plaques_url": lens.address("figure_plaques") if lens.plaques else "",
        "export_url": lens.address("figure_export"),
    }
    return render(request, "console/figures/figure_overview.html", context)


@require_safe
def figure_list(request: FeidiRequest) -> HttpResponse:
    """Every figure with its definition (口径)."""
    lens = _lens(request)
    context = {
        "lens": lens,
        "form": lens.form,
        "lines": presenting.lines_of(lens, figures_of(lens.view)),
        "as_of": lens.view.as_of,
        "back_url": lens.address("figure_overview"),
        "export_url": lens.address("figure_export"),
        "talents": request.actor.may("talent.view") or request.actor.may("talent.view_home"),
    }
    return render(request, "console/figures/figure_list.html", context)


@require_safe
def card_view(request: FeidiRequest) -> HttpResponse:
    """Show the six figures as a picture to save or forward, and the same as text."""
    lens = _lens(request)
    context = {
        "title": _("统计分析"),
        "file_name": f"figures-{lens.view.as_of:%Y%m%d}",
        "lines": presenting.card_lines(lens),
        "image_url": lens.address("card_image"),
        "copy_text": presenting.chat_of(lens),
        "crumbs": [Crumb(_("统计分析"), lens.address("figure_overview")), Crumb(_("图片"))],
    }
    return render(request, "console/first_reports/card_view.html", context)


@require_safe
def card_image(request: FeidiRequest) -> HttpResponse:
    """Draw the six figures as PNG; the QR opens the page with the same question."""
    lens = _lens(request)
    whose = lens.outposts[0].short_name if len(lens.outposts) == 1 else _("各驻点")
    title = _("主要数字（截至 {day}）").format(day=lens.view.as_of)
    card = Card(title, " · ".join(filter(None, [whose, lens.plaque_name])), presenting.card_lines(lens), wide=True)
    address = request.build_absolute_uri(lens.address("figure_overview"))
    return picture(request, card, address, f"figures-{lens.view.as_of:%Y%m%d}")


@require_safe
def figure_plaques(request: FeidiRequest) -> HttpResponse:
    """The same figures plaque by plaque: what each superior may be told, and what nobody has put under one."""
    lens = _lens(request)
    context = {
        "lens": lens,
        "form": lens.form,
        "lines": presenting.plaque_lines(lens),
        "as_of": lens.view.as_of,
        "back_url": lens.address("figure_overview"),
    }
    return render(request, "console/figures/figure_plaques.html", context)


@require_safe
def figure_rows(request: FeidiRequest) -> HttpResponse:
    """The projects behind one number, of those that the actor may open; the others are only counted."""
    lens, behind = _lens(request), _behind(request)
    keys = keys_behind(lens.view, behind)
    sums = behind.part == "sums"
    table = read_table(request.GET, (*COLUMNS, COUNTED) if sums else COLUMNS)
    page = _page(request, table, keys)
    context = {
        "lens": lens,
        "title": " · ".join(filter(None, [_title(behind), lens.plaque_name])),
        "crumbs": [Crumb(_("统计分析"), lens.address("figure_overview")), Crumb(_title(behind))],
        "facts": _facts(lens, behind),
        "tabs": _tabs(lens, behind),
        "part": behind.part,
        "total": len(keys),
        "hidden": len(keys) - page.total if page.exact else 0,
        "page": page,
        "table": table.with_rows(_counted(lens, page.items) if sums else rows_of(page.items)),
        "as_of": lens.view.as_of,
        "export_url": lens.address("figure_export", kind=behind.kind, code=behind.code, part=behind.part, format="csv"),
        "may_export": request.actor.may("project.export"),
    }
    return render(request, "console/figures/figure_rows.html", context)


def _counted(lens: Lens, projects: Sequence[Project]) -> list[Row]:
    """Return the rows with what each adds to the sum."""
    money = money_behind(lens.view, [each.pk for each in projects])
    texts = [pots_text(money.get(each.pk, ())) for each in projects]
    return [
        replace(row, cells={**row.cells, "counted": text}) for row, text in zip(rows_of(projects), texts, strict=True)
    ]


def _page(request: FeidiRequest, table: Table, keys: Sequence[int]) -> Page[Project]:
    """Return one page of the projects with these keys that the actor may open, in the order asked for."""

    def seen(some: Sequence[int]) -> QuerySet[Project]:
        return slim(rows_of_keys(request.actor, some))

    asked = request.GET.get("page")
    fields = {code: names for code, names in SORT_FIELDS.items() if code != "stage"}
    if table.sort not in fields:
        return paginate_keys(seen, keys, asked)
    return paginate(seen(keys).order_by(*table.order_by(fields, ["-id"])), asked)


def _behind(request: FeidiRequest) -> Behind:
    """Read which number; without one the leads. Refuses one that does not exist."""
    kind, code = request.GET.get("kind") or "figure", request.GET.get("code") or "K01"
    known = {"figure": list(DEFINITIONS), "step": list(STEPS), "word": [word for word, _day in FIVE_WORDS]}
    if code not in known.get(kind, ()):
        kind, code = "figure", "K01"
    part = request.GET.get("part") or "rows"
    fits = {"figure": PARTS[:5], "step": PARTS[:1], "word": ("rows", "standing")}[kind]
    return Behind(kind, code, part if part in fits else "rows", openings=bool(request.GET.get("openings")))


def _title(behind: Behind) -> str:
    if behind.kind == "figure":
        return said(DEFINITIONS[behind.code].label)
    if behind.kind == "step":
        return _("漏斗：{stage}").format(stage=Stage(behind.code).label)
    return presenting.word_label(behind.code)


def _facts(lens: Lens, behind: Behind) -> list[tuple[str, object]]:
    if behind.kind != "figure":
        return []
    figure, definition = figures_of(lens.view, (behind.code,))[0], DEFINITIONS[behind.code]
    facts: list[tuple[str, object]] = [(_("数值"), value_text(figure))]
    if beside := beside_text(figure):
        facts.append((said(definition.numerator) + _("，对照"), beside))
    facts.append((_("口径"), said(definition.formula)))
    if apart := apart_text(figure):
        facts.append((_("单列"), apart))
    return [*facts, (_("依据"), source_text(definition))]


def _tabs(lens: Lens, behind: Behind) -> list[Tab]:
    if behind.kind != "figure":
        return []
    figure = figures_of(lens.view, (behind.code,))[0]
    parts = [("rows", _("计入"), figure.rows), ("opening", _("期初（单列）"), figure.opening)]
    if figure.definition.kind == "money":
        parts.insert(1, ("sums", _("金额来自"), figure.summed))
    parts.append(("forced", _("强制推进（单列）"), figure.forced))
    if figure.definition.denominator is not None:
        parts.insert(1, ("hits", _("其中达到"), figure.hits))
    shown = [each for each in parts if each[2] or each[0] == behind.part]
    return [
        Tab(part, label, presenting.rows_url(lens, behind.kind, behind.code, part), len(keys))
        for part, label, keys in shown
    ]


@require_safe
def figure_export(request: FeidiRequest) -> HttpResponse:
    """All figures with their rows as a workbook; with ``code`` and ``format=csv`` the rows of one number."""
    from feidi.domain.reporting.services import figures_export  # noqa: PLC0415 - XlsxWriter is slow to load

    lens = _lens(request)
    if not lens.outposts:
        raise refuse("figures.no_outpost")
    day = f"{lens.view.as_of:%Y%m%d}"
    if request.GET.get("format") == "csv":
        behind = _behind(request)
        text = figures_export.export_rows_csv(
            actor=request.actor, now=request.now, outposts=lens.outposts, view=lens.view, behind=behind,
            title=_title(behind),
        )  # fmt: skip
        return _file(text, "text/csv; charset=utf-8", f"rows-{day}.csv")
    book = figures_export.export_figures(actor=request.actor, now=request.now, outposts=lens.outposts, view=lens.view)
    return _file(book, _XLSX, f"figures-{day}.xlsx")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
