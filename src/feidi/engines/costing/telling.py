"""A comparison as plain values for machines: amounts in whole hundredths of a yuan, figures with their sources."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from feidi.engines.costing.comparing import Comparison, Line, Side, Total
from feidi.engines.costing.figures import Figure, Place, Use
from feidi.engines.costing.ranges import Range, whole_fen
from feidi.engines.costing.sensitivity import Swing
from feidi.engines.findings import Finding

Plain = dict[str, Any]


def told(comparison: Comparison, swings: Iterable[Swing] = ()) -> Plain:
    """Return the whole answer; keys and codes are never translated. An unknown amount is null."""
    profile = comparison.profile
    return {
        "profile": profile.name,
        "years": profile.years,
        "as_of": comparison.as_of.isoformat(),
        "home": _place(comparison.home),
        "host": _place(comparison.host),
        "items": [_line(each) for each in comparison.lines],
        "yearly": _total(comparison.yearly),
        "once": _total(comparison.once),
        "over_years": _total(comparison.over_years),
        "left_out": list(comparison.left_out),
        "remarks": [_finding(each) for each in comparison.remarks],
        "sensitivity": [_swing(each) for each in swings],
        "sources": comparison.sources(),
    }


def fen(value: Range | None) -> Plain | None:
    """Return lo and hi in whole hundredths; null when not known."""
    return None if value is None else {"lo": whole_fen(value.lo), "hi": whole_fen(value.hi)}


def exact(value: Range | None) -> list[str] | None:
    """Return lo and hi as exact texts (148.4 is 742/5)."""
    return None if value is None else [_number(value.lo), _number(value.hi)]


def _number(value: Fraction) -> str:
    """Return a decimal where the fraction is one, else the fraction.

    >>> _number(Fraction(742, 5)), _number(Fraction(1, 3)), _number(Fraction(-7))
    ('148.4', '1/3', '-7')
    """
    scale = 1
    while scale < 10**12 and (value * scale).denominator != 1:
        scale *= 10
    whole = value * scale
    if whole.denominator != 1:
        return str(value)
    digits = str(abs(whole.numerator)).rjust(len(str(scale)), "0")
    places = len(str(scale)) - 1
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text


def _place(place: Place) -> Plain:
    return {"code": place.code, "name_zh": place.name.zh, "name_en": place.name.en, "lineage": list(place.lineage)}


def _line(line: Line) -> Plain:
    return {
        "item": line.item.code,
        "per": line.item.per.value,
        "home": _side(line.home),
        "host": _side(line.host),
        "difference_fen": fen(line.difference),
        "same_figures": line.same,
        "counted": line.counted,
        "remarks": [_finding(each) for each in line.remarks],
    }


def _side(side: Side) -> Plain:
    return {
        "amount_fen": fen(side.amount),
        "missing": list(side.missing),
        "figures": [_use(each) for each in side.uses],
        "subsidies": [
            {"clause": each.clause, "lo_fen": each.lo_fen, "hi_fen": each.hi_fen, "up_to": each.up_to}
            for each in side.subsidies
        ],
    }


def _use(use: Use) -> Plain:
    figure = use.figure
    return {
        "figure": use.code,
        "used": _figure(figure) if figure is not None else None,
        "beside": [_figure(each) for each in use.others],
    }


def _figure(figure: Figure) -> Plain:
    return {
        "value": exact(figure.value),
        "unit": figure.unit,
        "place": figure.place,
        "since": figure.since.isoformat() if figure.since else None,
        "until": figure.until.isoformat() if figure.until else None,
        "basket": figure.basket.zh,
        "source": figure.source,
        "url": figure.url,
        "confidence": figure.confidence.value,
        "note": figure.note.zh,
        "file": figure.file,
        "line": figure.line,
    }


def _total(total: Total) -> Plain:
    return {"home_fen": fen(total.home), "host_fen": fen(total.host), "difference_fen": fen(total.difference)}


def _swing(swing: Swing) -> Plain:
    return {
        "what": swing.code,
        "side": swing.side,
        "value": exact(swing.value),
        "unit": swing.unit,
        "difference_at_90_fen": fen(swing.low),
        "difference_at_110_fen": fen(swing.high),
        "turns_at": None if swing.turns_at is None else _number(swing.turns_at),
    }


def _finding(finding: Finding) -> Plain:
    return {"code": finding.code, "params": dict(finding.params)}
