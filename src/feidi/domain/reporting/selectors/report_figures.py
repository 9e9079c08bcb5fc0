"""Figures of a report: of its period, of the one before, of the year so far. All of them are those of ``indicators_for``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from feidi.domain.reporting.indicator_texts import plain
from feidi.domain.reporting.report_periods import Term, term_before
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.domain.reporting.selectors.papers import Snapshot, printed
from feidi.domain.reporting.selectors.report_body import KEPT_ROWS, ReportFigure
from feidi.engines.measures import Period, percent

_PERCENTS: Final = frozenset({"ratio", "share"})
_PROJECTS: Final = "pipeline.project"


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
    """Return one figure as a report says it."""
    definition, reading = indicator.definition, indicator.reading
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
        beside=indicator.beside,
        rows=tuple(key for key in keys[:KEPT_ROWS] if isinstance(key, int)),
    )


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
