"""Figures of a report: of its period, of the one before, of the year so far. All of them are those of ``indicators_for``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from feidi.domain.reporting.enums import ReportPeriod
from feidi.domain.reporting.indicator_texts import beside_of, plain
from feidi.domain.reporting.report_periods import Term, term_before
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.domain.reporting.selectors.paper_sources import WAN, source_label
from feidi.domain.reporting.selectors.papers import Snapshot, printed
from feidi.domain.reporting.selectors.report_body import KEPT_ROWS, ReportFigure
from feidi.engines.measures import INDICATORS, Period, Reading, percent

_PERCENTS: Final = frozenset({"ratio", "share"})
_PROJECTS: Final = "pipeline.project"
_FEN_PER_WAN: Final = 1_000_000


def table_figures(view: View, codes: Sequence[str], term: Term) -> tuple[ReportFigure, ...]:
    """Return the figures of ``codes`` over a term as of ``view.as_of``, with those of the term before and of the year.

    ``view`` is one that ``view_of`` has allowed; its plaque holds for all three. A figure kept back for being one of a
    few (``hidden``) is left out.
    """
    if not codes:
        return ()
    before_term = term_before(term)
    year = Period(date(view.as_of.year, 1, 1), date(view.as_of.year + 1, 1, 1))
    now = indicators_for(replace(view, period=term.days), codes)
    before = indicators_for(replace(view, period=before_term.days, as_of=before_term.last), codes)
    whole = indicators_for(replace(view, period=year), codes)
    return tuple(
        replace(report_figure(one), before=two.shown, year=three.shown)
        for one, two, three in zip(now, before, whole, strict=True)
        if not one.hidden
    )


def report_figure(indicator: Indicator) -> ReportFigure:
    """Return one figure as a report says it: of a closed period as it was frozen, with what was corrected since."""
    definition, frozen = indicator.definition, indicator.frozen
    reading = frozen.reading if frozen else indicator.reading
    percents = definition.kind in _PERCENTS
    keys = reading.above.keys if definition.subject == _PROJECTS else ()
    return ReportFigure(
        id=indicator.code,
        code=indicator.code,
        label=indicator.label,
        value=_value(reading.value, percents=percents),
        unit="%" if percents else definition.unit.zh,
        text=indicator.shown,
        as_of=indicator.as_of.isoformat(),
        since=indicator.view.period.start.isoformat(),
        numerator="" if reading.numerator is None else plain(reading.numerator),
        denominator="" if reading.denominator is None else plain(reading.denominator),
        beside=beside_of(reading),
        frozen=frozen.text if frozen else "",
        correction=f"{indicator.label}{indicator.correction_text}" if indicator.correction_text else "",
        rows=tuple(keys[:KEPT_ROWS]),
    )


def frozen_sentence_figures(view: View, names: Iterable[str], term: Term) -> dict[str, ReportFigure]:
    """Return those figures of sentences that are of a closed period, as they were frozen: the count of the period, its sum.

    The year so far is no closed period, unless the report is of the whole year.
    """
    ends = ("_term", "_year") if term.kind is ReportPeriod.YEAR and view.as_of == term.last else ("_term",)
    wanted = {name: name.removesuffix("_sum").rpartition("_") for name in names}
    codes = {name: code for name, (code, _line, end) in wanted.items() if f"_{end}" in ends and code in INDICATORS}
    if not codes:
        return {}
    told = {each.code: each for each in indicators_for(replace(view, period=term.days), tuple(set(codes.values())))}
    found = {}
    for name, code in codes.items():
        frozen = told[code].frozen
        if frozen is not None:
            figure = report_figure(told[code])
            found[name] = _sum_of(figure, frozen.reading) if name.endswith("_sum") else figure
    return {name: replace(each, id=name, label=source_label(name)) for name, each in found.items()}


def _sum_of(figure: ReportFigure, reading: Reading) -> ReportFigure:
    main = next((pot for pot in reading.sums if pot.currency == "CNY"), None)
    wan = (Decimal(main.fen if main else 0) / _FEN_PER_WAN).quantize(Decimal("0.01"))
    number = format(wan.quantize(Decimal(1)) if wan == wan.to_integral_value() else wan.normalize(), "f")
    least = "不少于" if main is not None and main.unknown else ""
    return replace(figure, value=number, unit=WAN, text=f"{least}{number}{WAN}", frozen=f"{least}{number}{WAN}")


def _value(value: Fraction | None, *, percents: bool) -> str | None:
    if value is None:
        return None
    if percents:
        return str(Decimal(percent(value)))
    if value.denominator == 1:
        return str(value.numerator)
    tenths = (2 * value.numerator * 10 + value.denominator) // (2 * value.denominator)
    return str(Decimal(tenths) / 10)


def sentence_figures(snapshot: Snapshot, names: Iterable[str]) -> dict[str, ReportFigure]:
    """Return those figures of a snapshot that sentences name, as a report says them."""
    found = {}
    for name in names:
        figure = snapshot.figures.get(name)
        if figure is not None:
            found[name] = ReportFigure(
                id=name,
                code=name.partition("_")[0],
                label=figure.label,
                value=figure.number,
                unit=figure.unit,
                text=printed(snapshot, name),
                as_of=snapshot.as_of.isoformat(),
                since=snapshot.term.start.isoformat(),
                rows=snapshot.rows.get(name, ())[:KEPT_ROWS],
            )
    return found
